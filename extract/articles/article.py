"""The article: what the extractor reads."""

import re
from dataclasses import dataclass
from datetime import date

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read.

    Attributes:
        text: the article, headline included if it has one; all offsets refer to it.
        id: comes back as the record's `id`.
        title: the headline, if it is known.
        published: the publication date as `YYYY-MM-DD`, against which «вчера» is resolved.
        url: the address that it was published at; comes back as the record's `url`.
    """

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None
    url: str | None = None


def check_day(published: str) -> None:
    """Raise a ValueError that says what is expected unless the string is a calendar day."""
    if not _DAY.fullmatch(published):
        raise ValueError(f"published must be a day as YYYY-MM-DD, not {published!r}")
    try:
        date.fromisoformat(published)
    except ValueError as error:
        raise ValueError(f"published must be a day as YYYY-MM-DD, not {published!r}: {error}") from None
