"""Reads date expressions: the list of all cases in their order, and which words can open which.

What an expression says is placed on the calendar by `date_resolution.py`.
"""

from collections.abc import Iterable
from dataclasses import replace
from functools import cache

from extract.entities.calendar_dates import (
    day_and_month,
    day_of_month,
    days_of_month,
    holiday,
    listed_day,
    month,
    pair_of_days,
    season,
)
from extract.entities.date_ranges import (
    FINAL,
    dashed,
    days_in_figures,
    edge_of,
    figures_to,
    from_to,
    half,
    smaller_part,
)
from extract.entities.date_words import LISTING, QUOTES, Moment, Rule, calendar, first_of
from extract.entities.date_years import (
    CAMPAIGNS,
    campaign,
    decade,
    listed_year,
    short_year,
    spaced_years,
    year,
    years,
)
from extract.entities.numbers import numerals
from extract.entities.numeric_dates import (
    FISCAL,
    coded_part,
    coded_year,
    month_and_year_in_figures,
    numeric,
)
from extract.entities.ordinals import THOUSANDS, ordinals, roman
from extract.entities.relative_dates import (
    LATER_BASES,
    QUARTER,
    WITHIN,
    ago,
    before_that,
    day_adjective,
    day_word,
    determined,
    later,
    that_unit,
    weekday,
    weekend,
)
from extract.entities.tokens import Line
from extract.entities.year_parts import century, first_months, quarter

DATE_RULES: tuple[Rule, ...] = (
    from_to,
    days_in_figures,
    figures_to,
    dashed,
    numeric,
    month_and_year_in_figures,
    coded_part,
    coded_year,
    day_and_month,
    pair_of_days,
    listed_day,
    first_months,
    day_of_month,
    days_of_month,
    ago,
    before_that,
    later,
    quarter,
    half,
    smaller_part,
    century,
    campaign,
    spaced_years,
    years,
    listed_year,
    short_year,
    decade,
    year,
    edge_of,
    month,
    season,
    holiday,
    day_word,
    day_adjective,
    weekday,
    weekend,
    determined,
    that_unit,
)
NUMBER_RULES: tuple[Rule, ...] = (
    from_to, days_in_figures, figures_to, dashed, numeric, month_and_year_in_figures, coded_part, day_and_month,
    pair_of_days, listed_day, first_months, day_of_month, days_of_month, ago, quarter, half, smaller_part, century,
    spaced_years, years, listed_year, short_year, decade, year,
)  # fmt: skip


# What a number in words can open.
BY_NUMBER: tuple[Rule, ...] = (
    from_to, dashed, day_and_month, pair_of_days, listed_day, first_months, day_of_month, days_of_month, quarter, half,
    smaller_part, century,
)  # fmt: skip


@cache
def openings() -> dict[str, tuple[Rule, ...]]:
    """The rules that a word can open, by its form; numbers are not in it."""
    table = calendar()
    lists: dict[str, list[Rule]] = {}

    def opens(words: Iterable[str], *rules: Rule) -> None:
        for word in words:
            lists.setdefault(word, []).extend(rule for rule in rules if rule not in lists.get(word, ()))

    opens(table.months, from_to, dashed, month)
    opens(table.short_months, from_to, dashed, month)
    opens(QUOTES, from_to, dashed, day_and_month)
    opens(ordinals(), *BY_NUMBER, decade, short_year)
    opens(roman(), from_to, dashed, quarter, half, smaller_part, century)
    opens(table.coded_parts, coded_part)
    opens(FISCAL, coded_year)
    opens(table.decades, dashed, decade)
    opens(CAMPAIGNS, from_to, campaign)
    opens(table.seasons, from_to, dashed, season)
    opens(table.parts, from_to, dashed, edge_of)
    opens(table.days, from_to, day_word)
    opens(table.day_adjectives, day_adjective)
    opens(table.weekdays, from_to, dashed, weekday)
    opens((*table.determiners, *table.nearest), from_to, determined)
    opens(table.that, determined, that_unit)
    opens(THOUSANDS, short_year)
    opens(numerals().cardinals, *BY_NUMBER, ago, short_year)
    opens(table.units, ago, weekend)
    opens(QUARTER, ago)
    opens(FINAL, days_of_month, smaller_part)
    opens(WITHIN, before_that)
    opens(LATER_BASES, later)
    opens({name[0] for name in table.holidays}, holiday)
    return {word: tuple(sorted(rules, key=DATE_RULES.index)) for word, rules in lists.items()}


def expressions(line: Line) -> list[tuple[int, int, Moment]]:
    """All date expressions of a line: positions of the first and past the last word, and what is said."""
    opening = openings()
    found: list[tuple[int, int, Moment]] = []
    past = 0
    for i, norm in enumerate(line.norm):
        rules = NUMBER_RULES if norm[0].isdigit() else opening.get(norm)
        if rules is None or i < past:
            continue
        reading = first_of(rules, line, i)
        if reading is not None:
            moment, past = reading
            found.append((i, past, moment))
    return _sharing_years(line, found)


def _sharing_years(line: Line, found: list[tuple[int, int, Moment]]) -> list[tuple[int, int, Moment]]:
    """Give the year of the last of a list to those before it: «в августе и сентябре 2014 года»."""
    for n in range(len(found) - 2, -1, -1):
        (start, end, moment), (following, _, last) = found[n], found[n + 1]
        listed = following == end + 1 and line.norm[end] in LISTING
        if listed and moment.year is None and moment.level == last.level in _OF_A_YEAR:
            found[n] = (start, end, replace(moment, year=last.year))
    return found


_OF_A_YEAR = ("day", "month", "Q", "H")
