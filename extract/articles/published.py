"""The publication date that a path gives: `2023-07-14/a.txt`, `news/20230714_a.txt`, `2023/07/14/a.txt`."""

import re
from collections.abc import Iterator
from datetime import date

_YEAR, _MONTH, _DAY = r"(?P<year>(?:19|20)\d\d)", r"(?P<month>0[1-9]|1[0-2])", r"(?P<day>0[1-9]|[12]\d|3[01])"
_NOT_BEFORE, _NOT_AFTER = r"(?<![0-9A-Za-z])", r"(?![0-9A-Za-z])"
_CLOCK = r"(?:[T_-]?\d{4}(?:\d\d)?Z?)?"  # 20230714T093000
FORMS = [
    re.compile(rf"{_NOT_BEFORE}{_YEAR}(?P<sep>[-_.]){_MONTH}(?P=sep){_DAY}(?!\d)"),
    re.compile(rf"{_NOT_BEFORE}{_DAY}(?P<sep>[-_.]){_MONTH}(?P=sep){_YEAR}(?!\d)"),
    re.compile(rf"{_NOT_BEFORE}{_YEAR}{_MONTH}{_DAY}{_CLOCK}{_NOT_AFTER}"),
    re.compile(rf"(?:^|/){_YEAR}/{_MONTH}/{_DAY}(?=/)"),
]


def date_in_path(path: str) -> str | None:
    """Return the date in a path as `YYYY-MM-DD`; of several, the one nearest to the file's name."""
    return max(_dates(path), default=(0, None))[1]


def _dates(path: str) -> Iterator[tuple[int, str]]:
    for form in FORMS:
        for match in form.finditer(path):
            try:
                day = date(int(match["year"]), int(match["month"]), int(match["day"]))
            except ValueError:  # 2023-02-30
                continue
            yield match.end(), day.isoformat()
