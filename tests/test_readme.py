"""What the README shows works as it says."""

import json
import re
from pathlib import Path

import pytest

import extract
from extract.batch.tables import write_duckdb

README = (Path(__file__).parents[1] / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.DOTALL | re.MULTILINE)


def test_the_two_commands_are_there() -> None:
    first, second = blocks("sh")[:2]
    assert first.rstrip().endswith("extract-ru run corpus/articles -o records.jsonl --overwrite")
    assert second.rstrip().endswith("-m pytest -n 2 --dist loadfile")
    assert "\n" not in first.rstrip() + second.rstrip()


def test_the_library_example_runs(capsys: pytest.CaptureFixture[str]) -> None:
    [example] = [block for block in blocks("python") if "extract.load()" in block]
    names: dict[str, object] = {"texts": ["Банк «Заречье» купил завод «Кедр»."] * 3}
    exec(compile(example, "README.md", "exec"), names)
    assert isinstance(names["record"], extract.Record)


def test_the_queries_run(extractor: extract.Extractor, tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    path = Path(__file__).parents[1] / "corpus" / "articles" / "2022-10-25_gribnica-raund.txt"
    record = extractor.extract(path.read_text("utf-8"), published="2022-10-25").model_dump_json()
    write_duckdb([record.encode()], tmp_path / "a.duckdb")
    [queries] = blocks("sql")
    with duckdb.connect(str(tmp_path / "a.duckdb")) as database:
        *_, parties, positions = [database.execute(query).fetchall() for query in queries.split(";") if query.strip()]
    assert "Грибница" in {name for name, _, _ in parties}
    assert ("Дарья Меньшенина", "основательница", "Грибница") in {row[1:4] for row in positions}


def test_the_sample_is_what_comes_out(extractor: extract.Extractor) -> None:
    """As far as it is shown: names and offsets, not the figures that change with the rules."""
    [sample] = map(json.loads, blocks("json"))
    text = (Path(__file__).parents[1] / sample["id"]).read_text("utf-8")
    record = json.loads(extractor.extract(text, sample["id"], sample["title"], sample["published"]).model_dump_json())
    [deal] = sample["deals"]
    found = next(other for other in record["deals"] if other["type"] == deal["type"])
    assert found["participants"] == deal["participants"]
    assert [found[key] for key in ("status", "amount", "trigger")] == [
        deal[key] for key in ("status", "amount", "trigger")
    ]
    assert sample["people"][0]["positions"] == record["people"][0]["positions"]
    for layer in ("organizations", "dates"):
        assert sample[layer][0]["id"] in {thing["id"] for thing in record[layer]}
        for mention in sample[layer][0]["mentions"]:
            assert text[mention["start"] : mention["end"]] == mention["text"]


def test_a_deal_type_is_added_with_one_file(tmp_path: Path) -> None:
    [toml] = blocks("toml")
    rules = tmp_path / "sponsors.toml"
    rules.write_text(toml, "utf-8")
    [deal] = extract.load(rules=rules).extract("Банк «Заречье» спонсировал клуб «Поморские волки».").deals
    assert (deal.type, deal.status, deal.rule) == ("sponsorship", "completed", "sponsorship/sponsor")
    assert {(participant.role, participant.name) for participant in deal.participants} == {
        ("sponsor", "Заречье"),
        ("recipient", "Поморские волки"),
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "reason"),
    [
        ('sponsor = ["subject"]', 'sponsors = ["subject"]', 10, "unknown role 'sponsors'"),
        ('type = "sponsorship"', 'type = "sponsoring"', 7, "unknown type 'sponsoring'"),
        ('["object"]', '["oject"]', 11, "place 'oject'"),
        ('name = "sponsor" ', 'nam = "sponsor" ', 6, "unknown key 'nam'"),
        ("[[frames]]", "[[frames]", 5, "no TOML"),
    ],
)
def test_a_mistake_is_told_with_its_line(tmp_path: Path, old: str, new: str, line: int, reason: str) -> None:
    rules = tmp_path / "sponsors.toml"
    rules.write_text(blocks("toml")[0].replace(old, new), "utf-8")
    with pytest.raises(extract.RulesError, match=reason) as caught:
        extract.load(rules=rules)
    assert (caught.value.file, caught.value.line) == (str(rules), line)
    assert str(caught.value).startswith(f"{rules}:{line}: ")
