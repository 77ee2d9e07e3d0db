"""The sum, stake and date of a deal, taken from its sentence and given to the trigger that they belong to."""

from collections.abc import Iterable, Iterator
from typing import TypeVar

from extract.annotations import Amount, Date, Mention
from extract.language.words import Words
from extract.relations.predicates import VERBAL
from extract.relations.roles import Match
from extract.relations.status import status_words

Value = TypeVar("Value", Amount, Date)

BACKWARD = 8  # tokens: how much farther a value before the trigger counts
PER_UNIT = {"за", "по"}
UNITS = {"акция", "бумага", "баррель", "штука", "единица", "тонна", "литр", "метр", "месяц", "год", "куб"}
SHARES = {"акция", "доля", "пакет", "капитал", "бумага", "голос", "банк", "компания", "пай", "общество"}
STAKES = {"acquisition", "joint_venture", "investment", "merger"}
# «действует до 2028 года», «на 2024–2028 годы»: how long a paper holds, not when it was signed.
TERM = {"до", "на", "по"}
SIGNED = {"agreement", "memorandum", "partnership", "employment", "lease", "license", "services"}


def amount_of(words: Words, match: Match, rivals: list[Match], amounts: Iterable[Amount]) -> Amount | None:
    """The money that belongs to a match; a price for one unit belongs to none."""
    money = [
        (mention, amount)
        for mention, amount in _in_sentence(words, match, amounts)
        if amount.kind == "money" and not _is_unit_price(words, mention)
    ]
    return _nearest(match, rivals, money)


def stake_of(words: Words, match: Match, rivals: list[Match], amounts: Iterable[Amount]) -> float | None:
    """The percentage that belongs to a match and counts shares."""
    if match.frame.type not in STAKES:
        return None
    percents = [
        (mention, amount)
        for mention, amount in _in_sentence(words, match, amounts)
        if amount.kind == "percent" and _counts_shares(words, mention)
    ]
    amount = _nearest(match, rivals, percents)
    return amount.value if amount is not None and 0 < amount.value <= 100 else None


def date_of(
    words: Words, match: Match, rivals: list[Match], dates: Iterable[Date], status: str, published: str | None
) -> Date | None:
    """The date that belongs to a match and can be that of its event: what has happened has no future date."""
    fitting = [
        (mention, date)
        for mention, date in _in_sentence(words, match, dates)
        if _is_possible(date, status, published)
        and not (match.frame.type in SIGNED and _is_term(words, mention, date))
        and not _dates_a_report(words, match, mention)
    ]
    return _nearest(match, rivals, fitting)


def _is_term(words: Words, mention: Mention, date: Date) -> bool:
    """«до 2028 года», «на 2024 год», but not «на следующий день»."""
    before = words.norm[mention.start - 1] if mention.start else ""
    return before in TERM and not (before == "на" and date.grain == "day")


def _in_sentence(words: Words, match: Match, values: Iterable[Value]) -> Iterator[tuple[Mention, Value]]:
    """The values in the match's sentence: looked for first, since a long text has thousands of others."""
    start, end = words.sentences[words.sentence[match.predicate.trigger]]
    for value in values:
        for mention in value.mentions:
            if start <= mention.start < end:
                yield mention, value


def _nearest(match: Match, rivals: list[Match], candidates: list[tuple[Mention, Value]]) -> Value | None:
    """The candidate nearest to the match, unless it is nearer to another one."""
    best: tuple[int, Value] | None = None
    for mention, value in candidates:
        cost = _cost(match, mention)
        if (best is None or cost < best[0]) and all(
            cost <= _cost(rival, mention) for rival in rivals if rival is not match
        ):
            best = cost, value
    return best[1] if best else None


def _cost(match: Match, mention: Mention) -> int:
    """The distance in tokens from the nearest word of a match; backwards is farther."""
    return min(
        mention.start - token if mention.start > token else token - mention.start + BACKWARD
        for token in [match.predicate.trigger, *match.predicate.chain]
    )


def _dates_a_report(words: Words, match: Match, mention: Mention) -> bool:
    """«29 августа газета указывала, что…»: the day of the report, not of the deal."""
    at = next((i for i in range(mention.start, mention.end) if not mention.start <= words.head[i] < mention.end), None)
    for _ in range(4):
        if at is None or words.pos[at] in VERBAL or words.head[at] == at:
            break
        at = words.head[at]
    own = {match.predicate.trigger, *match.predicate.chain}
    return at is not None and at not in own and words.lemma[at] in status_words().reporting


def _is_possible(date: Date, status: str, published: str | None) -> bool:
    if published is None or date.start is None or date.end is None:
        return True
    return status != "completed" or date.start <= published


def _is_unit_price(words: Words, mention: Mention) -> bool:
    end = mention.end
    return (
        end + 1 < len(words)
        and words.norm[end] in PER_UNIT
        and any(words.lemma[i] in UNITS for i in range(end + 1, min(end + 3, len(words))))
    )


def _counts_shares(words: Words, mention: Mention) -> bool:
    after = range(mention.end, min(mention.end + 5, len(words)))
    before = range(max(0, mention.start - 4), mention.start)
    return any(words.lemma[i] in SHARES for i in (*after, *before)) or (
        mention.end < len(words) and words.norm[mention.end] == "в"
    )
