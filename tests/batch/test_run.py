"""Folders of articles in, a file of records out."""

import json
import re
from errno import ENOSPC
from io import FileIO
from pathlib import Path
from typing import Any

import pytest

from extract.batch import ledger
from extract.batch.run import Options, Summary, errors_beside, run
from extract.batch.tasks import Settings
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
    options = Options(errors=Path("bad.jsonl"), workers=2)
    summary = run([Path("news")], Path("out.jsonl"), options=options, on_article=told.append)
    assert summary == Summary(written=40, failed=5)
    assert [error.id for error in told if error] == [line["id"] for line in lines(folder / "bad.jsonl")]
    assert len(told) == 45

    records = lines(folder / "out.jsonl")
    good = sorted(path.relative_to(folder).as_posix() for path in folder.glob("news/*/*.txt") if "-" not in path.stem)
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
        options = Options(errors=folder / f"{workers}.bad", workers=workers)
        run([Path("news")], folder / f"{workers}.jsonl", options=options)
    assert (folder / "1.jsonl").read_bytes() == (folder / "2.jsonl").read_bytes() == (folder / "4.jsonl").read_bytes()
    assert (folder / "1.bad").read_bytes() == (folder / "2.bad").read_bytes() == (folder / "4.bad").read_bytes()


def test_the_publication_date_of_last_resort(folder: Path) -> None:
    (folder / "one.txt").write_text(TEXT.format(1), "utf-8")
    run([Path("one.txt")], Path("out.jsonl"), Settings(published="2024-01-01"))
    run([Path("one.txt")], Path("none.jsonl"))
    assert [line["published"] for line in lines(folder / "out.jsonl")] == ["2024-01-01"]
    assert [line["published"] for line in lines(folder / "none.jsonl")] == [None]


def test_the_errors_file_is_beside_the_records_if_anything_failed(folder: Path) -> None:
    beside = errors_beside(folder / "out.jsonl")
    assert beside == folder / "out.errors.jsonl"
    run([Path("news/2023-07-10/05-empty.txt")], folder / "out.jsonl")
    assert [line["id"] for line in lines(beside)] == ["news/2023-07-10/05-empty.txt"]
    run([Path("news/2023-07-11/01.txt")], folder / "out.jsonl", options=Options(overwrite=True))
    assert not beside.exists()  # it would tell of another run


def test_an_errors_file_that_was_asked_for_is_always_made(folder: Path) -> None:
    run([Path("news/2023-07-11/01.txt")], folder / "out.jsonl", options=Options(errors=folder / "bad.jsonl"))
    assert (folder / "bad.jsonl").read_bytes() == b""


def test_nothing_to_do_touches_nothing(folder: Path) -> None:
    (folder / "out.jsonl").write_text("earlier work\n", "utf-8")
    (folder / "none").mkdir()
    assert run([Path("none")], folder / "out.jsonl", options=Options(overwrite=True)) == Summary()
    assert (folder / "out.jsonl").read_text("utf-8") == "earlier work\n"


def test_an_unknown_format_is_refused(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"records\.xml: the name must end in \.jsonl, .* or \.csv"):
        run([Path("news")], folder / "records.xml")


def test_what_is_there_is_not_written_over_unasked(folder: Path) -> None:
    run([Path("news/2023-07-11")], folder / "out.jsonl")
    first = (folder / "out.jsonl").read_bytes()
    with pytest.raises(FileExistsError, match="--resume"):
        run([Path("news")], folder / "out.jsonl")
    assert run([Path("news")], folder / "out.jsonl", options=Options(resume=True)) == Summary()  # it was done
    assert (folder / "out.jsonl").read_bytes() == first
    assert run([Path("news")], folder / "out.jsonl", options=Options(overwrite=True)).written == 40
    assert sorted(path.name for path in folder.glob("out*")) == ["out.errors.jsonl", "out.jsonl"]


def test_a_run_that_is_broken_off_goes_on(folder: Path) -> None:
    run([Path("news")], folder / "whole.jsonl", options=Options(errors=folder / "whole.bad"))
    summary = Summary()

    def stop(error: ArticleError | None) -> None:
        if summary.written == 23:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([Path("news")], folder / "out.jsonl", None, Options(errors=folder / "out.bad"), stop, summary)
    assert summary.written == 23
    resumed = run([Path("news")], folder / "out.jsonl", None, Options(errors=folder / "out.bad", resume=True))
    assert resumed == Summary(written=40, failed=5, earlier=23)
    assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
    assert (folder / "out.bad").read_bytes() == (folder / "whole.bad").read_bytes()


