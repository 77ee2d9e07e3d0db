"""Gold exported from annotation tools: Label Studio, doccano, Prodigy."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.evaluation.gold.standoff import Annotated, Bound, Link, samples
from extract.evaluation.samples import GoldError, Sample

Row = Mapping[str, Any]


def read_label_studio(path: Path, tasks: Sequence[Row], labels: Path | None = None) -> list[Sample]:
    """Read Label Studio's JSON export, full (`annotations`) or JSON-MIN (`label`).

    Of several annotations of a task the last that wasn't cancelled counts; a task without any is left out.
    Offsets are mended where they count UTF-16 units (emoji before the span).
    """
    articles = [_task(path, number, task) for number, task in enumerate(tasks, 1)]
    return samples(path, [article for article in articles if article], labels)


def _task(path: Path, number: int, task: Row) -> Annotated | None:
    where = f"{path}, task {task.get('id', number)}"
    data = task.get("data", task)
    if "annotations" in task:
        done = [one for one in task["annotations"] if not one.get("was_cancelled")]
        if not done:
            return None
        results = done[-1]["result"]
    else:
        results = [{"type": "labels", "id": str(i), "value": value} for i, value in enumerate(task["label"])]
    text = _text(where, data)
    bounds = {
        result["id"]: _label_studio_bound(where, text, result["value"])
        for result in results
        if result.get("type", "labels") in ("labels", "hypertextlabels")
    }
    links = [_label_studio_link(result, bounds) for result in results if result.get("type") == "relation"]
    return Annotated(
        text,
        str(data.get("id") or task.get("id") or number),
        list(bounds.values()),
        [link for link in links if link],
        data.get("published"),
        data.get("title"),
    )


def _text(where: str, data: Row) -> str:
    """The task's text: the field `text`, or the longest."""
    fields = [value for value in data.values() if isinstance(value, str)]
    if not fields:
        raise GoldError(f"{where}: its data has no text")
    text = data.get("text")
    return text if isinstance(text, str) else max(fields, key=len)


def _label_studio_bound(where: str, text: str, value: Row) -> Bound:
    start, end = int(value["start"]), int(value["end"])
    surface = value.get("text")
    if surface and text[start:end] != surface:
        start, end = _code_points(text, start), _code_points(text, end)
        if text[start:end].split() != surface.split():
            raise GoldError(
                f"{where}: at {value['start']}–{value['end']} the text has {text[start:end]!r}, not {surface!r}"
            )
    label = value.get("labels") or value.get("hypertextlabels")
    if not label:
        raise GoldError(f"{where}: the span {start}–{end} has no label")
    return Bound(label[0], start, end)


def _code_points(text: str, units: int) -> int:
    """An offset in UTF-16 units as one in code points."""
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", errors="ignore"))


def _label_studio_link(result: Row, bounds: Mapping[str, Bound]) -> Link | None:
    ids = [result["from_id"], result["to_id"]]
    if result.get("direction") == "left":
        ids.reverse()
    label = (result.get("labels") or [""])[0]
    if not label or any(id not in bounds for id in ids):
        return None
    return Link(label, bounds[ids[0]], bounds[ids[1]])


def read_doccano(path: Path, rows: Sequence[Row], labels: Path | None = None) -> list[Sample]:
    """Read doccano's JSONL: `entities` and `relations`, or the triples of `label` or `labels`."""
    return samples(path, [_doccano(number, row) for number, row in enumerate(rows, 1)], labels)


def _doccano(number: int, row: Row) -> Annotated:
    if "entities" in row:
        bounds = {
            entity["id"]: Bound(entity["label"], entity["start_offset"], entity["end_offset"])
            for entity in row["entities"]
        }
        links = [
            Link(relation["type"], bounds[relation["from_id"]], bounds[relation["to_id"]])
            for relation in row.get("relations", [])
        ]
    else:
        triples: Iterable[tuple[int, int, str]] = row["label"] if "label" in row else row["labels"]
        bounds = {i: Bound(label, start, end) for i, (start, end, label) in enumerate(triples)}
        links = []
    return Annotated(
        row["text"],
        str(row.get("id", number)),
        list(bounds.values()),
        links,
        row.get("published"),
        row.get("title"),
    )


def read_prodigy(path: Path, rows: Sequence[Row], labels: Path | None = None) -> list[Sample]:
    """Read Prodigy's JSONL: `spans` and `relations`; only accepted answers."""
    accepted = [row for row in rows if row.get("answer", "accept") == "accept"]
    return samples(path, [_prodigy(number, row) for number, row in enumerate(accepted, 1)], labels)


def _prodigy(number: int, row: Row) -> Annotated:
    meta = row.get("meta") or {}
    return Annotated(
        row["text"],
        str(row.get("id") or meta.get("id") or number),
        [_prodigy_bound(span) for span in row.get("spans") or []],
        [
            Link(
                relation["label"],
                _prodigy_bound(relation["head_span"]),
                _prodigy_bound(relation["child_span"]),
            )
            for relation in row.get("relations") or []
        ],
        row.get("published") or meta.get("published"),
        row.get("title") or meta.get("title"),
    )


def _prodigy_bound(span: Row) -> Bound:
    return Bound(span["label"], span["start"], span["end"])
