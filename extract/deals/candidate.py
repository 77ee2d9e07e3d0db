"""A deal on its way from a sentence to the record.

Steps never change a candidate: each makes new ones, with fields that no other step sets. Candidates hold only
plain values (ids of entities, amounts and dates; token offsets), so that they go along with a Doc wherever it goes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from extract.annotations import serializable
from extract.language.words import Words

Span = tuple[int, int]
"""Tokens from the first to past the last."""


@dataclass(frozen=True, slots=True)
class Argument:
    """Who or what fills a role.

    Attributes:
        role: one of the roles of the candidate's type.
        name: the entity's canonical name.
        ref: its id; "" for a state that the article names only by an adjective.
        type: ORG, PER or LOC.
        kind: of an organization or place; "" for a person.
        mention: the tokens that fill the role; None where it was inferred from what was told before.
        place: where they stand: «subject», «object», «у gen»…; see `extract.grammar.predicates.Actant`.
        preposition: the one before it, or "".
        head: the token of the phrase that the sentence governs.
        anaphor: True where the mention is no name («компания», «украинские власти»).
        loose: True where word order or context put it in the role, not the tree.
        probability: of the role, where the network gives it.
    """

    role: str
    name: str
    ref: str
    type: str
    kind: str
    mention: Span | None
    place: str = ""
    preposition: str = ""
    head: int = -1
    anaphor: bool = False
    loose: bool = False
    probability: float | None = None

    @property
    def key(self) -> str:
        """What identifies the entity in its article."""
        return self.ref or self.name


@dataclass(frozen=True, slots=True)
class Value:
    """A sum, stake or date, with the tokens that it was read from.

    Attributes:
        ref: the id of the amount or date.
    """

    ref: str
    span: Span


@dataclass(frozen=True, slots=True)
class Subject:
    """What a deal is about, in the nominative, with the tokens that it was read from."""

    text: str
    span: Span


@dataclass(frozen=True, slots=True)
class Candidate:
    """A deal as one sentence states it, or as several do together.

    Attributes:
        source: the component that proposed it.
        rule: the name of the frame that holds, «acquisition/buy»; "" for a noun that only names a deal told before.
        type: of the deal; "" as long as it isn't known.
        trigger: the tokens of the word that states it.
        chain: the tokens that govern the trigger, nearest first, as long as they speak of this deal.
        arguments: in the order of the type's roles, within a role in that of the text.
        unnamed_subject: True where who acts is there but without a name («инвесторы купили»).
        evidence: the clauses that state it, the fullest first.
        status: planned, negotiating, agreed, completed or cancelled; "" until completed.
        amount, stake, date, subject: the values; None where there is none.
        tellings: the candidates of single sentences that this one joins; empty if it is one of them.
        partner: the same deal as the network proposed it, where a frame did so too.
        features: what tells how sure it is, each between 0 and 1; taken once, from the finished candidate.
        score: the probability that it is right; None until judged.
    """

    source: str
    rule: str
    type: str
    trigger: Span
    chain: tuple[int, ...]
    arguments: tuple[Argument, ...]
    unnamed_subject: bool
    evidence: tuple[Span, ...]
    status: str = ""
    amount: Value | None = None
    stake: Value | None = None
    date: Value | None = None
    subject: Subject | None = None
    tellings: tuple["Candidate", ...] = ()
    partner: "Candidate | None" = None
    features: tuple[tuple[str, float], ...] = ()
    score: float | None = None

    @property
    def word(self) -> int:
        """The trigger's first token."""
        return self.trigger[0]

    @property
    def told(self) -> tuple["Candidate", ...]:
        """The candidates of single sentences: those that it joins, or itself."""
        return self.tellings or (self,)

    def sentences(self, words: Words) -> set[int]:
        """The numbers of the sentences that state it."""
        return {words.sentence[start] for start, _ in self.evidence}

    def in_role(self, role: str) -> list[Argument]:
        """The arguments of a role."""
        return [argument for argument in self.arguments if argument.role == role]

    def keys(self) -> dict[str, set[str]]:
        """Role → what identifies its fillers."""
        found: dict[str, set[str]] = {}
        for argument in self.arguments:
            found.setdefault(argument.role, set()).add(argument.key)
        return found


def distinct(arguments: Iterable[Argument]) -> Iterator[Argument]:
    """Each entity in one role only, the first: a state and its capital are the same party."""
    seen: set[str] = set()
    for argument in arguments:
        if argument.key not in seen:
            seen.add(argument.key)
            yield argument


def sentence_around(words: Words, token: int) -> Span:
    """The sentence of a token, without spaces and marks at its end."""
    start, end = words.sentences[words.sentence[token]]
    while end > start and words.pos[end - 1] in {"SPACE", "PUNCT"}:
        end -= 1
    return start, max(end, start + 1)


LAYERS = ("related", "proposed", "completed", "referred", "merged", "finished", "learned", "united", "judged")
"""The layers of a Doc that hold candidates: those of relations; those of deals, each made of the one before."""

serializable(Argument, Value, Subject, Candidate)
