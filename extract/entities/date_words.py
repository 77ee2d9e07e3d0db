"""What date expressions are made of: the calendar's words, and the small phrases that the cases share.

A rule reads one case at a position of the line and returns the `Moment` that it says with the position past
its last word, or None.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Literal

from extract.entities.numbers import DASHES, in_words
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
    amount: int


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
        return self.shift.unit if self.shift is not None else "year"


Reading = tuple[Moment, int]
Rule = Callable[[Line, int], Reading | None]
DAY = re.compile(rf"(\d{{1,2}})(?:-?{alternatives('entities/dates', 'endings', 'day')})?")
YEAR = re.compile(rf"(1\d{{3}}|20\d\d|2100)(?:-?{alternatives('entities/dates', 'endings', 'year')})?")
YEARS = re.compile(
    r"(1\d{3}|20\d\d)([-–—−/])(1\d{3}|20\d\d|\d\d)"
    rf"(?:-?{alternatives('entities/dates', 'endings', 'last_year')})?"
)
_COUNT = re.compile(r"\d{1,3}")
_QUARTER = re.compile(rf"([1-4])-?{alternatives('entities/dates', 'endings', 'ordinal')}?")
_YEAR_ABBREVIATION = words_in("entities/dates", "years", "abbreviation")
_YEAR_ABBREVIATIONS = words_in("entities/dates", "years", "abbreviations")
YEAR_WORDS = (
    forms(table("entities/dates")["years"]["lemma"]) - words_in("entities/dates", "years", "counting")
    | _YEAR_ABBREVIATION
)
CONJUNCTIONS = words_in("entities/dates", "lists", "conjunctions")
LISTING = CONJUNCTIONS | {","}
_COUNTED = words_in("entities/dates", "years", "counted")
_COUNTED_SIGNS = words_in("entities/dates", "years", "counted_signs")
_SAME = words_in("entities/dates", "determiners", "same")
_VERY = words_in("entities/dates", "determiners", "very")
_NEUTER = words_in("entities/dates", "determiners", "neuter")
_NEUTERS = words_in("entities/dates", "determiners", "neuters")


@dataclass(frozen=True)
class Calendar:
    """`extract/rules/calendar.toml` and the ordinals, by inflected form."""

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
    decades: dict[str, int]
    holidays: dict[tuple[str, ...], tuple[int, int]]
    ordinals: dict[str, int]
    roman: dict[str, int]
    that: frozenset[str]


@cache
def calendar() -> Calendar:
    """The words of date expressions."""
    data = table("calendar")
    numbers = table("numerals")
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
        decades=by_form(data["decades"], "plur"),
        holidays={tuple(name.split()): _month_day(value) for name, value in data["holidays"].items()},
        ordinals=by_form(numbers["ordinals"]),
        roman=numbers["roman"],
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


def year_word(line: Line, i: int) -> int:
    """Past «год», «г.», «финансового года» at a position; the position itself where there is none."""
    if line.norm[i] in calendar().year_kinds and line.norm[i + 1] in YEAR_WORDS:
        i += 1
    if line.norm[i] not in YEAR_WORDS:
        return i
    return i + 2 if line.norm[i] in _YEAR_ABBREVIATIONS and line.norm[i + 1] == "." else i + 1


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


def year_phrase(line: Line, i: int) -> tuple[int | Shift, int] | None:
    """«2023 года», «2023-го», «этого года», «с. г.» after a month or season."""
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
    return _short_year(line, i)


def _short_year(line: Line, i: int) -> tuple[Shift, int] | None:
    amount = calendar().short_years.get(line.norm[i])
    if amount is None or line.norm[i + 1] != "." or line.norm[i + 2] not in _YEAR_ABBREVIATION:
        return None
    return Shift("published", "year", amount), i + 3 + (line.norm[i + 3] == ".")


def counts(line: Line, i: int) -> bool:
    """Whether a number without «год» counts what follows: «2000 человек», «2000 руб.»."""
    following = line.norm[i + 1]
    if following[0].isdigit() or following in _COUNTED_SIGNS:
        return True
    if not following[0].isalpha() or i + 1 >= len(line):
        return False
    at = line.at[i + 1]
    words = line.words
    plural = words.feats[at].get("Number") == "Plur" and words.case(at) == "Gen"
    return plural or following in _COUNTED


def with_year(moment: Moment, line: Line, end: int) -> Reading:
    """Take in the year that follows, if one does."""
    start = end + 1 if line.norm[end] == "," and line.norm[end + 1] in calendar().determiners else end
    found = year_phrase(line, start)
    if found is None:
        return moment, end
    return replace(moment, year=found[0]), found[1]


def month_at(line: Line, i: int) -> tuple[int, int | None, int] | None:
    """«июль», «январь-март», «январе — марте», «авг.»: month, last month of a range, position past them."""
    months = calendar().months
    norm = line.norm[i]
    month = months.get(norm)
    if month is not None:
        if line.norm[i + 1] in DASHES and line.norm[i + 2] in months:
            return month, months[line.norm[i + 2]], i + 3
        return month, None, i + 1
    halves = re.split("[-–—−]", norm)
    if len(halves) == 2 and halves[0] in months and halves[1] in months:
        return months[halves[0]], months[halves[1]], i + 1
    return None


def ordinal_at(line: Line, i: int) -> tuple[int, int] | None:
    """«первый», «2-й», «III»: number and position past it."""
    table = calendar()
    norm = line.norm[i]
    number = table.ordinals.get(norm) or table.roman.get(norm)
    if number is None:
        match = _QUARTER.fullmatch(norm)
        number = int(match[1]) if match else None
    return None if number is None else (number, i + 1)


def count_at(line: Line, i: int) -> tuple[int, int] | None:
    """«три», «18», «двадцать пять»: number and position past it."""
    if _COUNT.fullmatch(line.norm[i]):
        return int(line.norm[i]), i + 1
    number = in_words(line, i)
    return (int(number.value), number.end) if number is not None and number.value % 1 == 0 else None
