"""The command line: what goes where, and the exit codes."""

import json
import os
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest

ARTICLE = "«Лютик» купил «Василёк»\n\nКомпания «Лютик» купила «Василёк» за 5 млн рублей 14 июля.\n"


def call(*arguments: str | Path, given: bytes = b"", cwd: Path | None = None) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "extract", *map(str, arguments)]
    environment = os.environ | {"NO_COLOR": "1", "COLUMNS": "200"}
    return subprocess.run(command, input=given, capture_output=True, check=False, cwd=cwd, env=environment)


@pytest.fixture
def article(tmp_path: Path) -> Path:
    path = tmp_path / "20230714_lutik.txt"
    path.write_text(ARTICLE, "utf-8")
    return path


def test_help_comes_at_once() -> None:
    best = 10.0
    for _ in range(3):
        begin = time.perf_counter()
        done = call("--help")
        best = min(best, time.perf_counter() - begin)
    assert done.returncode == 0
    for command in ("run", "text", "eval", "schema", "types"):
        assert command in done.stdout.decode()
    assert best < (2 if "CI" in os.environ else 0.8)  # half a second on a quiet machine


def test_run(article: Path, tmp_path: Path) -> None:
    done = call("run", article.name, "-o", "out.jsonl", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, b"")
    assert "1 records in out.jsonl" in done.stderr.decode()
    [line] = (tmp_path / "out.jsonl").read_text("utf-8").splitlines()
    record = json.loads(line)
    assert record["id"] == "20230714_lutik.txt"
    assert record["published"] == "2023-07-14"
    assert record["text"] == ARTICLE


