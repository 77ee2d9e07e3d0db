"""What a page needs of a record: the same facts, smaller, with offsets as browsers count them."""

from collections.abc import Callable, Iterable
from typing import Any

from extract.articles.address import address_of
from extract.record import Deal, Mention, Participant, Party, Person, Record, Span

Json = dict[str, Any]
Offset = Callable[[int], int]


def view_of(record: Record) -> Json:
    """An article for the page: mentions as [start, end] or, for an anaphor, [start, end, 1]; texts left out.

    Offsets count UTF-16 units, as JavaScript does; the record's count code points.
    """
    at = utf16(record.text)

    def mentions(found: Iterable[Mention]) -> list[list[int]]:
        return [[*_span(mention, at), 1] if mention.anaphor else _span(mention, at) for mention in found]

    def thing(entity: Any, **more: Any) -> Json:
        return {"id": entity.id, "mentions": mentions(entity.mentions), **more}

    def named(entity: Any, **more: Any) -> Json:
        return thing(entity, name=entity.name, aliases=entity.aliases, **more)

    return {
        "id": record.id,
        "title": record.title,
        "published": record.published,
        "url": address_of(record.url),
        "text": record.text,
        "organizations": [named(entity, kind=entity.kind) for entity in record.organizations],
        "people": [named(person, positions=_positions(person, at)) for person in record.people],
        "locations": [named(entity, kind=entity.kind) for entity in record.locations],
        "dates": [thing(date, value=date.value) for date in record.dates],
        "amounts": [
            thing(amount, kind=amount.kind, value=amount.value, unit=amount.currency or amount.unit)
            for amount in record.amounts
        ],
        "deals": [_deal(deal, at) for deal in record.deals],
        "relations": [
            {
                "type": relation.type,
                "arguments": _participants(relation.arguments),
                "evidence": _span(relation.evidence, at),
                "rule": relation.rule,
            }
            for relation in record.relations
        ],
    }


def _positions(person: Person, at: Offset) -> list[Json]:
    return [
        {
            "title": position.title,
            "organization": position.organization,
            "former": position.former,
            "evidence": _span(position.evidence, at),
        }
        for position in person.positions
    ]


def _deal(deal: Deal, at: Offset) -> Json:
    return {
        "id": deal.id,
        "type": deal.type,
        "status": deal.status,
        "participants": [_party(party, at) for party in deal.participants],
        "subject": deal.subject,
        "amount": deal.amount and deal.amount.model_dump(),
        "stake": deal.stake,
        "range": deal.stake_range and deal.stake_range.model_dump(),
        "date": deal.date and deal.date.model_dump(),
        "evidence": [_span(place, at) for place in deal.evidence],
        "trigger": deal.trigger and _span(deal.trigger, at),
        "confidence": deal.confidence,
        "rule": deal.rule,
    }


def _party(party: Party, at: Offset) -> Json:
    mention = party.mention and _span(party.mention, at)
    return {"role": party.role, "name": party.name, "ref": party.ref, "mention": mention}


def _participants(participants: Iterable[Participant]) -> list[Json]:
    return [participant.model_dump() for participant in participants]


def _span(place: Span, at: Offset) -> list[int]:
    return [at(place.start), at(place.end)]


def utf16(text: str) -> Offset:
    """Code points to UTF-16 units: a character beyond the basic plane (an emoji) counts two."""
    if all(char <= "\uffff" for char in text):
        return lambda offset: offset
    units = [0]
    for char in text:
        units.append(units[-1] + 1 + (char > "\uffff"))
    return units.__getitem__
