"""What date expressions are made of: the calendar's words, and the small phrases that the cases share.

A rule reads one case at a position of the line and returns the `Moment` that it says with the position past
its last word, or None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Literal

from extract.entities.numbers import DASHES, in_words
from extract.entities.ordinals import ordinal_in_words, roman
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms, forms_of
from extract.rules import alternatives, table, words_in

Base = Literal["published", "text", "clause"]


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from the publication, or from the date spoken of last.

    The base «clause»: from the date spoken of where the clause tells the past, else from the publication.
    """

    base: Base
    unit: str
    amount: int | Decimal


@dataclass(frozen=True, slots=True)
class Moment:
    """What an expression says of a date; None where it says nothing.

    Attributes:
        year: the number of the year, or where it lies.
        month, day, weekday: numbers; Monday is 1.
        part: of the year: «SP», «Q2», «H1», «M9» (its first nine months), «-M6» (its last six).
        shift: the whole date by its distance from another.
        step: -1, 0 or 1 of «прошлый вторник», «этой весной», «в следующем июле».
        years: the first and last year of a decade or season.
        century: its number.
        to: the end of a range.
        edge: «start», «middle» or «end», of the year or month.
    """

    year: int | Shift | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    part: str | None = None
    shift: Shift | None = None
    step: int | None = None
    years: tuple[int, int] | None = None
    century: int | None = None
    to: "Moment | None" = None
    edge: str | None = None

    @property
    def level(self) -> str:
        """How fine the expression is: ranges join equals."""
        if self.day is not None:
            return "day"
        if self.weekday is not None:
            return "weekday"
        if self.month is not None:
            return "month"
        if self.part is not None:
            return self.part.strip("-")[0]
        if self.years is not None:
            return "years"
        if self.century is not None:
            return "century"
        return self.shift.unit if self.shift is not None else "year"


Reading = tuple[Moment, int]
Rule = Callable[[Line, int], Reading | None]
DAY = re.compile(rf"(\d{{1,2}})(?:-?{alternatives('entities/dates', 'endings', 'day')})?")
YEAR = re.compile(rf"(1\d{{3}}|20\d\d|2100)(?:-?{alternatives('entities/dates', 'endings', 'year')})?")
YEARS = re.compile(
    r"(1\d{3}|20\d\d)([-–—−/])(1\d{3}|20\d\d|\d\d)"
    rf"(?:-?{alternatives('entities/dates', 'endings', 'last_year')})?"
)
DECADES = re.compile(rf"(\d0)[-–—−](\d0)-?{alternatives('entities/dates', 'endings', 'decade')}")
_COUNT = re.compile(r"\d{1,3}")
_ORDINAL = re.compile(rf"(\d{{1,2}})(?:-?{alternatives('entities/dates', 'endings', 'ordinal')})?")
_DAY_WORD_ENDINGS = tuple(words_in("entities/dates", "endings", "day_in_words"))
_DAY_ENDINGS = words_in("entities/dates", "endings", "day")
QUOTES = words_in("entities/dates", "quotes", "marks")
YEAR_ABBREVIATION = words_in("entities/dates", "years", "abbreviation")
YEAR_WORDS = (
    forms(table("entities/dates")["years"]["lemma"]) - words_in("entities/dates", "years", "counting")
    | YEAR_ABBREVIATION
)
CONJUNCTIONS = words_in("entities/dates", "lists", "conjunctions")
LISTING = CONJUNCTIONS | {","}
_SAME = words_in("entities/dates", "determiners", "same")
_VERY = words_in("entities/dates", "determiners", "very")
_NEUTER = words_in("entities/dates", "determiners", "neuter")
_NEUTERS = words_in("entities/dates", "determiners", "neuters")


@dataclass(frozen=True)
class Calendar:
    """`extract/rules/calendar.toml` by inflected form."""

    months: dict[str, int]
    short_months: dict[str, int]
    weekdays: dict[str, int]
    seasons: dict[str, str]
    days: dict[str, int]
    day_adjectives: dict[str, int]
    units: dict[str, str]
    determiners: dict[str, tuple[Base, int]]
    nearest: dict[str, int]
    short_years: dict[str, int]
    parts: dict[str, str]
    year_kinds: dict[str, str]
    year_kind_abbreviations: dict[str, str]
    coded_parts: dict[str, str]
    decades: dict[str, int]
    holidays: dict[tuple[str, ...], tuple[int, int]]
    that: frozenset[str]


