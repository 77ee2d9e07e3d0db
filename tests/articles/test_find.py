"""From paths to articles, whatever they lie in."""

import csv
import gzip
import io
import json
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest

from extract.articles.article import Article
from extract.articles.find import find, holds_many
from extract.articles.read import read
from extract.articles.sources import Source
from extract.errors import ArticleError

TEXT = "«Лютик» купил «Василёк»\n\nСделка закрыта в мае."
ROWS = [
    {"url": "https://example.org/1", "headline": "«Лютик» купил", "body": TEXT, "date": "2023-07-14T10:00:00"},
    {"url": "https://example.org/2", "headline": None, "body": TEXT, "date": None},
]
FEED = """<?xml version="1.0" encoding="utf-8"?>
<rss xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Новости</title>
<item><title>«Лютик» купил</title><link>https://example.org/1</link><pubDate>Fri, 14 Jul 2023 10:00:00 +0300</pubDate>
<description>Коротко</description>
<content:encoded><![CDATA[<p>Сделка &laquo;закрыта&raquo;.</p>]]></content:encoded></item>
<item><title>Второй</title></item><item/></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><entry><title>«Лютик» купил</title>
<link href="https://example.org/1"/><updated>2023-07-14T10:00:00Z</updated>
<content>Сделка закрыта.</content></entry></feed>"""


def found(path: Path, **options: Any) -> list[Article | ArticleError]:
    """Everything below a path, sources read."""
    articles: list[Article | ArticleError] = []
    for item in find([path], **options):
        if isinstance(item, Source):
            try:
                articles.append(read(item))
            except ArticleError as error:
                articles.append(error)
        else:
            articles.append(item)
    return articles


def check_rows(path: Path) -> None:
    first, second = found(path)
    assert first == Article(TEXT, "https://example.org/1", "«Лютик» купил", "2023-07-14", "https://example.org/1")
    assert second == Article(TEXT, "https://example.org/2", url="https://example.org/2")


def test_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in ROWS) + "\n\n", "utf-8-sig")
    check_rows(path)
    packed = tmp_path / "b.jsonl.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    check_rows(packed)


@pytest.mark.parametrize("data", [ROWS, {"articles": ROWS}, {"count": 2, "tags": ["a"], "items": ROWS}])
def test_json(tmp_path: Path, data: Any) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(data), "utf-8")
    check_rows(path)


def test_json_of_one_article(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(ROWS[0] | {"links": [{"text": "ещё"}]}), "utf-8")
    assert [article.id for article in found(path)] == ["https://example.org/1"]


@pytest.mark.parametrize(("delimiter", "encoding"), [(",", "utf-8"), (";", "cp1251"), ("\t", "utf-16")])
def test_csv(tmp_path: Path, delimiter: str, encoding: str) -> None:
    path = tmp_path / "a.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, list(ROWS[0]), delimiter=delimiter)
        writer.writeheader()
        writer.writerows(ROWS)
    check_rows(path)


def test_parquet(tmp_path: Path) -> None:
    pa = pytest.importorskip("pyarrow")
    import pyarrow.parquet

    pyarrow.parquet.write_table(pa.Table.from_pylist(ROWS), tmp_path / "a.parquet")
    check_rows(tmp_path / "a.parquet")


