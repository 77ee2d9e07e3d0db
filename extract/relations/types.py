"""The deal types with their roles, and the statuses: `extract/rules/types.toml`."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


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


@cache
def deal_types() -> DealTypes:
    """The built-in types, in the annotation guide's order."""
    data = tomllib.loads((files("extract") / "rules" / "types.toml").read_text("utf-8"))
    types = {name: DealType(entry["label"], tuple(entry["roles"])) for name, entry in data["types"].items()}
    return DealTypes(types, data["roles"], data["statuses"])
