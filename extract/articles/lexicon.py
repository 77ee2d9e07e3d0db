"""How collections of articles name things: `extract/rules/articles.toml`."""

from functools import cache
from typing import Any

from extract.rules import table


@cache
def lexicon() -> dict[str, Any]:
    """The file's tables."""
    return table("articles")
