"""Which dates can be that of a deal: when it happened, was signed or is expected."""

from dataclasses import dataclass

from extract.annotations import Date, Mention
from extract.deals.datelines import is_dateline
from extract.deals.status import status_words
from extract.deals.terms import belongs_to_a_term, governing_verb, is_deadline, is_term
from extract.language.words import Words
from extract.rules import words_in

DECADE = 10  # years
ORIGINS = words_in("values", "origins")


@dataclass(frozen=True, slots=True)
class Limits:
    """What a date must fit to be that of a deal.

    Attributes:
        status: the deal's.
        published: the article's date, or None.
        lasting: whether deals of the type hold for a time.
    """

    status: str
    published: str | None
    lasting: bool

    def allow(self, words: Words, mention: Mention, date: Date, own: set[int]) -> bool:
        """Whether a date can be that of a deal of which the words `own` tell: no dateline, term, deadline, origin."""
        ahead = self.published is not None and date.end is not None and date.end > self.published
        signed_for = self.lasting or (ahead and self.status in ("agreed", "completed"))
        return not (
            _is_an_age(date)
            or is_dateline(words, mention)
            or belongs_to_a_term(words, mention, ahead)
            or is_deadline(words, mention, own)
            or (signed_for and is_term(words, mention, date))
            or hangs_on_another(words, mention, own, ORIGINS)
        )

    def has_come(self, date: Date) -> bool:
        """What has happened has no future date."""
        if self.published is None or date.start is None or date.end is None:
            return True
        return self.status != "completed" or date.start <= self.published


def _is_an_age(date: Date) -> bool:
    """A decade, a century: too long for a deal."""
    if date.grain != "interval" or date.start is None or date.end is None:
        return False
    return int(date.end[:4]) - int(date.start[:4]) >= DECADE - 1


def dates_a_report(words: Words, mention: Mention, own: set[int]) -> bool:
    """«29 августа газета указывала, что…»: the day of the report, not of the deal."""
    return hangs_on_another(words, mention, own, status_words().reporting)


def hangs_on_another(words: Words, mention: Mention, own: set[int], lemmas: frozenset[str]) -> bool:
    """Whether a date hangs on a verb of a list, which isn't the deal's own: «завод, основанный в 1956 году»."""
    verb = governing_verb(words, mention)
    return verb is not None and verb not in own and words.lemma[verb] in lemmas
