"""Readers of annotated samples; the format is told by the content."""

import gzip
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.evaluation.gold import annotators, brat, factrueval, records
from extract.evaluation.samples import GoldError, Sample

FORMATS = (
    "our records (JSON Lines: `text` and any of `deals`, `people`, `dates`, `organizations`…), a brat folder "
    "(.txt and .ann), a factRuEval-2016 folder (.txt, .spans, .objects), a Label Studio export (JSON), "
    "doccano or Prodigy (JSON Lines with `text` and `entities`, `label` or `spans`), a spaCy DocBin (.spacy)"
)


def read(path: Path, labels: Path | None = None) -> list[Sample]:
    """Read annotated samples.

    Args:
        path: a file or folder in any of the formats.
        labels: a TOML map of the annotation's labels to ours, for formats of labelled spans.

    Raises:
        GoldError: the format is none of these, or something in it is wrong; says where.
    """
    if not path.exists():
        raise GoldError(f"{path}: no such file or folder")
    found = _read_folder(path, labels) if path.is_dir() else _read_file(path, labels)
    if not found:
        raise GoldError(f"{path}: no annotated article in it")
    return found


def _read_folder(path: Path, labels: Path | None) -> list[Sample]:
    if any(path.glob("*.objects")):
        return factrueval.read(path)
    if any(path.rglob("*.ann")):
        return brat.read(path, labels)
    kinds = Counter(file.suffix or "without suffix" for file in path.rglob("*") if file.is_file())
    inside = ", ".join(f"{number} {kind}" for kind, number in kinds.most_common(5)) or "nothing"
    raise _unknown(path, f"a folder with {inside}")


def _read_file(path: Path, labels: Path | None) -> list[Sample]:
    content = path.read_bytes()
    if content.startswith(b"\x1f\x8b"):
        content = gzip.decompress(content)
    if content.startswith(b"x"):  # zlib's first byte; JSON never begins with it
        from extract.evaluation.gold import docbin

        return docbin.read(path, labels)
    rows = _rows(path, content)
    keys = set(rows[0])
    if ("annotations" in keys and "data" in keys) or _is_label_studio_min(rows[0]):
        return _guarded(path, annotators.read_label_studio, rows, labels)
    if "text" in keys and "spans" in keys:
        return _guarded(path, annotators.read_prodigy, rows, labels)
    if "text" in keys and keys & {"entities", "label", "labels"}:
        return _guarded(path, annotators.read_doccano, rows, labels)
    if "text" in keys and keys & set(records.LAYERS):
        return records.read(path, rows)
    raise _unknown(path, f"JSON whose first object has the keys {', '.join(sorted(keys)) or 'none'}")


def _is_label_studio_min(row: Mapping[str, Any]) -> bool:
    label = row.get("label")
    return (
        isinstance(label, list)
        and bool(label)
        and all(isinstance(one, dict) and "labels" in one for one in label)
    )


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


def _rows(path: Path, content: bytes) -> list[dict[str, Any]]:
    """The objects of a JSON list, of one JSON object, or of JSON Lines."""
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
    return GoldError(f"{path}: no annotated samples; looked for {FORMATS}; found {found}")
