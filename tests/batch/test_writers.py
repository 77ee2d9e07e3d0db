"""Ways out: the same facts in every format."""

import csv
import gzip
import json
from pathlib import Path
from typing import Any

import pytest

import extract
from extract.batch.tables import record_schema, write_duckdb, write_parquet
from extract.batch.writers import write_csv, write_gzip, writer_for
from extract.errors import MissingExtra
from extract.pages.records import read_records

ARTICLES = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.txt"))[:8]


@pytest.fixture(scope="module")
def records(extractor: extract.Extractor) -> list[bytes]:
    articles = [extract.Article(path.read_text("utf-8"), path.stem, None, path.name[:10]) for path in ARTICLES]
    return [record.model_dump_json().encode() + b"\n" for record in extractor.pipe(articles)]


@pytest.fixture(scope="module")
def data(records: list[bytes]) -> list[dict[str, Any]]:
    return [json.loads(record) for record in records]


def test_gzip(records: list[bytes], tmp_path: Path) -> None:
    write_gzip(records, tmp_path / "a.gz")
    write_gzip(records, tmp_path / "b.gz")
    assert gzip.decompress((tmp_path / "a.gz").read_bytes()) == b"".join(records)
    assert (tmp_path / "a.gz").read_bytes() == (tmp_path / "b.gz").read_bytes()


def test_csv_has_a_row_a_deal(records: list[bytes], data: list[dict[str, Any]], tmp_path: Path) -> None:
    write_csv(records, tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    deals = [(record["id"], deal) for record in data for deal in record["deals"]]
    assert [(row["article"], row["type"], row["status"]) for row in rows] == [
        (id, deal["type"], deal["status"]) for id, deal in deals
    ]
    for row, (_, deal) in zip(rows, deals, strict=True):
        assert row["amount"] == ("" if deal["amount"] is None else str(deal["amount"]["value"]))
        assert all(party["name"] in row["participants"] for party in deal["participants"])


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r"])
def test_csv_holds_no_formula(data: list[dict[str, Any]], tmp_path: Path, start: str) -> None:
    record = next(record for record in data if record["deals"])
    record = record | {"title": f"{start}cmd|' /C calc'!A0", "id": f"{start}1+1"}
    write_csv([json.dumps(record).encode()], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            assert row["title"].startswith(f"'{start}")
            assert row["article"].startswith(f"'{start}")


def test_parquet_is_nested_and_typed(records: list[bytes], data: list[dict[str, Any]], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    import pyarrow.parquet

    write_parquet(records, tmp_path / "a.parquet")
    table = pyarrow.parquet.read_table(tmp_path / "a.parquet")
    assert table.schema == record_schema()
    assert table.to_pylist() == data
    assert set(table.schema.names) == set(extract.Record.model_fields)


def test_duckdb_has_related_tables(records: list[bytes], data: list[dict[str, Any]], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    duckdb = pytest.importorskip("duckdb")
    write_duckdb(records, tmp_path / "a.duckdb")
    with duckdb.connect(str(tmp_path / "a.duckdb"), read_only=True) as database:

        def rows(query: str) -> list[tuple[Any, ...]]:
            return list(database.execute(query).fetchall())

        assert rows("SELECT article, id, text FROM articles ORDER BY article") == [
            (number, record["id"], record["text"]) for number, record in enumerate(data, 1)
        ]
        deals = [
            (number, deal["id"], deal["type"], party["role"], party["name"])
            for number, record in enumerate(data, 1)
            for deal in record["deals"]
            for party in deal["participants"]
        ]
        query = """SELECT d.article, d.id, d.type, p.role, p.name FROM deals d
                   JOIN participants p ON p.article = d.article AND p.deal = d.id"""
        assert sorted(rows(query)) == sorted(deals)
        for table in ("organizations", "people", "locations", "dates", "amounts"):
            mentions = sum(len(found["mentions"]) for record in data for found in record[table])
            query = f"SELECT count(*) FROM mentions m JOIN {table} t ON t.article = m.article AND t.id = m.ref"
            assert rows(query) == [(mentions,)]
        positions = sum(len(person["positions"]) for record in data for person in record["people"])
        assert rows("SELECT count(*) FROM positions") == [(positions,)]
        assert rows('SELECT count(*) FROM mentions JOIN articles a USING (article) '
                    'WHERE a.text[mentions."start" + 1:mentions."end"] != mentions.text') == [(0,)]  # fmt: skip


@pytest.mark.parametrize("name", ["out.parquet", "out.duckdb"])
@pytest.mark.parametrize("value", [121_020_700_000_000_000, 10**20])
def test_numbers_beyond_what_a_column_holds_exactly(
    data: list[dict[str, Any]], tmp_path: Path, name: str, value: int
) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    record = next(record for record in data if record["amounts"])
    record = record | {"amounts": [record["amounts"][0] | {"value": value}], "deals": []}
    write = writer_for(tmp_path / name)
    assert write is not None
    write([json.dumps(record).encode()], tmp_path / name)
    [written] = read_records(tmp_path / name)
    assert written.amounts[0].value == float(value)


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.parquet", "out.duckdb"])
def test_bounds_come_back(frames_only: extract.Extractor, tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    record = frames_only.extract("Холдинг «Кедр» купил более 25% акций банка «Ель» за 2–3 млрд рублей.")
    write = writer_for(tmp_path / name)
    assert write is not None
    write([record.model_dump_json().encode() + b"\n"], tmp_path / name)
    [written] = read_records(tmp_path / name)
    assert written == record
    assert written.deals[0].amount is not None and written.deals[0].stake_range is not None
    assert (written.deals[0].amount.min, written.deals[0].stake_range.min) == (2_000_000_000, 25)


def test_csv_has_bounds(frames_only: extract.Extractor, tmp_path: Path) -> None:
    record = frames_only.extract("Холдинг «Кедр» купил около 25% акций банка «Ель» за 2–3 млрд рублей.")
    write_csv([record.model_dump_json().encode()], tmp_path / "a.csv")
    with (tmp_path / "a.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert (row["amount_min"], row["amount_max"], row["stake_approximate"]) == ("2000000000", "3000000000", "True")


def test_no_records_make_an_empty_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    for name in ("a.jsonl.gz", "a.csv", "a.parquet", "a.duckdb"):
        write = writer_for(tmp_path / name)
        assert write is not None
        write([], tmp_path / name)
        assert (tmp_path / name).stat().st_size > 0


@pytest.mark.parametrize("name", ["a.json", "a", "a.xlsx", "jsonl"])
def test_unknown_formats(name: str) -> None:
    with pytest.raises(ValueError, match="the name must end in"):
        writer_for(Path(name))


def test_a_missing_extra_is_named_before_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.batch.tables.find_spec", lambda name: None)
    with pytest.raises(MissingExtra, match=r"pip install 'extract-ru\[duckdb\]'"):
        writer_for(Path("a.duckdb"))
