"""The year beside a day, month or season: «2023 года», «'23», «две тысячи двадцать второго года», «с. г.»."""

import re
from dataclasses import replace

from extract.entities.date_words import (
    YEAR,
    YEAR_ABBREVIATION,
    YEAR_WORDS,
    Moment,
    Reading,
    Shift,
    calendar,
    determiner,
)
from extract.entities.numbers import DASHES
from extract.entities.ordinals import ordinal_in_words
from extract.entities.tokens import Line
from extract.entities.word_forms import forms
from extract.rules import alternatives, table, words_in

_ABBREVIATIONS = words_in("entities/dates", "years", "abbreviations")
_TWO_DIGITS = re.compile(rf"(\d\d)(?:-?{alternatives('entities/dates', 'endings', 'year')})?")
_APOSTROPHES = words_in("entities/dates", "years", "apostrophes")
_ONE_YEAR = forms(table("entities/dates")["years"]["lemma"], "sing") | YEAR_ABBREVIATION
_OF_THE_YEAR = words_in("entities/dates", "genitives", "year") | YEAR_ABBREVIATION
_COUNTED = words_in("entities/dates", "years", "counted")
_COUNTED_SIGNS = words_in("entities/dates", "years", "counted_signs")
FIRST_OF_LAST_CENTURY = 40  # «41-го года» is 1941, «35-го года» 2035


def year_word(line: Line, i: int) -> int:
    """Past «год», «г.», «г. г.», «финансового года», «ф. г.» at a position; the position itself where there is none."""
    start = i
    if line.norm[i] in calendar().year_kinds:
        i += 1
    elif line.norm[i] in calendar().year_kind_abbreviations:
        i += 1 + (line.norm[i + 1] == ".")
    if line.norm[i] not in YEAR_WORDS:
        return start
    i = _past_abbreviation(line, i)
    return _past_abbreviation(line, i) if line.norm[i - 1] == "." and line.norm[i] in YEAR_ABBREVIATION else i


def _past_abbreviation(line: Line, i: int) -> int:
    return i + 2 if line.norm[i] in _ABBREVIATIONS and line.norm[i + 1] == "." else i + 1


def year_phrase(line: Line, i: int) -> tuple[int | Shift, int] | None:
    """«2023 года», «2023-го», «'23», «этого года», «с. г.» after a month or season."""
    match = YEAR.fullmatch(line.norm[i])
    if match is not None:
        end = year_word(line, i + 1)
        if end > i + 1 or not match.group().isdigit() or not counts(line, i):
            return int(match[1]), end
        return None
    found = determiner(line, i)
    if found is not None:
        base, amount, end = found
        past = year_word(line, end)
        return (Shift(base, "year", amount), past) if past > end else None
    return year_of_two_digits(line, i) or year_in_words(line, i) or _short_year(line, i)


def year_of_two_digits(line: Line, i: int) -> tuple[int, int] | None:
    """«23 года», «95-го года», «'23»; «20 годам» counts years."""
    if line.norm[i] in _APOSTROPHES and (match := _TWO_DIGITS.fullmatch(line.norm[i + 1])) is not None:
        return in_its_century(int(match[1])), year_word(line, i + 2)
    match = _TWO_DIGITS.fullmatch(line.norm[i])
    end = year_word(line, i + 1)
    if match is None or end == i + 1 or line.norm[i + 1] not in _ONE_YEAR:
        return None
    return in_its_century(int(match[1])), end


def in_its_century(year: int) -> int:
    """The year of which only the last two digits are told."""
    return year + (1900 if year >= FIRST_OF_LAST_CENTURY else 2000)


def year_in_words(line: Line, i: int) -> tuple[int, int] | None:
    """«две тысячи двадцать второго года», «сорок первого года», «двухтысячного»."""
    found = ordinal_in_words(line, i)
    if found is None:
        return None
    number, past = found
    end = year_word(line, past) if line.norm[past] in _ONE_YEAR else past
    if number < 100 and end > past and past > i + 1:
        return in_its_century(number), end
    return (number, end) if 1000 < number <= 2100 and end > past else None


def _short_year(line: Line, i: int) -> tuple[Shift, int] | None:
    amount = calendar().short_years.get(line.norm[i])
    if amount is None or line.norm[i + 1] != "." or line.norm[i + 2] not in YEAR_ABBREVIATION:
        return None
    return Shift("published", "year", amount), i + 3 + (line.norm[i + 3] == ".")


def counts(line: Line, i: int) -> bool:
    """Whether a number without «год» counts what follows: «2000 человек», «2000 руб.», but not «2008 14:20»."""
    following = line.norm[i + 1]
    if following[0].isdigit():
        return line.norm[i + 2] != ":"
    if following in _COUNTED_SIGNS:
        return True
    if not following[0].isalpha() or i + 1 >= len(line):
        return False
    at = line.at[i + 1]
    words = line.words
    plural = words.feats[at].get("Number") == "Plur" and words.case(at) == "Gen"
    return plural or following in _COUNTED


def with_year(moment: Moment, line: Line, end: int) -> Reading:
    """Take in the year that follows, if one does: also after a comma, and joined by a dash."""
    found = year_phrase(line, end) if line.norm[end] != "," else _after_comma(line, end + 1)
    if found is None and line.norm[end] in DASHES and line.at[end] == line.at[end - 1]:
        found = year_phrase(line, end + 1)
    if found is None:
        return moment, end
    return replace(moment, year=found[0]), found[1]


def _after_comma(line: Line, i: int) -> tuple[int | Shift, int] | None:
    """«6 марта, прошлого года», «6 марта, 2023 года»."""
    told = line.norm[i] in calendar().determiners
    full = YEAR.fullmatch(line.norm[i]) is not None and line.norm[i + 1] in _OF_THE_YEAR
    return year_phrase(line, i) if told or full else None
