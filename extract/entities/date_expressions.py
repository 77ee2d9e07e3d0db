"""What date expressions say, before they are placed on the calendar.

Each rule reads one case at a position of the line and returns what it says with the position past its last word.
Resolving against the publication date and the article's other dates is `date_resolution.py`.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, Literal

from extract.entities.numbers import in_words, numerals
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms, lexicon

Base = Literal["published", "text"]


@dataclass(frozen=True, slots=True)
class Shift:
    """So many units from the publication, or from the date spoken of last."""

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

_DAY = re.compile(r"(\d{1,2})(?:-?(?:го|е|ое|му))?")
_DAYS = re.compile(r"(\d{1,2})[-–—](\d{1,2})")
_YEAR = re.compile(r"(1\d{3}|20\d\d|2100)(?:-?(?:го|й|м|му|ый|ом))?")
_YEARS = re.compile(r"(1\d{3}|20\d\d)([-–—−/])(1\d{3}|20\d\d|\d\d)(?:-?(?:го|й|м|му|х|е|ые))?")
_DECADE = re.compile(r"((?:1[5-9]|20)?\d0)-?(?:е|х|ые|ых|м|ми)")
_NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)")
_ISO = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_COUNT = re.compile(r"\d{1,3}")
_QUARTER = re.compile(r"([1-4])-?(?:й|го|м|му|ый|ом|е|ое|ом|я|ю|ая|ую)?")
DASHES = frozenset("-–—−")
YEAR_WORDS = frozenset("год года году годом годе годы годов годам годами годах гг г".split())
_ABBREVIATED = frozenset(("г", "гг"))


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
    holiday_prepositions: frozenset[str]
    approximators: frozenset[str]
    ordinals: dict[str, int]
    roman: dict[str, int]
    that: frozenset[str]


@cache
def calendar() -> Calendar:
    """The words of date expressions."""
    data = lexicon("calendar")
    numbers = lexicon("numerals")
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
        decades={form: n for form, n in by_form(data["decades"], "plur").items()},
        holidays={tuple(name.split()): _month_day(value) for name, value in data["holidays"].items()},
        holiday_prepositions=frozenset(data["holiday_prepositions"]["words"]),
        approximators=frozenset(data["approximators"]["words"]),
        ordinals=by_form(numbers["ordinals"]),
        roman=numbers["roman"],
        that=forms("тот"),
    )


def _month_day(value: str) -> tuple[int, int]:
    month, day = value.split("-")
    return int(month), int(day)


# ---- the parts of which expressions are made ----


def year_word(line: Line, i: int) -> int:
    """Past «год», «г.», «финансового года» at a position; the position itself where there is none."""
    if line.norm[i] in calendar().year_kinds and line.norm[i + 1] in YEAR_WORDS:
        i += 1
    if line.norm[i] not in YEAR_WORDS:
        return i
    return i + 2 if line.norm[i] in _ABBREVIATED and line.norm[i + 1] == "." else i + 1


def determiner(line: Line, i: int) -> tuple[Base, int, int] | None:
    """«этого», «прошлого», «того же»: base, units from it, position past it."""
    table = calendar()
    norm = line.norm[i]
    same = line.norm[i + 1] == "же"
    if norm in table.that and (same or line.norm[i + 1] == "самый"):
        return "text", 0, i + 2
    found = table.determiners.get(norm)
    if found is None or (norm == "это" and line.norm[i + 1] not in _NEUTERS):
        return None
    return ("text", 0, i + 2) if same and found[1] == 0 else (*found, i + 1)


_NEUTERS = frozenset(("воскресенье", "десятилетие", "лето", "полугодие", "утро", "же"))


def year_phrase(line: Line, i: int) -> tuple[int | Shift, int] | None:
    """«2023 года», «2023-го», «этого года», «с. г.» after a month or season."""
    match = _YEAR.fullmatch(line.norm[i])
    if match is not None:
        end = year_word(line, i + 1)
        if end > i + 1 or not match.group().isdigit() or not _counts(line, i):
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
    if amount is None or line.norm[i + 1] != "." or line.norm[i + 2] != "г":
        return None
    return Shift("published", "year", amount), i + 3 + (line.norm[i + 3] == ".")


def _counts(line: Line, i: int) -> bool:
    """Whether a number without «год» counts what follows: «2000 человек», «2000 руб.»."""
    following = line.norm[i + 1]
    if following[0].isdigit() or following in ("%", "₽", "$", "€"):
        return True
    if not following[0].isalpha() or i + 1 >= len(line):
        return False
    at = line.at[i + 1]
    words = line.words
    plural = words.feats[at].get("Number") == "Plur" and words.case(at) == "Gen"
    return plural or following in ("тыс", "млн", "млрд", "руб", "кв", "км", "т")


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


# ---- the cases ----


def numeric(line: Line, i: int) -> Reading | None:
    """«14.07.2023», «14/07/23», «2023-07-14»."""
    norm = line.norm[i]
    if (match := _ISO.fullmatch(norm)) is not None:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif (match := _NUMERIC.fullmatch(norm)) is not None:
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 2000 if year < 70 else 1900
    else:
        return None
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    return Moment(year=year, month=month, day=day), year_word(line, i + 1)


def day_and_month(line: Line, i: int) -> Reading | None:
    """«14 июля 2023 года», «1-го января», «первого ноября», «1–5 июля»."""
    norm = line.norm[i]
    match = _DAYS.fullmatch(norm)
    last = None
    end = i + 1
    if match is not None:
        day, last = int(match[1]), int(match[2])
    elif (single := _DAY.fullmatch(norm)) is not None:
        day = int(single[1])
        if line.norm[end] in DASHES and (right := _DAY.fullmatch(line.norm[end + 1])) is not None:
            last = int(right[1])
            end += 2
    elif norm in calendar().ordinals:
        day = calendar().ordinals[norm]
    else:
        return None
    month = calendar().months.get(line.norm[end]) or calendar().short_months.get(line.norm[end])
    if month is None or not 1 <= day <= 31:
        return None
    end += 1 + (line.norm[end] in calendar().short_months and line.norm[end + 1] == ".")
    moment, end = with_year(Moment(month=month, day=day), line, end)
    if last is None:
        return moment, _past_weekday(line, end)
    return replace(moment, to=replace(moment, day=last)) if last > day else moment, end


def listed_day(line: Line, i: int) -> Reading | None:
    """The «1» of «1 и 2 июля», «1, 2 и 5 июля»."""
    match = _DAY.fullmatch(line.norm[i])
    end = i + 1
    while match is not None and line.norm[end] in (",", "и", "или") and line.norm[end + 1][0].isdigit():
        last = day_and_month(line, end + 1)
        if last is not None:
            moment = last[0]
            return Moment(moment.year, moment.month, int(match[1])), i + 1
        end += 2
    return None


def _past_weekday(line: Line, end: int) -> int:
    """Past the «, в четверг» of «25 июля, в четверг»."""
    named = line.norm[end] == "," and line.norm[end + 1] in ("в", "во") and line.norm[end + 2] in calendar().weekdays
    return end + 3 if named else end


def pair_of_days(line: Line, i: int) -> Reading | None:
    """«15 и 16 сентября»: two days on end are one stretch."""
    first = _DAY.fullmatch(line.norm[i])
    if first is None or line.norm[i + 1] != "и":
        return None
    last = day_and_month(line, i + 2)
    if last is None or last[0].to is not None or last[0].day != int(first[1]) + 1:
        return None
    return replace(last[0], day=int(first[1]), to=last[0]), last[1]


def month(line: Line, i: int) -> Reading | None:
    """«июль», «июле 2023 года», «январе–марте», «июле этого года»."""
    found = month_at(line, i)
    if found is None:
        return None
    first, last, end = found
    if line.words.text[line.at[i]][0].isupper() and _is_a_name(line, i, end):
        return None
    moment, end = with_year(Moment(month=first), line, end)
    return (replace(moment, to=replace(moment, month=last)) if last else moment), end


def _is_a_name(line: Line, i: int, end: int) -> bool:
    """«Марта», «Август» in the middle of a sentence are people, books, companies."""
    words = line.words
    at = line.at[i]
    return at > words.sentences[words.sentence[at]][0] and year_phrase(line, end) is None


def quarter(line: Line, i: int) -> Reading | None:
    """«второй квартал 2023 года», «II квартал», «2-м полугодии», «первую половину года»."""
    found = ordinal_at(line, i)
    if found is None:
        return None
    number, end = found
    if line.norm[end] in ("и", "или") and (second := ordinal_at(line, end + 1)) is not None:
        listed = quarter(line, end + 1)
        return (replace(listed[0], part=listed[0].part[0] + str(number)), end) if listed and listed[0].part and second else None
    unit = calendar().units.get(line.norm[end])
    if unit == "quarter" and number <= 4:
        return with_year(Moment(part=f"Q{number}"), line, end + 1)
    if unit == "half" and number <= 2 and line.norm[end] != "полгода":
        return with_year(Moment(part=f"H{number}"), line, end + 1)
    if line.norm[end].startswith("половин") and number <= 2:
        return _half_of(line, number, end + 1)
    return None


def _half_of(line: Line, number: int, end: int) -> Reading | None:
    """«вторая половина 2023 года» is a half-year, that of a month or decade the whole of it."""
    if line.norm[end] in YEAR_WORDS:
        return Moment(part=f"H{number}"), year_word(line, end)
    found = year_phrase(line, end)
    if found is not None:
        return Moment(year=found[0], part=f"H{number}"), found[1]
    return _whole(line, end, "start" if number == 1 else "end")


def edge_of(line: Line, i: int) -> Reading | None:
    """«начало июля», «конец 2023 года», «середине 1990-х», «конца года», «первых числах мая»."""
    edge = calendar().parts.get(line.norm[i])
    return None if edge is None else _whole(line, i + 1, edge)


def days_of_month(line: Line, i: int) -> Reading | None:
    """«первых числах мая», «20-х числах марта», «последней декаде июня»."""
    if line.norm[i + 1] not in _STRETCHES:
        return None
    found = month(line, i + 2)
    return found


_STRETCHES = forms("число") | forms("декада") | forms("половина") | forms("треть")


def _whole(line: Line, i: int, edge: str) -> Reading | None:
    found = _first(_WHOLES, line, i)
    if found is not None:
        moment, end = found
        return (moment if moment.day else replace(moment, edge=edge)), end
    unit = calendar().units.get(line.norm[i])
    if unit in ("week", "month", "quarter", "year") and line.norm[i] in _GENITIVES:
        past = year_word(line, i) if unit == "year" else i + 1
        return Moment(shift=Shift("published", unit, 0), edge=edge), past
    return None


_GENITIVES = frozenset(("недели", "месяца", "квартала", "года"))


def season(line: Line, i: int) -> Reading | None:
    """«летом 2023 года», «весны», «зимой 2022/23 года»."""
    code = calendar().seasons.get(line.norm[i])
    if code is None:
        return None
    moment = Moment(part=code)
    years = _YEARS.fullmatch(line.norm[i + 1])
    if years is not None:
        return replace(moment, year=int(years[1])), year_word(line, i + 2)
    moment, end = with_year(moment, line, i + 1)
    if moment.year is None and line.norm[i] not in _ADVERBIAL and not _in_time(line, i):
        return None
    return moment, end


_ADVERBIAL = frozenset(("весной", "летом", "осенью", "зимой"))


def _in_time(line: Line, i: int) -> bool:
    before = line.norm[i - 1] if i else ""
    return before in ("к", "с", "до", "по", "за", "после") or (before == "на" and line.norm[i] != "лету")


def year(line: Line, i: int) -> Reading | None:
    """«2023 год», «2023-м», «2023 г.», and the bare number after a preposition or in brackets."""
    match = _YEAR.fullmatch(line.norm[i])
    if match is None:
        return None
    number = int(match[1])
    end = year_word(line, i + 1)
    if end > i + 1 or (not match.group().isdigit() and number >= 1900):
        return Moment(year=number), end
    if match.group().isdigit() and 1900 <= number <= 2100 and _stands_as_year(line, i):
        return Moment(year=number), i + 1
    return None


_BEFORE_YEARS = frozenset(("в", "с", "до", "к", "от", "после", "за", "на", "(", "по", "из", "—", "–", "со"))
_AFTER_YEARS = frozenset((",", ".", ")", ";", "»", ":", "и", "—", "–", "-", "\n", "?", "!", "по", "в"))


def _stands_as_year(line: Line, i: int) -> bool:
    """A bare number is a year after a preposition, in brackets and lists of years, unless it counts something."""
    if i == 0 or _counts(line, i):
        return False
    before, after = line.norm[i - 1], line.norm[i + 1]
    if before in calendar().parts:
        return True
    if before in _BEFORE_YEARS:
        return before in ("в", "с", "до", "к", "после", "(") or after in _AFTER_YEARS
    if before in (",", "и", "или") and i > 1:
        return _YEAR.fullmatch(line.norm[i - 2]) is not None
    return False


def listed_year(line: Line, i: int) -> Reading | None:
    """The «2017» of «за 2017 и 2018 годы», «2015, 2016 и 2019 годах»; «1992-м и 1998-м годах»."""
    match = _YEAR.fullmatch(line.norm[i]) or _YEARS.fullmatch(line.norm[i])
    end = i + 1
    while match is not None and line.norm[end] in (",", "и", "или") and line.norm[end + 1][0].isdigit():
        following = line.norm[end + 1]
        if _YEAR.fullmatch(following) is None and _YEARS.fullmatch(following) is None:
            return None
        if year_word(line, end + 2) > end + 2:
            return _bare_years(match), i + 1
        end += 2
    return None


def _bare_years(match: "re.Match[str]") -> Moment:
    if match.re is _YEAR:
        return Moment(year=int(match[1]))
    return _span_of_years(match)


def _span_of_years(match: "re.Match[str]") -> Moment:
    first = int(match[1])
    last = int(match[3]) if len(match[3]) == 4 else first - first % 100 + int(match[3])
    if last < first:
        last += 100 if len(match[3]) == 2 else 0
    return Moment(years=(first, last))


def years(line: Line, i: int) -> Reading | None:
    """«2020–2022 годах», «1970–80-х годов», «2014–2015» in brackets, «2023/24»."""
    match = _YEARS.fullmatch(line.norm[i])
    if match is None:
        return None
    moment = _span_of_years(match)
    first, last = moment.years or (0, 0)
    if last <= first:
        return None
    end = year_word(line, i + 1)
    slash = match[2] == "/"
    if end == i + 1 and not slash and not (1800 <= first and last <= 2100 and len(match[3]) == 4):
        return None
    if slash and (last != first + 1 or first < 1900):
        return None
    return moment, end


def spaced_years(line: Line, i: int) -> Reading | None:
    """«2010 — 2012 годах», «2013 и 2014» no: that is a list."""
    left = _YEAR.fullmatch(line.norm[i])
    if left is None or line.norm[i + 1] not in DASHES:
        return None
    right = _YEAR.fullmatch(line.norm[i + 2])
    if right is None or int(right[1]) <= int(left[1]):
        return None
    end = year_word(line, i + 3)
    bracketed = i > 0 and line.norm[i - 1] == "(" and line.norm[i + 3] == ")"
    return (Moment(years=(int(left[1]), int(right[1]))), end) if end > i + 3 or bracketed else None


def decade(line: Line, i: int) -> Reading | None:
    """«1990-е годы», «90-х», «девяностых», «двухтысячных годов»."""
    match = _DECADE.fullmatch(line.norm[i])
    if match is not None:
        first = int(match[1])
        end = year_word(line, i + 1)
        if first < 100:
            if end == i + 1 and not _in_time_of_decade(line, i):
                return None
            first += 1900 if first >= 20 else 2000
    elif line.norm[i] in calendar().decades:
        first = calendar().decades[line.norm[i]]
        end = year_word(line, i + 1)
        if end == i + 1 and not (i > 0 and (line.norm[i - 1] in ("в", "с", "до") or line.norm[i - 1] in calendar().parts)):
            return None
        first += 0 if first >= 1000 else 1900
    else:
        return None
    return Moment(years=(first, first + 9)), end


def _in_time_of_decade(line: Line, i: int) -> bool:
    before = line.norm[i - 1] if i else ""
    return before in ("в", "с", "до", "из") or before in calendar().parts


def campaign(line: Line, i: int) -> Reading | None:
    """«сезон 2023/24», «сезоне-2023/24», «сезон 2023 года»."""
    norm = line.norm[i]
    if norm in _CAMPAIGNS:
        end = i + 1
        if line.norm[end] == "-":
            end += 1
        match = _YEARS.fullmatch(line.norm[end])
        if match is not None and match[2] != "-" and _span_of_years(match).years is not None:
            return _span_of_years(match), year_word(line, end + 1)
        single = _YEAR.fullmatch(line.norm[end])
        if single is not None:
            return Moment(year=int(single[1])), year_word(line, end + 1)
        return None
    return None


_CAMPAIGNS = forms("сезон", "sing")


def day_word(line: Line, i: int) -> Reading | None:
    """«вчера», «сегодня», «накануне»; «накануне, 14 ноября»."""
    amount = calendar().days.get(line.norm[i])
    if amount is None or (line.norm[i] == "накануне" and _governs(line, i)):
        return None
    end = i + 1
    if line.norm[end] == "," and (dated := day_and_month(line, end + 1)) is not None and dated[0].to is None:
        return dated
    return Moment(shift=Shift("published", "day", amount)), end


def _governs(line: Line, i: int) -> bool:
    """«накануне выборов» is no day of its own."""
    if i + 1 >= len(line):
        return False
    at = line.at[i + 1]
    words = line.words
    return words.case(at) == "Gen" and words.pos[at] in ("NOUN", "PROPN", "ADJ", "DET", "PRON", "NUM")


def day_adjective(line: Line, i: int) -> Reading | None:
    """«сегодняшнего дня», «вчерашним вечером»."""
    amount = calendar().day_adjectives.get(line.norm[i])
    if amount is None or calendar().units.get(line.norm[i + 1]) != "day":
        return None
    return Moment(shift=Shift("published", "day", amount)), i + 2


def weekday(line: Line, i: int) -> Reading | None:
    """«вторник», «вторник, 18 июля», «воскресенье 3 октября»."""
    number = calendar().weekdays.get(line.norm[i])
    if number is None or (line.norm[i] in ("среда", "среды", "среде", "средой") and not _is_wednesday(line, i)):
        return None
    end = i + 1
    comma = line.norm[end] in (",", "(")
    dated = day_and_month(line, end + comma)
    if dated is not None and dated[0].to is None:
        return dated[0], dated[1] + (line.norm[end] == "(" and line.norm[dated[1]] == ")")
    return Moment(weekday=number), end


def _is_wednesday(line: Line, i: int) -> bool:
    """«среда» is oftener the environment: a Wednesday follows «до», «с», «к» or stands with a date."""
    before = line.norm[i - 1] if i else ""
    following = line.norm[i + 1]
    if following == ",":
        return day_and_month(line, i + 2) is not None
    return before in ("до", "с", "к") and line.words.case(line.at[min(i + 1, len(line) - 1)]) != "Gen"


def determined(line: Line, i: int) -> Reading | None:
    """«прошлой неделе», «этом году», «том же месяце», «текущем первом квартале», «прошлую пятницу»."""
    found = determiner(line, i)
    if found is None:
        amount = calendar().nearest.get(line.norm[i])
        if amount is None:
            return None
        base: Base = "published"
        end = i + 1
        if line.norm[end] not in calendar().weekdays and calendar().units.get(line.norm[end]) != "weekend":
            return None
    else:
        base, amount, end = found
    norm = line.norm[end]
    if norm in calendar().year_kinds and line.norm[end + 1] in YEAR_WORDS:
        end += 1
        norm = line.norm[end]
    if norm in calendar().seasons or norm in calendar().weekdays or norm in calendar().months:
        return _stepped(line, end, base, amount)
    if (part := quarter(line, end)) is not None and part[0].year is None:
        return replace(part[0], year=Shift(base, "year", amount)), part[1]
    unit = calendar().units.get(norm)
    if unit is None or norm in _PLURALS or (line.norm[i].endswith(_PLURAL_ENDINGS) and unit != "weekend"):
        return None
    if unit == "day" and base == "published":
        return _this_day(line, i, end, amount)
    if norm in YEAR_WORDS:
        return Moment(shift=Shift(base, "year", amount)), year_word(line, end)
    return Moment(shift=Shift(base, unit, amount)), end + 1


_PLURALS = frozenset(
    f
    for word in ("год", "день", "неделя", "месяц", "квартал", "сезон", "десятилетие", "полугодие", "дата", "утро")
    for f in forms(word, "plur")
    if f not in forms(word, "sing")
) | {"лет", "гг"}


_PLURAL_ENDINGS = ("ие", "ые", "их", "ых", "эти", "этих")


def _this_day(line: Line, i: int, end: int, amount: int) -> Reading | None:
    """«в этот день» is the day spoken of, «на следующий день» the one after it, «этой ночью» today's."""
    norm = line.norm[end]
    if norm in _DAYTIMES:
        return Moment(shift=Shift("published", "day", amount)), end + 1
    if amount not in (0, 1) or line.norm[i] in _NOWADAYS or _of_an_event(line, end + 1):
        return None
    return Moment(shift=Shift("text", "day", amount)), end + 1


