"""Expressions that name a place in the year by its words: days, months, seasons, holidays."""

import re
from dataclasses import replace

from extract.entities.date_words import (
    LISTING,
    YEARS,
    Moment,
    Reading,
    Shift,
    calendar,
    day_at,
    determiner,
    month_at,
    month_word,
)
from extract.entities.numbers import DASHES
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.entities.year_phrases import with_year, year_phrase, year_word
from extract.rules import words_in

DAYS = re.compile(r"(\d{1,2})[-–—−](\d{1,2})")
_BEFORE_WEEKDAYS = words_in("entities/dates", "weekdays", "prepositions")
_OF_PAIRS = words_in("entities/dates", "lists", "of_pairs")
_NAMES_OF_PEOPLE = words_in("entities/dates", "months", "names_of_people")
REPEATED = 3  # words before a day within which «ежемесячно» says that it comes back
_NUMBERS_OF_DAYS = forms_of(words_in("entities/dates", "months", "number_lemmas"), "sing")
_OF_EACH = words_in("entities/dates", "months", "of_each")
_PARTS_OF_MONTHS = forms_of(words_in("entities/dates", "months", "part_lemmas"))
SEASON_ADVERBS = words_in("entities/dates", "seasons", "adverbs")
_BEFORE_SEASONS = words_in("entities/dates", "seasons", "before")
_BEFORE_ACCUSATIVE = words_in("entities/dates", "seasons", "before_accusative")
_NOT_ACCUSATIVE = words_in("entities/dates", "seasons", "not_accusative")
_BEFORE_HOLIDAYS = words_in("entities/dates", "holidays", "before")


def day_and_month(line: Line, i: int) -> Reading | None:
    """«14 июля 2023 года», «1-го января», «двадцать седьмого ноября», «« 05 » июня», «1–5 июля»."""
    days = _days(line, i)
    if days is None:
        return None
    day, last, end = days
    end += line.norm[end] in DASHES and line.at[end] == line.at[end - 1]  # «12-мая-2023»
    month = month_word(line, end)
    if month is None:
        return None
    moment, end = with_year(Moment(month=month[0], day=day), line, month[1])
    if last is None:
        return moment, _past_weekday(line, end)
    return replace(moment, to=replace(moment, day=last)) if last > day else moment, end


def _days(line: Line, i: int) -> tuple[int, int | None, int] | None:
    """«14», «1–5», «1-го — 5-го»: day, last day of a range, position past them."""
    match = DAYS.fullmatch(line.norm[i])
    if match is not None:
        in_month = 1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 31
        return (int(match[1]), int(match[2]), i + 1) if in_month else None
    first = day_at(line, i)
    if first is None:
        return None
    if line.norm[first[1]] in DASHES and (last := day_at(line, first[1] + 1)) is not None:
        return first[0], *last
    return first[0], None, first[1]


def _past_weekday(line: Line, end: int) -> int:
    """Past the «, в четверг», «, четверг», «(четверг)» of «25 июля, в четверг»."""
    bracketed = line.norm[end] == "("
    if not bracketed and line.norm[end] != ",":
        return end
    at = end + 1 + (line.norm[end + 1] in _BEFORE_WEEKDAYS)
    if line.norm[at] not in calendar().weekdays or (bracketed and line.norm[at + 1] != ")"):
        return end
    return at + 1 + bracketed


def pair_of_days(line: Line, i: int) -> Reading | None:
    """«15 и 16 сентября»: two days on end are one stretch."""
    first = day_at(line, i)
    if first is None or line.norm[first[1]] not in _OF_PAIRS:
        return None
    last = day_and_month(line, first[1] + 1)
    if last is None or last[0].to is not None or last[0].day != first[0] + 1:
        return None
    return replace(last[0], day=first[0], to=last[0]), last[1]


