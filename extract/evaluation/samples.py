"""What is compared: an article's facts in one plain shape, whether annotated or predicted.

A layer is None where the source says nothing about it, and is then not scored; an empty one says that there
is nothing of the kind in the article.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class GoldError(ValueError):
    """Annotated samples that can't be read; the message says where, what is wrong and what was looked for."""


@dataclass(frozen=True, slots=True)
class Span:
    """A mention in the text; one that is `ignored` is neither required nor a false alarm."""

    start: int
    end: int
    type: str
    ignored: bool = False


@dataclass(frozen=True, slots=True)
class Entity:
    """A thing under its names, all of them right; `mentions` are (start, end)."""

    type: str
    names: tuple[str, ...]
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class DateMention:
    """A calendar expression and its TIMEX3 value."""

    start: int
    end: int
    value: str
    optional: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """A person's post.

    Attributes:
        start, end: of the evidence, or None.
        named: the organization as the evidence names it, if it does.
    """

    person: str
    title: str
    organization: str | None
    former: bool = False
    optional: bool = False
    start: int | None = None
    end: int | None = None
    named: str | None = None


@dataclass(frozen=True, slots=True)
class Deal:
    """A deal of the annotation guide; `participants` are (role, name), `amount` is (value, currency)."""

    type: str
    status: str | None
    participants: tuple[tuple[str, str], ...]
    amount: tuple[float, str] | None = None
    stake: float | None = None
    date: str | None = None
    evidence: tuple[tuple[int, int], ...] = ()
    optional: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class RelationArgument:
    """What fills a role: its name, and where the article mentions it."""

    role: str
    name: str
    mentions: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Relation:
    """ownership, meeting, part_of, or position (person, organization)."""

    type: str
    arguments: tuple[RelationArgument, ...]
    start: int | None = None
    end: int | None = None
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class Argument:
    """An argument of a factRuEval fact with every value that counts as right."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact in factRuEval-2016's shape.

    Attributes:
        type: deal, meeting, occupation or ownership.
        unreal: by its mark Модальность it is possible, future or denied.
        difficult: so by its mark Сложность.
    """

    type: str
    arguments: tuple[Argument, ...]
    unreal: bool = False
    difficult: bool = False
    rule: str | None = None


@dataclass(frozen=True, slots=True)
class TokenSet:
    """A mention as factRuEval's first track has it: tokens as (start, end), `named` those of its name."""

    type: str
    tokens: frozenset[tuple[int, int]]
    named: frozenset[tuple[int, int]]


@dataclass(slots=True)
class Sample:
    """An article with its facts.

    Attributes:
        span_types: the types that the source annotates as spans.
        tokens: (start, end) of the source's own words, where its scoring counts them, and `token_sets` the
            mentions made of them.
    """

    text: str
    id: str
    published: str | None = None
    title: str | None = None
    spans: list[Span] | None = None
    span_types: frozenset[str] = frozenset()
    entities: list[Entity] | None = None
    dates: list[DateMention] | None = None
    positions: list[Position] | None = None
    deals: list[Deal] | None = None
    relations: list[Relation] | None = None
    relation_types: frozenset[str] = frozenset()
    facts: list[Fact] | None = None
    tokens: list[tuple[int, int]] | None = None
    token_sets: list[TokenSet] | None = None


RELATION_TYPES = frozenset({"ownership", "meeting", "part_of"})
_SPAN_LISTS = {"organizations": "ORG", "people": "PER", "locations": "LOC", "dates": "DATE"}


def sample_of(record: Mapping[str, Any], id: str) -> Sample:
    """Read a record, ours or an annotator's in the same shape; absent keys are absent layers.

    Args:
        record: as `Record.model_dump()` gives it or as a line of gold JSONL.
        id: the name to give to an article that has none.
    """
    sample = Sample(
        text=record["text"],
        id=str(record.get("id") or id),
        published=record.get("published"),
        title=record.get("title"),
    )
    _read_spans(sample, record)
    if "dates" in record:
        sample.dates = [
            DateMention(mention["start"], mention["end"], date["value"], bool(date.get("optional")))
            for date in record["dates"]
            for mention in date.get("mentions", [])
        ]
    if "people" in record:
        names = _names(record)
        sample.positions = [
            _position(person, position, names)
            for person in record["people"]
            for position in person.get("positions", [])
        ]
    if "deals" in record:
        sample.deals = [_deal(deal) for deal in record["deals"]]
    if "relations" in record:
        places = _places(record)
        sample.relations = [_relation(relation, places) for relation in record["relations"]]
        sample.relations += _workplaces(record, places)
        sample.relation_types = RELATION_TYPES
    return sample


