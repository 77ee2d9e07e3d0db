"""Readers of annotated samples; the format is told by the content."""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.evaluation.gold import annotators, brat, factrueval, records
from extract.evaluation.samples import GoldError, Sample

TOOLS = {
    "doccano": annotators.read_doccano,
    "label-studio": annotators.read_label_studio,
    "prodigy": annotators.read_prodigy,
}
FOLDERS = ("brat", "factrueval")
FORMATS = ("records", *FOLDERS, *TOOLS, "spacy")
LOOKED_FOR = (
    "our records (JSON Lines: `text` and any of `deals`, `people`, `dates`, `organizations`…), a brat folder "
    "(.txt and .ann), a factRuEval-2016 folder (.txt, .spans, .objects), a Label Studio export (JSON), "
    "doccano or Prodigy (JSON Lines with `text` and `entities`, `label` or `spans`), a spaCy DocBin (.spacy)"
)


def read(path: Path, labels: Path | None = None, format: str | None = None) -> list[Sample]:
    """Read annotated samples.

    Args:
        path: a file or folder in any of the formats.
        labels: a TOML map of the annotation's labels to ours, for formats of labelled spans.
        format: one of `FORMATS`; told by the content if None.

    Raises:
        GoldError: the format is none of these, or something in it is wrong; says where.
    """
    if not path.exists():
        raise GoldError(f"{path}: no such file or folder")
    found = _read_as(format or detect(path), path, labels)
    if not found:
        raise GoldError(f"{path}: no annotated article in it")
    return found


def detect(path: Path) -> str:
    """Tell the format of a file or folder by its content.

    Raises:
        GoldError: it is none of `FORMATS`; says what was looked for and what was found.
    """
    return _detect_folder(path) if path.is_dir() else _detect_file(path)


def _read_as(format: str, path: Path, labels: Path | None) -> list[Sample]:
    if path.is_dir() != (format in FOLDERS):
        raise GoldError(f"{path}: {format} samples are a {'folder' if format in FOLDERS else 'file'}")
    match format:
        case "brat":
            return brat.read(path, labels)
        case "factrueval":
            return factrueval.read(path)
        case "spacy":
            from extract.evaluation.gold import docbin

            return docbin.read(path, labels)
        case "records":
            return records.read(path, _rows(path))
        case _:
            return _guarded(path, TOOLS[format], _rows(path), labels)


def _detect_folder(path: Path) -> str:
    if any(path.glob("*.objects")):
        return "factrueval"
    if any(path.rglob("*.ann")):
        return "brat"
    kinds = Counter(file.suffix or "without suffix" for file in path.rglob("*") if file.is_file())
    inside = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common(5)) or "nothing"
    raise _unknown(path, f"a folder with {inside}")


def _detect_file(path: Path) -> str:
    if path.read_bytes().startswith(b"x"):  # zlib's first byte; JSON never begins with it
        return "spacy"
    row = _rows(path)[0]
    keys = set(row)
    if {"annotations", "data"} <= keys or _is_label_studio_min(row):
        return "label-studio"
    if "text" in keys and "spans" in keys:
        return "prodigy"
    if "text" in keys and keys & {"entities", "label", "labels"}:
        return "doccano"
    if "text" in keys and keys & set(records.LAYERS):
        return "records"
    raise _unknown(path, f"JSON whose first object has the keys {', '.join(sorted(keys)) or 'none'}")


def _is_label_studio_min(row: Mapping[str, Any]) -> bool:
    label = row.get("label")
    return isinstance(label, list) and bool(label) and all(isinstance(one, dict) and "labels" in one for one in label)


def _guarded(path: Path, reader: Any, rows: Sequence[Mapping[str, Any]], labels: Path | None) -> list[Sample]:
    """Read, and name the file where a key is missing or a value is of another kind."""
    try:
        samples: list[Sample] = reader(path, rows, labels)
    except GoldError:
        raise
    except KeyError as error:
        raise GoldError(f"{path}: something in it lacks the key {error}") from None
    except (TypeError, ValueError, AttributeError) as error:
        raise GoldError(f"{path}: {error}") from None
    return samples


def _rows(path: Path) -> list[dict[str, Any]]:
    """The objects of a JSON list, of one JSON object, or of JSON Lines; gzipped or not."""
    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise _unknown(path, f"bytes that are no UTF-8 text (at {error.start})") from None
    if not text.strip():
        raise _unknown(path, "an empty file")
    rows = _json(text)
    if rows is None:
        rows = []
        for number, line in enumerate(text.split("\n"), 1):
            if line.strip():
                try:
                    rows.append(json.loads(line))
                except ValueError as error:
                    if number == 1:
                        raise _unknown(path, f"text that is no JSON: {line[:60]!r}") from None
                    raise GoldError(f"{path}, line {number}: no JSON: {error}") from None
    if not rows or not all(isinstance(row, dict) for row in rows):
        raise _unknown(path, "JSON that isn't made of objects")
    return rows


def _json(text: str) -> list[Any] | None:
    try:
        value = json.loads(text)
    except ValueError:
        return None
    return value if isinstance(value, list) else [value]


def _unknown(path: Path, found: str) -> GoldError:
    return GoldError(f"{path}: no annotated samples; looked for {LOOKED_FOR}; found {found}")
