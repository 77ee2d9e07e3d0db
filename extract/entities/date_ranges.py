"""Wholes of which a part is named, and ranges: «конец 2023 года», «с 1 по 5 июля», «в ночь со среды на четверг»."""

from dataclasses import replace

from extract.entities.calendar_dates import day_and_month, month, season
from extract.entities.date_words import (
    YEAR,
    YEAR_WORDS,
    YEARS,
    Moment,
    Reading,
    Rule,
    Shift,
    calendar,
    day_at,
    first_of,
    ordinal_at,
)
from extract.entities.date_years import campaign, decade, short_year, spaced_years, span_of_years, year, years
from extract.entities.numbers import DASHES
from extract.entities.numeric_dates import coded_part, day_and_month_in_figures, month_and_year_in_figures, numeric
from extract.entities.relative_dates import day_word, determined, weekday
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.entities.year_parts import century, quarter
from extract.entities.year_phrases import year_phrase, year_word
from extract.rules import table, words_in

_BEFORE_SECOND = words_in("entities/dates", "joints", "before_second")
_FROM = words_in("entities/dates", "joints", "from")
_THROUGH = words_in("entities/dates", "joints", "through")
_GENITIVES = {unit: frozenset(words) for unit, words in table("entities/dates")["genitives"].items()}
_HALVES = forms_of(words_in("entities/dates", "halves", "lemmas"))
FINAL = forms_of(words_in("entities/dates", "determiners", "final_lemmas"))
_SMALLER = forms_of(words_in("entities/dates", "halves", "smaller_lemmas"))
_NIGHTS = forms_of(words_in("entities/dates", "nights", "lemmas"))
_NIGHT_JOINTS = words_in("entities/dates", "nights", "on")
_JOINTS = {word: frozenset(joints) for word, joints in table("entities/dates")["ranges"].items()}


def edge_of(line: Line, i: int) -> Reading | None:
    """«начало июля», «конец 2023 года», «середине 1990-х», «конца года», «первых числах мая»."""
    edge = calendar().parts.get(line.norm[i])
    return None if edge is None else _whole(line, i + 1, edge)


def half(line: Line, i: int) -> Reading | None:
    """«вторая половина 2023 года» is a half-year, that of a month or decade the whole of it."""
    found = ordinal_at(line, i)
    if found is None or found[0] > 2 or line.norm[found[1]] not in _HALVES:
        return None
    number, end = found[0], found[1] + 1
    if line.norm[end] in YEAR_WORDS:
        return Moment(part=f"H{number}"), year_word(line, end)
    phrase = year_phrase(line, end)
    if phrase is not None:
        return Moment(year=phrase[0], part=f"H{number}"), phrase[1]
    return _whole(line, end, "start" if number == 1 else "end")


def smaller_part(line: Line, i: int) -> Reading | None:
    """«последняя треть XIX века», «вторая четверть двадцатого века»: the whole of it."""
    found = (0, i + 1) if line.norm[i] in FINAL else ordinal_at(line, i)
    return None if found is None or line.norm[found[1]] not in _SMALLER else _whole(line, found[1] + 1, "middle")


def _whole(line: Line, i: int, edge: str) -> Reading | None:
    found = first_of(_WHOLE_RULES, line, i)
    if found is not None:
        moment, end = found
        return (moment if moment.day else replace(moment, edge=edge)), end
    unit = calendar().units.get(line.norm[i])
    if unit is None or line.norm[i] not in _GENITIVES.get(unit, ()):
        return None
    if unit == "campaign":
        return (Moment(shift=Shift("published", unit, 0)), i + 1) if edge == "end" else None
    past = year_word(line, i) if unit == "year" else i + 1
    return Moment(shift=Shift("published", unit, 0), edge=edge), past


def from_to(line: Line, i: int) -> Reading | None:
    """«с 1 по 5 июля», «с 2002 по 2020 год», «с января 2020 года по август 2023-го»; read from past «с»."""
    joints = _JOINTS.get(line.norm[i - 1]) if i else None
    if joints is None:
        return None
    if i > 1 and line.norm[i - 2] in _NIGHTS:
        joints |= _NIGHT_JOINTS
    for left in (first_of(_END_RULES, line, i), _bare_end(line, i)):
        if left is not None and line.norm[left[1]] in joints:
            right = _right_end(line, left[1] + 1)
            return None if right is None else _range(left[0], right)
    return None


