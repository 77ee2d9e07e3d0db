"""How collections of articles name things: `extract/rules/articles.toml`."""

from functools import cache
from importlib.resources import files
from typing import Any

import tomli


@cache
def lexicon() -> dict[str, Any]:
    """The file's tables."""
    return tomli.loads((files("extract") / "rules" / "articles.toml").read_text("utf-8"))
