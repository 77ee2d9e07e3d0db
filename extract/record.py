"""The record: an article's facts as JSON, every one with the place in the text that states it.

Offsets are Python string indices (code points) into `text`, half-open.
"""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict
from spacy.tokens import Doc

from extract import annotations, display
from extract.articles.article import Article

SCHEMA_VERSION: Literal["1.1"] = "1.1"

OrganizationKind = Literal[
    "company",
    "bank",
    "government",
    "media",
    "party",
    "club",
    "education",
    "court",
    "military",
    "international",
    "other",
]
LocationKind = Literal["country", "city", "region", "other"]
Grain = Literal["day", "week", "month", "quarter", "season", "year", "interval"]
Status = Literal["planned", "negotiating", "agreed", "completed", "cancelled"]


class _Model(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Span(_Model):
    """A stretch of the text: `text` is the article's text from `start` to `end`."""

    start: int
    end: int
    text: str


class Mention(Span):
    """A mention of an entity; an anaphor («компания», «он») refers back without a name."""

    anaphor: bool = False


class Organization(_Model):
    """An organization under its canonical name, with its other names in the nominative."""

    id: str
    name: str
    aliases: list[str]
    kind: OrganizationKind
    inn: str | None = None  # the taxpayer number, where the user's gazetteer gives one
    mentions: list[Mention]


class Position(_Model):
    """A post held by a person; `organization` is a name, `ref` the id of its entity."""

    title: str
    organization: str | None
    ref: str | None
    former: bool
    evidence: Span


class Person(_Model):
    """A person; the parts of the name are null where the article doesn't give them."""

    id: str
    name: str
    first: str | None
    patronymic: str | None
    last: str | None
    aliases: list[str]
    mentions: list[Mention]
    positions: list[Position]


class Location(_Model):
    """A country, city, region or other place."""

    id: str
    name: str
    kind: LocationKind
    aliases: list[str]
    mentions: list[Mention]


class Date(_Model):
    """A calendar expression: `value` in TIMEX3, `start` and `end` the ISO days that it spans, or null."""

    id: str
    value: str
    start: str | None
    end: str | None
    grain: Grain
    mentions: list[Mention]


class Amount(_Model):
    """Money in units of an ISO 4217 currency, a percentage, or a quantity with its unit.

    Of a range `value` is the upper end. `min`, `max` and `approximate` are null where the amount is exact.
    """

    id: str
    kind: Literal["money", "percent", "quantity"]
    value: int | float
    currency: str | None
    unit: str | None = None
    min: int | float | None = None
    max: int | float | None = None
    approximate: bool | None = None
    mentions: list[Mention]


class Participant(_Model):
    """Who fills a role; `ref` is the id of the entity."""

    role: str
    name: str
    ref: str | None


class Party(Participant):
    """A participant of a deal; `mention` is what filled the role, null where it was only inferred."""

    mention: Span | None = None  # records of 1.0 have none


class DealAmount(_Model):
    """The total value of a deal; `min`, `max` and `approximate` as of an amount."""

    value: int | float
    currency: str
    ref: str | None
    min: int | float | None = None
    max: int | float | None = None
    approximate: bool | None = None


class StakeRange(_Model):
    """What bounds a stake that is not exact: «от 5 до 10%», «более 25%», «около 30%»."""

    min: int | float | None = None
    max: int | float | None = None
    approximate: bool | None = None


class DealDate(_Model):
    """When a deal happened, was signed or is expected."""

    value: str
    ref: str | None


class Deal(_Model):
    """A deal of one of the built-in types or a user's own; `rule` names what fired."""

    id: str
    type: str
    status: Status
    participants: list[Party]
    subject: str | None
    amount: DealAmount | None
    stake: int | float | None
    stake_range: StakeRange | None = None
    date: DealDate | None
    trigger: Span | None = None  # records of 1.0 have none
    evidence: list[Span]
    confidence: float
    rule: str


class Relation(_Model):
    """ownership (owner, property), meeting (participant…) or part_of (part, whole)."""

    type: str
    arguments: list[Participant]
    evidence: Span
    rule: str


class Record(_Model):
    """All that was read from one article."""

    schema_version: Literal["1.0", "1.1"] = SCHEMA_VERSION
    id: str | None
    title: str | None
    published: str | None
    url: str | None = None  # records of earlier versions have none
    language: str
    text: str
    organizations: list[Organization]
    people: list[Person]
    locations: list[Location]
    dates: list[Date]
    amounts: list[Amount]
    deals: list[Deal]
    relations: list[Relation]

    def _repr_html_(self) -> str:
        """The article view, in notebooks."""
        return display.html(self)


def record_of(doc: Doc, article: Article) -> Record:
    """Read a Doc's annotations out as a record.

    Args:
        doc: the annotated Doc; its text may have other spaces in places than the article's, but as many.
        article: what was read.
    """
    text = article.text
    entities: list[annotations.Entity] = doc._.entities or []
    positions = annotations.positions_by_person(doc._.positions)
    return Record(
        id=article.id,
        title=article.title,
        published=article.published,
        url=article.url,
        language="ru",
        text=text,
        organizations=[_organization(doc, text, entity) for entity in entities if entity.type == "ORG"],
        people=[
            _person(doc, text, entity, positions.get(entity.id, [])) for entity in entities if entity.type == "PER"
        ],
        locations=[_location(doc, text, entity) for entity in entities if entity.type == "LOC"],
        dates=[_date(doc, text, date) for date in doc._.dates or []],
        amounts=[_amount(doc, text, amount) for amount in doc._.amounts or []],
        deals=[_deal(doc, text, deal) for deal in doc._.deals or []],
        relations=[_relation(doc, text, relation) for relation in doc._.relations or []],
    )


def _span(doc: Doc, text: str, start: int, end: int) -> Span:
    span = doc[start:end]
    return Span(start=span.start_char, end=span.end_char, text=text[span.start_char : span.end_char])


def _mentions(doc: Doc, text: str, mentions: list[annotations.Mention]) -> list[Mention]:
    spans = [(doc[mention.start : mention.end], mention.anaphor) for mention in mentions]
    return [
        Mention(
            start=span.start_char,
            end=span.end_char,
            text=text[span.start_char : span.end_char],
            anaphor=anaphor,
        )
        for span, anaphor in spans
    ]


def _organization(doc: Doc, text: str, entity: annotations.Entity) -> Organization:
    return Organization(
        id=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        kind=entity.kind or "other",  # type: ignore[arg-type]
        inn=entity.inn,
        mentions=_mentions(doc, text, entity.mentions),
    )


def _person(doc: Doc, text: str, entity: annotations.Entity, positions: list[annotations.Position]) -> Person:
    return Person(
        id=entity.id,
        name=entity.name,
        first=entity.first,
        patronymic=entity.patronymic,
        last=entity.last,
        aliases=entity.aliases,
        mentions=_mentions(doc, text, entity.mentions),
        positions=[
            Position(
                title=position.title,
                organization=position.organization,
                ref=position.ref,
                former=position.former,
                evidence=_span(doc, text, position.start, position.end),
            )
            for position in positions
        ],
    )


def _location(doc: Doc, text: str, entity: annotations.Entity) -> Location:
    return Location(
        id=entity.id,
        name=entity.name,
        aliases=entity.aliases,
        kind=entity.kind or "other",  # type: ignore[arg-type]
        mentions=_mentions(doc, text, entity.mentions),
    )


def _date(doc: Doc, text: str, date: annotations.Date) -> Date:
    return Date(
        id=date.id,
        value=date.value,
        start=date.start,
        end=date.end,
        grain=date.grain,  # type: ignore[arg-type]
        mentions=_mentions(doc, text, date.mentions),
    )


def _amount(doc: Doc, text: str, amount: annotations.Amount) -> Amount:
    return Amount(
        id=amount.id,
        kind=amount.kind,  # type: ignore[arg-type]
        value=amount.value,
        currency=amount.currency,
        unit=amount.unit,
        **_bounds(amount),
        mentions=_mentions(doc, text, amount.mentions),
    )


def _bounds(amount: annotations.Amount) -> dict[str, Any]:
    return {"min": amount.min, "max": amount.max, "approximate": amount.approximate}


def _deal_amount(amount: annotations.Amount) -> DealAmount:
    return DealAmount(value=amount.value, currency=amount.currency or "", ref=amount.id, **_bounds(amount))


def _relation(doc: Doc, text: str, relation: annotations.Relation) -> Relation:
    return Relation(
        type=relation.type,
        arguments=[_participant(argument) for argument in relation.arguments],
        evidence=_span(doc, text, relation.start, relation.end),
        rule=relation.rule,
    )


def _participant(participant: annotations.Participant) -> Participant:
    return Participant(role=participant.role, name=participant.name, ref=participant.ref)


def _party(doc: Doc, text: str, participant: annotations.Participant) -> Party:
    mention = participant.mention
    return Party(
        role=participant.role,
        name=participant.name,
        ref=participant.ref,
        mention=_span(doc, text, mention.start, mention.end) if mention else None,
    )


def _deal(doc: Doc, text: str, deal: annotations.Deal) -> Deal:
    amounts = {amount.id: amount for amount in doc._.amounts or []}
    amount, stake = amounts.get(deal.amount or ""), amounts.get(deal.stake_ref or "")
    date = next((date for date in doc._.dates or [] if date.id == deal.date), None)
    return Deal(
        id=deal.id,
        type=deal.type,
        status=deal.status,  # type: ignore[arg-type]
        participants=[_party(doc, text, participant) for participant in deal.participants],
        subject=deal.subject,
        amount=None if amount is None else _deal_amount(amount),
        stake=deal.stake,
        stake_range=None if stake is None or stake.exact else StakeRange(**_bounds(stake)),
        date=None if date is None else DealDate(value=date.value, ref=date.id),
        trigger=_span(doc, text, deal.trigger.start, deal.trigger.end),
        evidence=[_span(doc, text, mention.start, mention.end) for mention in deal.evidence],
        confidence=deal.confidence,
        rule=deal.rule,
    )
