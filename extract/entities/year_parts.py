"""Parts of a year by their number, and centuries: «II квартал», «9 мес. 2023 года», «XIX век»."""

import re
from dataclasses import replace

from extract.entities.date_words import (
    CONJUNCTIONS,
    Moment,
    Reading,
    Shift,
    calendar,
    count_at,
    ordinal_at,
)
from extract.entities.numbers import DASHES
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.entities.year_phrases import with_year, year_phrase
from extract.rules import table, words_in

_PART_RANGE = re.compile(r"([1-4])[-–—−]([1-4])")
_FIRST = forms_of(words_in("entities/dates", "determiners", "first_lemmas"), "plur")
_UNNUMBERED = words_in("entities/dates", "units", "unnumbered")
_OF_THE_YEAR = words_in("entities/dates", "genitives", "year")
_ABBREVIATED: dict[str, str] = table("entities/dates")["units"]["abbreviated"]
_MEASURES = forms_of(words_in("entities/dates", "units", "measure_lemmas"))
_MEASURES |= words_in("entities/dates", "units", "measures")
_IN_TIME = words_in("entities/dates", "units", "before_abbreviated")
_CENTURY_ABBREVIATION = words_in("entities/dates", "centuries", "abbreviation")
_BEFORE_OUR_ERA: list[str] = table("entities/dates")["centuries"]["before_our_era"]
_LETTERS = {"quarter": "Q", "half": "H"}
_LAST = {"Q": 4, "H": 2}
LAST_CENTURY = 21


def quarter(line: Line, i: int) -> Reading | None:
    """«второй квартал 2023 года», «IV кв.», «1–3 кварталы», the «третьем» of «третьем и четвертом кварталах»."""
    both = _PART_RANGE.fullmatch(line.norm[i])
    if both is not None:
        return _range_of_parts(int(both[1]), quarter_of(line, i + 1, int(both[2])))
    found = ordinal_at(line, i)
    if found is None:
        return None
    number, end = found
    if line.norm[end] in CONJUNCTIONS and ordinal_at(line, end + 1) is not None:
        listed = quarter(line, end + 1)
        if listed is None or listed[0].part is None or listed[0].part[0] not in _LAST:
            return None
        return replace(listed[0], part=f"{listed[0].part[0]}{number}"), end
    if line.norm[end] in DASHES and ordinal_at(line, end + 1) is not None:
        return _range_of_parts(number, quarter(line, end + 1))
    return quarter_of(line, end, number)


def _range_of_parts(first: int, last: Reading | None) -> Reading | None:
    """«III—IV кварталах»."""
    if last is None or last[0].part is None or last[0].to is not None or not first < int(last[0].part[1:]):
        return None
    return replace(last[0], part=f"{last[0].part[0]}{first}", to=last[0]), last[1]


def quarter_of(line: Line, i: int, number: int) -> Reading | None:
    """The «квартал», «кв.», «полугодии 2023 года» after a number."""
    unit = calendar().units.get(line.norm[i])
    end = i + 1
    if unit is None and (unit := _ABBREVIATED.get(line.norm[i])) in _LETTERS:
        end += line.norm[end] == "."
        if not _stands_in_time(line, i, end):
            return None
    letter = _LETTERS.get(unit or "")
    if letter is None or number > _LAST[letter] or line.norm[i] in _UNNUMBERED:
        return None
    return with_year(Moment(part=f"{letter}{number}"), line, end)


def _stands_in_time(line: Line, i: int, end: int) -> bool:
    """«в 4 кв.», «4 кв. 2023 года», but not «4 кв. м»."""
    if year_phrase(line, end) is not None:
        return True
    return i > 1 and line.norm[i - 2] in _IN_TIME and line.norm[end] not in _MEASURES


def first_months(line: Line, i: int) -> Reading | None:
    """«девять месяцев 2023 года», «9 мес. 2023 г.», «первые два месяца года», «первые три квартала 2023 года»."""
    edge = line.norm[i] in _FIRST
    counted = count_at(line, i + edge)
    if counted is None:
        return None
    number, end = counted
    unit = calendar().units.get(line.norm[end]) or _ABBREVIATED.get(line.norm[end])
    if unit == "quarter" and number <= 3 and edge:
        number *= 3
    elif unit != "month" or not 2 <= number <= 11:
        return None
    end += 1 + (line.norm[end] in _ABBREVIATED and line.norm[end + 1] == ".")
    moment, past = with_year(Moment(part=f"M{number}"), line, end)
    if moment.year is None:
        if not edge or line.norm[end] not in _OF_THE_YEAR:
            return None
        return replace(moment, year=Shift("published", "year", 0)), end + 1
    return moment, past


def century(line: Line, i: int) -> Reading | None:
    """«XIX век», «двадцатого века», «19-м столетии», «XVIII–XIX вв.», the «XVIII» of «XVIII и XIX веков»."""
    found = ordinal_at(line, i)
    if found is None:
        return None
    number, end = found
    following = line.norm[end]
    if following in DASHES or following in CONJUNCTIONS:
        last = century(line, end + 1)
        if last is None or last[0].century is None or last[0].to is not None or number >= last[0].century:
            return None
        listed = following in CONJUNCTIONS
        return (Moment(century=number), end) if listed else (Moment(century=number, to=last[0]), last[1])
    past = past_century(line, end)
    if past == end or not 1 <= number <= LAST_CENTURY or line.norm[past : past + 2] == _BEFORE_OUR_ERA:
        return None
    return Moment(century=number), past


def past_century(line: Line, i: int) -> int:
    """Past «век», «столетия», «в.» at a position; the position itself where there is none."""
    if line.norm[i] in _CENTURY_ABBREVIATION:
        return i + 2 if line.norm[i + 1] == "." and line.joined(i + 1) else i
    return i + 1 if calendar().units.get(line.norm[i]) == "century" else i
