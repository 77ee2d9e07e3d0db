"""What the pipeline finds, as it stands on the Doc: mentions in tokens, entities, amounts, dates, facts.

Read them as `doc._.entities`, `doc._.dates`, `doc._.amounts`, `doc._.positions`, `doc._.relations`, `doc._.deals`.
`record.py` turns them into the JSON record. They go along when a Doc is serialized (`Doc.to_bytes`, `DocBin`,
worker processes of `nlp.pipe`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from typing import Any

import srsly
from spacy.tokens import Doc


@dataclass(slots=True)
class Mention:
    """A place in the text: tokens `start` to `end` (half-open). An anaphor is no name: «компания», «он»."""

    start: int
    end: int
    anaphor: bool = False


@dataclass(slots=True)
class Position:
    """A person's post: `title` in the nominative, without the organization's name.

    `person` is the id of its holder, `organization` a name, `ref` the id of its entity; tokens `start` to `end`
    state it.
    """

    person: str
    title: str
    organization: str | None
    ref: str | None
    former: bool
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Entity:
    """An organization, person or place with all its mentions.

    Attributes:
        id: «org-1», «per-2», «loc-3», numbered by first mention within the type.
        type: ORG, PER or LOC.
        name: the canonical form: nominative, the fullest that the article gives.
        aliases: its other names in the nominative.
        kind: of an organization or place, as the contract lists them; None for a person.
        first, patronymic, last: the parts of a person's name.
        inn: of an organization, its taxpayer number, where the user's gazetteer gives one.
    """

    id: str
    type: str
    name: str
    aliases: list[str] = field(default_factory=list)
    kind: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    first: str | None = None
    patronymic: str | None = None
    last: str | None = None
    inn: str | None = None


@dataclass(slots=True)
class Date:
    """A calendar expression. `value` is TIMEX3; `start` and `end` are ISO days or None; see the contract."""

    id: str
    value: str
    start: str | None
    end: str | None
    grain: str
    mentions: list[Mention] = field(default_factory=list)


@dataclass(slots=True)
class Amount:
    """A sum of money (`value` in units, `currency` by ISO 4217), a percentage, or a quantity with its `unit`.

    Of a range `value` is the upper end; of a bound, «более 2 млрд», it is what is named. Where the amount is exact,
    `min`, `max` and `approximate` are None.
    """

    id: str
    kind: str
    value: float
    currency: str | None = None
    unit: str | None = None
    mentions: list[Mention] = field(default_factory=list)
    min: float | None = None
    max: float | None = None
    approximate: bool | None = None

    @property
    def exact(self) -> bool:
        """Whether the text states no range, no bound, and no guess."""
        return self.min is None and self.max is None and not self.approximate


@dataclass(slots=True)
class Participant:
    """A party of a deal or relation; `mention` is what filled the role, None where it was only inferred."""

    role: str
    name: str
    ref: str | None
    mention: Mention | None


@dataclass(slots=True)
class Relation:
    """A fact other than a deal: ownership, meeting, part_of."""

    type: str
    arguments: list[Participant]
    start: int
    end: int
    rule: str


@dataclass(slots=True)
class Deal:
    """A deal, read off a judged candidate.

    Attributes:
        amount, date: ids of `doc._.amounts` and `doc._.dates`.
        stake: in percent; `stake_ref` is its id in `doc._.amounts`.
        trigger: the word that states it.
        evidence: the clauses that state it, the fullest first.
        rule: the frame that found it.
    """

    id: str
    type: str
    status: str
    participants: list[Participant]
    subject: str | None
    amount: str | None
    stake: float | None
    date: str | None
    trigger: Mention
    evidence: list[Mention]
    confidence: float
    rule: str
    stake_ref: str | None = None


_MARK = "extract"
_CLASSES: dict[str, type] = {}
LAYERS = ("entities", "dates", "amounts", "posts", "read", "positions", "relations", "deals")


def serializable(*classes: type) -> None:
    """Let instances of dataclasses go along when a Doc is serialized; frozen ones hold tuples, the others lists."""
    _CLASSES.update((cls.__name__, cls) for cls in classes)


serializable(Mention, Position, Entity, Date, Amount, Participant, Relation, Deal)


@srsly.msgpack_encoders("extract.annotations")  # type: ignore[untyped-decorator]
def _encode(obj: Any, chain: Any = None) -> Any:
    cls: type[Any] = type(obj)
    if _CLASSES.get(cls.__name__) is cls:
        return {_MARK: cls.__name__, "values": [getattr(obj, field.name) for field in fields(cls)]}
    return obj if chain is None else chain(obj)


@srsly.msgpack_decoders("extract.annotations")  # type: ignore[untyped-decorator]
def _decode(obj: Any, chain: Any = None) -> Any:
    if isinstance(obj, dict) and obj.get(_MARK) in _CLASSES:
        cls = _CLASSES[obj[_MARK]]
        frozen = cls.__dataclass_params__.frozen  # type: ignore[attr-defined]
        return cls(*map(_tuples, obj["values"])) if frozen else cls(*obj["values"])
    return obj if chain is None else chain(obj)


def _tuples(value: Any) -> Any:
    return tuple(map(_tuples, value)) if isinstance(value, list) else value


def positions_by_person(positions: Iterable[Position] | None) -> dict[str, list[Position]]:
    """The positions of each person, by the person's id; `doc._.positions` is None where nothing looked for them."""
    found: dict[str, list[Position]] = {}
    for position in positions or ():
        found.setdefault(position.person, []).append(position)
    return found


def register(*layers: str) -> None:
    """Declare layers as extension attributes of spaCy's Doc, beside those above and the article's publication date."""
    for layer in (*LAYERS, *layers):
        if not Doc.has_extension(layer):
            Doc.set_extension(layer, default=None)
    if not Doc.has_extension("published"):
        Doc.set_extension("published", default=None)
