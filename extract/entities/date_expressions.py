"""Reads date expressions: parts of a month or year, ranges, and the list of all cases in their order.

What an expression says is placed on the calendar by `date_resolution.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from extract.entities.calendar_dates import (
    day_and_month,
    days_of_month,
    first_months,
    holiday,
    listed_day,
    month,
    numeric,
    pair_of_days,
    quarter,
    season,
)
from extract.entities.date_words import (
    DAY,
    YEAR,
    YEAR_WORDS,
    YEARS,
    Moment,
    Reading,
    Rule,
    Shift,
    calendar,
    first_of,
    ordinal_at,
    year_phrase,
    year_word,
)
from extract.entities.date_years import (
    CAMPAIGNS,
    campaign,
    decade,
    listed_year,
    spaced_years,
    span_of_years,
    year,
    years,
)
from extract.entities.numbers import DASHES, numerals
from extract.entities.relative_dates import (
    LATER_BASES,
    WITHIN,
    ago,
    before_that,
    day_adjective,
    day_word,
    determined,
    later,
    that_unit,
    weekday,
)
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.rules import table, words_in

_GENITIVES = {unit: frozenset(words) for unit, words in table("entities/dates")["genitives"].items()}
_HALVES = forms_of(words_in("entities/dates", "halves", "lemmas"))
_FINAL = forms_of(words_in("entities/dates", "determiners", "final_lemmas"))
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
    left = first_of(_END_RULES, line, i)
    if left is None:
        left = _bare_end(line, i)
    if left is None or line.norm[left[1]] not in joints:
        return None
    right = _right_end(line, left[1] + 1)
    return None if right is None else _range(left[0], right)


def _bare_end(line: Line, i: int) -> Reading | None:
    """The left end that takes its month or «год» from the right one: «1», «2002»."""
    if (match := DAY.fullmatch(line.norm[i])) is not None and 1 <= int(match[1]) <= 31:
        return Moment(day=int(match[1])), i + 1
    if (match := YEAR.fullmatch(line.norm[i])) is not None:
        return Moment(year=int(match[1])), i + 1
    return None


def _right_end(line: Line, i: int) -> Reading | None:
    found = first_of(_END_RULES, line, i)
    if found is None and (years := YEARS.fullmatch(line.norm[i])) is not None and years[2] == "/":
        return span_of_years(years), i + 1
    return found


def _range(left: Moment, right: Reading) -> Reading | None:
    moment, end = right
    if left.day is not None and left.month is None:
        if moment.day is None:
            return None
        left = replace(left, month=moment.month, year=moment.year)
    elif left.year is None and left.level in ("day", "month", "Q", "H"):
        left = replace(left, year=moment.year)
    if moment.to is not None or left.to is not None:
        return None
    return replace(left, to=moment), end


def dashed(line: Line, i: int) -> Reading | None:
    """«декабрь 2022 года — март 2023 года», «30 июня — 2 июля», «конце 2009-го — начале 2010 года»."""
    left = first_of(_END_RULES, line, i)
    if left is None or line.norm[left[1]] not in DASHES or left[0].to is not None:
        return None
    start = left[1] + 1
    right = first_of(_END_RULES, line, start + (line.norm[start] == "в"))
    if right is None or right[0].level != left[0].level or right[0].to is not None:
        return None
    return _range(left[0], right)


_END_RULES: tuple[Rule, ...] = (
    numeric, day_and_month, quarter, half, campaign, month, decade, year, season, edge_of, weekday,
    determined, day_word,
)  # fmt: skip
_WHOLE_RULES: tuple[Rule, ...] = (
    quarter,
    half,
    campaign,
    day_and_month,
    month,
    season,
    spaced_years,
    years,
    decade,
    year,
    determined,
)
DATE_RULES: tuple[Rule, ...] = (
    from_to,
    dashed,
    numeric,
    day_and_month,
    pair_of_days,
    listed_day,
    first_months,
    days_of_month,
    ago,
    before_that,
    later,
    quarter,
    half,
    campaign,
    spaced_years,
    years,
    listed_year,
    decade,
    year,
    edge_of,
    month,
    season,
    holiday,
    day_word,
    day_adjective,
    weekday,
    determined,
    that_unit,
)
NUMBER_RULES: tuple[Rule, ...] = (
    from_to, dashed, numeric, day_and_month, pair_of_days, listed_day, first_months, days_of_month, ago,
    quarter, half, spaced_years, years, listed_year, decade, year,
)  # fmt: skip


DASHED_RULES: tuple[Rule, ...] = (from_to, month)  # «январь–март»


@cache
def openings() -> dict[str, tuple[Rule, ...]]:
    """The rules that a word can open, by its form; numbers are not in it."""
    table = calendar()
    lists: dict[str, list[Rule]] = {}

    def opens(words: Iterable[str], *rules: Rule) -> None:
        for word in words:
            lists.setdefault(word, []).extend(rule for rule in rules if rule not in lists.get(word, ()))

    opens(table.months, from_to, dashed, month)
    opens(table.ordinals, from_to, dashed, day_and_month, first_months, days_of_month, quarter, half, decade)
    opens(table.roman, from_to, dashed, quarter, half)
    opens(table.decades, decade)
    opens(CAMPAIGNS, from_to, campaign)
    opens(table.seasons, from_to, dashed, season)
    opens(table.parts, from_to, dashed, edge_of)
    opens(table.days, from_to, day_word)
    opens(table.day_adjectives, day_adjective)
    opens(table.weekdays, from_to, dashed, weekday)
    opens((*table.determiners, *table.nearest), from_to, determined)
    opens(table.that, determined, that_unit)
    opens(numerals().cardinals, ago, first_months)
    opens(table.units, ago)
    opens(_FINAL, days_of_month)
    opens(WITHIN, before_that)
    opens(LATER_BASES, later)
    opens({name[0] for name in table.holidays}, holiday)
    return {word: tuple(sorted(rules, key=DATE_RULES.index)) for word, rules in lists.items()}


def expressions(line: Line) -> list[tuple[int, int, Moment]]:
    """All date expressions of a line: positions of the first and past the last word, and what is said."""
    opening = openings()
    found = []
    past = 0
    for i, norm in enumerate(line.norm):
        rules = opening.get(norm)
        if rules is None:
            if norm[0].isdigit():
                rules = NUMBER_RULES
            elif "-" in norm or "–" in norm or "—" in norm:
                rules = DASHED_RULES
            else:
                continue
        if i < past:
            continue
        reading = first_of(rules, line, i)
        if reading is not None:
            moment, past = reading
            found.append((i, past, moment))
    return found
