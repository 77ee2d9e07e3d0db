"""Folders of articles in, a file of records out."""

import json
from pathlib import Path
from typing import Any

import pytest

from extract.batch.pool import Settings
from extract.batch.run import Summary, errors_beside, run
from extract.errors import ArticleError

TEXT = "«Лютик» купил «Василёк»\n\n«Лютик» купил «Василёк» за {} млн рублей, сообщил вчера Игорь Лапин.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Forty articles in two folders, and six files that are none."""
    monkeypatch.chdir(tmp_path)
    for number in range(40):
        path = tmp_path / "news" / f"2023-07-{10 + number % 2}" / f"{number:02}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(number + 1), "utf-8")
    bad = tmp_path / "news" / "2023-07-10"
    (bad / "05-empty.txt").write_bytes(b"")
    (bad / "07-binary.txt").write_bytes(bytes(range(256)) * 9)
    (bad / "09-western.txt").write_bytes(b"caf\xe9 \xff\xfe\xe9")
    (bad / "11-blank.txt").write_bytes(b"\n \n")
    with (bad / "13-large.txt").open("wb") as file:
        file.truncate(20_000_001)
    (bad / "15-folder.txt").mkdir()
    return tmp_path


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def test_each_article_is_written_and_each_bad_one_named(folder: Path) -> None:
    told: list[ArticleError | None] = []
    summary = run([Path("news")], Path("out.jsonl"), Path("bad.jsonl"), workers=2, on_article=told.append)
    assert summary == Summary(written=40, failed=5)
    assert [error.id for error in told if error] == [line["id"] for line in lines(folder / "bad.jsonl")]
    assert len(told) == 45

    records = lines(folder / "out.jsonl")
    good = sorted(
        path.relative_to(folder).as_posix() for path in folder.glob("news/*/*.txt") if "-" not in path.stem
    )
    assert [record["id"] for record in records] == good
    assert all(record["published"] == record["id"][5:15] for record in records)
    assert {record["title"] for record in records} == {"«Лютик» купил «Василёк»"}

    errors = {line["id"].partition("-10/")[2]: line for line in lines(folder / "bad.jsonl")}
    assert {line["stage"] for line in errors.values()} == {"read"}
    assert {name: line["reason"].partition(":")[0] for name, line in errors.items()} == {
        "05-empty.txt": "the file is empty",
        "07-binary.txt": "no text but binary data, or in an unknown encoding",
        "09-western.txt": "no text but binary data, or in an unknown encoding",
        "11-blank.txt": "the file holds only white space",
        "13-large.txt": "too long",
    }


def test_the_same_bytes_with_any_number_of_workers(folder: Path) -> None:
    for workers in (1, 2, 4):
        run([Path("news")], folder / f"{workers}.jsonl", folder / f"{workers}.bad", workers=workers)
    assert (
        (folder / "1.jsonl").read_bytes()
        == (folder / "2.jsonl").read_bytes()
        == (folder / "4.jsonl").read_bytes()
    )
    assert (
        (folder / "1.bad").read_bytes() == (folder / "2.bad").read_bytes() == (folder / "4.bad").read_bytes()
    )


def test_the_publication_date_of_last_resort(folder: Path) -> None:
    (folder / "one.txt").write_text(TEXT.format(1), "utf-8")
    run([Path("one.txt")], Path("out.jsonl"), settings=Settings(published="2024-01-01"))
    run([Path("one.txt")], Path("none.jsonl"))
    assert [line["published"] for line in lines(folder / "out.jsonl")] == ["2024-01-01"]
    assert [line["published"] for line in lines(folder / "none.jsonl")] == [None]


def test_the_errors_file_is_beside_the_records_if_anything_failed(folder: Path) -> None:
    beside = errors_beside(folder / "out.jsonl")
    assert beside == folder / "out.errors.jsonl"
    run([Path("news/2023-07-10/05-empty.txt")], folder / "out.jsonl")
    assert [line["id"] for line in lines(beside)] == ["news/2023-07-10/05-empty.txt"]
    run([Path("news/2023-07-11/01.txt")], folder / "out.jsonl")
    assert not beside.exists()  # it would tell of another run


def test_an_errors_file_that_was_asked_for_is_always_made(folder: Path) -> None:
    run([Path("news/2023-07-11/01.txt")], folder / "out.jsonl", folder / "bad.jsonl")
    assert (folder / "bad.jsonl").read_bytes() == b""


def test_nothing_to_do_touches_nothing(folder: Path) -> None:
    (folder / "out.jsonl").write_text("earlier work\n", "utf-8")
    (folder / "none").mkdir()
    assert run([Path("none")], folder / "out.jsonl") == Summary()
    assert (folder / "out.jsonl").read_text("utf-8") == "earlier work\n"


def test_an_unknown_format_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"records\.xml: the name must end in \.jsonl"):
        run([Path("news")], folder / "records.xml")
