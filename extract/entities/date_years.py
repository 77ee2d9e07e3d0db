"""Expressions of whole years: «2023 год», «95-м году», «2020–2022 годах», «1990-е», «сезон 2023/24»."""

import re

from extract.entities.date_words import DECADES, LISTING, YEAR, YEARS, Moment, Reading, calendar, determiner
from extract.entities.numbers import DASHES
from extract.entities.ordinals import THOUSANDS, ordinals
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.entities.year_parts import century, past_century
from extract.entities.year_phrases import counts, year_in_words, year_of_two_digits, year_word
from extract.rules import alternatives, words_in

# «2020-м» is a year, «90-м» a decade.
DECADE = re.compile(
    rf"((?:1[5-9]|20)?\d0)-?(?:{alternatives('entities/dates', 'endings', 'decade')}"
    rf"|(?<!\d{{4}}-)(?<!\d{{4}}){alternatives('entities/dates', 'endings', 'short_decade')})"
)
_BEFORE_YEARS = words_in("entities/dates", "years", "before")
_BEFORE_ENDING_YEARS = words_in("entities/dates", "years", "before_ending")
_AFTER_YEARS = words_in("entities/dates", "years", "after")
_BEFORE_DECADE_WORDS = words_in("entities/dates", "decades", "before_words")
_BEFORE_DECADE_FIGURES = words_in("entities/dates", "decades", "before_figures")
_BEFORE_BARE_YEARS = words_in("entities/dates", "years", "before_bare")
_IN_YEAR = words_in("entities/dates", "years", "locative")
_OF_DECADES = tuple(words_in("entities/dates", "endings", "decade"))
_BEFORE_SHORT_YEARS = words_in("entities/dates", "years", "before_short")
CAMPAIGNS = forms_of(words_in("entities/dates", "campaigns", "lemmas"), "sing")
FIRST_BARE = 1700  # «1867-м» is a year without «год», «1200-й» may count anything


def year(line: Line, i: int) -> Reading | None:
    """«2023 год», «2023-м», «2023 г.», and the bare number after a preposition or in brackets."""
    match = YEAR.fullmatch(line.norm[i])
    if match is None:
        return None
    number = int(match[1])
    end = year_word(line, i + 1)
    if end > i + 1 or (not match.group().isdigit() and number >= FIRST_BARE):
        return Moment(year=number), end
    if match.group().isdigit() and 1900 <= number <= 2100 and _stands_as_year(line, i):
        return Moment(year=number), i + 1
    return None


def short_year(line: Line, i: int) -> Reading | None:
    """«в 95-м году», «в 41 году», «в две тысячи двадцатом году»; «до 21 года», «на 21-м году» may be an age."""
    found = year_of_two_digits(line, i) or year_in_words(line, i)
    if found is None:
        return None
    told_in_full = line.norm[i] in THOUSANDS or line.norm[i + 1] in THOUSANDS or line.norm[i] in ordinals()
    bare = line.norm[i].isdigit()
    fits = line.norm[i + 1] in _IN_YEAR if bare else True
    before = _BEFORE_BARE_YEARS if bare else _BEFORE_SHORT_YEARS
    return (Moment(year=found[0]), found[1]) if told_in_full or (fits and line.norm[i - 1] in before) else None


def _stands_as_year(line: Line, i: int) -> bool:
    """A bare number is a year after a preposition, in brackets and lists of years, unless it counts."""
    if i == 0 or counts(line, i):
        return False
    before, after = line.norm[i - 1], line.norm[i + 1]
    if before in calendar().parts:
        return True
    if before in _BEFORE_YEARS:
        return True
    if before in _BEFORE_ENDING_YEARS:
        return after in _AFTER_YEARS
    if before in LISTING and i > 1:
        return YEAR.fullmatch(line.norm[i - 2]) is not None
    return False


def listed_year(line: Line, i: int) -> Reading | None:
    """The «2017» of «за 2017 и 2018 годы», «2015, 2016 и 2019 годах»; «1992-м и 1998-м годах»."""
    match = YEAR.fullmatch(line.norm[i]) or YEARS.fullmatch(line.norm[i])
    end = i + 1
    while match is not None and line.norm[end] in LISTING and line.norm[end + 1][0].isdigit():
        following = line.norm[end + 1]
        if YEAR.fullmatch(following) is None and YEARS.fullmatch(following) is None:
            return None
        if year_word(line, end + 2) > end + 2:
            return _bare_years(match), i + 1
        end += 2
    return None