def test_fields_by_option(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(json.dumps({"text": "не то", "Lead": TEXT, "Published": 1689325200, "n": 7}), "utf-8")
    with caplog.at_level("INFO", "extract"):
        [article] = found(path, fields={"text": "Lead", "id": "n"})
    assert article == Article(TEXT, "7", None, "2023-07-14")
    assert "text from «Lead», published from «Published», id from «n»" in caplog.text


def test_rows_without_an_id_are_numbered(tmp_path: Path) -> None:
    path = tmp_path / "2023-07-14.jsonl"
    path.write_text(json.dumps({"text": TEXT}) * 1 + "\n" + json.dumps({"text": TEXT}), "utf-8")
    assert [(article.id, article.published) for article in found(path)] == [
        (f"{path.as_posix()}#1", "2023-07-14"),
        (f"{path.as_posix()}#2", "2023-07-14"),
    ]


@pytest.mark.parametrize(
    ("name", "content", "reasons"),
    [
        (
            "a.jsonl",
            b'{"text": "a"}\n{bad\n[1]\n{"text": ""}\n{"text": 5}',
            ["", "no JSON", "no object", "no text", "no text"],
        ),
        ("a.jsonl", b'{"zzz": 1}', ["none of the fields «zzz»"]),
        ("a.jsonl", b"[" * 100_000, ["no JSON"]),
        ("a.jsonl", b'{"text": ' + b"9" * 10_000 + b"}", ["no JSON"]),
        ("a.jsonl", b'{"text": "' + "а".encode() * 2000 + b'"}', ["too long"]),
        ("a.jsonl", b"\xff\xfe", ["no JSON"]),
        ("a.json", b"{bad", ["broken: "]),
        ("a.json", b"5", ["broken: "]),
        ("a.json", b'{"a":' * 100_000, ["broken: "]),
        ("a.jsonl.gz", b"\x1f\x8bxxxx", ["broken: "]),
        ("a.jsonl.gz", gzip.compress(b'{"text": "a"}\n' * 9, mtime=0)[:-9], ["broken after row"]),
        ("a.parquet", b"PAR1xxxx", ["broken: "]),
        ("a.csv", b"", ["the file is empty"]),
        ("a.zip", b"", ["the file is empty"]),
        ("a.csv", b"text\n", ["no article in it"]),
        ("a.jsonl", b"\n", ["no article in it"]),
        ("a.json", b"[]", ["no article in it"]),
        ("a.txt.gz", b"\x1f\x8bxxxx", ["broken or locked in its archive"]),
        ("a.doc", b"\xd0\xcf", ["aren't read"]),
        ("a.xml", b"<a/>", ["neither RSS nor Atom"]),
        ("a.xml", b'<!DOCTYPE a [<!ENTITY b "bb">]><a>&b;</a>', ["entities"]),
        ("a.zip", b"PK\3\4xxxx", ["broken or locked archive"]),
        ("a.tar.gz", b"\x1f\x8bxxxx", ["broken or locked archive"]),
        ("a.tar.gz", b"\x1f\x8b\x08", ["broken or locked archive"]),
    ],
)
def test_broken_collections_are_told(tmp_path: Path, name: str, content: bytes, reasons: list[str]) -> None:
    if name.endswith("parquet"):
        pytest.importorskip("pyarrow")
    (tmp_path / name).write_bytes(content)
    told = [item.reason if isinstance(item, ArticleError) else "" for item in found(tmp_path / name, max_chars=1000)]
    assert len(told) == len(reasons) or "gz" in name
    for reason, expected in zip(told[-len(reasons) :] if reasons else [], reasons, strict=True):
        assert expected in reason


def test_rss(tmp_path: Path) -> None:
    (tmp_path / "a.xml").write_text(FEED, "utf-8")
    first, second, third = found(tmp_path / "a.xml")
    assert first == Article(
        "«Лютик» купил\n\nСделка «закрыта».",
        "https://example.org/1",
        "«Лютик» купил",
        "2023-07-14",
        "https://example.org/1",
    )
    assert isinstance(second, Article)
    assert second.text == "Второй"
    assert isinstance(third, ArticleError)


def test_atom(tmp_path: Path) -> None:
    (tmp_path / "a.atom").write_text(ATOM, "utf-8")
    assert found(tmp_path / "a.atom") == [
        Article(
            "«Лютик» купил\n\nСделка закрыта.",
            "https://example.org/1",
            "«Лютик» купил",
            "2023-07-14",
            "https://example.org/1",
        )
    ]


def test_zip(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("2023-07-14/a.txt", TEXT.encode("cp1251"))
        archive.writestr("rows.jsonl", "\n".join(json.dumps(row) for row in ROWS))
        archive.writestr("../../b.txt", TEXT)
        archive.writestr("photo.jpg", b"\xff\xd8")
        archive.writestr("inner.zip", b"PK")
        archive.writestr("bomb.txt", b"a" * 50_000)
    items = found(path, max_chars=10_000)
    assert [item.id for item in items] == [
        f"{path.as_posix()}/2023-07-14/a.txt",
        "https://example.org/1",
        "https://example.org/2",
        f"{path.as_posix()}/../../b.txt",
        f"{path.as_posix()}/inner.zip",
        f"{path.as_posix()}/bomb.txt",
    ]
    assert items[0] == Article(TEXT, items[0].id, "«Лютик» купил «Василёк»", "2023-07-14")
    assert [item.reason for item in items if isinstance(item, ArticleError)] == [
        "an archive in an archive isn't read",
        "too long: more than 40,000 bytes unpacked",
    ]
    assert not (tmp_path.parent / "b.txt").exists()


@pytest.mark.parametrize("name", ["a.tar.gz", "a.tgz", "a.tar"])
def test_tar(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    with tarfile.open(path, "w" if name.endswith("tar") else "w:gz") as archive:
        for member in ("b/a.txt", "/etc/c.txt"):
            info = tarfile.TarInfo(member)
            info.size = len(TEXT.encode())
            archive.addfile(info, io.BytesIO(TEXT.encode()))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert [article.text for article in found(path) if isinstance(article, Article)] == [TEXT, TEXT]


def test_json_lines_on_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    class Input:
        buffer = io.BytesIO("\n".join(json.dumps(row) for row in ROWS).encode())

    monkeypatch.setattr("sys.stdin", Input)
    check_rows(Path("-"))


@pytest.mark.parametrize(
    ("name", "many"),
    [("a.jsonl.gz", True), ("a.csv", True), ("a.zip", True), ("a.xml", True), ("a.txt", False), ("a.html", False)],
)
def test_holds_many(name: str, many: bool) -> None:
    assert holds_many(name) is many


def test_a_broken_member_costs_no_other(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, f"{name}: {TEXT}")
    data = path.read_bytes()
    path.write_bytes(data.replace("b.txt: «Лютик»".encode(), "b.txt: «Мютик»".encode()))
    first, second, third = found(path)
    assert (first.id, third.id) == (f"{path.as_posix()}/a.txt", f"{path.as_posix()}/c.txt")
    assert isinstance(second, ArticleError)
    assert second.id == f"{path.as_posix()}/b.txt"
    assert "broken or locked in its archive" in second.reason


def test_whatever_a_reader_raises_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*arguments: object) -> list[Article]:
        raise IndexError("of its own")

    monkeypatch.setattr("extract.articles.rows.articles_of", fail)
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": TEXT}), "utf-8")
    (tmp_path / "b.txt").write_text(TEXT, "utf-8")
    first, second = found(tmp_path)
    assert isinstance(first, ArticleError)
    assert first.reason == "IndexError: of its own"
    assert isinstance(second, Article)


def test_one_packed_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt.gz").write_bytes(gzip.compress(TEXT.encode("cp1251")))
    [article] = found(tmp_path)
    assert article == Article(TEXT, f"{tmp_path.as_posix()}/a.txt.gz/a.txt", "«Лютик» купил «Василёк»")


def test_lone_surrogates_beside_the_text_do_no_harm(tmp_path: Path) -> None:
    row = {"id": "a\ud800", "title": "\udfffЛютик", "url": "https://a.org/\ud800", "text": TEXT}
    (tmp_path / "a.jsonl").write_text(json.dumps(row), "utf-8")
    assert found(tmp_path) == [Article(TEXT, "a\\ud800", "\\udfffЛютик")]


def test_fields_that_a_file_lacks_are_guessed(tmp_path: Path) -> None:
    for number, name in enumerate(("text", "inhalt", "articleBody")):
        (tmp_path / f"{number}.jsonl").write_text(json.dumps({name: TEXT}), "utf-8")
    articles = found(tmp_path, fields={"text": "inhalt"})
    assert [article.text for article in articles if isinstance(article, Article)] == [TEXT] * 3


def test_what_is_passed_over_is_told_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO", "extract")
    for name in ("a.jpg", "b.JPG", "Thumbs.db", ".hidden", "~$a.docx"):
        (tmp_path / name).write_bytes(b"x")
    for name in ("c.jsonl", "d.jsonl"):
        (tmp_path / name).write_text(json.dumps({"text": TEXT}), "utf-8")
    assert len(found(tmp_path)) == 2
    assert [message.partition(": ")[2] for message in caplog.messages] == [
        "text from «text»",
        "2 .jpg, 1 hidden, 1 .db, 1 .docx",
    ]
