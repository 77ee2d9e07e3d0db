"""What the pages call types, roles, statuses and kinds, in Russian."""

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

from extract.deals.rulebook import Rulebook, load_all


def labels(rules: Path | None = None) -> dict[str, Any]:
    """All labels by group and id: types and statuses as (short, full), the rest as strings.

    Args:
        rules: the user's rules, a file or folder, whose types and roles get their own labels.
    """
    known, relations = load_all(rules)
    groups: dict[str, Any] = tomllib.loads((resources.files("extract.pages") / "labels.toml").read_text("utf-8"))
    return {
        "types": {id: (short, known.types[id].label) for id, short in _types(known).items()},
        "statuses": {id: (_short(label) or id, label) for id, label in known.statuses.items()},
        "roles": _roles(known),
        "relations": _types(relations),
        "relation_roles": _roles(relations),
        **groups,
    }


def _types(rules: Rulebook) -> dict[str, str]:
    return {id: kind.short or _short(kind.label) or id for id, kind in rules.types.items()}


def _roles(rules: Rulebook) -> dict[str, str]:
    """By «type.role», and by role alone the first type's."""
    roles: dict[str, str] = {}
    for name, kind in rules.types.items():
        for role, said in kind.roles.items():
            roles[f"{name}.{role}"] = said.short or _short(said.label) or role
            roles.setdefault(role, roles[f"{name}.{role}"])
    return roles


def _short(label: str) -> str:
    """A label up to its first comma, colon or semicolon."""
    return re.split("[,:;]", label, maxsplit=1)[0].strip()