def _bare_end(line: Line, i: int) -> Reading | None:
    """The left end that takes its month, «год», «квартал» or «век» from the right one: «1», «2002», «III»."""
    if (match := YEAR.fullmatch(line.norm[i])) is not None:
        return Moment(year=int(match[1])), i + 1
    number = day_at(line, i) or ordinal_at(line, i)
    return None if number is None else (Moment(day=number[0]), number[1])


def _right_end(line: Line, i: int) -> Reading | None:
    found = first_of(_END_RULES, line, i)
    if found is None and (years := YEARS.fullmatch(line.norm[i])) is not None and years[2] == "/":
        return span_of_years(years), i + 1
    return found


def _range(left: Moment, right: Reading) -> Reading | None:
    moment, end = right
    if left.day is not None and left.month is None:
        shared = _of_the_kind(left.day, moment)
        if shared is None:
            return None
        left = shared
    elif left.year is None and left.level in ("day", "month", "Q", "H"):
        left = replace(left, year=moment.year)
    if moment.to is not None or left.to is not None:
        return None
    return replace(left, to=moment), end


def _of_the_kind(number: int, moment: Moment) -> Moment | None:
    """What a bare number means before a day, quarter, half-year or century."""
    if moment.day is not None:
        return replace(moment, day=number)
    if moment.part is not None and moment.part[0] in "QH":
        return replace(moment, part=f"{moment.part[0]}{number}")
    return replace(moment, century=number) if moment.century is not None else None


def dashed(line: Line, i: int) -> Reading | None:
    """«декабрь 2022 года — март 2023 года», «30 июня — 2 июля», «конце 2009-го — начале 2010 года»."""
    whole = first_of(_END_RULES, line, i)
    left = whole or _bare_end(line, i + (line.norm[i] in calendar().parts))
    if left is None or line.norm[left[1]] not in DASHES or left[0].to is not None:
        return None
    start = left[1] + 1
    right = first_of(_END_RULES, line, start + (line.norm[start] in _BEFORE_SECOND))
    if right is None or right[0].to is not None:
        return None
    fits = right[0].level in ("century", "Q", "H") if whole is None else right[0].level == left[0].level
    return _range(left[0], right) if fits else None


def figures_to(line: Line, i: int) -> Reading | None:
    """«01–05.03.2024», «01.03-05.03.2024»: the first day takes its year from the last."""
    left = day_and_month_in_figures(line, i) or _bare_end(line, i)
    if left is None or left[0].day is None or line.norm[left[1]] not in DASHES:
        return None
    right = numeric(line, left[1] + 1)
    found = None if right is None else _range(left[0], right)
    if found is None or found[0].to is None:
        return None
    first, last = found[0], found[0].to
    return found if (first.month or 0, first.day or 0) < (last.month or 0, last.day or 0) else None


def days_in_figures(line: Line, i: int) -> Reading | None:
    """«с 01.03 по 05.03», «с 01.03 по 05.03.2024»; with «до» such figures may be hours."""
    left = day_and_month_in_figures(line, i)
    if left is None or line.norm[i - 1] not in _FROM or line.norm[left[1]] not in _THROUGH:
        return None
    right = numeric(line, left[1] + 1) or day_and_month_in_figures(line, left[1] + 1)
    return None if right is None else _range(left[0], right)


_END_RULES: tuple[Rule, ...] = (
    numeric, month_and_year_in_figures, coded_part, day_and_month, quarter, half, campaign, month, century,
    short_year, decade, year, season, edge_of, weekday, determined, day_word,
)  # fmt: skip
_WHOLE_RULES: tuple[Rule, ...] = (
    quarter,
    half,
    campaign,
    century,
    day_and_month,
    month,
    season,
    spaced_years,
    years,
    short_year,
    decade,
    year,
    determined,
)
