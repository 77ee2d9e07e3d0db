"""Dates in figures: «14.07.2023», «06. 03. 2026», «2026/03/06», «01–05.03.2024», «05.2024», «1К23», «9М 2023»."""

import re

from extract.entities.date_words import YEAR, Moment, Reading, calendar
from extract.entities.tokens import Line
from extract.entities.year_phrases import counts, in_its_century, year_word
from extract.rules import words_in

_DAY_MONTH_YEAR = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4}|\d\d)")
_YEAR_MONTH_DAY = re.compile(r"((?:19|20)\d\d)([./-])(\d{1,2})\2(\d{1,2})")
_DAY_MONTH = re.compile(r"(\d\d)\.(\d\d)")
_MONTH_YEAR = re.compile(r"(0[1-9]|1[0-2])[./]((?:19|20)\d\d)")
_YEAR_MONTH = re.compile(r"(20\d\d)-(0[1-9]|1[0-2])")
_LIKE_TELEPHONE = re.compile(r"\d{1,2}-\d{1,2}-\d\d")
_SPACED = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_SECTIONS = words_in("entities/dates", "figures", "sections")
_NUMBERS = words_in("entities/dates", "figures", "numbers")
_OF_PAPERS = words_in("entities/dates", "figures", "of_papers")
FISCAL = words_in("entities/dates", "years", "fiscal")
_LATEST = 70  # «14.07.69» is in 2069, «14.07.70» in 1970


def numeric(line: Line, i: int) -> Reading | None:
    """«14.07.2023», «14/07/23», «2023-07-14», «06. 03. 2026»."""
    norm = line.norm[i]
    end = i + 1
    moment = _day(norm)
    if moment is None and _SPACED.fullmatch(norm) is not None:
        moment, end = _spaced(line, i)
    if moment is None or _in_address(line, i) or (len(norm) < len("14.07.23") and _is_section(line, i)):
        return None
    if _LIKE_TELEPHONE.fullmatch(norm) is not None and line.norm[i - 1] not in _OF_PAPERS:
        return None
    return moment, year_word(line, end)


def _day(figures: str) -> Moment | None:
    if (match := _YEAR_MONTH_DAY.fullmatch(figures)) is not None:
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif (match := _DAY_MONTH_YEAR.fullmatch(figures)) is not None:
        day, month, year = int(match[1]), int(match[3]), int(match[4])
        if len(match[4]) == 2:
            year += 2000 if year < _LATEST else 1900
    else:
        return None
    return Moment(year=year, month=month, day=day) if 1 <= month <= 12 and 1 <= day <= 31 else None


def _spaced(line: Line, i: int) -> tuple[Moment | None, int]:
    """«06. 03. 2026», «14.05. 2024»: figures and marks that blanks keep apart, with all four digits of the year."""
    for count in (5, 3):
        figures = "".join(line.norm[i : i + count])
        moment = _day(figures) if len(figures) >= len("1.1.2024") else None
        if moment is not None:
            return moment, i + count
    return None, i


def _in_address(line: Line, i: int) -> bool:
    """«/news/2016/12/28/» is a part of an address in the web."""
    return line.norm[i - 1] == "/" and line.joined(i)


def _is_section(line: Line, i: int) -> bool:
    """«пункт 2.1.15» is no day."""
    before = i - 2 if i > 1 and line.norm[i - 1] == "." else i - 1
    return i > 0 and line.norm[before] in _SECTIONS


def day_and_month_in_figures(line: Line, i: int) -> Reading | None:
    """The «01.03» of «с 01.03 по 05.03.2024»: nothing by itself, since «12.05» may be any number."""
    match = _DAY_MONTH.fullmatch(line.norm[i])
    if match is None or not (1 <= int(match[1]) <= 31 and 1 <= int(match[2]) <= 12):
        return None
    return Moment(day=int(match[1]), month=int(match[2])), i + 1


def month_and_year_in_figures(line: Line, i: int) -> Reading | None:
    """«05.2024», «05/2024», «2024-05»; «2011-12» may be two years."""
    norm = line.norm[i]
    if i > 0 and line.norm[i - 1] in _NUMBERS:
        return None
    if (match := _MONTH_YEAR.fullmatch(norm)) is not None and not counts(line, i):
        return Moment(year=int(match[2]), month=int(match[1])), year_word(line, i + 1)
    if (match := _YEAR_MONTH.fullmatch(norm)) is not None and int(match[2]) <= int(match[1]) % 100:
        return Moment(year=int(match[1]), month=int(match[2])), i + 1
    return None


def coded_part(line: Line, i: int) -> Reading | None:
    """«1К23», «2К 2024», «9М2023», «1П24», «Q4 2023», «3Q23», «1 кв. 2023», as accounts write them."""
    codes = calendar().coded_parts
    number, letter = (i, i + 1) if line.norm[i].isdigit() else (i + 1, i)
    code = codes.get(line.norm[letter])
    if code is None or not line.norm[number].isdigit() or not line.joined(i + 1) or not _is_code(line, letter):
        return None
    if not 1 <= int(line.norm[number]) <= {"Q": 4, "H": 2, "M": 12}[code]:
        return None
    end = i + 2 + (line.norm[i + 2] == ".")
    year = _coded_year(line, end)
    return None if year is None else (Moment(year=year[0], part=f"{code}{int(line.norm[number])}"), year[1])


def _is_code(line: Line, i: int) -> bool:
    """Letters are large: «9М 2023», not «9 м»; «кв» may be small."""
    text = line.words.text[line.at[i]]
    return text.isupper() or len(text) > 1


def _coded_year(line: Line, i: int) -> tuple[int, int] | None:
    norm = line.norm[i]
    if (match := YEAR.fullmatch(norm)) is not None:
        return int(match[1]), year_word(line, i + 1)
    if norm.isdigit() and len(norm) == 2 and line.joined(i):
        return in_its_century(int(norm)), year_word(line, i + 1)
    return None


def coded_year(line: Line, i: int) -> Reading | None:
    """«FY2023», «ФГ 2023»: a fiscal year."""
    if line.norm[i] not in FISCAL:
        return None
    year = _coded_year(line, i + 1)
    return None if year is None else (Moment(year=year[0]), year[1])