_DAYTIMES = forms("утро") | forms("вечер") | forms("ночь")
_NOWADAYS = forms("нынешний") | forms("текущий") | forms("сей")


def that_unit(line: Line, i: int) -> Reading | None:
    """«в тот день», «к той дате», «в тот год»."""
    if line.norm[i] not in calendar().that or line.norm[i + 1] in _PLURALS:
        return None
    unit = calendar().units.get(line.norm[i + 1])
    if unit not in ("day", "year", "month", "week") or line.norm[i] in ("то", "те", "тех", "тем"):
        return None
    return Moment(shift=Shift("text", unit, 0)), i + 2


def _stepped(line: Line, end: int, base: Base, amount: int) -> Reading | None:
    """«прошлый вторник», «этой весной», «прошлом июле», «той же осенью»."""
    if line.norm[end] in calendar().weekdays:
        moment, past = weekday(line, end) or (Moment(weekday=calendar().weekdays[line.norm[end]]), end + 1)
        if moment.day is not None:
            return moment, past
    elif line.norm[end] in calendar().seasons:
        moment, past = Moment(part=calendar().seasons[line.norm[end]]), end + 1
    else:
        moment, past = Moment(month=calendar().months[line.norm[end]]), end + 1
    if base == "text":
        return replace(moment, year=Shift("text", "year", 0)), past
    if line.norm[end - 1] in _LAST_YEARS and moment.weekday is None and moment.part != "WI":
        return replace(moment, year=Shift("published", "year", amount)), past
    return replace(moment, step=amount), past


