"""The report without a browser: what stands in the page, how many pages, what is refused."""

import gzip
import json
import re
import subprocess
import sys
from pathlib import Path
from typing import get_args

import pytest

from extract import record as shapes
from extract.batch.frames import frame_schema
from extract.batch.tables import write_duckdb, write_parquet
from extract.evaluation.report import LAYERS
from extract.pages.labels import labels
from extract.pages.notebook import article_page, notebook_html
from extract.pages.page import page
from extract.pages.records import RecordsError, read_records
from extract.pages.report import write_report
from extract.pages.view import view_of
from extract.record import Record


def data_of(html: str) -> dict:
    return json.loads(re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.S).group(1))


def test_page_has_everything_in_itself(records: list[Record], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    assert write_report(records, out) == [out]
    html = out.read_text("utf-8")
    assert len(data_of(html)["articles"]) == len(records)
    markup = re.sub(r"<script>.*?</script>", "<script></script>", html, flags=re.S)
    assert not re.search(r'<(script|img|link|iframe)[^>]+(src|href)="(?!data:)', markup)
    assert "@import" not in markup and "url(" not in markup.split("<body")[0]


def test_policy_admits_hashes_only() -> None:
    html = page("article.html", ("static/dom.js",), {})
    policy = re.search(r'Content-Security-Policy" content="(.*?)"', html).group(1).replace("&#39;", "'")
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy and "*" not in policy and "http" not in policy


@pytest.mark.parametrize(
    "name", ["</script><script>alert(1)</script>", "<!--<script>", "]]>", "\u2028", "<b onclick=x>"]
)
def test_no_name_ends_the_data(make_record, tmp_path: Path, name: str) -> None:
    out = tmp_path / "report.html"
    write_report([make_record(buyer=name, title=name, id=name)], out)
    html = out.read_text("utf-8")
    assert data_of(html)["articles"][0]["title"] == name
    assert name == "]]>" or name not in html.split("<body")[1].split("</script>")[0]


def test_offsets_count_as_in_browsers(make_record) -> None:
    record = make_record(before="🚀🚀 ")
    view = view_of(record)
    units = record.text.encode("utf-16-le")
    start, end = view["organizations"][0]["mentions"][0]
    assert units[2 * start : 2 * end].decode("utf-16-le") == "Лютик"
    start, end = view["deals"][0]["trigger"]
    assert units[2 * start : 2 * end].decode("utf-16-le") == "купил"


def test_anaphors_are_marked(make_record) -> None:
    record = make_record()
    record.organizations[0].mentions[0].anaphor = True
    assert len(view_of(record)["organizations"][0]["mentions"][0]) == 3


def test_deals_of_the_corpus_have_triggers_and_mentions(records: list[Record]) -> None:
    deals = [(record, deal) for record in records for deal in record.deals]
    assert all(deal.trigger is not None for _, deal in deals)
    parties = [(record, party) for record, deal in deals for party in deal.participants]
    assert sum(party.mention is not None for _, party in parties) >= 0.9 * len(parties)
    for record, party in parties:
        if party.mention is not None:
            assert record.text[party.mention.start : party.mention.end] == party.mention.text


def test_records_of_earlier_versions_have_neither(make_record) -> None:
    old = make_record().model_dump(mode="json") | {"schema_version": "1.0"}
    for deal in old["deals"]:
        del deal["trigger"], deal["stake_range"]
        for party in deal["participants"]:
            del party["mention"]
    (deal,) = view_of(Record.model_validate(old))["deals"]
    assert deal["trigger"] is None
    assert {party["mention"] for party in deal["participants"]} == {None}


def test_everything_has_a_label() -> None:
    known = labels()
    for group, literal in (
        ("kinds", shapes.OrganizationKind),
        ("kinds", shapes.LocationKind),
        ("statuses", shapes.Status),
    ):
        assert set(get_args(literal)) <= set(known[group])
    assert set(LAYERS) <= set(known["layers"])
    for kind, (short, full) in known["types"].items():
        assert short != kind and full


def test_own_types_are_named_by_their_rules_file(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text('[types.sponsorship]\nlabel = "спонсорство, поддержка"\nroles = ["sponsor"]\n', "utf-8")
    assert labels(rules)["types"]["sponsorship"] == ("спонсорство", "спонсорство, поддержка")


def test_many_articles_become_pages_with_an_index(make_record, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    records = [make_record(id=f"a{i}", buyer=f"Лютик {i}") for i in range(5)]
    written = write_report(records, out, articles=2)
    assert [path.name for path in written] == ["report.html", "report-1.html", "report-2.html", "report-3.html"]
    index = out.read_text("utf-8")
    assert re.findall(r'<a href="(.*?)">', index) == ["report-1.html", "report-2.html", "report-3.html"]
    assert "Лютик 4" in index
    ids = [article["id"] for path in written[1:] for article in data_of(path.read_text("utf-8"))["articles"]]
    assert ids == ["a0", "a1", "a2", "a3", "a4"]
    assert '<a href="report.html">' in written[1].read_text("utf-8")


def test_gzipped_records_and_blank_lines(make_record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(f"\n{make_record().model_dump_json()}\n\n".encode()))
    assert [record.id for record in read_records(path)] == ["a1"]


@pytest.mark.parametrize("name", ["records.parquet", "records.duckdb"])
def test_tables_give_the_records_back(records: list[Record], make_record, tmp_path: Path, name: str) -> None:
    pytest.importorskip("pyarrow")
    pytest.importorskip("duckdb")
    given = [*records, make_record(id=None), *(make_record(id=f"a{i}") for i in range(200))]
    write = write_parquet if name.endswith("parquet") else write_duckdb
    write((record.model_dump_json().encode() for record in given), tmp_path / name)
    assert list(read_records(tmp_path / name)) == given


def test_a_folder_of_many_machines_is_read_without_its_errors(make_record, tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    folder = tmp_path / "records"
    folder.mkdir()
    (folder / "_SUCCESS").touch()
    failed = {"id": "a2", "error": {"stage": "read", "reason": "no text"}}
    for number, row in enumerate([{**make_record().model_dump(), "error": None}, failed]):
        parquet.write_table(pa.Table.from_pylist([row], frame_schema()), folder / f"part-{number}.parquet")
    assert [record.id for record in read_records(folder)] == ["a1"]


def test_what_holds_no_records_is_named(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    duckdb = pytest.importorskip("duckdb")
    parquet.write_table(pa.table({"text": ["а"]}), tmp_path / "articles.parquet")
    duckdb.connect(str(tmp_path / "other.duckdb")).close()
    for name in ("broken.parquet", "broken.duckdb"):
        (tmp_path / name).write_text("what", "utf-8")
    for name, reason in [
        ("articles.parquet", "columns text"),
        ("other.duckdb", "no file of records"),
        ("broken.parquet", "no file of records"),
        ("broken.duckdb", "no file of records"),
        ("deals.csv", "without their articles"),
    ]:
        with pytest.raises(RecordsError, match=reason):
            list(read_records(tmp_path / name))
    for name in ("none.parquet", "none.duckdb", "none.jsonl"):
        with pytest.raises(FileNotFoundError):
            list(read_records(tmp_path / name))
    assert not (tmp_path / "none.duckdb").exists()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{}\n", "line 1: no record of extract-ru run: id: Field required"),
        (b"what\n", "line 1: no record"),
        (b"\xff\xfe\n", "no file of records"),
    ],
)
def test_what_is_no_record_is_named(tmp_path: Path, content: bytes, reason: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_bytes(content)
    with pytest.raises(RecordsError, match=reason):
        list(read_records(path))


def test_half_a_gzip_file_is_named(make_record, tmp_path: Path) -> None:
    path = tmp_path / "records.jsonl.gz"
    path.write_bytes(gzip.compress(make_record().model_dump_json().encode())[:-20])
    with pytest.raises(RecordsError, match="no file of records"):
        list(read_records(path))


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, encoding="utf-8")


def test_command_writes_the_page(make_record, tmp_path: Path) -> None:
    path, out = tmp_path / "records.jsonl", tmp_path / "report.html"
    path.write_text(make_record().model_dump_json() + "\n", "utf-8")
    done = call("report", path, "-o", out)
    assert (done.returncode, done.stdout) == (0, "")
    assert "Лютик" in out.read_text("utf-8")


@pytest.mark.parametrize("content", ["", "{}\n"])
def test_command_refuses_what_is_no_records(tmp_path: Path, content: str) -> None:
    path = tmp_path / "records.jsonl"
    path.write_text(content, "utf-8")
    done = call("report", path, "-o", tmp_path / "report.html")
    assert done.returncode == 2
    assert done.stderr.startswith("extract-ru report: ")
    assert not (tmp_path / "report.html").exists()


def test_notebook_shows_a_frame_that_cannot_touch_it(make_record) -> None:
    record = make_record(buyer='"><script>alert(1)</script>')
    html = record._repr_html_()
    assert html == notebook_html(record)
    assert html.startswith('<iframe sandbox="allow-scripts"')
    assert html.count("<") == 2 and html.count(">") == 2
    assert data_of(article_page(record))["article"]["organizations"][0]["name"] == '"><script>alert(1)</script>'
