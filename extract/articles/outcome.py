"""What becomes of an article: its record, or the error that says why there is none."""

from dataclasses import dataclass
from typing import Protocol

from extract.errors import ArticleError


@dataclass(frozen=True, slots=True)
class Done:
    """An article that was read: its record as JSON in UTF-8, without a line break."""

    id: str | None
    json: bytes


Outcome = Done | ArticleError


class Identified(Protocol):
    """An article, or where one lies."""

    @property
    def id(self) -> str | None: ...


def lost(article: Identified, reason: str) -> Outcome:
    """Tell that the process that read an article is gone."""
    return ArticleError(article.id, "extract", reason)
