"""The sum, stake, date and subject of a deal, taken from the words around its trigger."""

from extract.annotations import Amount, Date
from extract.language.words import Words
from extract.relations.roles import Match

PER_UNIT = {"за", "по"}
UNITS = {"акция", "бумага", "баррель", "штука", "единица", "тонна", "литр", "метр", "месяц", "год"}
SHARES = {"акция", "доля", "пакет", "капитал", "бумага", "голос", "банк", "компания", "пай"}


def amount_of(words: Words, match: Match, amounts: list[Amount]) -> Amount | None:
    """The money nearest to the trigger in its sentence that isn't a price for one unit."""
    candidates = [
        (_distance(match, mention.start), amount)
        for amount in amounts
        if amount.kind == "money"
        for mention in amount.mentions
        if _same_sentence(words, match, mention.start) and not _is_unit_price(words, mention.end)
    ]
    return min(candidates, key=lambda pair: pair[0])[1] if candidates else None


def stake_of(words: Words, match: Match, amounts: list[Amount]) -> float | None:
    """The percentage nearest to the trigger that counts shares."""
    candidates = [
        (_distance(match, mention.start), amount.value)
        for amount in amounts
        if amount.kind == "percent"
        for mention in amount.mentions
        if _same_sentence(words, match, mention.start) and _counts_shares(words, mention.start, mention.end)
    ]
    return min(candidates)[1] if candidates else None


def date_of(words: Words, match: Match, dates: list[Date]) -> Date | None:
    """The date nearest to the trigger in its sentence."""
    candidates = [
        (_distance(match, mention.start), date)
        for date in dates
        for mention in date.mentions
        if _same_sentence(words, match, mention.start)
    ]
    return min(candidates, key=lambda pair: pair[0])[1] if candidates else None


def _distance(match: Match, token: int) -> int:
    return min(abs(token - at) for at in [match.predicate.trigger, *match.predicate.chain])


def _same_sentence(words: Words, match: Match, token: int) -> bool:
    return words.sentence[token] == words.sentence[match.predicate.trigger]


def _is_unit_price(words: Words, end: int) -> bool:
    return (
        end + 1 < len(words) and words.norm[end] in PER_UNIT and any(words.lemma[i] in UNITS for i in range(end + 1, min(end + 3, len(words))))
    )


def _counts_shares(words: Words, start: int, end: int) -> bool:
    after = range(end, min(end + 4, len(words)))
    before = range(max(0, start - 4), start)
    return any(words.lemma[i] in SHARES for i in (*after, *before))
