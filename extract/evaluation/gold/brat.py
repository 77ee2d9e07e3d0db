"""Gold in brat's standoff format: `.txt` and `.ann` side by side."""

from pathlib import Path

from extract.evaluation.gold.standoff import Annotated, Bound, Link, samples
from extract.evaluation.samples import GoldError, Sample


def read(folder: Path, labels: Path | None = None) -> list[Sample]:
    """Read a folder of `.txt` and `.ann`, its subfolders included.

    Args:
        folder: of a discontinuous annotation the whole stretch is taken.
        labels: a TOML map of the labels to ours; the built-in one that knows most of them by default.

    Raises:
        GoldError: a line that is none of brat's, or an `.ann` without its text; names file and line.
    """
    paths = sorted(folder.rglob("*.ann"))
    return samples(folder, [_annotated(folder, path) for path in paths], labels)


def _annotated(folder: Path, path: Path) -> Annotated:
    source = path.with_suffix(".txt")
    if not source.is_file():
        raise GoldError(f"{path}: there is no {source.name} beside it")
    with source.open(encoding="utf-8", newline="") as file:
        text = file.read()
    bounds: dict[str, Bound] = {}
    links: list[tuple[str, str, str]] = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").split("\n"), 1):
        try:
            if line.startswith("T"):
                id, bound = _bound(line)
                bounds[id] = bound
            elif line.startswith("R"):
                links.append(_link(line))
        except (ValueError, IndexError):
            raise GoldError(f"{path}, line {number}: no annotation of brat's: {line[:80]!r}") from None
    return Annotated(
        text,
        path.relative_to(folder).with_suffix("").as_posix(),
        list(bounds.values()),
        [Link(label, bounds[a], bounds[b]) for label, a, b in links if a in bounds and b in bounds],
    )


def _bound(line: str) -> tuple[str, Bound]:
    """«T1<tab>PERSON 0 8<tab>Гройсман»; discontinuous: «T2<tab>ORG 0 8;12 20<tab>…»."""
    id, place = line.split("\t")[:2]
    label, offsets = place.split(" ", 1)
    numbers = [int(number) for number in offsets.replace(";", " ").split()]
    return id, Bound(label, min(numbers), max(numbers))


def _link(line: str) -> tuple[str, str, str]:
    """«R1<tab>WORKPLACE Arg1:T2 Arg2:T1»."""
    label, first, second = line.split("\t")[1].split()[:3]
    return label, first.split(":", 1)[1], second.split(":", 1)[1]
