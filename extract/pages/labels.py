"""What the pages call types, roles, statuses and kinds, in Russian."""

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from extract.relations.types import deal_types


def labels(rules: Path | None = None) -> dict[str, Any]:
    """All labels by group and id: types and statuses as (short, full), the rest as strings.

    Args:
        rules: the user's rules file, whose types and roles get their own labels.
    """
    known = deal_types(rules)
    text = (resources.files("extract.pages") / "labels.toml").read_text("utf-8")
    short: dict[str, dict[str, str]] = tomllib.loads(text)
    types, roles = short.pop("types"), short.pop("roles")
    return {
        "types": {id: (types.get(id) or _short(kind.label) or id, kind.label) for id, kind in known.types.items()},
        "statuses": {id: (_short(label) or id, label) for id, label in known.statuses.items()},
        "roles": {id: _short(label) or id for id, label in known.roles.items()} | roles,
        **short,
    }


def _short(label: str) -> str:
    """A label up to its first comma, colon or semicolon."""
    return re.split("[,:;]", label, maxsplit=1)[0].strip()
