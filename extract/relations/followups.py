"""Later words on a deal that name it only by a noun: «Документ был подписан 22 августа», «Сумма сделки — $1 млрд»."""

from extract.annotations import Deal
from extract.language.words import Words
from extract.relations.discourse import discourse_words
from extract.relations.merging import Candidate
from extract.relations.roles import Match
from extract.relations.status import status_words

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