_LAST_YEARS = forms("прошлый") | forms("позапрошлый")  # «прошлый июль» is last year's, «минувший» the latest


def ago(line: Line, i: int) -> Reading | None:
    """«два года назад», «год назад», «18 лет тому назад», «месяцем ранее», «год спустя», «днем позже»."""
    counted = count_at(line, i)
    number, end = counted if counted is not None else (1, i)
    unit = calendar().units.get(line.norm[end])
    if unit not in _COUNTED or (counted is None and line.norm[end] in _PLURALS) or _roughly(line, i):
        return None
    end += 1
    following = line.norm[end]
    if following == "тому" and line.norm[end + 1] == "назад":
        return _shifted("published", unit, -number), end + 2
    if following == "назад":
        return _shifted("published", unit, -number), end + 1
    if following in ("спустя", "позже", "позднее"):
        return _shifted("text", unit, number), end + 1
    if following in ("ранее", "раньше"):
        return _shifted("text", unit, -number), end + 1
    return None


_COUNTED = frozenset(("day", "week", "month", "year", "half", "decade"))


def _roughly(line: Line, i: int) -> bool:
    """«более десяти лет назад», «около года назад» name no date."""
    return i > 0 and line.norm[i - 1] in calendar().approximators


def _of_an_event(line: Line, end: int) -> bool:
    """«через год после свадьбы», «на следующий день после матча» count from what is no date."""
    return line.norm[end] in ("после", "с", "со", "от") and line.norm[end + 1] not in ("этого", "того")