def test_articles_that_changed_are_done_again(folder: Path) -> None:
    def stop(error: ArticleError | None) -> None:
        if summary.written == 30:
            raise KeyboardInterrupt

    summary = Summary()
    with pytest.raises(KeyboardInterrupt):
        run([Path("news")], folder / "out.jsonl", None, None, stop, summary)
    (folder / "news" / "2023-07-10" / "08.txt").write_text(TEXT.format(777), "utf-8")
    (folder / "news" / "2023-07-10" / "03-new.txt").write_text(TEXT.format(888), "utf-8")
    (folder / "news" / "2023-07-10" / "12.txt").unlink()
    run([Path("news")], folder / "out.jsonl", options=Options(resume=True))
    run([Path("news")], folder / "whole.jsonl")
    assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
    assert not list(folder.glob("*.journal*"))


def begin(out: Path, settings: Settings | None = None, options: Options | None = None) -> None:
    """Begin a run and break it off at its first article."""

    def stop(error: ArticleError | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        run([Path("news")], out, settings, options, stop)


@pytest.fixture
def begun(folder: Path) -> Path:
    (folder / "rules.toml").write_text("", "utf-8")
    begin(folder / "out.jsonl", Settings(rules=str(folder / "rules.toml")), Options(fields={"text": "body"}))
    return folder / "out.jsonl"


@pytest.mark.parametrize(
    ("settings", "fields", "told"),
    [
        ({"published": "2020-01-01"}, {"text": "body"}, "--published was not given, is 2020-01-01"),
        ({"max_chars": 70}, {"text": "body"}, "--max-chars was 5000000, is 70"),
        ({"rules": None}, {"text": "body"}, "another --rules"),
        ({}, {"text": "lead"}, "--fields was {'text': 'body'}, is {'text': 'lead'}"),
        ({}, None, "--fields was {'text': 'body'}, is not given"),
    ],
)
def test_other_settings_cannot_go_on(
    begun: Path, settings: dict[str, Any], fields: dict[str, str] | None, told: str
) -> None:
    before = begun.read_bytes()
    given = Settings(**{"rules": str(begun.with_name("rules.toml"))} | settings)
    with pytest.raises(ValueError, match=re.escape(told) + r"\. .*--overwrite"):
        run([Path("news")], begun, given, Options(fields=fields, resume=True))
    assert begun.read_bytes() == before


def test_other_rules_under_the_same_name_cannot_go_on(begun: Path) -> None:
    rules = begun.with_name("rules.toml")
    rules.write_text("# changed\n", "utf-8")
    with pytest.raises(ValueError, match="another --rules"):
        run([Path("news")], begun, Settings(rules=str(rules)), Options(fields={"text": "body"}, resume=True))


def test_another_version_cannot_go_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    begin(folder / "out.jsonl")
    monkeypatch.setattr("extract.batch.run.program", lambda: "0" * 128)
    with pytest.raises(ValueError, match="another version of extract-ru"):
        run([Path("news")], folder / "out.jsonl", options=Options(resume=True))


def test_what_runs_differ_in_without_harm_may_change(folder: Path) -> None:
    begin(folder / "out.jsonl")
    options = Options(folder / "bad.jsonl", workers=2, timeout=50, resume=True)
    assert run([Path("news")], folder / "out.jsonl", options=options).written == 40


def test_a_full_disk_leaves_whole_records(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write, left = ledger._write, 50_000

    def fill(file: FileIO, data: bytes) -> None:
        nonlocal left
        write(file, data[:left])
        left -= len(data)
        if left < 0:
            raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr(ledger, "_write", fill)
    with pytest.raises(OSError, match="space"):
        run([Path("news")], folder / "out.jsonl")
    written = (folder / "out.jsonl").read_bytes()
    assert written.endswith(b"\n")
    assert 0 < len(lines(folder / "out.jsonl")) < 40
    monkeypatch.undo()
    monkeypatch.chdir(folder)
    run([Path("news")], folder / "out.jsonl", options=Options(resume=True))
    run([Path("news")], folder / "whole.jsonl")
    assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
