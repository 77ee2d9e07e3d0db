import json
import sys
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

import extract
from extract.cli import app
from extract.errors import MissingExtra
from extract.evaluation import evaluate


def run(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["eval", *map(str, arguments)])


@pytest.fixture
def worse_path(records_path: Path) -> Path:
    """The gold with one deal under another type, a date moved, a false alarm."""
    rows: list[dict[str, Any]] = [json.loads(line) for line in records_path.read_text(encoding="utf-8").splitlines()]
    rows[0]["deals"][0]["type"] = "investment"
    rows[0]["deals"][0]["rule"] = "investment/put-money"
    rows[0]["dates"][0]["value"] = "2022-05-03"
    rows[1]["deals"] = [{"type": "loan", "participants": [{"role": "lender", "name": "Аист"}], "rule": "loan/lend"}]
    path = records_path.with_name("worse.jsonl")
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    return path


def test_table(records_path: Path) -> None:
    result = run(records_path, "--predictions", records_path)
    assert result.exit_code == 0
    rows = {row.split("  ")[0]: row.split() for row in result.stdout.splitlines()}
    assert rows["deals"][1:] == ["1.000", "1.000", "1.000", "1.000–1.000", "1", "1"]
    assert {"slots", "slots kind stake", "positions", "dates", "names", "relations ownership"} <= set(rows)
    assert {"entities exact", "entities overlap PER", "deals type acquisition"} <= set(rows)


def test_errors_say_cause_sentence_offsets_and_rule(records_path: Path, worse_path: Path) -> None:
    result = run(records_path, "--predictions", worse_path, "--errors")
    assert result.exit_code == 0
    assert "== deals: missed, type wrong (1)" in result.stdout
    assert "first 0–38 acquisition: buyer: Лотос, target: Камыш" in result.stdout
    assert "[investment/put-money]" in result.stdout
    assert "    «Лотос» купил «Камыш» у Анны Громовой." in result.stdout
    assert "== deals: false alarm (1)" in result.stdout
    assert "second loan: lender: Аист" in result.stdout
    assert "3 мая = 2023-05-03 @62 (value wrong (2022-05-03))" in result.stdout


def test_compare(tmp_path: Path, records_path: Path, worse_path: Path) -> None:
    before = tmp_path / "before.json"
    first = run(records_path, "--predictions", worse_path, "--json")
    before.write_text(first.stdout, encoding="utf-8")
    assert json.loads(first.stdout)["measures"]["deals"]["recall"] == 0
    result = run(records_path, "--predictions", records_path, "--compare", before)
    assert result.exit_code == 0
    assert "== deals: won (1)\nfirst acquisition: buyer: Лотос" in result.stdout
    assert "== deals: false alarms gone (2)" in result.stdout
    assert "== dates: won (1)" in result.stdout
    assert "lost" not in result.stdout
    assert "+1.000" in result.stdout
    same = run(records_path, "--predictions", worse_path, "--compare", before)
    assert same.stdout.strip() == "no measure changed"
    data = json.loads(run(records_path, "--predictions", records_path, "--compare", before, "--json").stdout)
    assert data["comparison"]["changes"]["deals"]["after"] == 1
    assert {item["layer"] for item in data["comparison"]["won"]} == {"deals", "dates"}


def test_what_it_needs_is_told(monkeypatch: pytest.MonkeyPatch, records_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    result = run(records_path, "--predictions", records_path)
    assert result.exit_code == 2
    assert "extract-ru eval: Scores need the extra «eval»: pip install 'extract-ru[eval]'" in result.stderr


def test_the_library_tells_it_too(
    monkeypatch: pytest.MonkeyPatch, records_path: Path, extractor: extract.Extractor
) -> None:
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    with pytest.raises(MissingExtra, match="«eval»"):
        evaluate(records_path, extractor)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nowhere"], "nowhere: no such file or folder"),
        (["gold.jsonl", "--predictions", "none.jsonl"], "none.jsonl: No such file or directory"),
        (["gold.jsonl", "--predictions", "broken.jsonl"], "broken.jsonl: no records in JSON Lines"),
        (["gold.jsonl", "--predictions", "other.jsonl"], "2 of 2 articles have no record with their text"),
        (
            ["gold.jsonl", "--predictions", "gold.jsonl", "--compare", "gold.jsonl"],
            "not what `extract-ru eval --json`",
        ),
    ],
)
def test_wrong_usage(monkeypatch: pytest.MonkeyPatch, records_path: Path, arguments: list[str], message: str) -> None:
    monkeypatch.chdir(records_path.parent)
    Path("other.jsonl").write_text('{"text": "Другой текст", "deals": []}', encoding="utf-8")
    Path("broken.jsonl").write_text("x", encoding="utf-8")
    result = run(*arguments)
    assert result.exit_code == 2
    assert message in result.stderr