def _shifted(base: Base, unit: str, number: int) -> Moment:
    unit, number = ("month", 6 * number) if unit == "half" else (unit, number)
    unit, number = ("year", 10 * number) if unit == "decade" else (unit, number)
    return Moment(shift=Shift(base, unit, number))


def later(line: Line, i: int) -> Reading | None:
    """«спустя год», «через два года»; «через каждые два часа» no."""
    counted = count_at(line, i + 1)
    number, end = counted if counted is not None else (1, i + 1)
    unit = calendar().units.get(line.norm[end])
    if unit not in _COUNTED or line.norm[end] in _DAYTIMES or (counted is None and line.norm[end] in _PLURALS):
        return None
    end += 1
    if line.norm[end] == "после" and line.norm[end + 1] in ("этого", "того"):
        return _shifted("text", unit, number), end + 2
    return None if _of_an_event(line, end) else (_shifted("text", unit, number), end)


def before_that(line: Line, i: int) -> Reading | None:
    """«за день до этого», «за год до того», «через день после этого»."""
    if line.norm[i] != "за":
        return None
    counted = count_at(line, i + 1)
    number, end = counted if counted is not None else (1, i + 1)
    unit = calendar().units.get(line.norm[end])
    if unit not in ("day", "week", "month", "year") or line.norm[end + 1] != "до":
        return None
    if line.norm[end + 2] not in ("этого", "того"):
        return None
    return _shifted("text", unit, -number), end + 3


