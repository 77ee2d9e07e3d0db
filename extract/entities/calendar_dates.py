"""Expressions that name a place in the year: days, months, quarters, seasons, holidays."""

import re
from dataclasses import replace

from extract.entities.date_words import (
    CONJUNCTIONS,
    DAY,
    LISTING,
    YEARS,
    Moment,
    Reading,
    Shift,
    calendar,
    count_at,
    month_at,
    ordinal_at,
    with_year,
    year_phrase,
    year_word,
)
from extract.entities.numbers import DASHES
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.rules import words_in

DAYS = re.compile(r"(\d{1,2})[-–—](\d{1,2})")
NUMERIC = re.compile(r"(\d{1,2})([./])(\d{1,2})\2(\d{4}|\d\d)")
ISO_DAY = re.compile(r"((?:19|20)\d\d)-(\d\d)-(\d\d)")
_FIRST = forms_of(words_in("entities/dates", "determiners", "first_lemmas"), "plur")
_BEFORE_WEEKDAYS = words_in("entities/dates", "weekdays", "prepositions")
_OF_PAIRS = words_in("entities/dates", "lists", "of_pairs")
_NAMES_OF_PEOPLE = words_in("entities/dates", "months", "names_of_people")
_PARTS_OF_MONTHS = forms_of(words_in("entities/dates", "months", "part_lemmas"))
_UNNUMBERED = words_in("entities/dates", "units", "unnumbered")
_OF_THE_YEAR = words_in("entities/dates", "genitives", "year")
SEASON_ADVERBS = words_in("entities/dates", "seasons", "adverbs")
_BEFORE_SEASONS = words_in("entities/dates", "seasons", "before")
_BEFORE_ACCUSATIVE = words_in("entities/dates", "seasons", "before_accusative")
_NOT_ACCUSATIVE = words_in("entities/dates", "seasons", "not_accusative")
_BEFORE_HOLIDAYS = words_in("entities/dates", "holidays", "before")


def numeric(line: Line, i: int) -> Reading | None:
    """«14.07.2023», «14/07/23», «2023-07-14»."""
    norm = line.norm[i]
    if (match := ISO_DAY.fullmatch(norm)) is not None:
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif (match := NUMERIC.fullmatch(norm)) is not None:
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
    match = DAYS.fullmatch(norm)
    last = None
    end = i + 1
    if match is not None:
        day, last = int(match[1]), int(match[2])
    elif (single := DAY.fullmatch(norm)) is not None:
        day = int(single[1])
        if line.norm[end] in DASHES and (right := DAY.fullmatch(line.norm[end + 1])) is not None:
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


def _past_weekday(line: Line, end: int) -> int:
    """Past the «, в четверг» of «25 июля, в четверг»."""
    preposition = line.norm[end] == "," and line.norm[end + 1] in _BEFORE_WEEKDAYS
    return end + 3 if preposition and line.norm[end + 2] in calendar().weekdays else end


def pair_of_days(line: Line, i: int) -> Reading | None:
    """«15 и 16 сентября»: two days on end are one stretch."""
    first = DAY.fullmatch(line.norm[i])
    if first is None or line.norm[i + 1] not in _OF_PAIRS:
        return None
    last = day_and_month(line, i + 2)
    if last is None or last[0].to is not None or last[0].day != int(first[1]) + 1:
        return None
    return replace(last[0], day=int(first[1]), to=last[0]), last[1]


def listed_day(line: Line, i: int) -> Reading | None:
    """The «1» of «1 и 2 июля», «1, 2 и 5 июля»."""
    match = DAY.fullmatch(line.norm[i])
    end = i + 1
    while match is not None and line.norm[end] in LISTING and line.norm[end + 1][0].isdigit():
        last = day_and_month(line, end + 1)
        if last is not None:
            moment = last[0]
            return Moment(moment.year, moment.month, int(match[1])), i + 1
        end += 2
    return None


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
    inside = at > words.sentences[words.sentence[at]][0]
    return (inside or line.norm[i] in _NAMES_OF_PEOPLE) and year_phrase(line, end) is None


def days_of_month(line: Line, i: int) -> Reading | None:
    """«первых числах мая», «20-х числах марта», «последней декаде июня»."""
    if line.norm[i + 1] not in _PARTS_OF_MONTHS:
        return None
    return month(line, i + 2)


def quarter(line: Line, i: int) -> Reading | None:
    """«второй квартал 2023 года», «2-м полугодии», the «третьем» of «третьем и четвертом кварталах»."""
    found = ordinal_at(line, i)
    if found is None:
        return None
    number, end = found
    if line.norm[end] in CONJUNCTIONS and ordinal_at(line, end + 1) is not None:
        listed = quarter(line, end + 1)
        if listed is None or listed[0].part is None:
            return None
        return replace(listed[0], part=f"{listed[0].part[0]}{number}"), end
    unit = calendar().units.get(line.norm[end])
    if unit == "quarter" and number <= 4:
        return with_year(Moment(part=f"Q{number}"), line, end + 1)
    if unit == "half" and number <= 2 and line.norm[end] not in _UNNUMBERED:
        return with_year(Moment(part=f"H{number}"), line, end + 1)
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
    unit = calendar().units.get(line.norm[end])
    if unit == "quarter" and number <= 3 and edge:
        number *= 3
    elif unit != "month" or not 2 <= number <= 11:
        return None
    moment, past = with_year(Moment(part=f"M{number}"), line, end + 1)
    if moment.year is None:
        if not edge or line.norm[end + 1] not in _OF_THE_YEAR:
            return None
        return replace(moment, year=Shift("published", "year", 0)), end + 2
    return moment, past


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
