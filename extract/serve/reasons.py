"""Reasons of refusals as the page tells them, in Russian."""

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _reasons() -> list[tuple[re.Pattern[str], str]]:
    table = tomllib.loads((files("extract.pages") / "reasons.toml").read_text("utf-8"))
    return [(re.compile(row["pattern"]), row["said"]) for row in table["reasons"]]


def in_russian(reason: str) -> str:
    """Say a refusal's reason in Russian; one that isn't known stays as it is, after a word on what failed."""
    for pattern, said in _reasons():
        if found := pattern.search(reason):
            return said.format(*(_number(group) for group in found.groups()))
    return f"прочесть не удалось ({reason})"


def _number(group: str) -> str:
    return group.replace(",", "\N{NO-BREAK SPACE}") if re.fullmatch(r"[\d,]+", group) else group
