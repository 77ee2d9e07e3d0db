"""Frames of articles in, frames of records out: what Spark, Ray or Dask maps over its partitions.

The articles are read by a worker process of the calling one's (see `extract.processes`), so that here, too, an
article may crash or take too long and costs no more than itself.
"""

import json
import os
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from os import PathLike, fspath
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from extract.articles.outcome import Done, Outcome
from extract.articles.read import MAX_CHARS
from extract.articles.rows import article_of
from extract.batch.tables import record_schema
from extract.batch.tasks import CHUNK, Settings, Task, pool_of
from extract.chunks import chunks
from extract.errors import ArticleError
from extract.processes.pool import Pool

if TYPE_CHECKING:
    import pyarrow as pa

Frame = TypeVar("Frame")
"""A `pyarrow.RecordBatch`, a `pyarrow.Table` or a `pandas.DataFrame`."""

ROWS = 256  # records in a frame
SIZE = 32_000_000  # bytes of their JSON
TIMEOUT = 60.0  # seconds

_idle: deque[tuple[tuple[int, Settings, float | None], Pool[Task, Outcome]]] = deque()  # with models loaded


def extract_frames(
    frames: Iterable[Frame],
    text: str = "text",
    id: str | None = "id",
    published: str | None = "published",
    title: str | None = None,
    url: str | None = None,
    *,
    rules: str | PathLike[str] | None = None,
    model: bool = True,
    timeout: float | None = TIMEOUT,
    max_chars: int = MAX_CHARS,
) -> Iterator[Frame]:
    """Read the articles in a stream of frames; records come in frames of the same kind, in the rows' order.

    The rows are those of `frame_schema`, whose types pandas frames have too, as `pandas.ArrowDtype`; these also keep
    their index. Frames are cut up where they are large; an empty one gives an empty one, unless others follow.

    Args:
        frames: Arrow record batches, Arrow tables or pandas DataFrames; read a bounded number of rows ahead.
        text, id, published, title, url: the columns that hold what, None for what there isn't. Dates may be dates,
            timestamps or strings; where one is missing, the text's dateline is looked at.
        rules: a TOML file of your own deal types and lexicons.
        model: whether the network proposes deals too.
        timeout: seconds that an article may take, for each 200,000 characters; None for no limit.
        max_chars: the length of the longest text that is taken.

    Raises:
        ValueError: a frame lacks one of the columns, or the rules file has a mistake (`RulesError`).
    """
    names = {"text": text, "id": id, "published": published, "title": title, "url": url}
    present = {part: name for part, name in names.items() if name is not None}
    return read_frames(frames, present, settings_of(rules, model, max_chars), timeout, frame_schema())


def settings_of(rules: str | PathLike[str] | None, model: bool, max_chars: int) -> Settings:
    """What a worker must know, the rules themselves included: it may run on another machine."""
    if rules is None:
        return Settings(max_chars=max_chars, model=model)
    return Settings(fspath(rules), max_chars=max_chars, content=Path(rules).read_bytes(), model=model)


def read_frames(
    frames: Iterable[Frame],
    names: Mapping[str, str],
    settings: Settings,
    timeout: float | None,
    schema: "pa.Schema",
) -> Iterator[Frame]:
    """Do what `extract_frames` does, told all that it needs from another machine.

    Args:
        frames: as there.
        names: text, title, published, id, url → the column that holds it.
        settings: what the worker must know.
        timeout: seconds that an article may take.
        schema: what `frame_schema` gives; to make it costs a second, and spaCy's memory.
    """
    waiting: deque[Frame] = deque()  # with rows whose records are still to come
    last: Frame | None = None

    def articles() -> Iterator[Any]:
        nonlocal last
        for frame in frames:
            last = frame
            if len(frame):  # type: ignore[arg-type]
                waiting.append(frame)
            for row in _rows(frame, names):
                yield article_of(row, names, settings.max_chars)

    given = False
    rows: list[dict[str, Any]] = []
    done = size = 0
    with _pool(settings, timeout) as pool:
        for outcome in pool.map(chunks(articles(), CHUNK)):
            rows.append(_row(outcome))
            size += len(outcome.json) if isinstance(outcome, Done) else 0
            whole = done + len(rows) == len(waiting[0])  # type: ignore[arg-type]
            if whole or len(rows) == ROWS or size > SIZE:
                given = True
                yield _framed(rows, schema, waiting[0], done)
                done = 0 if whole else done + len(rows)
                rows, size = [], 0
                if whole:
                    waiting.popleft()
    if last is not None and not given:
        yield _framed([], schema, last, 0)


@contextmanager
def _pool(settings: Settings, timeout: float | None) -> Iterator[Pool[Task, Outcome]]:
    """A worker process that this thread has for itself; kept for the next partition if all goes well."""
    wanted = os.getpid(), settings, timeout  # a fork has no use for its parent's workers
    with ExitStack() as stack:
        pool = stack.enter_context(_idle_pool(wanted) or pool_of(settings, 1, timeout))
        yield pool
        stack.pop_all()
        _idle.append((wanted, pool))


def _idle_pool(wanted: tuple[int, Settings, float | None] | None) -> Pool[Task, Outcome] | None:
    with suppress(IndexError):
        while True:
            found, pool = _idle.pop()
            if found == wanted:
                return pool
            if found[0] == os.getpid():  # of other rules: they would pile up
                pool.__exit__(None, None, None)
    return None


def release() -> None:
    """End the worker processes that are kept for the next partition; the next one starts its own."""
    _idle_pool(None)


def frame_schema() -> "pa.Schema":
    """The record's typed schema in Arrow's terms, and `error`: stage and reason where an article failed.

    A row has either: where `error` isn't null, all else is but the `id`.
    """
    import pyarrow as pa

    error = pa.struct([pa.field("stage", pa.string()), pa.field("reason", pa.string())])
    return record_schema().append(pa.field("error", error))


def _rows(frame: Any, names: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """The rows' values in the columns that are named, as plain Python objects."""
    pandas = hasattr(frame, "iloc")
    there = list(frame.columns if pandas else frame.schema.names)
    for part, name in names.items():
        if there.count(name) != 1:
            known = ", ".join(f"«{name}»" for name in there)
            raise ValueError(f"{part}={name!r}: the frame must have one column of this name; it has {known}")
    values = [_objects(frame[name]) if pandas else frame.column(name).to_pylist() for name in names.values()]
    for row in zip(*values, strict=True):
        yield dict(zip(names.values(), row, strict=True))


def _objects(column: Any) -> list[Any]:
    """A pandas column's values, None where there is none (pandas has NaN, NaT and NA)."""
    objects: list[Any] = column.astype(object).where(column.notna(), None).tolist()
    return objects


def _row(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, ArticleError):
        return {"id": outcome.id, "error": {"stage": outcome.stage, "reason": outcome.reason}}
    row: dict[str, Any] = json.loads(outcome.json)
    return row


def _framed(rows: list[dict[str, Any]], schema: "pa.Schema", like: Any, start: int) -> Any:
    """Rows as a frame of the kind of `like`, of which they are those from `start` on."""
    import pyarrow as pa

    if isinstance(like, pa.RecordBatch):
        return pa.RecordBatch.from_pylist(rows, schema)
    table = pa.Table.from_pylist(rows, schema)
    if isinstance(like, pa.Table):
        return table
    import pandas

    frame = table.to_pandas(types_mapper=pandas.ArrowDtype)
    frame.index = like.index[start : start + len(rows)]
    return frame
