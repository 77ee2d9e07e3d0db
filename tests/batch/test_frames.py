"""Frames in, frames out, as any framework may map them: Arrow batches, Arrow tables, pandas DataFrames."""

import json
import os
import signal
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.articles.read import MAX_CHARS
from extract.batch import frames
from extract.batch.frames import extract_frames, frame_schema, read_frames, release, settings_of
from extract.batch.tasks import Settings
from extract.errors import RulesError

pa = pytest.importorskip("pyarrow")
pd = pytest.importorskip("pandas")

CORPUS = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.txt"))[:10]
ARTICLES = [
    {"id": path.stem, "text": path.read_text("utf-8"), "published": path.name[:10], "title": None, "url": 1}
    for path in CORPUS
]
TEXT = "Компания «Лютик» вчера купила «Василёк»."
RULES = """
[types.sponsorship]
label = "спонсорство"
roles = ["sponsor", "recipient"]

[[frames]]
name = "sponsor"
type = "sponsorship"
verbs = ["спонсировать", "проспонсировать"]
[frames.roles]
sponsor = ["subject"]
recipient = ["object"]
"""
KINDS = {
    "batch": lambda rows: pa.RecordBatch.from_pylist(rows),
    "table": lambda rows: pa.Table.from_pylist(rows),
    "pandas": lambda rows: pd.DataFrame(rows),
    "typed pandas": lambda rows: pa.Table.from_pylist(rows).to_pandas(types_mapper=pd.ArrowDtype),
}


@pytest.fixture(scope="module", autouse=True)
def _released() -> Iterator[None]:
    yield
    release()


@pytest.fixture(scope="module")
def expected(extractor: extract.Extractor) -> list[dict[str, Any]]:
    """What the library finds in `ARTICLES`, as rows."""
    records = (extractor.extract(row["text"], row["id"], row["title"], row["published"]) for row in ARTICLES)
    return [json.loads(record.model_dump_json()) | {"error": None} for record in records]


def rows(stream: Iterator[Any]) -> list[dict[str, Any]]:
    """All rows of all frames, whatever their kind."""
    found: list[dict[str, Any]] = []
    for frame in stream:
        table = pa.Table.from_pandas(frame, frame_schema(), False) if isinstance(frame, pd.DataFrame) else frame
        assert table.schema.equals(frame_schema())
        found.extend(table.to_pylist())
    return found


def workers() -> set[int]:
    """The process ids of this process's workers."""
    if not Path("/proc/self/task").is_dir():
        pytest.skip("this system doesn't list a process's children")
    children = {
        child for thread in Path("/proc/self/task").iterdir() for child in told(thread / "children").decode().split()
    }
    return {int(child) for child in children if b"extract.processes" in told(Path(f"/proc/{child}/cmdline"))}


def told(file: Path) -> bytes:
    """What the system tells of a thread or process; nothing of one that has just ended."""
    try:
        return file.read_bytes()
    except (FileNotFoundError, ProcessLookupError):
        return b""


@pytest.mark.parametrize("kind", KINDS)
def test_the_records_are_those_of_the_library(
    kind: str, expected: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "ROWS", 4)
    given = [KINDS[kind](ARTICLES[:6]), KINDS[kind](ARTICLES[6:])]
    found = list(extract_frames(iter(given), title="title"))
    assert [len(frame) for frame in found] == [4, 2, 4]
    assert {type(frame) for frame in found} == {type(given[0])}
    assert rows(iter(found)) == expected


@pytest.mark.parametrize("kind", KINDS)
def test_an_empty_frame_gives_an_empty_one(kind: str) -> None:
    schema = pa.schema([("text", pa.string()), ("id", pa.int64()), ("published", pa.timestamp("us"))])
    empty = schema.empty_table()
    given = {"batch": empty.to_batches() or [pa.RecordBatch.from_pylist([], schema)], "table": [empty]}.get(
        kind, [empty.to_pandas()]
    )
    [found] = extract_frames(given)
    assert isinstance(found, type(given[0]))
    assert rows(iter([found])) == []
    assert list(extract_frames(iter([]))) == []


def test_pandas_frames_keep_their_index_and_have_types() -> None:
    frame = pd.DataFrame({"text": [TEXT, TEXT]}, index=["a", "b"])
    [found] = extract_frames([frame], id=None, published=None)
    assert list(found.index) == ["a", "b"]
    assert found.dtypes["deals"] == pd.ArrowDtype(frame_schema().field("deals").type)