def holiday(line: Line, i: int) -> Reading | None:
    """«до Нового года», «ко Дню Победы»."""
    if i == 0 or line.norm[i - 1] not in calendar().holiday_prepositions:
        return None
    for name, (month_number, day) in calendar().holidays.items():
        end = i + len(name)
        if tuple(line.norm[i:end]) == name and line.words.text[line.at[i]][0].isupper():
            return with_year(Moment(month=month_number, day=day), line, end)
    return None


def first_months(line: Line, i: int) -> Reading | None:
    """«девять месяцев 2023 года», «первые два месяца года», «первые три квартала 2023 года»."""
    edge = line.norm[i] in _FIRST
    if edge:
        i += 1
    counted = count_at(line, i)
    if counted is None:
        return None
    number, end = counted
    if line.norm[end] in _QUARTERS and number <= 3 and edge:
        number *= 3
    elif line.norm[end] not in _MONTHS or not 2 <= number <= 11:
        return None
    moment, past = with_year(Moment(part=f"M{number}"), line, end + 1)
    if moment.year is None:
        if not edge or line.norm[end + 1] != "года":
            return None
        return replace(moment, year=Shift("published", "year", 0)), end + 2
    return moment, past


_FIRST = forms("первый", "plur")
_MONTHS = forms("месяц")
_QUARTERS = forms("квартал")


