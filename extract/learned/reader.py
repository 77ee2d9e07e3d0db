"""The component that reads an article with the network: which sentences tell of deals, who does what in them.

It also sees who holds which post where.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import serializable
from extract.language.words import words_of
from extract.learned.chunks import Chunk, Thing, chunks_of, things_of
from extract.learned.network import Array, Network, Unit, network

STATUSES = ("planned", "negotiating", "agreed", "completed", "cancelled")
NAMED = ("ORG", "PER", "LOC")  # kinds of things that fill roles
VALUES = {"amount": ("money",), "stake": ("percent",), "date": ("date",)}  # slot → the kinds that it holds


@dataclass(frozen=True, slots=True)
class Telling:
    """A sentence that tells of a deal of a type, as the network sees it; all figures are probabilities.

    Attributes:
        sentence: its number.
        type: of the deal.
        probability: that it does.
        words: the tokens that weighed most, the weightiest first, with their shares of all weight.
        statuses: of each status.
        roles: (id of an entity, role, that it fills it); only those above `LEAST_ROLE`.
        values: (amount, stake or date, the id of its value, that it is it).
    """

    sentence: int
    type: str
    probability: float
    words: tuple[tuple[int, float], ...]
    statuses: tuple[tuple[str, float], ...]
    roles: tuple[tuple[str, str, float], ...]
    values: tuple[tuple[str, str, float], ...]

    @property
    def trigger(self) -> int:
        """The token that weighed most."""
        return self.words[0][0]


LEAST = 0.05  # tellings less probable than this are not kept
LEAST_ROLE = 0.05
NEAR = 60  # sentences: tellings that are farther apart are taken for different deals
WEIGHTIEST = 3  # words of a telling that are kept


@dataclass(frozen=True, slots=True)
class Reading:
    """What the network sees in an article.

    Attributes:
        tellings: in text order.
        same: of each pair of tellings of one type, by their numbers, that they tell of one deal.
        types: of deals that the network has learnt.
        holders: (number of a post, id of a person, that they hold it); only those above `LEAST_ROLE`.
        bodies: (number of a post, id of an organization or place, that it is held there); likewise.
        posts: the numbers of the posts that were read.
    """

    tellings: tuple[Telling, ...] = ()
    same: tuple[tuple[int, int, float], ...] = ()
    types: tuple[str, ...] = ()
    holders: tuple[tuple[int, str, float], ...] = ()
    bodies: tuple[tuple[int, str, float], ...] = ()
    posts: tuple[int, ...] = ()


def read(doc: Doc, network: Network, least: float, whole: bool = False) -> Reading:
    """Read an article chunk by chunk.

    Args:
        doc: an article with entities, amounts and dates.
        network: what reads it.
        least: only tellings that are at least so probable are kept.
        whole: True to read even the sentences that the gate wouldn't let pass.
    """
    things = things_of(doc)
    units: list[Unit] = []
    tellings: list[Telling] = []
    holders: list[tuple[int, str, float]] = []
    bodies: list[tuple[int, str, float]] = []
    posts: list[int] = []
    passing = (
        None if whole or network.gate is None else network.gate.passing(words_of(doc), things) | _naming(doc, things)
    )
    for chunk in chunks_of(doc, things, network.pieces, passing):
        states = network.states(chunk)
        if chunk.posts and chunk.mentions:
            posts += (post.number for post in chunk.posts)
            for into, fits in zip((holders, bodies), network.holders(states, chunk, things), strict=True):
                into += _fitting(chunk, things, fits)
        found = list(network.units(states, chunk, least))
        if found:
            units += found
            tellings += _tellings(network, chunk, states, things, found)
    pairs = list(_pairs(units))
    same = network.sameness([(units[i], units[j]) for i, j in pairs])
    alike = tuple((i, j, round(p, 4)) for (i, j), p in zip(pairs, same, strict=True))
    return Reading(tuple(tellings), alike, network.types, tuple(holders), tuple(bodies), tuple(posts))


def _tellings(
    network: Network, chunk: Chunk, states: Array, things: list[Thing], units: list[Unit]
) -> Iterator[Telling]:
    """What a chunk's units tell."""
    statuses = network.statuses(units)
    there = [things[number] for number in chunk.things]
    roles = network.roles_of(units, states, chunk, things) if chunk.mentions else None
    for at, unit in enumerate(units):
        named = list(_roles(network, there, roles[at])) if roles is not None else []
        yield Telling(
            unit.sentence,
            unit.type,
            round(unit.probability, 4),
            _words(unit, chunk),
            tuple(zip(STATUSES, (round(p, 4) for p in statuses[at].tolist()), strict=True)),
            tuple((ref, role, p) for ref, role, p in named if role not in VALUES),
            tuple((role, ref, p) for ref, role, p in named if role in VALUES),
        )


def _naming(doc: Doc, things: list[Thing]) -> set[int]:
    """The sentences that name a person and a post."""
    sentence = words_of(doc).sentence
    people = {sentence[mention.start] for thing in things if thing.kind == "PER" for mention in thing.mentions}
    return people & {sentence[post.start] for post in doc._.posts or ()}


def _fitting(chunk: Chunk, things: list[Thing], fits: Array) -> Iterator[tuple[int, str, float]]:
    """(post, thing, probability), whatever is not too unlikely."""
    numbers = chunk.things
    for post, at in np.argwhere(fits >= LEAST_ROLE).tolist():
        yield chunk.posts[post].number, things[numbers[at]].ref, round(float(fits[post, at]), 4)


def _pairs(units: list[Unit]) -> Iterator[tuple[int, int]]:
    """The pairs of units of one type that are near enough to tell of one deal, the earlier first."""
    recent: dict[str, list[int]] = {}
    for j, unit in enumerate(units):
        near = [i for i in recent.get(unit.type, ()) if unit.sentence - units[i].sentence <= NEAR]
        yield from ((i, j) for i in near)
        recent[unit.type] = [*near, j]


def _words(unit: Unit, chunk: Chunk) -> tuple[tuple[int, float], ...]:
    """The tokens whose pieces weighed most."""
    total: dict[int, float] = {}
    for at, weight in enumerate(unit.weights.tolist(), unit.start):
        total[chunk.tokens[at]] = total.get(chunk.tokens[at], 0.0) + weight
    best = sorted(total.items(), key=lambda item: -item[1])[:WEIGHTIEST]
    return tuple((token, round(weight, 4)) for token, weight in best)


def _roles(network: Network, things: list[Thing], probabilities: Array) -> Iterator[tuple[str, str, float]]:
    """(thing, role, probability), whatever is not too unlikely."""
    for at, number in np.argwhere(probabilities >= LEAST_ROLE).tolist():
        thing, role = things[at], network.roles[number]
        if role and thing.kind in VALUES.get(role, NAMED):
            yield thing.ref, role, round(float(probabilities[at, number]), 4)


serializable(Telling, Reading)


class Reader:
    """Doc in, Doc out; sets `doc._.read`, what the network sees."""

    def __init__(self, network: Network) -> None:
        self.network = network

    def __call__(self, doc: Doc) -> Doc:
        doc._.read = read(doc, self.network, LEAST)
        return doc


@Language.factory(
    "ru_reader",
    assigns=["doc._.read"],
    requires=["doc._.entities", "doc._.amounts", "doc._.dates", "doc._.posts"],
)
def create_reader(nlp: Language, name: str) -> Reader:
    """Make the component; loads the weights, once a process."""
    return Reader(network())
