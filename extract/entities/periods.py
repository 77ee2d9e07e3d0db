"""Stretches of the calendar in TIMEX3 notation, and moving along it.

A year, month or day that isn't known is None and comes out as X: `XXXX-08-22`.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import MINYEAR, date, timedelta
from decimal import Decimal

SEASON_MONTHS = {"SP": 3, "SU": 6, "AU": 9, "WI": 12}
CAMPAIGN_MONTH = 7  # a sports season, a school or a harvest year begins in the second half of the year


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of the calendar: TIMEX3 `value`, its first and last day where known, and its grain."""

    value: str
    start: date | None
    end: date | None
    grain: str


def day_period(year: int | None, month: int | None, day: int | None) -> Period | None:
    """A day; None where the calendar has no such day."""
    if day is not None and month is not None and not 1 <= day <= monthrange(year or 2000, month)[1]:
        return None
    value = f"{_digits(year, 4)}-{_digits(month, 2)}-{_digits(day, 2)}"
    if year is None or month is None or day is None:
        return Period(value, None, None, "day")
    that = date(year, month, day)
    return Period(value, that, that, "day")


def day_of(that: date) -> Period:
    """The period of one known day."""
    return Period(that.isoformat(), that, that, "day")


def weekday_period(weekday: int) -> Period:
    """Some week's day: 1 is Monday."""
    return Period(f"XXXX-WXX-{weekday}", None, None, "day")


def week_of(that: date) -> Period:
    """The ISO week of a day."""
    year, week, weekday = that.isocalendar()
    monday = that - timedelta(weekday - 1)
    return Period(f"{year}-W{week:02}", monday, monday + timedelta(6), "week")


def weekend_of(that: date) -> Period:
    """The Saturday and Sunday of a day's ISO week."""
    saturday = that + timedelta(6 - that.isoweekday())
    return between(day_of(saturday), day_of(saturday + timedelta(1)))


def month_period(year: int | None, month: int | None) -> Period:
    """A month."""
    value = f"{_digits(year, 4)}-{_digits(month, 2)}"
    if year is None or month is None:
        return Period(value, None, None, "month")
    return Period(value, date(year, month, 1), last_day(year, month), "month")


def quarter_period(year: int | None, quarter: int) -> Period:
    """A quarter, 1 to 4."""
    months = _months(year, 3 * quarter - 2, 3)
    return Period(f"{_digits(year, 4)}-Q{quarter}", *months, "quarter")


def months_period(year: int | None, first: int, count: int) -> Period:
    """Several months of one year: a half-year, the first nine months."""
    digits = _digits(year, 4)
    return Period(f"{digits}-{first:02}/{digits}-{first + count - 1:02}", *_months(year, first, count), "interval")


def season_period(year: int | None, season: str) -> Period:
    """A season by the year in which it begins."""
    return Period(f"{_digits(year, 4)}-{season}", *_months(year, SEASON_MONTHS[season], 3), "season")


def year_period(year: int | None) -> Period:
    """A year."""
    return Period(_digits(year, 4), *_months(year, 1, 12), "year")


def years_period(first: int, last: int) -> Period:
    """Several years: a decade, 2020/2022."""
    return between(year_period(first), year_period(last))


def century_period(century: int) -> Period:
    """A century: the 20th is 1901/2000."""
    return years_period(100 * century - 99, 100 * century)


def campaign_period(year: int | None) -> Period:
    """A season of sports, school or harvest, by the year in which it begins."""
    if year is None:
        return Period("XXXX/XXXX", None, None, "interval")
    return years_period(year, year + 1)


def between(left: Period, right: Period) -> Period:
    """From the beginning of one period to the end of another."""
    if left == right:
        return left
    value = f"{left.value.split('/')[0]}/{right.value.split('/')[-1]}"
    return Period(value, left.start, right.end, "interval")


def moved(that: date, unit: str, amount: int | Decimal) -> date | None:
    """The day that lies `amount` units later, or earlier; None where the calendar ends."""
    try:
        if unit in UNIT_DAYS:
            return that + timedelta(round(amount * UNIT_DAYS[unit]))
        whole, rest = divmod(amount * UNIT_MONTHS[unit], 1)
        year, month = divmod(that.year * 12 + that.month - 1 + int(whole), 12)
        if year < MINYEAR:
            return None
        day = min(that.day, monthrange(year, month + 1)[1])
        return that.replace(year=year, month=month + 1, day=day) + timedelta(round(rest * MONTH_DAYS))
    except (OverflowError, ValueError):
        return None


UNIT_DAYS = {"day": 1, "week": 7, "weekend": 7}
UNIT_MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12, "campaign": 12, "decade": 120, "century": 1200}
MONTH_DAYS = 30  # of which a part of a month is counted: «полтора месяца»


def around(that: date, unit: str) -> Period:
    """The unit of the calendar in which a day lies."""
    year = that.year
    match unit:
        case "day":
            return day_of(that)
        case "week":
            return week_of(that)
        case "weekend":
            return weekend_of(that)
        case "month":
            return month_period(year, that.month)
        case "quarter":
            return quarter_period(year, (that.month + 2) // 3)
        case "half":
            return months_period(year, 1 if that.month < 7 else 7, 6)
        case "campaign":
            return campaign_period(year if that.month >= CAMPAIGN_MONTH else year - 1)
        case "decade":
            return years_period(year - year % 10, year - year % 10 + 9)
        case "century":
            return century_period((year + 99) // 100)
        case _:
            return year_period(year)


def unknown(unit: str) -> Period:
    """A unit of the calendar of which nothing is known."""
    values = {
        "day": "XXXX-XX-XX",
        "week": "XXXX-WXX",
        "month": "XXXX-XX",
        "quarter": "XXXX-QX",
        "year": "XXXX",
    }
    grain = unit if unit in values else "interval"
    return Period(values.get(unit, "XXXX/XXXX"), None, None, grain)


def last_day(year: int, month: int) -> date:
    """The last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def _months(year: int | None, first: int, count: int) -> tuple[date | None, date | None]:
    if year is None:
        return None, None
    years, month = divmod(first + count - 2, 12)
    return date(year, first, 1), last_day(year + years, month + 1)


def _digits(number: int | None, width: int) -> str:
    return "X" * width if number is None else f"{number:0{width}}"
