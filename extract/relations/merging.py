"""Mentions of one deal become one deal with all its evidence."""

from dataclasses import dataclass

from extract.annotations import Deal, Participant
from extract.relations.frames import Frame
from extract.relations.status import PROGRESS

SYMMETRIC = "party"
ROUNDING = 0.1
# Sanctions of one authority and day are one act, however many sentences list their targets.
SANCTIONS = {
    "penalty/impose-sanctions",
    "penalty/sanction-noun",
    "penalty/blacklist",
    "penalty/under-sanctions",
    "penalty/under-restrictions",
    "penalty/impose-restrictions",
}
NEAR = 80  # tokens


# Told in different sentences, these are fates of two deals: what is planned anew has not been done already.
FATES = {
    frozenset({"agreed", "cancelled"}),
    frozenset({"completed", "planned"}),
    frozenset({"cancelled", "negotiating"}),
}


@dataclass(slots=True)
class Candidate:
    """A deal as one sentence states it, or several merged: the frame, and what tells how sure it is."""

    deal: Deal
    frame: Frame
    features: dict[str, float]


def merge(candidates: list[Candidate], amounts: dict[str, float], past: set[str]) -> list[Candidate]:
    """Join the candidates that can be one event, in the order of their first mention.

    Args:
        candidates: the deals of single sentences, in text order.
        amounts: the value of each amount by its id.
        past: the ids of the dates long before the publication.
    """
    merged: list[Candidate] = []
    for candidate in candidates:
        earlier = next((other for other in merged if is_same_event(other.deal, candidate.deal, amounts, past)), None)
        if earlier is None:
            merged.append(candidate)
        else:
            _absorb(earlier, candidate)
    return merged


def is_same_event(first: Deal, second: Deal, amounts: dict[str, float], past: set[str]) -> bool:
    """Same type, no role with other parties, no other sum, stake or date; headlines round sums."""
    if first.type != second.type or not _parties_agree(first, second):
        return False
    if first.amount and second.amount:
        one, other = amounts[first.amount], amounts[second.amount]
        if abs(one - other) > ROUNDING * max(one, other):
            return False
    if _is_past(first, second) or _is_past(second, first):
        return False
    if second.evidence[0].start > first.evidence[-1].end and frozenset({first.status, second.status}) in FATES:
        return False
    if not first.date and second.date in past:  # the news, and what was done once
        return False
    return all(a is None or b is None or a == b for a, b in ((first.stake, second.stake), (first.date, second.date)))


def _is_past(first: Deal, second: Deal) -> bool:
    """What was done on a day of its own is not what is planned now."""
    return first.status == "completed" and first.date is not None and second.status in {"planned", "negotiating"}


def _parties_agree(first: Deal, second: Deal) -> bool:
    ours, theirs = _by_role(first), _by_role(second)
    if any(ours[role] & theirs[other] for role in ours for other in theirs if other != role):
        return False  # who buys in one and sells in the other
    shared = [role for role in ours if role in theirs and ours[role] & theirs[role]]
    if not shared:
        return _lists_more(first, second)
    if SYMMETRIC in shared:
        return ours[SYMMETRIC] <= theirs[SYMMETRIC] or theirs[SYMMETRIC] <= ours[SYMMETRIC]
    common = ours.keys() & theirs.keys()
    if {first.rule, second.rule} <= SANCTIONS and "authority" in shared:
        common -= {"target"}
    return all(ours[role] & theirs[role] for role in common)


def _lists_more(first: Deal, second: Deal) -> bool:
    """«США ввели санкции. Под них попали A и B»: the next sentences list the targets of the act."""
    return (
        {first.rule, second.rule} <= SANCTIONS
        and {participant.role for participant in second.participants} == {"target"}
        and any(participant.role == "authority" for participant in first.participants)
        and second.evidence[0].start - max(place.end for place in first.evidence) < NEAR
    )


def _by_role(deal: Deal) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for participant in deal.participants:
        roles.setdefault(participant.role, set()).add(key(participant))
    return roles


def key(participant: Participant) -> str:
    """What identifies a participant in its article."""
    return participant.ref or participant.name


def _absorb(candidate: Candidate, later: Candidate) -> None:
    deal, other = candidate.deal, later.deal
    known = {(participant.role, key(participant)) for participant in deal.participants}
    deal.participants.extend(p for p in other.participants if (p.role, key(p)) not in known)
    deal.status = max(deal.status, other.status, key=PROGRESS.index)
    deal.amount = other.amount or deal.amount  # the later one is the exacter: headlines round
    deal.stake = deal.stake if deal.stake is not None else other.stake
    deal.date = deal.date or other.date
    deal.subject = max(deal.subject or "", other.subject or "", key=len) or None  # the fullest
    deal.evidence.extend(place for place in other.evidence if place not in deal.evidence)
    deal.evidence.sort(key=lambda place: place.start - place.end)
    for name, value in later.features.items():
        candidate.features[name] = max(candidate.features.get(name, 0.0), value)
    candidate.features["repeated"] = 1.0
