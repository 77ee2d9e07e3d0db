"""What a rules file may say: types with their roles, frames, lexicons, organizations. See docs/rules.md."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

EntityType = Literal["ORG", "PER", "LOC"]
Status = Literal["planned", "negotiating", "agreed", "completed", "cancelled"]
STATUSES = ("planned", "negotiating", "agreed", "completed", "cancelled")
ENTITY_TYPES = frozenset({"ORG", "PER", "LOC"})
CASES = frozenset({"nom", "gen", "dat", "acc", "ins", "loc"})
DEEP_PLACES = frozenset({"subject", "object", "adj", "apposed", "named"}) | CASES
Words = tuple[str, ...]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class Role(_Model):
    """A role of a type.

    Attributes:
        label: what pages call it, in Russian.
        short: the same in a word or two, for tables; by default the label up to its first comma.
        fits: the types of entity that can fill it.
        typical: the kinds of organization or place that are at home in it: «мэрия» is a customer rather than a
            contractor, and two roles filled the wrong way round are swapped.
        symmetric: True where all fillers do the same («стороны»), so that any of them can come first.
        official: True if a person in it acts for a state or a firm.
    """

    label: str = ""
    short: str = ""
    fits: frozenset[EntityType] = frozenset(ENTITY_TYPES)  # type: ignore[arg-type]
    typical: frozenset[str] = frozenset()
    symmetric: bool = False
    official: bool = False


class DealType(_Model):
    """A kind of deal, or of relation.

    Attributes:
        label: what it covers, in Russian.
        short: the same in a word or two; by default the label up to its first comma.
        roles: in the order in which records list them.
        relation: True for what lasts and has no price, day or status («владеет», «входит в группу»): it stands under
            `relations`, with one filler a role but where all do the same.
        stake: True if a percentage of shares next to it is its stake.
        priced: True if a sum told in the sentences after it is its sum.
        lasting: True if it holds for a time: «до 2028 года» is its term, not its date.
        expires: True if, signed long ago, it has run its course.
        papered: True if a paper of its own may close it: «стороны подписали окончательное соглашение».
        official: True if a person in it acts for a state or a firm.
        treaty: True if a body in it stands for its state.
        released: True if who approves it takes part in it: «США одобрили поставки ракет».
        announced: the status of what is only announced; "" if an announcement says nothing.
        undivided: True if several papers are one deal.
        about: True if its subject is what its noun is about: «меморандум о намерениях».
    """

    label: str = ""
    short: str = ""
    roles: dict[str, Role] = Field(min_length=1)
    relation: bool = False
    stake: bool = False
    priced: bool = True
    lasting: bool = False
    expires: bool = False
    papered: bool = False
    official: bool = False
    treaty: bool = False
    released: bool = False
    announced: Status | Literal[""] = ""
    undivided: bool = False
    about: bool = False

    @field_validator("roles", mode="before")
    @classmethod
    def _named_only(cls, roles: Any) -> Any:
        """`roles = ["buyer", "seller"]` is enough to name them, `buyer = "покупатель"` to label one."""
        if isinstance(roles, list) and all(isinstance(role, str) for role in roles):
            return {role: {} for role in roles}
        if isinstance(roles, dict):
            return {name: {"label": role} if isinstance(role, str) else role for name, role in roles.items()}
        return roles

    @property
    def symmetric(self) -> str:
        """The role whose fillers all do the same, or ""."""
        return next((name for name, role in self.roles.items() if role.symmetric), "")

    @property
    def main(self) -> list[str]:
        """The two roles between which it passes; one where all do the same."""
        return list(self.roles)[:2]


class Proof(_Model):
    """A sentence that proves a frame, with what it must find; `roles` may be left empty: the frame has to fire."""

    text: str
    status: Status | None = None
    roles: dict[str, str | tuple[str, ...]] = {}


class Frame(_Model):
    """One way to speak of a deal.

    Attributes:
        name, type: together the rule's name, «acquisition/buy».
        verbs, nouns: lemmas that trigger it.
        complement: lemmas of which one must hang on the trigger («получить» + «кредит»); key `with`.
        without: lemmas that must not stand near the trigger (metaphors, statistics).
        under: lemmas of which one must govern the trigger («соглашение о сотрудничестве»).
        not_under: lemmas that must not govern it («запретил поставки»).
        object: lexicons or entity types that the object must belong to; empty: anything.
        free: True if it holds without an object where it has that role.
        suffice: roles that, all filled by an organization or place, make up for an object of no lexicon.
        roles: role → places, the preferred first.
        requires: roles without which it doesn't hold.
        counterpart: the role of the other party to a document or talks about it («с ins»).
        owner: the role of whose asset the object is («активы Siemens»).
        each: the role of which every filler makes a deal of its own («оштрафовал A и B»).
        attends: the role of the clause's subject, where the noun stands beside its verb («на встрече с X Y сказал»).
        lists: the role whose fillers may be a list that outruns the tree («под санкции попали A, B и глава C D»);
            what several sentences list is one act.
        inherits: "may" or "must", if its type can or has to be that of a deal told before («аналогичный договор с X»).
        done: the status of what has happened.
        present: the status of what is told in the present tense; by default `done`.
        yes, no: sentences in which it fires, and in which it keeps still.
    """

    name: str
    type: str
    verbs: Words = ()
    nouns: Words = ()
    complement: Annotated[frozenset[str], Field(alias="with")] = frozenset()
    without: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    not_under: frozenset[str] = frozenset()
    object: Words = ()
    free: bool = True
    suffice: Words = ()
    roles: dict[str, Words] = Field(min_length=1)
    requires: Words = ()
    counterpart: str = ""
    owner: str = ""
    each: str = ""
    attends: str = ""
    lists: str = ""
    inherits: Literal["", "may", "must"] = ""
    done: Status = "completed"
    present: Status | Literal[""] = ""
    yes: tuple[Proof, ...] = ()
    no: tuple[str, ...] = ()

    @field_validator("yes", mode="before")
    @classmethod
    def _texts_only(cls, proofs: Any) -> Any:
        return [{"text": proof} if isinstance(proof, str) else proof for proof in proofs] if proofs else proofs

    @property
    def rule(self) -> str:
        """The name that records give."""
        return f"{self.type}/{self.name}"

    @property
    def specificity(self) -> int:
        """How much it asks for: of two frames that fit, the one that asks for more is meant."""
        return 2 * bool(self.complement) + 2 * bool(self.requires) + bool(self.under) + bool(self.object)

    @property
    def describes(self) -> bool:
        """Is its trigger said of something, as «дочка» of «Ладога», «дочка «Зари»»?"""
        return any("named" in places for places in self.roles.values())

    @property
    def actor(self) -> str:
        """The role of who acts: the one whose first place is the subject; "" if there is none."""
        return next((role for role, places in self.roles.items() if places and places[0] == "subject"), "")


class Lexicon(_Model):
    """A named list of lemmas."""

    lemmas: Words


class KnownOrganization(_Model):
    """An entry of a gazetteer.

    Attributes:
        name: the canonical name.
        aliases: other names.
        kind: as the record has it.
        inn: the Russian taxpayer number, 10 digits; "" where none is known.
    """

    name: str
    aliases: Words = ()
    kind: str = "company"
    inn: str = Field(default="", pattern=r"^(\d{10})?$")


class RulesData(_Model):
    """A rules file.

    Attributes:
        roles: labels of the roles that types only name.
    """

    types: dict[str, DealType] = {}
    frames: tuple[Frame, ...] = ()
    lexicons: dict[str, Lexicon] = {}
    organizations: tuple[KnownOrganization, ...] = ()
    statuses: dict[Status, str] = {}
    roles: dict[str, str] = {}