# ---- ranges ----


def from_to(line: Line, i: int) -> Reading | None:
    """«с 1 по 5 июля», «с 2002 по 2020 год», «с января 2020 года по август 2023-го»; read from past «с»."""
    if i == 0 or line.norm[i - 1] not in ("с", "со", "от", "между", "c"):
        return None
    left = _first(_ENDS, line, i)
    if left is None:
        left = _bare_end(line, i)
    if left is None or line.norm[left[1]] not in ("по", "до", "и"):
        return None
    if (line.norm[left[1]] == "и") != (line.norm[i - 1] == "между"):
        return None
    right = _right_end(line, left[1] + 1)
    return None if right is None else _range(left[0], right)


def _bare_end(line: Line, i: int) -> Reading | None:
    """The left end that takes its month or «год» from the right one: «1», «2002»."""
    if (match := _DAY.fullmatch(line.norm[i])) is not None and 1 <= int(match[1]) <= 31:
        return Moment(day=int(match[1])), i + 1
    if (match := _YEAR.fullmatch(line.norm[i])) is not None:
        return Moment(year=int(match[1])), i + 1
    return None


def _right_end(line: Line, i: int) -> Reading | None:
    found = _first(_ENDS, line, i)
    if found is None and (years := _YEARS.fullmatch(line.norm[i])) is not None and years[2] == "/":
        return _span_of_years(years), i + 1
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
    left = _first(_ENDS, line, i)
    if left is None or line.norm[left[1]] not in DASHES or left[0].to is not None:
        return None
    start = left[1] + 1
    right = _first(_ENDS, line, start + (line.norm[start] in ("в",)))
    if right is None or right[0].level != left[0].level or right[0].to is not None:
        return None
    return _range(left[0], right)


