"""Maps from an annotation's labels to our types."""

import tomllib
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extract.evaluation.samples import GoldError
from extract.rules import table

TYPES = ("PER", "ORG", "LOC", "DATE", "MONEY")
BUILT_IN = ("common", "nerel", "rured2")


@dataclass(frozen=True, slots=True)
class RelationLabel:
    """Our type of a relation, and the roles of its first and second argument."""

    type: str
    roles: tuple[str, str]


@dataclass(frozen=True, slots=True)
class LabelMap:
    """What labels mean.

    Attributes:
        spans: our type by label.
        relations: our relation by label.
        known: all labels of the collection, by which it is recognized.
    """

    spans: dict[str, str]
    relations: dict[str, RelationLabel]
    known: frozenset[str]

    def type(self, label: str) -> str | None:
        """Our type of a label, or None; letter case doesn't count."""
        return self.spans.get(label.casefold())


def choose(source: Path, found: Collection[str], path: Path | None = None) -> LabelMap:
    """The user's map, or the built-in one that knows most of the labels found.

    Args:
        source: the annotated samples, for the message.
        found: the labels of spans that they use.
        path: the user's map.

    Raises:
        GoldError: none of the labels is known, or the user's map is wrong.
    """
    maps = [load(path)] if path else [built_in(name) for name in BUILT_IN]
    labels = {label.casefold() for label in found}
    best = max(maps, key=lambda candidate: (len(labels & candidate.known), -len(candidate.known)))
    if labels and not labels & set(best.spans):
        raise GoldError(
            f"{source}: none of its labels is known: {', '.join(sorted(found)[:20])}; say which of "
            f'{", ".join(TYPES)} they are in a TOML file ([spans], then a line like «Company = "ORG"») and '
            f"give it with --labels"
        )
    return best


def load(path: Path) -> LabelMap:
    """Read a user's map.

    Raises:
        GoldError: bad TOML, an unknown type, or a relation without type and two roles.
    """
    try:
        return _label_map(tomllib.loads(path.read_text(encoding="utf-8")))
    except (OSError, tomllib.TOMLDecodeError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: no map of labels: {error}") from None


def built_in(name: str) -> LabelMap:
    """The map of a well-known collection's labels, or `common`: names in wide use."""
    return _label_map(table(f"evaluation/{name}"))


def _label_map(data: dict[str, Any]) -> LabelMap:
    spans: dict[str, str] = data.get("spans", {})
    wrong = {type for type in spans.values() if type not in TYPES}
    if wrong:
        raise ValueError(f"[spans] knows the types {', '.join(TYPES)}, not {', '.join(sorted(map(str, wrong)))}")
    relations = {
        label: RelationLabel(relation["type"], (relation["roles"][0], relation["roles"][1]))
        for label, relation in data.get("relations", {}).items()
    }
    known = [*data.get("known", ()), *spans]
    return LabelMap(
        {label.casefold(): type for label, type in spans.items()},
        relations,
        frozenset(label.casefold() for label in known),
    )
