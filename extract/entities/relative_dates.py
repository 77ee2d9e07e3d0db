"""Expressions that count from the publication or from another date: «вчера», «во вторник», «год спустя»."""

import re
from dataclasses import replace
from decimal import Decimal

from extract.entities.calendar_dates import day_and_month
from extract.entities.date_words import (
    CONJUNCTIONS,
    YEAR_WORDS,
    Base,
    Moment,
    Reading,
    Shift,
    calendar,
    count_at,
    determiner,
)
from extract.entities.numbers import in_words
from extract.entities.numeric_dates import numeric
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.entities.year_parts import quarter
from extract.entities.year_phrases import year_word
from extract.rules import table, words_in

# Units that are counted, and of which smaller ones each is made.
_COUNTED = frozenset(("day", "week", "month", "year", "half", "decade", "half century", "century"))
_MADE_OF = {"half": ("month", 6), "decade": ("year", 10), "half century": ("year", 50), "century": ("year", 100)}
_DECIMAL = re.compile(r"\d{1,3}[.,]\d")
_HALF = table("entities/dates")["distances"]["half"]
QUARTER = forms_of(words_in("entities/dates", "distances", "quarter_lemmas"))
_DAYTIMES = forms_of(words_in("entities/dates", "units", "daytime_lemmas"))
_NOW = forms_of(words_in("entities/dates", "determiners", "now_lemmas"))
_LAST = forms_of(words_in("entities/dates", "determiners", "last_lemmas"))
_PLURAL_ENDINGS = tuple(table("entities/dates")["determiners"]["plural_endings"])
_VAGUE = words_in("entities/dates", "determiners", "vague")
_PLURAL_UNITS = words_in("entities/dates", "units", "plural_lemmas")
PLURALS = forms_of(_PLURAL_UNITS, "plur") - forms_of(_PLURAL_UNITS, "sing")
PLURALS |= words_in("entities/dates", "units", "plural")
_OF_EVENTS = words_in("entities/dates", "days", "of_events")
_WEDNESDAYS = words_in("entities/dates", "weekdays", "ambiguous")
_BEFORE_WEDNESDAYS = words_in("entities/dates", "weekdays", "before_ambiguous")
_AGO = words_in("entities/dates", "distances", "ago")
_BEFORE_AGO = words_in("entities/dates", "distances", "before_ago")
_LATER = words_in("entities/dates", "distances", "later")
_EARLIER = words_in("entities/dates", "distances", "earlier")
_APPROXIMATORS = words_in("entities/dates", "distances", "approximators")
_UNTIL = words_in("entities/dates", "distances", "until")
_AFTER = words_in("entities/dates", "distances", "after")
_AFTER_EVENTS = words_in("entities/dates", "distances", "of_events")
_THAT = words_in("entities/dates", "distances", "that")
WITHIN = words_in("entities/dates", "distances", "within")
_BEFORE_DATED = frozenset(",(")
_OF_WEEKS = words_in("entities/dates", "weekdays", "of_weeks")
_BEFORE_WEEKENDS = words_in("entities/dates", "weekdays", "before_weekends")
SATURDAY = 6
LATER_BASES: dict[str, Base] = table("entities/dates")["distances"]["bases"]


def day_word(line: Line, i: int) -> Reading | None:
    """«вчера», «сегодня», «накануне»; «накануне, 14 ноября», «вчера (14 ноября)»."""
    amount = calendar().days.get(line.norm[i])
    if amount is None or (line.norm[i] in _OF_EVENTS and _governs(line, i)):
        return None
    dated = _dated(line, i + 1) if line.norm[i + 1] in _BEFORE_DATED else None
    return dated or (Moment(shift=Shift("published", "day", amount)), i + 1)


