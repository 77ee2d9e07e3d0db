"""Mentions of one deal become one deal with all its evidence."""

from extract.annotations import Deal


def merge(deals: list[Deal]) -> list[Deal]:
    """Join the deals that can be one event, in the order of their first mention, and number them."""
    merged: list[Deal] = []
    for deal in deals:
        earlier = next((other for other in merged if _same_event(other, deal)), None)
        if earlier is None:
            merged.append(deal)
        else:
            _absorb(earlier, deal)
    for number, deal in enumerate(merged, 1):
        deal.id = f"deal-{number}"
    return merged


def _same_event(first: Deal, second: Deal) -> bool:
    """Same type, no role with other parties, no other sum, stake or date."""
    if first.type != second.type or not _share_party(first, second):
        return False
    return all(
        a is None or b is None or a == b
        for a, b in ((first.amount, second.amount), (first.stake, second.stake), (first.date, second.date))
    )


def _share_party(first: Deal, second: Deal) -> bool:
    ours = {(p.role, p.ref) for p in first.participants}
    theirs = {(p.role, p.ref) for p in second.participants}
    if ours.isdisjoint(theirs):
        return False
    for role in {role for role, _ in ours} & {role for role, _ in theirs}:
        if role != "party" and {r for r in ours if r[0] == role}.isdisjoint({r for r in theirs if r[0] == role}):
            return False
    return True


def _absorb(deal: Deal, other: Deal) -> None:
    known = {(p.role, p.ref) for p in deal.participants}
    deal.participants.extend(p for p in other.participants if (p.role, p.ref) not in known)
    deal.amount = deal.amount or other.amount
    deal.stake = deal.stake if deal.stake is not None else other.stake
    deal.date = deal.date or other.date
    deal.evidence.extend(place for place in other.evidence if place not in deal.evidence)
    deal.evidence.sort(key=lambda place: place.start - place.end)
