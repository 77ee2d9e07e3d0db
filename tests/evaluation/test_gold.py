import gzip
import json
from dataclasses import replace
from pathlib import Path

import pytest

from extract.evaluation.gold import read
from extract.evaluation.samples import GoldError, Sample
from extract.evaluation.scoring import score

DEVELOPMENT = ["deals/gold.jsonl", "nerel/dev", "rured", "factrueval-dev"]


def shuffled(samples: list[Sample]) -> list[Sample]:
    """Each text with the next one's annotation."""
    return [
        replace(other, text=sample.text, id=sample.id)
        for sample, other in zip(samples, samples[1:] + samples[:1], strict=True)
    ]


def test_gold_against_itself_is_perfect(gold_path: Path) -> None:
    samples = read(gold_path)
    totals = score(samples, samples).totals
    assert len(samples) == 2
    assert totals
    assert {measure: counts.f1 for measure, counts in totals.items()} == dict.fromkeys(totals, 1.0)


def test_shuffled_gold_is_not(gold_path: Path) -> None:
    samples = read(gold_path)
    totals = score(samples, shuffled(samples)).totals
    whole = [counts.f1 for measure, counts in totals.items() if measure.count(".") == (measure[0] in "ef")]
    assert whole
    assert max(whole) < 1


@pytest.mark.parametrize("name", DEVELOPMENT)
def test_development_sets_against_themselves(shared_data: Path, name: str) -> None:
    samples = read(shared_data / name)[:60]
    totals = score(samples, samples).totals
    assert {measure: counts.f1 for measure, counts in totals.items()} == dict.fromkeys(totals, 1.0)
    totals = score(samples, shuffled(samples)).totals
    assert all(counts.f1 < 0.5 for measure, counts in totals.items() if counts.gold > 30)


def test_spans_keep_their_places(gold_path: Path) -> None:
    surfaces = {
        (span.type, sample.text[span.start : span.end].strip("«»"))
        for sample in read(gold_path)
        for span in sample.spans or []
    }
    assert {("ORG", "Лотос"), ("ORG", "Камыш"), ("PER", "Анны Громовой")} <= surfaces


def test_records_layers(records_path: Path) -> None:
    first, second = read(records_path)
    assert first.span_types == {"ORG", "PER", "LOC", "DATE", "MONEY"}
    assert first.published == "2023-05-10"
    assert second.spans is None
    assert second.dates is None
    assert second.positions is not None
    assert second.positions[0].organization == "Аист"


def test_gzipped_records(records_path: Path) -> None:
    path = records_path.with_suffix(".jsonl.gz")
    path.write_bytes(gzip.compress(records_path.read_bytes()))
    assert read(path) == read(records_path)


def test_factrueval_marks_and_names(factrueval_path: Path) -> None:
    facts = read(factrueval_path)[0].facts
    assert facts is not None
    deal, occupation, ownership, meeting = facts
    assert [argument.name for argument in deal.arguments] == ["participant", "participant", "type"]
    assert "Анна Громова" in occupation.arguments[0].values
    assert occupation.arguments[3].values == ("конец",)
    assert ownership.difficult and not deal.difficult
    assert meeting.unreal and not deal.unreal


def test_factrueval_without_facts_has_no_such_layer(factrueval_path: Path) -> None:
    assert read(factrueval_path)[1].facts is None


def test_emoji_before_a_label_studio_span(tmp_path: Path) -> None:
    text = "🔥 «Лотос» купил завод"
    task = {"data": {"text": text}, "annotations": [{"result": [_result(4, 9, "Лотос")]}]}
    path = tmp_path / "export.json"
    path.write_text(json.dumps([task]), encoding="utf-8")
    spans = read(path)[0].spans
    assert spans is not None
    assert [text[span.start : span.end] for span in spans] == ["Лотос"]


def _result(start: int, end: int, text: str) -> dict[str, object]:
    value = {"start": start, "end": end, "text": text, "labels": ["Организация"]}
    return {"id": "x", "type": "labels", "value": value}


