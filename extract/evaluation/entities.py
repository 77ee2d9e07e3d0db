"""Scores of entity mentions, of canonical names and of dates."""

import re
from collections.abc import Callable, Sequence

from extract.evaluation.matching import pairs_of
from extract.evaluation.names import any_match
from extract.evaluation.samples import DateMention, Entity, Sample, Span
from extract.evaluation.scores import ArticleScore, Counts, Item, matched
from extract.rules import alternatives

_QUOTES = re.escape("«»„“”\"'`([")
_CLOSING = "«»„“”\"'`)].,:;!?…"
_HEADLINE = re.compile(r"[^\n]{1,250}(?=\n\s*\n)")
_LEADING = re.compile(rf"(?:[\s{_QUOTES}]|{alternatives('evaluation/names', 'leading')}\s)+", re.IGNORECASE)


def trimmed(text: str, span: Span) -> Span:
    """The span without quotes, closing punctuation and a leading preposition at its edges."""
    surface = text[span.start : span.end]
    leading = _LEADING.match(surface)
    start = leading.end() if leading else 0
    end = len(surface)
    while end > start and (surface[end - 1].isspace() or surface[end - 1] in _CLOSING):
        end -= 1
    if start >= end:
        return span
    return Span(span.start + start, span.start + end, span.type, span.ignored)


def score_mentions(gold: Sample, predicted: Sample, score: ArticleScore, trim: bool = True) -> None:
    """Entity mentions by exact and by overlapping span, for each type and over all.

    A prediction is right if it is any gold mention of its type; recall is over the outermost mentions.
    Organizations that gold writes without a capital letter, and anaphors, are left out on both sides.

    Args:
        trim: even out the edges first, as the contract says.
    """
    wanted = _mentions(gold, gold.span_types, trim)
    offered = [span for span in _mentions(predicted, gold.span_types, trim) if not span.ignored]
    for way, match in (("exact", _same), ("overlap", overlapping)):
        _score_mentions(wanted, offered, way, match, score)
    _list_mentions(gold.text, wanted, offered, score)


def _mentions(sample: Sample, types: frozenset[str], trim: bool) -> list[Span]:
    spans = [span for span in sample.spans or [] if span.type in types]
    if trim:
        spans = [trimmed(sample.text, span) for span in spans]
    marked = [
        Span(span.start, span.end, span.type, True)
        if span.type == "ORG" and sample.text[span.start : span.end].islower()
        else span
        for span in spans
    ]
    return sorted(set(marked), key=lambda span: (span.start, -span.end, span.type))


def _same(one: Span, other: Span) -> bool:
    return one.start == other.start and one.end == other.end


def overlapping(one: Span | DateMention, other: Span | DateMention) -> bool:
    """Say whether two places in a text share a character."""
    return one.start < other.end and other.start < one.end


def _score_mentions(
    wanted: list[Span],
    offered: list[Span],
    way: str,
    match: Callable[[Span, Span], bool],
    score: ArticleScore,
) -> None:
    types = {span.type for span in wanted + offered}
    whole = Counts()
    for type in sorted(types):
        golds = [span for span in wanted if span.type == type]
        named = [span for span in golds if not span.ignored]
        left_out = [span for span in golds if span.ignored]
        preds = [
            span
            for span in offered
            if span.type == type
            and (any(match(span, gold) for gold in named) or not any(match(span, gold) for gold in left_out))
        ]
        outer = outermost(named)
        counts = Counts(
            found=sum(any(match(gold, pred) for pred in preds) for gold in outer),
            right=sum(any(match(pred, gold) for gold in named) for pred in preds),
            gold=len(outer),
            predicted=len(preds),
        )
        score.count(f"entities.{way}.{type}", counts)
        whole += counts
    score.count(f"entities.{way}", whole)


def outermost(spans: Sequence[Span]) -> list[Span]:
    """The spans that lie in no longer one of their type."""
    result: list[Span] = []
    reach: dict[str, int] = {}
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > reach.get(span.type, -1):
            result.append(span)
            reach[span.type] = span.end
    return result


def _list_mentions(text: str, wanted: list[Span], offered: list[Span], score: ArticleScore) -> None:
    """Name every mention's fate, and the cause where the other side has something near."""
    named = [span for span in wanted if not span.ignored]
    gold_set, predicted_set = set(named), {(span.start, span.end, span.type) for span in offered}
    for span in outermost(named):
        right = (span.start, span.end, span.type) in predicted_set
        cause = "" if right else _cause(span, offered)
        score.items.append(_item(text, span, "right" if right else "missed", cause))
    for span in offered:
        if span in gold_set or any(overlapping(span, gold) and gold.ignored for gold in wanted):
            continue
        score.items.append(_item(text, span, "false", _cause(span, named)))


