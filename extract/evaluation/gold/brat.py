"""Gold in brat's standoff format: `.txt` and `.ann` side by side."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from extract.evaluation.samples import Relation, RelationArgument, Sample, Span

MAPS = ("nerel", "rured2")


@dataclass(frozen=True, slots=True)
class _TextBound:
    """A line «T1<tab>PERSON 0 8<tab>Гройсман»; of a discontinuous one the whole stretch."""

    label: str
    start: int
    end: int


def read(folder: Path, labels: Path | None = None) -> list[Sample]:
    """Read a folder of `.txt` and `.ann`.

    Args:
        folder: searched through with its subfolders.
        labels: a TOML map of the labels to ours; the built-in one that knows most of them by default.
    """
    paths = sorted(path for path in folder.rglob("*.ann") if path.with_suffix(".txt").is_file())
    annotations = {path: _lines(path) for path in paths}
    if labels is None:
        found = {bound.label for lines in annotations.values() for bound in _bounds(lines).values()}
        labels_map = max(map(built_in, MAPS), key=lambda candidate: len(found & set(candidate["known"])))
    else:
        labels_map = tomllib.loads(labels.read_text(encoding="utf-8"))
    return [_sample(folder, path, lines, labels_map) for path, lines in annotations.items()]


def built_in(name: str) -> dict[str, Any]:
    """The map of a well-known collection's labels."""
    path = files("extract").joinpath(f"rules/evaluation/{name}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _sample(folder: Path, path: Path, lines: list[str], labels: dict[str, Any]) -> Sample:
    with path.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    bounds = _bounds(lines)
    types: dict[str, str] = labels["spans"]
    return Sample(
        text=text,
        id=path.relative_to(folder).with_suffix("").as_posix(),
        spans=[Span(b.start, b.end, types[b.label]) for b in bounds.values() if b.label in types],
        span_types=frozenset(types.values()),
        relations=list(_relations(text, lines, bounds, labels)) if labels.get("relations") else None,
        relation_types=frozenset(relation["type"] for relation in labels.get("relations", {}).values()),
    )


def _lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8-sig").splitlines()


def _bounds(lines: list[str]) -> dict[str, _TextBound]:
    bounds = {}
    for line in lines:
        if line.startswith("T"):
            id, place = line.split("\t")[:2]
            label, offsets = place.split(" ", 1)
            numbers = [int(number) for number in offsets.replace(";", " ").split()]
            bounds[id] = _TextBound(label, min(numbers), max(numbers))
    return bounds


def _relations(
    text: str, lines: list[str], bounds: dict[str, _TextBound], labels: dict[str, Any]
) -> Iterator[Relation]:
    """Relations that the map names; their arguments are mentions."""
    for line in lines:
        if not line.startswith("R"):
            continue
        label, *arguments = line.split("\t")[1].split()
        if label not in labels["relations"]:
            continue
        relation = labels["relations"][label]
        ends = [bounds.get(argument.split(":", 1)[1]) for argument in arguments]
        if any(bound is None or bound.label not in labels["spans"] for bound in ends):
            continue
        yield Relation(
            relation["type"],
            tuple(
                RelationArgument(role, text[bound.start : bound.end], ((bound.start, bound.end),))
                for role, bound in zip(relation["roles"], ends, strict=True)
                if bound is not None
            ),
            min(bound.start for bound in ends if bound is not None),
            max(bound.end for bound in ends if bound is not None),
        )
