"""Publication dates: in paths, in metadata, in datelines."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from email.utils import parsedate_to_datetime
from typing import Any

from extract.language.alphabet import CAPITAL, LETTER, SMALL
from extract.rules import alternatives, table

_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_NOT_BEFORE, _NOT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_CLOCK = r"(?:[T_-]?\d{4}(?:\d\d)?Z?)?"  # 20230714T093000
FORMS = [
    re.compile(rf"{_NOT_BEFORE}{_YEAR}(?P<sep>[-_.]){_MONTH}(?P=sep){_DAY}(?!\d)"),
    re.compile(rf"{_NOT_BEFORE}{_DAY}(?P<sep>[-_.]){_MONTH}(?P=sep){_YEAR}(?!\d)"),
    re.compile(rf"{_NOT_BEFORE}{_YEAR}{_MONTH}{_DAY}{_CLOCK}{_NOT_AFTER}"),
    re.compile(rf"(?:^|/){_YEAR}/{_MONTH}/{_DAY}(?=/)"),
]
_MONTHS = table("articles")["months"]["words"]  # January first
_NAMED = rf"(?P<day>0?[1-9]|[12]\d|3[01])\s+(?P<word>{'|'.join(_MONTHS)})[{SMALL}]*\.?,?\s+{_YEAR}"
_NUMBERED = rf"{_DAY}\.{_MONTH}\.{_YEAR}"
_WRITTEN = re.compile(rf"(?<!\d)(?:{_NAMED})(?!\d)", re.I)
_PLACE = rf"[{CAPITAL}][{LETTER}-]+(?: [{CAPITAL}][{LETTER}-]+)?"
_YEAR_WORD = rf"\s*{alternatives('articles', 'dateline', 'year_words')}"
# «МОСКВА, 14 июля 2023 г. —», «Тула. 14.07.2023.», or a line that holds nothing but the date and the hour
_DATELINE = re.compile(
    rf"^(?:(?P<place>{_PLACE})[,.]\s*)?(?:{_NAMED}|{_NUMBERED.replace('<', '<n')})(?:{_YEAR_WORD})?"
    r"(?P<clock>[,\s]+(?:в\s+)?\d\d?:\d\d)?(?P<end>\s*(?:$|[—–/.,-]))",
    re.I | re.M,
)
DATELINE_WITHIN = 300  # characters from the beginning
NEWEST_SECONDS = 1e11  # a time stamp above is in milliseconds


def date_in_path(path: str) -> str | None:
    """Return the date in a path as `YYYY-MM-DD`; of several, the one nearest to the file's name."""
    return max(_dates(path), default=(0, None))[1]


def _dates(path: str) -> Iterator[tuple[int, str]]:
    for form in FORMS:
        for match in form.finditer(path):
            day = _day(match["year"], match["month"], match["day"])
            if day:
                yield match.end(), day


def _day(year: str | int, month: str | int, day: str | int) -> str | None:
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:  # 2023-02-30
        return None


def date_of(value: Any) -> str | None:
    """Read the date that metadata gives, whatever its notation, as `YYYY-MM-DD`.

    Args:
        value: a date or datetime, a Unix time stamp in seconds or milliseconds, or a string: ISO 8601, RFC 2822
            («Fri, 14 Jul 2023 10:00:00 +0300»), «14.07.2023 10:00», «14 июля 2023».
    """
    if isinstance(value, date):  # a datetime too
        return value.isoformat()[:10]
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _of_stamp(value)
    if not isinstance(value, str):
        return None
    value = value.strip()[:100]
    if value.isdecimal() and len(value) in (10, 13):
        return _of_stamp(int(value))
    return date_in_path(value) or _of_words(value) or _of_mail(value)


def _of_stamp(stamp: float) -> str | None:
    try:
        moment = datetime.fromtimestamp(stamp / 1000 if abs(stamp) > NEWEST_SECONDS else stamp, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return moment.date().isoformat() if moment.year >= 1990 else None


def _of_words(value: str) -> str | None:
    match = _WRITTEN.search(value)
    return _named(match["year"], match["word"], match["day"]) if match else None


def _named(year: str, word: str, day: str) -> str | None:
    month = next(number for number, stem in enumerate(_MONTHS, 1) if re.fullmatch(stem, word, re.I))
    return _day(year, month, day)


def _of_mail(value: str) -> str | None:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def dateline(text: str) -> str | None:
    """Return the date of a dateline near the beginning of a text: «МОСКВА, 14 июля 2023 г. — …».

    A sentence that begins with a date («14 июля 2023 года завод…») is no dateline.
    """
    for match in _DATELINE.finditer(text[:DATELINE_WITHIN]):
        alone = match["end"].strip() == "" or match["clock"] is not None
        if not alone and match["place"] is None:
            continue
        if match["word"]:
            return _named(match["year"], match["word"], match["day"])
        return _day(match["nyear"], match["nmonth"], match["nday"])
    return None