def _dated(line: Line, i: int) -> Reading | None:
    """The «, 14 ноября», «, 14.11.2023», «(14 ноября)» beside another name of the day."""
    start = i + (line.norm[i] in _BEFORE_DATED)
    dated = day_and_month(line, start) or numeric(line, start)
    if dated is None or dated[0].to is not None:
        return None
    return dated[0], dated[1] + (line.norm[i] == "(" and line.norm[dated[1]] == ")")


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
    """«вторник», «вторник, 18 июля», «воскресенье 3 октября», «среду следующей недели»."""
    number = calendar().weekdays.get(line.norm[i])
    if number is None or (line.norm[i] in _WEDNESDAYS and not _is_wednesday(line, i)):
        return None
    return _dated(line, i + 1) or _of_a_week(line, i + 1, number) or (Moment(weekday=number), i + 1)


def _of_a_week(line: Line, i: int, number: int) -> Reading | None:
    """The «следующей недели» of «в среду следующей недели», «в среду на следующей неделе»."""
    found = determiner(line, i + (line.norm[i] in _OF_WEEKS))
    if found is None or calendar().units.get(line.norm[found[2]]) != "week":
        return None
    return Moment(weekday=number, shift=Shift(found[0], "week", found[1])), found[2] + 1


def _is_wednesday(line: Line, i: int) -> bool:
    """«среда» is oftener the environment: a Wednesday follows «до», «с», «к» or stands with a date."""
    before = line.norm[i - 1] if i else ""
    following = line.norm[i + 1]
    if following == ",":
        return day_and_month(line, i + 2) is not None
    return before in _BEFORE_WEDNESDAYS and line.words.case(line.at[min(i + 1, len(line) - 1)]) != "Gen"


def determined(line: Line, i: int) -> Reading | None:
    """«прошлой неделе», «этом году», «том же месяце», «текущем первом квартале», «прошлую пятницу»."""
    found = determiner(line, i) or _nearest(line, i)
    if found is None:
        return None
    base, amount, end = found
    if line.norm[end] in calendar().year_kinds and line.norm[end + 1] in YEAR_WORDS:
        end += 1
    norm = line.norm[end]
    if norm in calendar().seasons or norm in calendar().weekdays or norm in calendar().months:
        return _stepped(line, end, base, amount)
    part = quarter(line, end)
    if part is not None and part[0].year is None:
        return replace(part[0], year=Shift(base, "year", amount)), part[1]
    unit = calendar().units.get(norm)
    if unit is None or norm in PLURALS or (line.norm[i].endswith(_PLURAL_ENDINGS) and unit != "weekend"):
        return None
    if unit == "day" and base == "published":
        return _this_day(line, i, end, amount)
    return Moment(shift=Shift(base, unit, amount)), year_word(line, end) if unit == "year" else end + 1


def _nearest(line: Line, i: int) -> tuple[Base, int, int] | None:
    """«в ближайшую пятницу», «предстоящие выходные», not «в ближайшие годы»."""
    amount = calendar().nearest.get(line.norm[i])
    if amount is not None and calendar().units.get(line.norm[i + 1]) == "weekend":
        return "published", 0, i + 1  # of this week
    return ("published", amount, i + 1) if amount is not None and line.norm[i + 1] in calendar().weekdays else None


def _this_day(line: Line, i: int, end: int, amount: int) -> Reading | None:
    """«в этот день» is the day spoken of, «на следующий день» the one after it, «этой ночью» today's."""
    norm = line.norm[end]
    if norm in _DAYTIMES:
        return Moment(shift=Shift("published", "day", amount)), end + 1
    if amount not in (0, 1) or line.norm[i] in _NOW or _of_an_event(line, end + 1):
        return None
    return Moment(shift=Shift("text", "day", amount)), end + 1


def that_unit(line: Line, i: int) -> Reading | None:
    """«в тот день», «к той дате», «в тот год»."""
    if line.norm[i] not in calendar().that or line.norm[i + 1] in PLURALS:
        return None
    unit = calendar().units.get(line.norm[i + 1])
    if unit not in ("day", "year", "month", "week") or line.norm[i] in _VAGUE:
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
    if line.norm[end - 1] in _LAST and moment.weekday is None and moment.part != "WI":
        return replace(moment, year=Shift("published", "year", amount)), past
    return replace(moment, step=amount), past


