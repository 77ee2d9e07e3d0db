"""The component that completes proposals from their own sentence: status, sum, stake, date, subject."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Amount, Date, Mention
from extract.deals.candidate import Candidate, Subject, Value
from extract.deals.dating import Limits, dates_a_report
from extract.deals.discourse import long_past
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.schema import DealType
from extract.deals.status import Manner, status_of
from extract.deals.subject import subject_of
from extract.language.words import Words, words_of
from extract.rules import words_in

Valued = TypeVar("Valued", Amount, Date)

BACKWARD = 8  # tokens: how much farther a value before the trigger counts
PER_UNIT = words_in("values", "per_unit")
UNITS = words_in("values", "units")
SHARES = words_in("values", "shares")
SHARES_BEFORE = words_in("values", "shares_before")


class ValueReader:
    """Doc in, Doc out; sets `doc._.completed`: the proposals with their values."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules
        self._documents = rules.lexicons["documents"]

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        past = long_past(doc._.dates, doc._.published)
        rivals: dict[int, list[Candidate]] = {}
        for candidate in doc._.proposed:
            if candidate.rule:
                rivals.setdefault(words.sentence[candidate.word], []).append(candidate)
        doc._.completed = tuple(
            self._completed(doc, words, candidate, rivals.get(words.sentence[candidate.word], []), past)
            for candidate in doc._.proposed
        )
        return doc

    def _completed(
        self, doc: Doc, words: Words, candidate: Candidate, rivals: list[Candidate], past: set[str]
    ) -> Candidate:
        is_paper = words.lemma[candidate.word] in self._documents
        kind, manner = self._kind(candidate, is_paper)
        status = status_of(words, candidate.word, candidate.chain, manner)
        date = date_of(words, candidate, rivals, doc._.dates, Limits(status, doc._.published, kind.lasting))
        if kind.expires and status == "agreed" and date is not None and date.ref in past:
            status = "completed"  # a contract signed years ago has run its course
        return replace(
            candidate,
            status=status,
            amount=amount_of(words, candidate, rivals, doc._.amounts),
            stake=stake_of(words, candidate, rivals, doc._.amounts) if kind.stake else None,
            date=date,
            subject=_subject(words, candidate, is_paper or kind.about, doc._.amounts),
        )

    def _kind(self, candidate: Candidate, is_paper: bool) -> tuple[DealType, Manner]:
        """What is known of the type, and how the frame tells of it; of a noun that only names a deal, little."""
        if not candidate.rule:
            return (PAPER if is_paper else ANY), Manner()
        kind, frame = self.rules.types[candidate.type], self.rules.by_rule.get(candidate.rule)
        if frame is None:
            return kind, Manner(announced=kind.announced)
        return kind, Manner(frame.done, frame.present, frame.under, kind.announced)


def _subject(words: Words, candidate: Candidate, is_paper: bool, amounts: list[Amount]) -> Subject | None:
    """What the deal is about; «120 млн руб.» is its sum."""
    subject = subject_of(words, candidate, is_paper) if candidate.rule else None
    sums = (mention for amount in amounts if amount.kind == "money" for mention in amount.mentions)
    if subject is None or any(mention.start <= subject.span[0] < mention.end for mention in sums):
        return None
    return subject


ANY = DealType(roles={"party": {}})  # type: ignore[dict-item]
PAPER = DealType(roles={"party": {}}, lasting=True)  # type: ignore[dict-item]


def amount_of(words: Words, candidate: Candidate, rivals: list[Candidate], amounts: Iterable[Amount]) -> Value | None:
    """The money that belongs to a proposal; a price for one unit belongs to none."""
    money = [
        (mention, amount)
        for mention, amount in _in_sentence(words, candidate, amounts)
        if amount.kind == "money" and not _is_unit_price(words, mention)
    ]
    return _nearest(candidate, rivals, money)


def stake_of(words: Words, candidate: Candidate, rivals: list[Candidate], amounts: Iterable[Amount]) -> Value | None:
    """The percentage that belongs to a proposal and counts shares."""
    percents = [
        (mention, amount)
        for mention, amount in _in_sentence(words, candidate, amounts)
        if amount.kind == "percent" and _counts_shares(words, mention)
    ]
    stake = _nearest(candidate, rivals, percents)
    whole = stake is None or any(amount.id == stake.ref and 0 < amount.value <= 100 for _, amount in percents)
    return stake if whole else None


def date_of(
    words: Words, candidate: Candidate, rivals: list[Candidate], dates: Iterable[Date], limits: Limits
) -> Value | None:
    """The date that belongs to a proposal and can be that of its event."""
    own = {candidate.word, *candidate.chain}
    fitting = [
        (mention, date)
        for mention, date in _in_sentence(words, candidate, dates)
        if limits.allow(words, mention, date, own) and limits.has_come(date) and not dates_a_report(words, mention, own)
    ]
    return _nearest(candidate, rivals, fitting)


def _in_sentence(words: Words, candidate: Candidate, values: Iterable[Valued]) -> Iterator[tuple[Mention, Valued]]:
    """The values in the proposal's sentence: looked for first, since a long text has thousands of others."""
    start, end = words.sentences[words.sentence[candidate.word]]
    for value in values:
        for mention in value.mentions:
            if start <= mention.start < end:
                yield mention, value


def _nearest(
    candidate: Candidate, rivals: list[Candidate], values: list[tuple[Mention, Amount]] | list[tuple[Mention, Date]]
) -> Value | None:
    """The value nearest to the proposal, unless it is nearer to another one."""
    best: tuple[int, Value] | None = None
    for mention, value in values:
        cost = _cost(candidate, mention)
        if (best is None or cost < best[0]) and all(cost <= _cost(rival, mention) for rival in rivals):
            best = cost, Value(value.id, (mention.start, mention.end))
    return best[1] if best else None


def _cost(candidate: Candidate, mention: Mention) -> int:
    """The distance in tokens from the nearest word of a proposal; backwards is farther."""
    return min(
        mention.start - token if mention.start > token else token - mention.start + BACKWARD
        for token in (candidate.word, *candidate.chain)
    )


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
        mention.end < len(words) and words.norm[mention.end] in SHARES_BEFORE
    )


@Language.factory(
    "ru_values",
    assigns=["doc._.completed"],
    requires=["doc._.proposed", "doc._.dates", "doc._.amounts"],
    default_config={"rules": None},
)
def create_values(nlp: Language, name: str, rules: str | None = None) -> ValueReader:
    """Make the component; `rules` is a file or folder of the user's own."""
    return ValueReader(load_rules(rules))
