"""Places what date expressions say on the calendar: by the publication date and by dates spoken of before."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from extract.entities import periods
from extract.entities.date_words import Moment, Shift
from extract.entities.periods import Period

Tense = Literal["past", "present", "future", "plan", None]
LIKELY = {
    "past": 40.0,
    "future": 1 / 4,
    "plan": 1.0,
    "present": 3.0,
    None: 3.0,
}  # how much nearer a future date must be


@dataclass(slots=True)
class Context:
    """What the article gives by the time an expression is read.

    Attributes:
        published: the publication date.
        spoken: the date spoken of last, with a known place on the calendar.
        spoken_past: the last such date that isn't after the publication.
        spoken_year: the last year that was spoken of, also where the rest isn't known.
        named: the first day from which a year named in the sentence counts, or None.
        tense: of the clause.
    """

    published: date | None
    spoken: Period | None = None
    spoken_past: Period | None = None
    spoken_year: int | None = None
    named: date | None = None
    tense: Tense = None


def resolve(moment: Moment, context: Context) -> Period | None:
    """The stretch of the calendar that an expression means; None where the calendar has none such."""
    try:
        return _single(moment, context) if moment.to is None else _between(moment, moment.to, context)
    except (OverflowError, ValueError):  # before year 1, after year 9999
        return None


def _between(moment: Moment, to: Moment, context: Context) -> Period | None:
    left_moment = replace(moment, to=None)
    if moment.level == to.level == "weekday" and context.published is not None:
        return _weekdays(left_moment, to, context)
    right = _single(to, context)
    if right is None:
        return None
    if moment.year is None and right.start is not None and moment.level in ("day", "month", "Q", "H", "S"):
        context = replace(context, named=None, published=right.start, tense="past")
    left = _single(left_moment, context)
    return None if left is None else _ordered(left, right)


def _weekdays(moment: Moment, to: Moment, context: Context) -> Period | None:
    """«со вторника по пятницу»: the second day is the next such after the first; what has been is over."""
    left = _single(replace(moment, shift=moment.shift or to.shift), context)
    if left is None or left.start is None or context.published is None:
        return None
    first = left.start
    last = first + timedelta(((to.weekday or 1) - first.isoweekday()) % 7)
    if moment.step is None and to.shift is None:
        coming = first + timedelta(7)
        if context.tense == "past" and last > context.published:
            first, last = first - timedelta(7), last - timedelta(7)
        elif context.tense == "present" and (coming - context.published) * LIKELY["present"] < context.published - last:
            first, last = coming, last + timedelta(7)
    return periods.between(periods.day_of(first), periods.day_of(last))


def _ordered(left: Period, right: Period) -> Period | None:
    if left.start is not None and right.start is not None and left.start > right.start:
        return None
    return periods.between(left, right)


def _single(moment: Moment, context: Context) -> Period | None:
    if moment.weekday is not None:
        return _weekday(moment, context)
    if moment.day is not None and moment.month is None:
        return _day_of_month(moment.day, moment.shift, context)
    if moment.shift is not None:
        return _shifted(moment.shift, context)
    if moment.years is not None:
        return periods.years_period(*moment.years)
    if moment.century is not None:
        return periods.century_period(moment.century)
    if moment.month is None and moment.part is None:
        return periods.year_period(_year(moment.year, context))
    if moment.year is not None:
        return in_year(moment, _year(moment.year, context))
    return _without_year(moment, context)


def in_year(moment: Moment, year: int | None) -> Period | None:
    """The day, month or part of a given year."""
    if moment.day is not None:
        return periods.day_period(year, moment.month, moment.day)
    if moment.month is not None:
        return periods.month_period(year, moment.month)
    part = moment.part or ""
    match part[0]:
        case "Q":
            return periods.quarter_period(year, int(part[1:]))
        case "H":
            return periods.months_period(year, 1 if part == "H1" else 7, 6)
        case "M":
            return periods.months_period(year, 1, int(part[1:]))
        case _:
            return periods.season_period(year, part)


def _year(year: int | Shift | None, context: Context) -> int | None:
    if not isinstance(year, Shift):
        return year
    base = _base_year(year, context)
    return None if base is None else base + int(year.amount)


def _base_year(shift: Shift, context: Context) -> int | None:
    published = context.published.year if context.published else None
    spoken = context.spoken_year
    if spoken is None or (published is not None and shift.base == "clause" and context.tense != "past"):
        return published
    following = shift.amount == 1 and context.tense == "past" and published is not None and spoken < published
    return spoken if shift.base != "published" or following else published


def _shifted(shift: Shift, context: Context) -> Period | None:
    if shift.unit == "year":
        return periods.year_period(_year(shift, context))
    origin = context.published
    if shift.base == "text" or (shift.base == "clause" and context.tense == "past"):
        origin = _spoken_of(shift, context)
        if origin is None and context.published is not None:
            return None
    if origin is None:
        return periods.unknown(shift.unit)
    ended = shift.unit == "campaign" and shift.amount == -1 and SEASON_OVER <= (origin.month, origin.day) < (7, 1)
    that = origin if ended else periods.moved(origin, shift.unit, shift.amount)
    return None if that is None else periods.around(that, shift.unit)


def _spoken_of(shift: Shift, context: Context) -> date | None:
    """The day from which «месяцем ранее» and «на следующий день» count: of a like date spoken of, if any.

    «Неделей ранее» without one is counted from the publication.
    """
    spoken = context.spoken_past if context.tense == "past" else context.spoken
    if spoken is not None and _fits(spoken, shift.unit):
        return spoken.start
    if shift.unit == "day":
        return None
    return context.published if shift.amount < 0 else None


def _fits(spoken: Period, unit: str) -> bool:
    """A day can be counted from a day, a month from a month or day."""
    fine = {"day": ("day",), "week": ("day", "week"), "month": ("day", "week", "month")}
    return spoken.start is not None and spoken.grain in fine.get(unit, (spoken.grain,))


def _day_of_month(day: int, shift: Shift | None, context: Context) -> Period | None:
    """«15-го числа прошлого месяца»; «15-го числа» is of the likeliest month by tense."""
    if shift is not None:
        month = _shifted(shift, context)
        if month is not None and month.start is not None:
            return periods.day_period(month.start.year, month.start.month, day)
    if shift is not None or context.published is None:
        return periods.day_period(None, None, day)
    months = [periods.moved(context.published, "month", step) for step in (-1, 0, 1)]
    days = [periods.day_period(that.year, that.month, day) for that in months if that is not None]
    return min((that for that in days if that is not None), key=lambda that: _distance(that, context), default=None)


def _weekday(moment: Moment, context: Context) -> Period | None:
    weekday = moment.weekday or 1
    if moment.shift is not None:
        week = _shifted(moment.shift, context)
        if week is None or week.start is None:
            return periods.weekday_period(weekday)
        return periods.day_of(week.start + timedelta(weekday - 1))
    published = context.published
    if published is None:
        return periods.weekday_period(weekday)
    back = (published.isoweekday() - weekday) % 7
    last = published - timedelta(back)
    ahead = last if back == 0 else last + timedelta(7)
    match moment.step:
        case -1:
            that = last if back else last - timedelta(7)
        case 0:
            that = published + timedelta(weekday - published.isoweekday())
        case 1:
            that = ahead if back else ahead + timedelta(7)
        case _:
            that = ahead if context.tense in ("future", "plan") else last
    return periods.day_of(that)


def _without_year(moment: Moment, context: Context) -> Period | None:
    """The year that makes the context right: one named in the sentence, else the likeliest by tense."""
    if context.published is None:
        return in_year(moment, context.named.year if context.named else None)
    if moment.step is not None:
        return _stepped(moment, moment.step, context.published)
    near = [in_year(moment, context.published.year + step) for step in (-2, -1, 0, 1, 2)]
    candidates = [period for period in near if period is not None]
    likeliest = min(candidates, key=lambda period: _distance(period, context), default=None)
    if context.named is not None and not _needs_no_year(likeliest, context):
        for year in (context.named.year, context.named.year + 1):
            period = in_year(moment, year)
            if period is not None and period.end is not None and context.named <= period.end <= context.published:
                return period
    return likeliest


def _needs_no_year(period: Period | None, context: Context) -> bool:
    """Whether a date is to come, or a day has only just been: no year named before is needed to place it."""
    if period is None or period.end is None or context.published is None:
        return False
    just_now = period.grain == "day" and abs(context.published - period.end) <= JUST_NOW
    return just_now or context.tense in ("future", "plan")


JUST_NOW = timedelta(31)
SEASON_OVER = (5, 20)  # month and day: «минувший сезон» is from then on the one that has just been played


def _distance(period: Period, context: Context) -> float:
    published = context.published
    if published is None or period.start is None or period.end is None:
        return 0.0
    if period.start > published:
        return (period.start - published).days * LIKELY[context.tense]
    return float(max((published - period.end).days, 0))


def _stepped(moment: Moment, step: int, published: date) -> Period | None:
    """«минувшей осенью» is the last that has ended, «этой» that of this year, «следующей» the one ahead."""
    years = [in_year(moment, published.year + n) for n in (-2, -1, 0, 1, 2)]
    known = [period for period in years if period is not None and period.start is not None and period.end is not None]
    if step == 0:
        return in_year(moment, published.year) if moment.part != "WI" else min(known, key=lambda p: _gap(p, published))
    if step < 0:
        return max((p for p in known if p.end and p.end < published), key=lambda p: p.value, default=None)
    return min((p for p in known if p.start and p.start > published), key=lambda p: p.value, default=None)


def _gap(period: Period, published: date) -> int:
    if period.start is None or period.end is None:
        return 0
    return max((period.start - published).days, (published - period.end).days, 0)
