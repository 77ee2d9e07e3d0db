"""Scores of deals and their slots."""

from collections.abc import Callable, Sequence

from extract.evaluation.matching import pairs_of
from extract.evaluation.names import names_match, same_name
from extract.evaluation.samples import Deal, Sample
from extract.evaluation.scores import ArticleScore, Item, matched

Party = tuple[str, str]  # role, name
SLOTS = ("amount", "stake", "date", "status")


def score_deals(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Deals and their slots.

    Deals are paired one to one for the greatest total of right slots; a pair is possible when the types are
    equal and a participant has the same role and name. Optional deals are paired with what is left over.
    Slots of unpaired deals count as wrong.
    """
    golds = [deal for deal in gold.deals or [] if not deal.optional]
    optional = [deal for deal in gold.deals or [] if deal.optional]
    preds = predicted.deals or []
    pairs = pairs_of(golds, preds, right_slots)
    taken = {j for _, j in pairs}
    rest = [j for j in range(len(preds)) if j not in taken]
    excused = {rest[j] for _, j in pairs_of(optional, [preds[j] for j in rest], right_slots)}
    offered = [j for j in range(len(preds)) if j not in excused]
    _count_deals(golds, [preds[j] for j in offered], [(i, offered.index(j)) for i, j in pairs], score)
    _list_deals(golds, preds, pairs, excused, score)


def right_slots(one: Deal, other: Deal) -> int:
    """The number of slots that two deals have in common; 0 unless type and a participant are the same."""
    if one.type != other.type:
        return 0
    participants = len(shared_participants(one, other))
    return participants and participants + sum(_same_slot(one, other, slot) for slot in SLOTS)


def shared_participants(one: Deal, other: Deal) -> list[tuple[int, int]]:
    """Participants of the same role and name, one to one."""
    return pairs_of(one.participants, other.participants, _same_participant)


def _same_participant(one: Party, other: Party) -> float:
    """1 for the same role and name; a little more for the very same name, so that it is preferred."""
    if one[0] != other[0] or not names_match(one[1], other[1]):
        return 0
    return 1 + 0.01 * same_name(one[1], other[1])


def _same_slot(one: Deal, other: Deal, slot: str) -> bool:
    value, offered = getattr(one, slot), getattr(other, slot)
    return value is not None and offered is not None and _same_value(value, offered)


def _same_value(value: object, offered: object) -> bool:
    if isinstance(value, tuple) and isinstance(offered, tuple):
        return value[1] == offered[1] and _same_value(value[0], offered[0])
    if isinstance(value, int | float) and isinstance(offered, int | float):
        return abs(value - offered) <= 1e-6 * max(abs(value), abs(offered))
    return value == offered


def _count_deals(golds: list[Deal], preds: list[Deal], pairs: list[tuple[int, int]], score: ArticleScore) -> None:
    score.count("deals", matched(len(pairs), len(golds), len(preds)))
    score.count("slots", matched(0, 0, 0))
    for type in sorted({deal.type for deal in golds + preds}):
        right = sum(golds[i].type == type for i, _ in pairs)
        gold, pred = (sum(deal.type == type for deal in deals) for deals in (golds, preds))
        score.count(f"deals.type.{type}", matched(right, gold, pred))
    for deal in golds:
        for kind, number in _slots(deal):
            _count_slots(score, deal.type, kind, 0, number, 0)
    for deal in preds:
        for kind, number in _slots(deal):
            _count_slots(score, deal.type, kind, 0, 0, number)
    for i, j in pairs:
        _count_slots(score, golds[i].type, "participant", len(shared_participants(golds[i], preds[j])), 0, 0)
        for slot in SLOTS:
            _count_slots(score, golds[i].type, slot, _same_slot(golds[i], preds[j], slot), 0, 0)
        _count_names(golds[i], preds[j], score)


def _slots(deal: Deal) -> list[tuple[str, int]]:
    """How many slots of each kind a deal fills."""
    return [("participant", len(deal.participants))] + [(slot, int(getattr(deal, slot) is not None)) for slot in SLOTS]


def _count_slots(score: ArticleScore, type: str, kind: str, right: int, gold: int, predicted: int) -> None:
    if right or gold or predicted:
        for measure in ("slots", f"slots.kind.{kind}", f"slots.type.{type}"):
            score.count(measure, matched(right, gold, predicted))


def _count_names(gold: Deal, pred: Deal, score: ArticleScore) -> None:
    """Canonical form: of the participants that match, those with the very name that gold gives."""
    pairs = shared_participants(gold, pred)
    same = sum(same_name(gold.participants[i][1], pred.participants[j][1]) for i, j in pairs)
    score.count("names.participant", matched(same, len(pairs), len(pairs)))


def _list_deals(
    golds: list[Deal], preds: list[Deal], pairs: list[tuple[int, int]], excused: set[int], score: ArticleScore
) -> None:
    found, taken = {i for i, _ in pairs}, {j for _, j in pairs} | excused
    for i, j in pairs:
        score.items.append(_item(golds[i], "right", "", preds[j].rule))
        score.items += slot_errors(golds[i], preds[j])
    missed = [deal for i, deal in enumerate(golds) if i not in found]
    extra = [deal for j, deal in enumerate(preds) if j not in taken]
    for deal in missed:
        cause, near = _near(deal, extra, preds)
        score.items.append(_item(deal, "missed", cause, near.rule if near else None))
    for deal in extra:
        cause, _ = _near(deal, missed, golds)
        score.items.append(_item(deal, "false", cause, deal.rule))


def _near(deal: Deal, unpaired: Sequence[Deal], others: Sequence[Deal]) -> tuple[str, Deal | None]:
    """Say why a deal has no partner: what the nearest deal of the other side has else."""
    for other in unpaired:
        if other.type != deal.type and _share(deal, other, lambda one, two: names_match(one[1], two[1])):
            return f"type wrong ({other.type})", other
    for other in unpaired:
        if other.type == deal.type and _share(deal, other, lambda one, two: names_match(one[1], two[1])):
            return f"role wrong ({_names(other)})", other
    for other in unpaired:
        if other.type == deal.type and _share(deal, other, _same_words):
            return f"entity boundary ({_names(other)})", other
    for other in unpaired:
        if other.type == deal.type and _touch(deal, other):
            return f"participant missed ({_names(other)})", other
    if any(right_slots(deal, other) for other in others):
        return "beside one of the same type and party", None
    return "", None


def _share(one: Deal, other: Deal, same: Callable[[Party, Party], bool]) -> bool:
    return any(same(first, second) for first in one.participants for second in other.participants)


def _same_words(one: Party, other: Party) -> bool:
    """Names of one role with a word in common: one is cut too short or too long."""
    return one[0] == other[0] and bool(set(one[1].lower().split()) & set(other[1].lower().split()))


def _touch(one: Deal, other: Deal) -> bool:
    return any(a < d and c < b for a, b in one.evidence for c, d in other.evidence)


def slot_errors(gold: Deal, pred: Deal) -> list[Item]:
    """What differs within a right pair."""
    pairs = shared_participants(gold, pred)
    lost = [gold.participants[i] for i in range(len(gold.participants)) if i not in dict(pairs)]
    extra = [pred.participants[j] for j in range(len(pred.participants)) if j not in {j for _, j in pairs}]
    items = []
    for role, name in lost:
        wrong = [other for other, offered in extra if names_match(name, offered)]
        cause = f"role wrong ({wrong[0]})" if wrong else "participant missed"
        items.append(_slot(gold, pred, "missed", f"{role}: {name}", cause))
    for role, name in extra:
        wrong = [other for other, wanted in lost if names_match(name, wanted)]
        cause = f"role wrong ({wrong[0]})" if wrong else "participant added"
        items.append(_slot(gold, pred, "false", f"{role}: {name}", cause))
    for slot in SLOTS:
        value, offered = getattr(gold, slot), getattr(pred, slot)
        if value is None and offered is None:
            continue
        what = f"{slot}: {_value(value)}"
        if _same_slot(gold, pred, slot):
            continue
        cause = f"{slot} {'added' if value is None else 'missed' if offered is None else 'wrong'}"
        outcome = "false" if value is None else "missed"
        items.append(_slot(gold, pred, outcome, f"{what}, predicted {_value(offered)}", cause))
    return items


def _value(value: object) -> str:
    if isinstance(value, tuple):
        return f"{value[0]:,.0f} {value[1]}".replace(",", " ")
    return "none" if value is None else str(value)


def _slot(gold: Deal, pred: Deal, outcome: str, what: str, cause: str) -> Item:
    start, end = (gold.evidence or pred.evidence or ((None, None),))[0]
    return Item("slots", outcome, gold.type, f"{_names(gold)} | {what}", cause, start, end, rule=pred.rule)


def _item(deal: Deal, outcome: str, cause: str, rule: str | None) -> Item:
    start, end = deal.evidence[0] if deal.evidence else (None, None)
    return Item("deals", outcome, deal.type, describe(deal), cause, start, end, rule=rule)


def describe(deal: Deal) -> str:
    """A deal in one line."""
    values = [_value(getattr(deal, slot)) for slot in SLOTS if getattr(deal, slot) is not None]
    return " · ".join([_names(deal), *values])


def _names(deal: Deal) -> str:
    return ", ".join(f"{role}: {name}" for role, name in deal.participants) or "no participants"