@cache
def calendar() -> Calendar:
    """The words of date expressions."""
    data = table("calendar")
    determiners: dict[str, tuple[Base, int]] = {}
    for form, amount in by_form(data["text_determiners"]).items():
        determiners[form] = ("text", amount)
    for form, amount in by_form(data["determiners"]).items():
        determiners[form] = ("published", amount)
    return Calendar(
        months=by_form(data["months"], "sing"),
        short_months=data["month_abbreviations"],
        weekdays=by_form(data["weekdays"], "sing"),
        seasons=by_form(data["seasons"], "sing"),
        days=data["days"],
        day_adjectives=by_form(data["day_adjectives"]),
        units={**by_form(data["units"]), **data["unit_forms"]},
        determiners=determiners,
        nearest=by_form(data["nearest"]),
        short_years=data["short_years"],
        parts=by_form(data["parts"], "sing"),
        year_kinds=by_form(data["year_kinds"]),
        year_kind_abbreviations=data["year_kind_abbreviations"],
        coded_parts=data["coded_parts"],
        decades=by_form(data["decades"], "plur"),
        holidays={tuple(name.split()): _month_day(value) for name, value in data["holidays"].items()},
        that=forms_of(words_in("entities/dates", "determiners", "that_lemmas")),
    )


def _month_day(value: str) -> tuple[int, int]:
    month, day = value.split("-")
    return int(month), int(day)


def first_of(rules: tuple[Rule, ...], line: Line, i: int) -> Reading | None:
    for rule in rules:
        found = rule(line, i)
        if found is not None:
            return found
    return None


def determiner(line: Line, i: int) -> tuple[Base, int, int] | None:
    """«этого», «прошлого», «того же»: base, units from it, position past it."""
    table = calendar()
    norm = line.norm[i]
    same = line.norm[i + 1] in _SAME
    if norm in table.that and (same or line.norm[i + 1] in _VERY):
        return "text", 0, i + 2
    found = table.determiners.get(norm)
    if found is None or (norm in _NEUTER and line.norm[i + 1] not in _NEUTERS):
        return None
    return ("text", 0, i + 2) if same and found[1] == 0 else (*found, i + 1)


@cache
def _date_words() -> frozenset[str]:
    table = calendar()
    return frozenset((*table.months, *table.short_months, *table.weekdays, *table.seasons))


def is_date_word(norm: str) -> bool:
    """Whether a form names a month, weekday or season."""
    return norm in _date_words()


def day_at(line: Line, i: int) -> tuple[int, int] | None:
    """«14», «1-го», «6го», «двадцать седьмого», «« 05 »»: number and position past it."""
    if line.norm[i] in QUOTES:
        return _quoted_day(line, i)
    match = DAY.fullmatch(line.norm[i])
    if match is not None:
        end = i + 1
        found = int(match[1]), end + (line.norm[end] in _DAY_ENDINGS and line.joined(end))
    else:
        words = ordinal_in_words(line, i)
        if words is None or not line.norm[words[1] - 1].endswith(_DAY_WORD_ENDINGS):
            return None
        found = words
    return found if 1 <= found[0] <= 31 else None


def _quoted_day(line: Line, i: int) -> tuple[int, int] | None:
    """«« 05 »», «"05"», «\'\'05\'\'», «« 6 »-го»: the day of a contract, filled in by hand."""
    opening = i
    while line.norm[i] in QUOTES and i < opening + 2:
        i += 1
    end = i + 1
    while line.norm[end] in QUOTES and end - i <= i - opening:
        end += 1
    match = DAY.fullmatch(line.norm[i])
    if match is None or end - i - 1 != i - opening or not 1 <= int(match[1]) <= 31:
        return None
    return int(match[1]), end + 2 * (line.norm[end] == "-" and line.norm[end + 1] in _DAY_ENDINGS)


def month_word(line: Line, i: int) -> tuple[int, int] | None:
    """«июля», «авг.», «май.» before a year: number and position past it."""
    table = calendar()
    norm = line.norm[i]
    short = table.short_months.get(norm)
    pointed = short is not None and line.norm[i + 1] == "."
    if norm in table.months:
        return table.months[norm], i + 1 + (pointed and YEAR.fullmatch(line.norm[i + 2]) is not None)
    return None if short is None else (short, i + 1 + pointed)


def month_at(line: Line, i: int) -> tuple[int, int | None, int] | None:
    """«июль», «январь-март», «январе — марте», «янв.–мар.»: month, last month of a range, position past them."""
    first = month_word(line, i)
    if first is None:
        return None
    number, end = first
    if line.norm[end] in DASHES and (last := month_word(line, end + 1)) is not None:
        return number, *last
    return number, None, end


def ordinal_at(line: Line, i: int) -> tuple[int, int] | None:
    """«первый», «2-й», «III»: number and position past it."""
    norm = line.norm[i]
    match = _ORDINAL.fullmatch(norm)
    if match is not None:
        return int(match[1]), i + 1
    return (roman()[norm], i + 1) if norm in roman() else ordinal_in_words(line, i)


def count_at(line: Line, i: int) -> tuple[int, int] | None:
    """«три», «18», «двадцать пять»: number and position past it."""
    if _COUNT.fullmatch(line.norm[i]):
        return int(line.norm[i]), i + 1
    number = in_words(line, i)
    return (int(number.value), number.end) if number is not None and number.value % 1 == 0 else None