def test_format_can_be_said(records_path: Path, tmp_path: Path) -> None:
    assert read(records_path, format="records") == read(records_path)
    with pytest.raises(GoldError, match="brat samples are a folder"):
        read(records_path, format="brat")
    with pytest.raises(GoldError, match="records samples are a file"):
        read(tmp_path, format="records")
    with pytest.raises(GoldError, match="lacks the key 'label"):
        read(records_path, format="doccano")


def test_own_labels(tmp_path: Path) -> None:
    path, labels = tmp_path / "own.jsonl", tmp_path / "labels.toml"
    path.write_text('{"text": "Лотос ждёт", "label": [[0, 5, "Фирма"]]}\n', encoding="utf-8")
    labels.write_text('[spans]\n"Фирма" = "ORG"\n', encoding="utf-8")
    with pytest.raises(GoldError, match=r"none of its labels is known: Фирма; .*--labels"):
        read(path)
    spans = read(path, labels)[0].spans
    assert spans is not None
    assert spans[0].type == "ORG"


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        (
            "gold.txt",
            "Просто текст",
            "no annotated samples; looked for our records .*; found text that is no JSON",
        ),
        ("gold.jsonl", "", "found an empty file"),
        ("gold.jsonl", "[1, 2]", "found JSON that isn't made of objects"),
        ("gold.jsonl", '{"body": "x"}', "found JSON whose first object has the keys body"),
        ("gold.jsonl", '{"text": "x", "deals": []}\n{"text"', "line 2: no JSON"),
        (
            "gold.jsonl",
            '{"text": "x", "deals": [{"type": "loan"}]}',
            r"record 1 \(without id\): .* 'participants'",
        ),
        ("gold.jsonl", '{"text": "x", "deals": [5]}', "record 1 .*: not in the record's shape"),
        ("gold.jsonl", '{"text": "x", "spans": [{"start": 0, "label": "ORG"}]}', "lacks the key 'end'"),
        (
            "gold.jsonl",
            '{"text": "x", "label": [[0, 9, "ORG"]]}',
            "ORG 0–9 lies outside the text of 1 characters",
        ),
        ("gold.spacy", "xyz", "no DocBin of spaCy's"),
        ("gold.json", '[{"data": {"text": "x"}, "annotations": []}]', "no annotated article in it"),
    ],
)
def test_what_is_wrong_is_said(tmp_path: Path, name: str, content: str, message: str) -> None:
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read(path)


def test_folders_of_something_else(tmp_path: Path) -> None:
    with pytest.raises(GoldError, match="found a folder with nothing"):
        read(tmp_path)
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    with pytest.raises(GoldError, match=r"found a folder with 1 \.txt"):
        read(tmp_path)
    (tmp_path / "b.ann").write_text("T1\tORG 0 1\tx\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"there is no b\.txt beside it"):
        read(tmp_path)
    (tmp_path / "b.txt").write_text("x", encoding="utf-8")
    (tmp_path / "b.ann").write_text("T1 ORG 0 1 x\n", encoding="utf-8")
    with pytest.raises(GoldError, match=r"b\.ann, line 1: no annotation of brat's"):
        read(tmp_path)
    with pytest.raises(GoldError, match="no such file or folder"):
        read(tmp_path / "c")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("[spans\n", "no map of labels"),
        ('[spans]\nFirm = "COMPANY"\n', "knows the types PER, ORG, LOC, DATE, MONEY, not COMPANY"),
        ('[relations]\nOWNS = { type = "ownership" }\n', "no map of labels: 'roles'"),
    ],
)
def test_wrong_map_of_labels(tmp_path: Path, content: str, message: str) -> None:
    path, labels = tmp_path / "own.jsonl", tmp_path / "labels.toml"
    path.write_text('{"text": "Лотос ждёт", "label": [[0, 5, "ORG"]]}\n', encoding="utf-8")
    labels.write_text(content, encoding="utf-8")
    with pytest.raises(GoldError, match=message):
        read(path, labels)
