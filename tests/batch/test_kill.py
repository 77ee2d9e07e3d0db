"""Killed at any moment and started again, a run ends as if nothing had happened."""

import gzip
import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from extract.batch.writers import writer_for

TEXT = "«Лютик» купил «Василёк»\n\n«Лютик» купил «Василёк» за {} млн рублей, сообщил вчера Игорь Лапин.\n"
FULL = "EXTRACT_FULL_TESTS" in os.environ
KILLS = 20 if FULL else 3
ARTICLES = 600 if FULL else 150


def command(folder: Path, out: str, *options: str) -> list[str]:
    return [sys.executable, "-m", "extract", "run", "news", "-o", out, "--workers", "2", *options]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("kill")
    for number in range(ARTICLES):
        path = folder / "news" / f"2023-07-{10 + number % 9}" / f"{number:03}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXT.format(number) * (1 + number % 5) if number % 50 else "", "utf-8")
    done = subprocess.run(command(folder, "whole.jsonl", "--errors", "whole.bad"), cwd=folder, check=False)
    assert done.returncode == 1  # the empty ones
    return folder


def read(path: Path) -> Any:
    """What a file of records holds, whatever its format."""
    if path.name.endswith(".gz"):
        return gzip.decompress(path.read_bytes())
    if path.suffix == ".parquet":
        import pyarrow.parquet

        return pyarrow.parquet.read_table(path).to_pylist()
    if path.suffix == ".duckdb":
        import duckdb

        with duckdb.connect(str(path), read_only=True) as database:
            tables = [name for (name,) in database.execute("SHOW TABLES").fetchall()]
            return {name: database.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall() for name in tables}
    return path.read_bytes()


@pytest.mark.parametrize(
    "out", ["out.jsonl", "out.duckdb", *(["out.jsonl.gz", "out.parquet", "out.csv"] if FULL else [])]
)
def test_killed_at_any_moment(folder: Path, out: str) -> None:
    for module in {"out.parquet": ["pyarrow"], "out.duckdb": ["duckdb", "pyarrow"]}.get(out, []):
        pytest.importorskip(module)
    chance = random.Random(out)
    for _ in range(KILLS):
        process = subprocess.Popen(
            command(folder, out, "--resume", "--errors", "bad"), cwd=folder, stderr=subprocess.PIPE
        )
        time.sleep(chance.uniform(0.1, 5))
        process.send_signal(signal.SIGKILL)
        process.wait()
    done = subprocess.run(
        command(folder, out, "--resume", "--errors", "bad"), cwd=folder, capture_output=True, check=False
    )
    assert done.returncode in (0, 1), done.stderr.decode()
    reference = folder / "whole.jsonl"
    if write := writer_for(folder / out):
        reference = folder / f"reference{out[3:]}"
        write((folder / "whole.jsonl").read_bytes().splitlines(keepends=True), reference)
    assert read(folder / out) == read(reference)
    assert not [path.name for path in folder.iterdir() if path.name.startswith(f"{out}.")]
    if out == "out.jsonl":
        assert len(read(folder / out).splitlines()) == ARTICLES - ARTICLES // 50
        errors = [json.loads(line)["id"] for line in (folder / "bad").read_text("utf-8").splitlines()]
        assert errors == sorted(errors)
        assert len(errors) == ARTICLES // 50