def _cause(span: Span, others: list[Span]) -> str:
    """Say what the other side has in this place."""
    near = [other for other in others if overlapping(span, other)]
    if any(_same(span, other) for other in near):
        return "type wrong"
    if any(other.type == span.type for other in near):
        return "entity boundary"
    return "type and boundary wrong" if near else ""


def _item(text: str, span: Span, outcome: str, cause: str) -> Item:
    what = f"{text[span.start : span.end]} @{span.start}"
    return Item("entities", outcome, span.type, what, cause, span.start, span.end)


def score_names(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Canonical names: entities that share a mention are paired, and right when a name of theirs matches."""
    golds = [entity for entity in gold.entities or [] if entity.mentions]
    for type in sorted({entity.type for entity in golds}):
        one = [entity for entity in golds if entity.type == type]
        other = [entity for entity in predicted.entities or [] if entity.type == type and _touches(entity, one)]
        pairs = pairs_of(one, other, _names_weight)
        right = [(i, j) for i, j in pairs if any_match(type, one[i].names, other[j].names)]
        counts = matched(len(right), len(one), len(other))
        score.count(f"names.{type}", counts)
        score.count("names", counts)
        _list_names(one, other, right, pairs, score)


def _touches(entity: Entity, others: list[Entity]) -> bool:
    return any(_shared(entity, other) for other in others)


def _shared(one: Entity, other: Entity) -> int:
    """How many mentions of one share a character with a mention of the other."""
    return sum(any(a < d and c < b for c, d in other.mentions) for a, b in one.mentions)


def _names_weight(one: Entity, other: Entity) -> float:
    """Rank pairs by a matching name first, then by the mentions that they share."""
    shared = _shared(one, other)
    return shared and shared + 100 * any_match(one.type, one.names, other.names)


def _list_names(
    one: list[Entity],
    other: list[Entity],
    right: list[tuple[int, int]],
    pairs: list[tuple[int, int]],
    score: ArticleScore,
) -> None:
    partner = dict(pairs)
    rights = dict(right)
    for i, entity in enumerate(one):
        start, end = entity.mentions[0]
        cause = "" if i not in partner or i in rights else f"name wrong ({other[partner[i]].names[0]})"
        outcome = "right" if i in rights else "missed"
        score.items.append(Item("names", outcome, entity.type, entity.names[0], cause, start, end))


def score_dates(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Dates: the spans overlap and the values are equal.

    A headline that gold leaves unannotated is left out.
    """
    golds = gold.dates or []
    preds = _outside_headline(gold.text, predicted.dates or [], golds)
    required = [date for date in golds if not date.optional]
    optional = [date for date in golds if date.optional]
    pairs = pairs_of(required, preds, _date_weight)
    taken = {j for _, j in pairs}
    rest = [j for j in range(len(preds)) if j not in taken]
    excused = {rest[j] for _, j in pairs_of(optional, [preds[j] for j in rest], _date_weight)}
    score.count("dates", matched(len(pairs), len(required), len(preds) - len(excused)))
    found = {i for i, _ in pairs}
    for i, date in enumerate(required):
        score.items.append(_date_item(gold.text, date, "right" if i in found else "missed", preds))
    for j, date in enumerate(preds):
        if j not in taken and j not in excused:
            score.items.append(_date_item(gold.text, date, "false", required))


def _date_weight(one: DateMention, other: DateMention) -> float:
    return float(overlapping(one, other) and one.value == other.value)


def _outside_headline(text: str, preds: list[DateMention], golds: list[DateMention]) -> list[DateMention]:
    headline = _HEADLINE.match(text)
    if headline is None or any(date.start < headline.end() for date in golds):
        return preds
    return [date for date in preds if date.start >= headline.end()]


def _date_item(text: str, date: DateMention, outcome: str, others: Sequence[DateMention]) -> Item:
    near = [other.value for other in others if overlapping(date, other)]
    cause = f"value wrong ({', '.join(near)})" if near and outcome != "right" else ""
    what = f"{text[date.start : date.end]} = {date.value} @{date.start}"
    return Item("dates", outcome, "DATE", what, cause, date.start, date.end)
