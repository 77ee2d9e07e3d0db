"""Later words on a deal that name it only by a noun: «Документ был подписан 22 августа», «Сумма сделки — $1 млрд»."""

from datetime import date, timedelta

from extract.annotations import Date, Deal
from extract.language.words import Words
from extract.relations.discourse import discourse_words
from extract.relations.merging import Candidate
from extract.relations.roles import Match
from extract.relations.status import status_words

RECENT = timedelta(days=14)
NEWS = timedelta(days=60)  # what happened before is background
NEW = {"новый", "другой", "аналогичный", "очередной", "еще", "первый", "второй", "предыдущий", "прежний", "подобный"}


def refers_back(words: Words, token: int, lemmas: frozenset[str]) -> bool:
    """Is a noun the name of a deal told before: singular, and not a new or another one?"""
    return (
        words.lemma[token] in lemmas
        and words.pos[token] == "NOUN"
        and words.feats[token].get("Number") == "Sing"
        and not any(words.lemma[child] in NEW for child in words.children[token])
    )


def told_of(words: Words, token: int, candidates: list[Candidate]) -> Candidate | None:
    """The last deal before a noun that it can name: any for «сделка», one with a paper for «договор»."""
    names = discourse_words().names
    types = names.get(words.lemma[token])
    for candidate in reversed(candidates):
        if types is None or candidate.deal.type in types:
            return candidate
    return None


def update(deal: Deal, words: Words, match: Match, status: str, date: str | None, amount: str | None) -> None:
    """Let a later sentence say what the first left open; a closing or an end replaces what was agreed."""
    deal.date = deal.date or date
    deal.amount = deal.amount or amount
    says = {status_words().says.get(words.lemma[token]) for token in match.predicate.chain}
    if (status == "completed" and "completed" in says) or (status == "cancelled" and "cancelled" in says):
        deal.status = status


def long_past(dates: list[Date], published: str | None) -> set[str]:
    """The ids of the dates that ended too long before the publication to be those of its news."""
    if published is None:
        return set()
    earliest = (date.fromisoformat(published) - NEWS).isoformat()
    return {found.id for found in dates if found.end is not None and found.end < earliest}


def date_by_neighbours(words: Words, deals: list[Deal], dates: list[Date], published: str | None) -> None:
    """Date what was done by the sentence after it, where that one tells of no other deal.

    «Стартап привлек 120 млн руб. Деньги поступили в пятницу»: only a single day of the weeks before the
    publication will do.
    """
    if published is None:
        return
    taken = {words.sentence[place.start] for deal in deals for place in deal.evidence}
    earliest = (date.fromisoformat(published) - RECENT).isoformat()
    days: dict[int, list[str]] = {}
    for found in dates:
        for mention in found.mentions:
            recent = found.grain == "day" and found.start is not None and earliest <= found.start <= published
            days.setdefault(words.sentence[mention.start], []).append(found.id if recent else "")
    for deal in deals:
        if deal.date is None and deal.status in {"completed", "agreed"}:
            after = max(words.sentence[place.start] for place in deal.evidence) + 1
            if after not in taken and len(days.get(after, ())) == 1:
                deal.date = days[after][0] or None
