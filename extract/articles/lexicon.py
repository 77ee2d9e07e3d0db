"""How collections of articles name things: `extract/rules/articles.toml`."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def lexicon() -> dict[str, Any]:
    """The file's tables."""
    return tomllib.loads((files("extract") / "rules" / "articles.toml").read_text("utf-8"))
