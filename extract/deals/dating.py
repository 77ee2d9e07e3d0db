"""Which dates can be that of a deal: when it happened, was signed or is expected."""

from extract.annotations import Date, Mention
from extract.deals.datelines import is_dateline
from extract.deals.status import status_words
from extract.deals.terms import belongs_to_a_term, governing_verb, is_deadline, is_term
from extract.language.words import Words
from extract.rules import words_in

DECADE = 10  # years
ORIGINS = words_in("values", "origins")


class Limits:
    """What a date must fit to be that of a deal."""

    def __init__(self, status: str, published: str | None, lasting: bool) -> None:
        self.status = status
        self.published = published
        self.lasting = lasting

    def allow(self, words: Words, mention: Mention, date: Date, own: set[int]) -> bool:
        """Whether a date can be that of a deal, which the words of `own` tell.

        What has happened has no future date; a term is none: «до 2028 года», «на 2024 год»; nor is a dateline.
        """
        ahead = self.published is not None and date.end is not None and date.end > self.published
        if is_dateline(words, mention) or belongs_to_a_term(words, mention, ahead) or _is_an_age(date):
            return False
        signed_for = self.lasting or (ahead and self.status in ("agreed", "completed"))
        if is_deadline(words, mention, own) or (signed_for and is_term(words, mention, date)):
            return False
        if _dates_another(words, mention, own):
            return False
        if self.published is None or date.start is None or date.end is None:
            return True
        return self.status != "completed" or date.start <= self.published


def _is_an_age(date: Date) -> bool:
    """A decade, a century: too long for a deal."""
    return (
        date.grain == "interval"
        and date.start is not None
        and date.end is not None
        and (int(date.end[:4]) - int(date.start[:4]) >= DECADE - 1)
    )


def _dates_another(words: Words, mention: Mention, own: set[int]) -> bool:
    """«29 августа газета указывала, что…», «завод, основанный в 1956 году»: the day of something else."""
    verb = governing_verb(words, mention)
    return verb is not None and verb not in own and words.lemma[verb] in status_words().reporting | ORIGINS
