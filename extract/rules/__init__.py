"""The data that the rules read, as TOML files beside this one, and the one way to read them."""

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent


@cache
def table(name: str) -> dict[str, Any]:
    """The contents of `extract/rules/NAME.toml`, read once; never change it."""
    return tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words_in(name: str, *path: str) -> frozenset[str]:
    """A list of words of a file; where the path ends at several lists, all of them together."""
    data: Any = table(name)
    for key in path:
        data = data[key]
    lists = data.values() if isinstance(data, dict) else [data]
    return frozenset(word for words in lists for word in words)


@cache
def alternatives(name: str, *path: str) -> str:
    """A regular expression for any word of a list, the longest first."""
    words = sorted(words_in(name, *path), key=lambda word: (-len(word), word))
    return f"(?:{'|'.join(map(re.escape, words))})"


@cache
def key_of(name: str, *path: str) -> dict[str, str]:
    """Word → the key of the list that holds it; the first list wins."""
    data: Any = table(name)
    for key in path:
        data = data[key]
    found: dict[str, str] = {}
    for key, words in data.items():
        for word in words:
            found.setdefault(word, key)
    return found