def _first(rules: tuple[Rule, ...], line: Line, i: int) -> Reading | None:
    for rule in rules:
        found = rule(line, i)
        if found is not None:
            return found
    return None


_ENDS: tuple[Rule, ...] = (
    numeric, day_and_month, quarter, campaign, month, decade, year, season, edge_of, weekday, determined, day_word,
)  # fmt: skip
_WHOLES: tuple[Rule, ...] = (quarter, campaign, day_and_month, month, season, spaced_years, years, decade, year, determined)

# Longer expressions first: the first rule that reads something has the words.
RULES: tuple[Rule, ...] = (
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


@cache
def openings() -> dict[str, tuple[Rule, ...]]:
    """The rules that a word can open, by its form; numbers are not in it."""
    table = calendar()
    lists: dict[str, list[Rule]] = {}

    def opens(words: Any, *rules: Rule) -> None:
        for word in words:
            lists.setdefault(word, []).extend(rule for rule in rules if rule not in lists.get(word, ()))

    opens(table.months, from_to, dashed, month)
    opens(table.ordinals, from_to, dashed, day_and_month, first_months, days_of_month, quarter, decade)
    opens(table.roman, from_to, dashed, quarter)
    opens(table.decades, decade)
    opens(_CAMPAIGNS, from_to, campaign)
    opens(table.seasons, from_to, dashed, season)
    opens(table.parts, from_to, dashed, edge_of)
    opens(table.days, from_to, day_word)
    opens(table.day_adjectives, day_adjective)
    opens(table.weekdays, from_to, dashed, weekday)
    opens((*table.determiners, *table.nearest), from_to, determined)
    opens(table.that, determined, that_unit)
    opens(numerals().cardinals, ago, first_months)
    opens(table.units, ago)
    opens(_LASTS, days_of_month)
    opens(("за",), before_that)
    opens(("через", "спустя"), later)
    opens({name[0] for name in table.holidays}, holiday)
    return {word: tuple(sorted(rules, key=RULES.index)) for word, rules in lists.items()}


_LASTS = forms("последний")
NUMBER_RULES: tuple[Rule, ...] = (
    from_to, dashed, numeric, day_and_month, pair_of_days, listed_day, first_months, days_of_month, ago, quarter, spaced_years,
    years, listed_year, decade, year,
)  # fmt: skip


def read(line: Line, i: int) -> Reading | None:
    """What the date expression that begins at a word says, and the position past it; None if none does."""
    norm = line.norm[i]
    rules = openings().get(norm)
    if rules is None:
        if norm[0].isdigit():
            rules = NUMBER_RULES
        elif len(norm) > 6 and month_at(line, i) is not None:
            rules = (from_to, month)
        else:
            return None
    return _first(rules, line, i)
