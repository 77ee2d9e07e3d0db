"""The component that adds to a deal what the sentences after it say of it: its sum, its day."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Candidate, Value
from extract.deals.datelines import is_dateline
from extract.deals.discourse import days_before, discourse_words
from extract.deals.rulebook import Rulebook, load_rules
from extract.language.words import Words, words_of
from extract.rules import words_in

RECENT = timedelta(days=14)
OPENING = 3  # tokens within which «тогда» opens a sentence
AFTER = 2  # sentences that may still speak of the sum
THEN = words_in("discourse", "then")


class NeighbourReader:
    """Doc in, Doc out; sets `doc._.finished`: the merged deals with what their neighbourhood adds."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words, deals = words_of(doc), doc._.merged
        if deals:
            taken = {sentence for deal in deals for sentence in deal.sentences(words)}
            deals = self._valued(words, deals, taken, doc)
            deals = _dated(words, deals, taken, doc)
        doc._.finished = tuple(deals)
        return doc

    def _valued(self, words: Words, deals: tuple[Candidate, ...], taken: set[int], doc: Doc) -> list[Candidate]:
        """Value a deal by one of the two sentences after it, if they tell of no other deal.

        «A заключила с B контракт. Работы обойдутся в €96 млн»: the only sum of a sentence that speaks of a price.
        """
        sums: dict[int, list[Value]] = {}
        for amount in doc._.amounts:
            for mention in amount.mentions:
                if amount.kind == "money":
                    value = Value(amount.id, (mention.start, mention.end))
                    sums.setdefault(words.sentence[mention.start], []).append(value)
        used = {deal.amount.ref for deal in deals if deal.amount}
        found: list[Candidate] = []
        for deal in deals:
            priced: Value | None = None
            if deal.amount is None and self.rules.types[deal.type].priced:
                after = _untaken(words, deal, taken)
                told = (sums[sentence][0] for sentence in after if _tells_worth(words, sentence, sums))
                priced = next((one for one in told if one.ref not in used), None)
            if priced is not None:
                used.add(priced.ref)
            found.append(deal if priced is None else replace(deal, amount=priced))
        return found


def _untaken(words: Words, deal: Candidate, taken: set[int]) -> Iterator[int]:
    """The next sentences after a deal, up to one that tells of another."""
    last = max(deal.sentences(words))
    for sentence in range(last + 1, min(last + 1 + AFTER, len(words.sentences))):
        if sentence in taken:
            return
        yield sentence


def _tells_worth(words: Words, sentence: int, sums: dict[int, list[Value]]) -> bool:
    lexicon = discourse_words()
    lemmas = set(words.lemma[slice(*words.sentences[sentence])])
    single = len(sums.get(sentence, ())) == 1
    return single and not lemmas.isdisjoint(lexicon.worth) and lemmas.isdisjoint(lexicon.other_sums)


def _dated(words: Words, deals: list[Candidate], taken: set[int], doc: Doc) -> list[Candidate]:
    """Date what was done by the sentence after it, and what was done «тогда» by those before."""
    days = _recent_days(words, doc)
    found: list[Candidate] = []
    for deal in deals:
        date = deal.date
        if date is None and deal.status in {"completed", "agreed"}:
            after = max(deal.sentences(words)) + 1
            date = days.get(after) if after not in taken else None
        if date is None:
            date = _then(words, deal, doc)
        found.append(deal if date is deal.date else replace(deal, date=date))
    return found


def _recent_days(words: Words, doc: Doc) -> dict[int, Value]:
    """The sentences with one date that is a day of the weeks before the publication.

    «Стартап привлек 120 млн руб. Деньги поступили в пятницу».
    """
    if doc._.published is None:
        return {}
    earliest = days_before(doc._.published, RECENT)
    counts: Counter[int] = Counter()
    days: dict[int, Value] = {}
    for date in doc._.dates:
        for mention in date.mentions:
            if is_dateline(words, mention):
                continue
            sentence = words.sentence[mention.start]
            counts[sentence] += 1
            if date.grain == "day" and date.start is not None and earliest <= date.start <= doc._.published:
                days[sentence] = Value(date.id, (mention.start, mention.end))
    return {sentence: day for sentence, day in days.items() if counts[sentence] == 1}


def _then(words: Words, deal: Candidate, doc: Doc) -> Value | None:
    """«Первый раунд прошел весной 2021 года. Тогда X вложил 15 млн»: «тогда» is the date spoken of before."""
    start = deal.evidence[0][0]
    if THEN.isdisjoint(words.norm[start : start + OPENING]):
        return None
    sentence = words.sentence[start]
    before = [
        (mention.start, mention.end, date.id)
        for date in doc._.dates
        for mention in date.mentions
        if sentence - 2 <= words.sentence[mention.start] < sentence
    ]
    if not before:
        return None
    first, end, ref = max(before)
    return Value(ref, (first, end))


@Language.factory(
    "ru_neighbours",
    assigns=["doc._.finished"],
    requires=["doc._.merged", "doc._.amounts", "doc._.dates"],
    default_config={"rules": None},
)
def create_neighbours(nlp: Language, name: str, rules: str | None = None) -> NeighbourReader:
    """Make the component; `rules` is a file or folder of the user's own."""
    return NeighbourReader(load_rules(rules))