def test_run_where_some_fail(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = call("run", tmp_path, "-o", tmp_path / "out.jsonl", "--errors", tmp_path / "bad.jsonl", "--workers", "2")
    assert done.returncode == 1
    assert "empty.txt: the file is empty" in done.stderr.decode()
    assert len((tmp_path / "out.jsonl").read_text("utf-8").splitlines()) == 1
    [error] = map(json.loads, (tmp_path / "bad.jsonl").read_text("utf-8").splitlines())
    assert error == {
        "id": (tmp_path / "empty.txt").as_posix(),
        "stage": "read",
        "reason": "the file is empty",
    }


def test_resuming_what_was_done_tells_again_what_failed(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    command = "run", article, tmp_path / "empty.txt", "-o", tmp_path / "out.jsonl", "--resume"
    assert call(*command).returncode == 1
    records = (tmp_path / "out.jsonl").read_bytes()
    again = call(*command)
    assert again.returncode == 1
    assert "was done to the end" in again.stderr.decode()
    assert "1 articles failed, see" in again.stderr.decode()
    assert (tmp_path / "out.jsonl").read_bytes() == records


def test_run_tells_a_program(article: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = call("run", article.name, "empty.txt", "-o", "out.jsonl", "--log", "json", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (1, b"")
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines if line["event"] != "progress"] == ["start", "failed", "done"]
    assert all(datetime.fromisoformat(line["time"]).tzinfo for line in lines)
    start, failed, end = (line for line in lines if line["event"] != "progress")
    progress = lines[-2]  # there are more on a slow machine
    assert (start["paths"], start["out"], start["workers"]) == ([article.name, "empty.txt"], "out.jsonl", 1)
    assert (failed["id"], failed["stage"], failed["reason"]) == ("empty.txt", "read", "the file is empty")
    assert (progress["done"], progress["failed"], progress["total"], progress["left"]) == (2, 1, 2, 0)
    assert progress["rate"] > 0
    assert (end["written"], end["failed"], end["earlier"], end["out"]) == (1, 1, 0, "out.jsonl")
    assert end["seconds"] > 0


def test_run_tells_a_program_what_it_guessed_and_why_it_stopped(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text(json.dumps({"body": ARTICLE}) + "\n", "utf-8")
    done = call("run", "rows.jsonl", "-o", "out.jsonl", "--log", "json", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert [line["event"] for line in lines if line["event"] != "progress"] == ["start", "note", "done"]
    assert "body" in lines[1]["message"]
    assert (lines[-2]["event"], lines[-2]["total"]) == ("progress", None)
    done = call("run", "rows.jsonl", "-o", "out.jsonl", "--log", "json", cwd=tmp_path)
    lines = [json.loads(line) for line in done.stderr.splitlines()]
    assert done.returncode == 2
    assert [line["event"] for line in lines] == ["start", "error"]
    assert "--resume goes on" in lines[1]["message"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["run", "none", "-o", "out.jsonl"], "none: no such file or folder"),
        (["run", "a.txt", "none", "-o", "out.jsonl"], "none: no such file or folder"),
        (["run", "empty", "-o", "out.jsonl"], "no articles in empty"),
        (["run", "a.txt"], "--out"),
        (["run", "a.txt", "-o", "out.xls"], "the name must end in .jsonl"),
        (["run", "a.txt", "-o", "none/out.jsonl"], "none/out.jsonl"),
        (["run", "a.txt", "-o", "out.jsonl", "--published", "14.07.2023"], "YYYY-MM-DD"),
        (["run", "a.txt", "-o", "out.jsonl", "--workers", "0"], "--workers"),
        (["run", "a.txt", "-o", "out.jsonl", "--log", "xml"], "--log"),
        (["run", "a.txt", "-o", "out.jsonl", "--rules", "none.toml"], "none.toml"),
        (["run", "a.txt", "-o", "out.jsonl", "--rules", "bad.toml"], "bad.toml:1"),
        (["text", "a.txt", "--rules", "bad.toml"], "bad.toml:1"),
        (["text", "none.txt"], "none.txt: no such file"),
        (["text", "a.txt", "--published", "вчера"], "YYYY-MM-DD"),
        (["read", "a.txt"], "read"),
        ([], "Usage"),
    ],
)
def test_wrong_usage_says_what_and_exits_with_2(tmp_path: Path, arguments: list[str], told: str) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, "utf-8")
    (tmp_path / "bad.toml").write_text("[[frames]\n", "utf-8")
    (tmp_path / "empty").mkdir()
    done = call(*arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert told in (done.stderr + done.stdout).decode()
    assert b"Traceback" not in done.stderr


def test_text_reads_a_file(article: Path) -> None:
    done = call("text", article.name, cwd=article.parent)
    assert (done.returncode, done.stderr) == (0, b"")
    record = json.loads(done.stdout)
    assert (record["id"], record["published"]) == ("20230714_lutik.txt", "2023-07-14")
    assert done.stdout.startswith(b'{\n  "schema_version"')
    assert "Лютик" in done.stdout.decode()


@pytest.mark.parametrize("arguments", [["text"], ["text", "-"]])
def test_text_reads_standard_input(arguments: list[str]) -> None:
    done = call(*arguments, "--published", "2023-07-20", given=ARTICLE.encode())
    assert done.returncode == 0
    record = json.loads(done.stdout)
    assert (record["id"], record["published"], record["title"]) == (
        None,
        "2023-07-20",
        "«Лютик» купил «Василёк»",
    )


@pytest.mark.parametrize("given", [b"", b"\0\1\2", b"caf\xe9 \xff\xfe\xe9"])
def test_text_that_is_none_exits_with_1(given: bytes) -> None:
    done = call("text", given=given)
    assert (done.returncode, done.stdout) == (1, b"")
    assert done.stderr.startswith(b"extract-ru: ")


def test_schema_is_that_of_the_record() -> None:
    from extract import Record

    assert json.loads(call("schema").stdout) == Record.model_json_schema()


def test_types_lists_types_roles_and_statuses() -> None:
    listed = call("types").stdout.decode()
    for word in (
        "acquisition: покупка",
        "    buyer: покупатель",
        "penalty: штраф",
        "    cancelled: не состоялась",
    ):
        assert word in listed