@pytest.mark.parametrize(
    ("published", "day"),
    [
        (date(2023, 7, 14), "2023-07-14"),
        (datetime(2023, 7, 14, 22, 30), "2023-07-14"),
        (datetime(2023, 7, 14, 22, 30, tzinfo=UTC), "2023-07-14"),
        (1689327000, "2023-07-14"),
        ("2023-07-14", "2023-07-14"),
        ("Fri, 14 Jul 2023 10:00:00 +0300", "2023-07-14"),
        ("недавно", None),
        (None, None),
    ],
)
@pytest.mark.parametrize("kind", KINDS)
def test_days_in_many_notations(kind: str, published: Any, day: str | None) -> None:
    [found] = rows(extract_frames([KINDS[kind]([{"text": TEXT, "published": published}])], id=None))
    assert (found["published"], found["error"]) == (day, None)
    if day:
        assert [found["value"] for found in found["dates"]] == ["2023-07-13"]


@pytest.mark.parametrize(
    ("text", "stage", "reason"),
    [
        (None, "read", "no text in the field «text»"),
        (float("nan"), "read", "no text in the field «text»"),
        (12, "read", "no text in the field «text»"),
        (["a"], "read", "no text in the field «text»"),
        ("", "read", "no text in the field «text»"),
        (" \n", "read", "no text in the field «text»"),
        ("а" * 5_000_001, "read", "too long: 5,000,001 characters; up to 5,000,000 are taken"),
        ("\ud800", "extract", "surrogate"),
    ],
)
def test_a_bad_article_is_a_row_with_its_error(text: Any, stage: str, reason: str) -> None:
    frame = pd.DataFrame({"text": [TEXT, text, TEXT], "id": ["a", "b", "b"], "published": pd.NaT}, dtype=object)
    first, bad, last = rows(extract_frames([frame]))
    assert first["error"] is None
    assert last["error"] is None
    assert (first["id"], last["id"]) == ("a", "b")  # the same id twice is no mistake
    assert bad["id"] == "b"
    assert bad["error"]["stage"] == stage
    assert reason in bad["error"]["reason"]
    assert {name for name, value in bad.items() if value is not None} == {"id", "error"}


def test_a_killed_worker_costs_nothing_but_time(
    expected: list[dict[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frames, "ROWS", 2)
    batch = pa.RecordBatch.from_pylist(ARTICLES * 4)
    stream = extract_frames([batch])
    found = [next(stream)]
    for worker in workers():
        os.kill(worker, signal.SIGKILL)
    assert rows(iter([*found, *stream])) == expected * 4


def test_threads_work_side_by_side(expected: list[dict[str, Any]]) -> None:
    batch = pa.RecordBatch.from_pylist(ARTICLES)
    with ThreadPoolExecutor(2) as threads:
        found = list(threads.map(lambda _: rows(extract_frames([batch], title="title")), range(4)))
    assert found == [expected] * 4
    assert len(workers()) <= 2


def test_missing_columns_are_named() -> None:
    batch = pa.RecordBatch.from_pylist([{"body": TEXT, "url": "a"}])
    [found] = rows(extract_frames([batch], text="body", id="url", published=None))
    assert (found["id"], found["text"]) == ("a", TEXT)
    with pytest.raises(ValueError, match=r"text='text': .* one column of this name; it has «body», «url»"):
        list(extract_frames([batch]))


def test_whoever_stops_early_leaves_no_work_behind() -> None:
    stream = extract_frames(pa.RecordBatch.from_pylist(ARTICLES) for _ in range(1000))
    next(stream)
    assert workers()
    stream.close()  # type: ignore[attr-defined]
    assert not workers()


def test_one_worker_serves_all_partitions_and_goes_with_its_rules(tmp_path: Path) -> None:
    release()
    text = "Банк «Заречье» спонсировал клуб «Поморские волки»."
    batch = pa.RecordBatch.from_pylist([{"text": text}])
    path = tmp_path / "sponsors.toml"
    path.write_text(RULES, "utf-8")
    settings = settings_of(path, True, MAX_CHARS)
    path.unlink()  # on another machine it never was

    def deals(settings: Settings) -> list[str]:
        [row] = rows(read_frames([batch], {"text": "text"}, settings, None, frame_schema()))
        return [deal["rule"] for deal in row["deals"]]

    assert deals(settings) == ["sponsorship/sponsor"]
    first = workers()
    assert deals(settings) == ["sponsorship/sponsor"]
    assert workers() == first
    assert deals(settings_of(None, True, MAX_CHARS)) == []
    assert len(workers()) == 1
    assert workers() != first

    path.write_text(RULES.replace("recipient = [", "recipients = ["), "utf-8")
    with pytest.raises(RulesError, match=r"sponsors\.toml:12: .* unknown role 'recipients'"):
        list(extract_frames([batch], id=None, published=None, rules=path))


def test_an_article_that_takes_too_long_is_a_row_with_its_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.batch.tasks.IN_TIME", 10**9)
    batch = pa.RecordBatch.from_pylist([{"text": "компания " * 50_000}])
    [found] = rows(extract_frames([batch], id=None, published=None, timeout=0.2))
    assert found["error"] == {"stage": "extract", "reason": "not done after 0.2 seconds"}
