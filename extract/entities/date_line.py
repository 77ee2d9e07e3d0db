"""A Doc's words as date rules read them: «мая-15», «2008,» and «III—IV» in their parts, no line break inside a date."""

import re
from functools import lru_cache

from extract.entities.date_words import DECADES, YEARS, calendar, is_date_word
from extract.entities.numbers import DASHES
from extract.entities.ordinals import roman
from extract.entities.tokens import AHEAD, BREAK, Line
from extract.language.words import Words
from extract.rules import alternatives, words_in

_MARK_AFTER = re.compile(r"(.*\w)([.,;:/–—−-])")
_MARK_BEFORE = re.compile(r"([–—−-])(\w.*)")
_ORDINAL_ENDINGS = words_in("entities/dates", "endings", "ordinal")
_ENDING = alternatives("entities/dates", "endings")
_PART = rf"(?:\d{{1,2}}\.\d{{1,2}}(?:\.\d{{2,4}})?|\d{{1,4}}(?:-{_ENDING})?|[^\W\d_]+)"
_ONE_PART = re.compile(_PART)
_DASHED = re.compile(rf"({_PART})([-–—−])({_PART})(?:([-–—−])({_PART}))?")
_FIGURES = re.compile(r"[\d–—−-]+")  # ranges and dates in figures have rules of their own
_LISTED_DAYS = re.compile(r"\d{1,2}(?:,\d{1,2}){1,4}")
_BEFORE_BREAK = words_in("entities/dates", "breaks", "before")


class DateLine(Line):
    """Forms may be parts of a token, so that several have the same place in the Doc."""

    __slots__ = ()

    def __init__(self, words: Words) -> None:
        self.words = words
        self.at: list[int] = []
        self.norm: list[str] = []
        for i, norm in enumerate(words.norm):
            if norm == " ":
                pieces: tuple[str, ...] = (BREAK,) if "\n" in words.text[i] and not _goes_on(words, i) else ()
            elif norm.isalpha() or norm.isdigit():
                pieces = (norm,)
            else:
                pieces = _listed_days(words, i) or _pieces(norm)
            self.norm.extend(pieces)
            self.at.extend([i] * len(pieces))
        self.norm.extend([BREAK] * AHEAD)


def _goes_on(words: Words, i: int) -> bool:
    """Whether a line only wraps here: the next begins with a small letter, or is the rest of «12 мая↵2023 года»."""
    if words.text[i].count("\n") > 1 or not 0 < i < len(words) - 1:
        return False
    if words.text[i + 1][0].islower():
        return True
    before = words.norm[i - 1]
    if before == "." and i > 1:
        wants_more = words.norm[i - 2] in calendar().short_months
    else:
        wants_more = before in calendar().months or before in _BEFORE_BREAK
    return wants_more and words.norm[i + 1][0].isdigit()


def _listed_days(words: Words, i: int) -> tuple[str, ...]:
    """The parts of the «12,13» of «12,13 мая»."""
    before_month = i + 1 < len(words) and words.norm[i + 1] in calendar().months
    if not before_month or _LISTED_DAYS.fullmatch(words.norm[i]) is None:
        return ()
    first, *others = words.norm[i].split(",")
    return (first, *(part for day in others for part in (",", day)))


@lru_cache(maxsize=20_000)
def _pieces(norm: str) -> tuple[str, ...]:
    """The parts of a token that holds several words of a date, or a mark beside one; else the token itself."""
    figures, _, ending = norm.partition("-")
    if figures in roman() and ending in _ORDINAL_ENDINGS:
        return (figures,)  # «IV-й»
    if _ONE_PART.fullmatch(norm) is not None:
        return (norm,)
    if (marked := _MARK_AFTER.fullmatch(norm)) is not None and _of_a_date(marked[1]):
        return (*_pieces(marked[1]), marked[2])
    if (marked := _MARK_BEFORE.fullmatch(norm)) is not None and _of_a_date(marked[2]):
        return (marked[1], *_pieces(marked[2]))
    dashed = _DASHED.fullmatch(norm)
    if dashed is None or _FIGURES.fullmatch(norm) or YEARS.fullmatch(norm) or DECADES.fullmatch(norm):
        return (norm,)
    parts = [part for part in dashed.groups() if part is not None]
    return tuple(parts) if all(part in DASHES or _of_a_date(part) for part in parts) else (norm,)


def _of_a_date(part: str) -> bool:
    return part[0].isdigit() or part in roman() or is_date_word(part)