def _bare_years(match: "re.Match[str]") -> Moment:
    if match.re is YEAR:
        return Moment(year=int(match[1]))
    return span_of_years(match)


def span_of_years(match: "re.Match[str]") -> Moment:
    first = int(match[1])
    last = int(match[3]) if len(match[3]) == 4 else first - first % 100 + int(match[3])
    if last < first:
        last += 100 if len(match[3]) == 2 else 0
    if last % 10 == 0 and match[0].endswith(_OF_DECADES):
        last += 9  # «1970–80-е»
    return Moment(years=(first, last))


def years(line: Line, i: int) -> Reading | None:
    """«2020–2022 годах», «1970–80-х годов», «2014–2015» in brackets, «2023/24»."""
    match = YEARS.fullmatch(line.norm[i])
    if match is None:
        return None
    moment = span_of_years(match)
    first, last = moment.years or (0, 0)
    if last <= first:
        return None
    end = year_word(line, i + 1)
    slash = match[2] == "/"
    if end == i + 1 and not slash and not (first >= 1800 and last <= 2100 and len(match[3]) == 4):
        return None
    if slash and (last != first + 1 or first < 1900):
        return None
    return moment, end


def spaced_years(line: Line, i: int) -> Reading | None:
    """«2010 — 2012 годах», «2013 и 2014» no: that is a list."""
    left = YEAR.fullmatch(line.norm[i])
    if left is None or line.norm[i + 1] not in DASHES:
        return None
    right = YEAR.fullmatch(line.norm[i + 2])
    if right is None or int(right[1]) <= int(left[1]):
        return None
    end = year_word(line, i + 3)
    bracketed = i > 0 and line.norm[i - 1] == "(" and line.norm[i + 3] == ")"
    return (Moment(years=(int(left[1]), int(right[1]))), end) if end > i + 3 or bracketed else None


def decade(line: Line, i: int) -> Reading | None:
    """«1990-е годы», «90-х», «20–30-е годы», «девяностых», «60-х годов XIX века»."""
    match = DECADE.fullmatch(line.norm[i])
    if match is not None:
        return _placed(line, i, int(match[1]), int(match[1]), _BEFORE_DECADE_FIGURES)
    several = DECADES.fullmatch(line.norm[i])
    if several is not None:
        return _placed(line, i, int(several[1]), int(several[2]), _BEFORE_DECADE_FIGURES)
    first = calendar().decades.get(line.norm[i])
    return None if first is None else _placed(line, i, first, first, _BEFORE_DECADE_WORDS)


def _placed(line: Line, i: int, first: int, last: int, prepositions: frozenset[str]) -> Reading | None:
    """Decades in their century: the one that is named, else the last in which they lie."""
    end = year_word(line, i + 1)
    if first < 100:
        named = _named_century(line, end)
        if named is None and end == i + 1 and not _in_time(line, i, prepositions):
            return None
        base, end = named or (1900 if first >= 20 else 2000, end)
        first, last = first + base, last + base
    elif end == i + 1 and line.norm[i] in calendar().decades and not _in_time(line, i, prepositions):
        return None
    return Moment(years=(first, last + 9)), end


def _named_century(line: Line, i: int) -> tuple[int, int] | None:
    """The «XIX века», «прошлого столетия» after a decade: the year before its first, and the position past it."""
    found = determiner(line, i)
    if found is not None and (past := past_century(line, found[2])) > found[2]:
        return 2000 + 100 * found[1], past
    named = century(line, i)
    return None if named is None or named[0].century is None else (100 * (named[0].century - 1), named[1])


def _in_time(line: Line, i: int, prepositions: frozenset[str]) -> bool:
    """«до 90-х», «начале 90-х»: a decade without «годы» stands where a time does."""
    before = line.norm[i - 1] if i else ""
    return before in prepositions or before in calendar().parts


def campaign(line: Line, i: int) -> Reading | None:
    """«сезон 2023/24», «сезоне-2023/24», «сезон 2023 года»."""
    norm = line.norm[i]
    if norm in CAMPAIGNS:
        end = i + 1
        if line.norm[end] == "-":
            end += 1
        match = YEARS.fullmatch(line.norm[end])
        if match is not None and match[2] != "-" and span_of_years(match).years is not None:
            return span_of_years(match), year_word(line, end + 1)
        single = YEAR.fullmatch(line.norm[end])
        if single is not None:
            return Moment(year=int(single[1])), year_word(line, end + 1)
        return None
    return None