def _read_spans(sample: Sample, record: Mapping[str, Any]) -> None:
    """Entities with their mentions; a list whose items have none (positions alone) is no layer of spans."""
    spans: list[Span] = []
    entities: list[Entity] = []
    types = set()
    for key, type in _SPAN_LISTS.items():
        items = record.get(key)
        if items is None or (items and not any("mentions" in item for item in items)):
            continue
        if key in ("people", "dates") and "organizations" not in record:
            continue  # people for their positions, dates for their values
        types.add(type)
        for item in items:
            mentions = [(m["start"], m["end"], bool(m.get("anaphor"))) for m in item.get("mentions", [])]
            spans += [Span(start, end, type, anaphor) for start, end, anaphor in mentions]
            if "name" in item:
                places = tuple((start, end) for start, end, _ in mentions)
                entities.append(Entity(type, (item["name"],), places))
    if "amounts" in record:
        types.add("MONEY")
        spans += [
            Span(mention["start"], mention["end"], "MONEY")
            for amount in record["amounts"]
            if amount["kind"] == "money"
            for mention in amount["mentions"]
        ]
    if types:
        sample.spans, sample.entities, sample.span_types = spans, entities, frozenset(types)


def _names(record: Mapping[str, Any]) -> dict[str, list[Mapping[str, Any]]]:
    """The mentions by name of every organization and place, by its id."""
    return {
        entity["id"]: [mention for mention in entity.get("mentions", []) if not mention.get("anaphor")]
        for key in ("organizations", "locations")
        for entity in record.get(key, [])
        if "id" in entity
    }


def _position(
    person: Mapping[str, Any], position: Mapping[str, Any], names: Mapping[str, list[Mapping[str, Any]]]
) -> Position:
    evidence = position.get("evidence") or {}
    named = [
        mention["text"]
        for mention in names.get(position.get("ref") or "", [])
        if evidence and evidence["start"] <= mention["start"] and mention["end"] <= evidence["end"]
    ]
    return Position(
        person=person["name"],
        title=position["title"],
        organization=position.get("organization"),
        former=bool(position.get("former")),
        optional=bool(position.get("optional") or person.get("optional")),
        start=evidence.get("start"),
        end=evidence.get("end"),
        named=next(iter(named), None),
    )


def _deal(deal: Mapping[str, Any]) -> Deal:
    amount, date = deal.get("amount"), deal.get("date")
    return Deal(
        type=deal["type"],
        status=deal.get("status"),
        participants=_arguments(deal["participants"]),
        amount=None if amount is None else (amount["value"], amount["currency"]),
        stake=deal.get("stake"),
        date=None if date is None else date["value"],
        evidence=tuple((place["start"], place["end"]) for place in deal.get("evidence", [])),
        optional=bool(deal.get("optional")),
        rule=deal.get("rule"),
    )


def _places(record: Mapping[str, Any]) -> dict[str, tuple[tuple[int, int], ...]]:
    """The mentions of every entity by its id."""
    return {
        entity["id"]: tuple((mention["start"], mention["end"]) for mention in entity.get("mentions", []))
        for key in ("organizations", "people", "locations")
        for entity in record.get(key, [])
        if "id" in entity
    }


def _workplaces(record: Mapping[str, Any], places: Mapping[str, tuple[tuple[int, int], ...]]) -> list[Relation]:
    """Positions as relations of two entities, for gold that has them in this form only."""
    return [
        Relation(
            "position",
            (
                RelationArgument("person", person["name"], places.get(person.get("id"), ())),
                RelationArgument("organization", position["organization"], places.get(position.get("ref"), ())),
            ),
            *_evidence(position),
        )
        for person in record.get("people", [])
        for position in person.get("positions", [])
        if position.get("organization")
    ]


def _evidence(item: Mapping[str, Any]) -> tuple[int | None, int | None]:
    evidence = item.get("evidence") or {}
    return evidence.get("start"), evidence.get("end")


def _relation(relation: Mapping[str, Any], places: Mapping[str, tuple[tuple[int, int], ...]]) -> Relation:
    evidence = relation.get("evidence") or {}
    return Relation(
        type=relation["type"],
        arguments=tuple(
            RelationArgument(item["role"], item["name"], places.get(item.get("ref"), ()))
            for item in relation["arguments"]
        ),
        start=evidence.get("start"),
        end=evidence.get("end"),
        rule=relation.get("rule"),
    )


def _arguments(items: list[Mapping[str, Any]]) -> tuple[tuple[str, str], ...]:
    return tuple((item["role"], item["name"]) for item in items)
