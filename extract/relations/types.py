"""The deal types with their roles, and the statuses: `extract/rules/types.toml`."""

import tomllib
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path


@dataclass(frozen=True, slots=True)
class DealType:
    """A kind of deal: what it covers, in Russian, and the roles of its participants."""

    label: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DealTypes:
    """All types, and the Russian labels of all roles and statuses, by their ids."""

    types: dict[str, DealType]
    roles: dict[str, str]
    statuses: dict[str, str]


def deal_types(rules: Path | None = None) -> DealTypes:
    """The built-in types in the annotation guide's order, then those of the user's rules file.

    Args:
        rules: a file that `load_rules` has found right.
    """
    texts = [(files("extract") / "rules" / "types.toml").read_text("utf-8")]
    if rules is not None:
        texts.append(rules.read_text("utf-8"))
    known = DealTypes({}, {}, {})
    for data in map(tomllib.loads, texts):
        for name, entry in data.get("types", {}).items():
            known.types[name] = DealType(entry.get("label", ""), tuple(entry["roles"]))
        known.roles.update(data.get("roles", {}))
        known.statuses.update(data.get("statuses", {}))
    return known