def listed_day(line: Line, i: int) -> Reading | None:
    """The «1» of «1 и 2 июля», «1, 2 и 5 июля»."""
    first = following = day_at(line, i)
    while first is not None and following is not None and line.norm[following[1]] in LISTING:
        start = following[1] + 1
        last = day_and_month(line, start)
        if last is not None:
            return Moment(last[0].year, last[0].month, first[0]), first[1]
        following = day_at(line, start)
    return None


def month(line: Line, i: int) -> Reading | None:
    """«июль», «июле 2023 года», «январе–марте», «июле этого года»."""
    found = month_at(line, i)
    if found is None:
        return None
    first, last, end = found
    if last is None and line.norm[i] not in calendar().months and not _of_a_year(line, end):
        return None  # «мар.», «авг.» without a day
    if line.words.text[line.at[i]][0].isupper() and _is_a_name(line, i, end):
        return None
    moment, end = with_year(Moment(month=first), line, end)
    return (replace(moment, to=replace(moment, month=last)) if last else moment), end


def _is_a_name(line: Line, i: int, end: int) -> bool:
    """«Марта», «Август» in the middle of a sentence are people, books, companies."""
    words = line.words
    at = line.at[i]
    inside = at > words.sentences[words.sentence[at]][0]
    return (inside or line.norm[i] in _NAMES_OF_PEOPLE) and year_phrase(line, end) is None


def _of_a_year(line: Line, end: int) -> bool:
    """Whether a year in figures follows."""
    found = year_phrase(line, end)
    return found is not None and isinstance(found[0], int)


def days_of_month(line: Line, i: int) -> Reading | None:
    """«первых числах мая», «20-х числах этого месяца», «последней декаде июня»."""
    if line.norm[i + 1] not in _PARTS_OF_MONTHS:
        return None
    found = _that_month(line, i + 2)
    return found if found is not None else month(line, i + 2)


def day_of_month(line: Line, i: int) -> Reading | None:
    """«15-го числа», «15-го числа прошлого месяца», «15 числа каждого месяца» no."""
    found = day_at(line, i)
    if found is None or line.norm[found[1]] not in _NUMBERS_OF_DAYS:
        return None
    if line.norm[found[1] + 1] in _OF_EACH or not _OF_EACH.isdisjoint(line.norm[max(i - REPEATED, 0) : i]):
        return None
    day, end = found[0], found[1] + 1
    whole = _that_month(line, end) or month(line, end)
    return (Moment(day=day), end) if whole is None else (replace(whole[0], day=day), whole[1])


def _that_month(line: Line, i: int) -> Reading | None:
    """«прошлого месяца»."""
    found = determiner(line, i)
    if found is None or calendar().units.get(line.norm[found[2]]) != "month":
        return None
    return Moment(shift=Shift(found[0], "month", found[1])), found[2] + 1


def season(line: Line, i: int) -> Reading | None:
    """«летом 2023 года», «весны», «зимой 2022/23 года»."""
    code = calendar().seasons.get(line.norm[i])
    if code is None:
        return None
    moment = Moment(part=code)
    years = YEARS.fullmatch(line.norm[i + 1])
    if years is not None:
        return replace(moment, year=int(years[1])), year_word(line, i + 2)
    moment, end = with_year(moment, line, i + 1)
    if moment.year is None and line.norm[i] not in SEASON_ADVERBS and not _in_time(line, i):
        return None
    return moment, end


def _in_time(line: Line, i: int) -> bool:
    before = line.norm[i - 1] if i else ""
    in_time = before in _BEFORE_SEASONS or before in calendar().parts
    return in_time or (before in _BEFORE_ACCUSATIVE and line.norm[i] not in _NOT_ACCUSATIVE)


def holiday(line: Line, i: int) -> Reading | None:
    """«до Нового года», «ко Дню Победы»."""
    if i == 0 or line.norm[i - 1] not in _BEFORE_HOLIDAYS:
        return None
    for name, (month_number, day) in calendar().holidays.items():
        end = i + len(name)
        if tuple(line.norm[i:end]) == name and line.words.text[line.at[i]][0].isupper():
            return with_year(Moment(month=month_number, day=day), line, end)
    return None