def ago(line: Line, i: int) -> Reading | None:
    """«два года назад», «полтора года назад», «18 лет тому назад», «месяцем ранее», «год спустя», «днем позже»."""
    found = _distance(line, i)
    if found is None or _roughly(line, i):
        return None
    number, unit, end = found
    following = line.norm[end]
    past = end + 2 if following in _BEFORE_AGO else end + 1
    if line.norm[past - 1] in _AGO:
        return _shifted("published", unit, -number), past
    if following in _LATER:
        return _shifted("text", unit, number), end + 1
    if following in _EARLIER:
        return _shifted("text", unit, -number), end + 1
    return None


def _distance(line: Line, i: int) -> tuple[Decimal, str, int] | None:
    """«год», «три дня», «полтора года», «2,5 года», «два с половиной года», «год с половиной», «четверть века»."""
    counted = _count(line, i)
    number, end = counted if counted is not None else (Decimal(1), i)
    unit = calendar().units.get(line.norm[end])
    if unit not in _COUNTED or unit is None or (counted is None and line.norm[end] in PLURALS):
        return None
    end += 1
    if counted is None and line.norm[end : end + 2] == _HALF:
        return Decimal("1.5"), unit, end + 2
    return number, unit, end


def _count(line: Line, i: int) -> tuple[Decimal, int] | None:
    norm = line.norm[i]
    if _DECIMAL.fullmatch(norm) is not None:
        return Decimal(norm.replace(",", ".")), i + 1
    if norm in QUARTER:
        return Decimal("0.25"), i + 1
    whole = count_at(line, i)
    if whole is None:
        words = in_words(line, i)
        return None if words is None else (words.value, words.end)
    number, end = whole
    if line.norm[end : end + 2] == _HALF:
        return number + Decimal("0.5"), end + 2
    return Decimal(number), end


def _roughly(line: Line, i: int) -> bool:
    """«более десяти лет назад», «около года назад» name no date."""
    return i > 0 and line.norm[i - 1] in _APPROXIMATORS


def _of_an_event(line: Line, end: int) -> bool:
    """«через год после свадьбы», «на следующий день после матча», «спустя год войны» count from no date."""
    if line.norm[end] in _AFTER_EVENTS:
        return line.norm[end + 1] not in _THAT
    at = line.at[end] if end < len(line) else None
    return at is not None and line.words.pos[at] == "NOUN" and line.words.case(at) == "Gen"


def _shifted(base: Base, unit: str, number: Decimal) -> Moment:
    unit, times = _MADE_OF.get(unit, (unit, 1))
    number *= times
    if unit == "year" and number % 1:
        unit, number = "month", number * 12
    return Moment(shift=Shift(base, unit, int(number) if number % 1 == 0 else number))


def later(line: Line, i: int) -> Reading | None:
    """«спустя год», «через два года», «через полтора года»; «через каждые два часа» no."""
    found = _distance(line, i + 1)
    if found is None or line.norm[found[2] - 1] in _DAYTIMES:
        return None
    number, unit, end = found
    if line.norm[end] in _AFTER and line.norm[end + 1] in _THAT:
        return _shifted("text", unit, number), end + 2
    return None if _of_an_event(line, end) else (_shifted(LATER_BASES[line.norm[i]], unit, number), end)


def before_that(line: Line, i: int) -> Reading | None:
    """«за день до этого», «за год до того», «через день после этого»."""
    found = _distance(line, i + 1)
    if line.norm[i] not in WITHIN or found is None:
        return None
    number, unit, end = found
    if unit not in ("day", "week", "month", "year") or line.norm[end] not in _UNTIL or line.norm[end + 1] not in _THAT:
        return None
    return _shifted("text", unit, -number), end + 2


def weekend(line: Line, i: int) -> Reading | None:
    """«в выходные», «на выходных», «в выходные 28–29 октября»; «в выходные и праздничные дни» are no date."""
    if calendar().units.get(line.norm[i]) != "weekend" or line.norm[i - 1] not in _BEFORE_WEEKENDS:
        return None
    if line.norm[i + 1] in CONJUNCTIONS or calendar().units.get(line.norm[i + 1]) == "day":
        return None
    dated = day_and_month(line, i + 1)
    if dated is not None:
        return dated
    return Moment(weekday=SATURDAY, to=Moment(weekday=SATURDAY + 1)), i + 1
