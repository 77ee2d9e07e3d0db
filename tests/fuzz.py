"""Feed the extractor and the readers with spoilt articles and hostile files, for as long as asked.

`python tests/fuzz.py --seconds 3600 [--only extract|read] [--seed N] [--keep FOLDER]` tells each failure once, by where
it was raised, and keeps in FOLDER what caused it. `tests/test_fuzz.py` runs a short form.

An article may come out however it likes, but as a record whose places are those of its text and whose references
lead somewhere. A file may be refused, but only with an ArticleError. Both in time.
"""

import argparse
import gzip
import io
import json
import random
import resource
import sys
import tarfile
import tempfile
import time
import traceback
import zipfile
from collections.abc import Callable, Iterator
from email.message import EmailMessage
from pathlib import Path

import extract
import extract.articles.article
from extract.articles.article import Article
from extract.articles.find import find
from extract.articles.read import read
from extract.articles.sources import Source
from extract.errors import ArticleError

ROOT = Path(__file__).parents[1]
MEMORY = 3_000_000_000  # bytes
SLOW = 5.0, 0.002  # seconds for any article, and for each of its characters
PIECES = [
    "\u00a0", "\u00ad", "\u200b", "\u0301", "\u0306", "\ufeff", "\u202e", "\x00", "\x1b[0m", "\r\n", "\n\n", "\t", "  ",
    "«", "»", "„", "“", "(", ")", "[", "]", "{", "}", "'", '"', "—", "-", "–", ",", ".", "…", "!", "?", ":", ";", "/",
    "«»", "()", "((((", "»»»»", "ё", "Ё", "й", "и\u0306", "C", "А", "a", "I", "V", "XXI", "№", "%", "$", "€", "₽", "*",
    "0", "1", "00", "31.02.2023", "99.99.9999", "2023-02-30", "1,5", "1.000.000,00", "9" * 40, "0" * 20, "1e309",
    "год", "года", "в 0 году", "0 года", "32 мая", "10000 год", "понедельник", "через 99999999999 лет", "вчера",
    "млрд", "млн руб.", "тысяч миллионов", "процентов", "-5%", "ООО", "ОАО «»", "компания", "он", "её", "которая",
    "Иван", "Иванов И. И.", "И. о.", "г-н", "президент", "экс-", "вице-", "замминистра", "США", "в Москве", "Банк",
    "купил", "продал", "подписал соглашение о", "по словам", "т. е.", "т.д.", "100500", "½", "²", "ﬁ", "İ", "ß", "𝕏",
    "🙂", "中文", "עברית", "\u2028", "\u0085", "<b>", "&nbsp;", "https://a.b/c?d=e#f", "a@b.ru", "@@@", "#тег", "_" * 9,
]  # fmt: skip


def texts() -> list[str]:
    """The corpus's articles to spoil."""
    return [path.read_text("utf-8") for path in sorted((ROOT / "corpus" / "articles").glob("*.txt"))]


def spoil(text: str, chance: random.Random, others: list[str]) -> str:
    """Spoil an article in a few places."""
    for _ in range(chance.choice((1, 2, 5, 20))):
        text = chance.choice(MUTATIONS)(text, chance, others)[:20_000]
    return text


def _stretch(text: str, chance: random.Random, longest: int = 60) -> tuple[int, int]:
    start = chance.randint(0, len(text))
    return start, min(len(text), start + chance.randint(0, longest))


def _insert(text: str, chance: random.Random, others: list[str]) -> str:
    at = chance.randint(0, len(text))
    piece = chance.choice(PIECES) * chance.choice((1, 1, 1, 1, 2, 3, 50))
    return text[:at] + chance.choice(("", " ")) + piece + chance.choice(("", " ")) + text[at:]


def _delete(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance)
    return text[:start] + text[end:]


def _repeat(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance)
    return text[:start] + text[start:end] * chance.choice((2, 3, 30)) + text[end:]


def _move(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance)
    rest = text[:start] + text[end:]
    at = chance.randint(0, len(rest))
    return rest[:at] + text[start:end] + rest[at:]


def _splice(text: str, chance: random.Random, others: list[str]) -> str:
    other = chance.choice(others)
    start, end = _stretch(other, chance, 600)
    at = chance.randint(0, len(text))
    return text[:at] + other[start:end] + text[at:]


def _recase(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance, 400)
    change = chance.choice((str.upper, str.lower, str.title, str.swapcase))
    return text[:start] + change(text[start:end]) + text[end:]


def _shuffle(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance, 400)
    words = text[start:end].split(" ")
    chance.shuffle(words)
    return text[:start] + " ".join(words) + text[end:]


def _strip(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = _stretch(text, chance, 400)
    return text[:start] + text[start:end].replace(chance.choice((" ", "\n", ".", "»", "«")), "") + text[end:]


def _cut(text: str, chance: random.Random, others: list[str]) -> str:
    start, end = sorted((chance.randint(0, len(text)), chance.randint(0, len(text))))
    return text[start:end]


def _pieces(text: str, chance: random.Random, others: list[str]) -> str:
    return text + " ".join(chance.choices(PIECES, k=chance.randint(1, 60)))


MUTATIONS: list[Callable[[str, random.Random, list[str]], str]] = [
    _insert, _insert, _insert, _delete, _repeat, _move, _splice, _recase, _shuffle, _strip, _cut, _pieces,
]  # fmt: skip


def check_article(extractor: extract.Extractor, text: str, published: str | None) -> None:
    """Read an article; raise an AssertionError if its record isn't what records are."""
    started = time.perf_counter()
    record = extractor.extract(text, "a", None, published)
    spent = time.perf_counter() - started
    assert spent < SLOW[0] + SLOW[1] * len(text), f"{spent:.1f} s for {len(text)} characters"
    plain = record.model_dump()
    assert plain["text"] == text
    assert extract.Record.model_validate_json(record.model_dump_json()) == record
    for place in _places(plain):
        assert 0 <= place["start"] < place["end"] <= len(text), f"an empty place, {place}"
        assert text[place["start"] : place["end"]] == place["text"], f"another text, {place}"
    parts = ("organizations", "people", "locations", "dates", "amounts", "deals")
    ids = [found["id"] for part in parts for found in plain[part]]
    assert len(ids) == len(set(ids)), "an id twice"
    assert set(_values(plain, "ref")) <= {*ids, None}, "a reference to nothing"
    assert all(name.strip() for name in _values(plain, "name")), "an empty name"
    assert all(0 <= deal["confidence"] <= 1 for deal in plain["deals"]), "a confidence out of range"


def _places(value: object) -> Iterator[dict[str, object]]:
    if isinstance(value, dict):
        if {"start", "end", "text"} <= set(value):
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _places(item)


def _values(value: object, key: str) -> Iterator[object]:
    if isinstance(value, dict):
        if key in value:
            yield value[key]
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from _values(item, key)


def files(text: str) -> dict[str, bytes]:
    """An article as a file of each format."""
    row = {"id": 1, "title": text[:30], "text": text, "date": "2023-07-14", "url": "https://a.ru/1"}
    line = json.dumps(row, ensure_ascii=False).encode()
    page = f"<html><head><title>{text[:30]}</title></head><body><article><p>{text}</p></article></body></html>"
    entry = f"<title>{text[:30]}</title><description>{text[:300]}</description>"
    feed = f"<rss><channel><item>{entry}</item></channel></rss>"
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = f'<w:document xmlns:w="{space}"><w:body><w:p><w:r><w:t>{text[:500]}</w:t></w:r></w:p></w:body></w:document>'
    mail = EmailMessage()
    mail["Subject"], mail["Date"] = " ".join(text[:30].split()), "Fri, 14 Jul 2023 10:00:00 +0300"
    mail.set_content(text)
    mail.add_alternative(page, subtype="html")
    found = {
        "a.txt": text.encode(),
        "b.txt": text.encode("cp1251", "replace"),
        "c.txt": text.encode("utf-16"),
        "a.html": page.encode(),
        "a.eml": mail.as_bytes(),
        "a.json": b"[" + line + b"," + line + b"]",
        "a.jsonl": line + b"\n" + line,
        "a.jsonl.gz": gzip.compress(line),
        "a.csv": f'id;title;text;date\n1;x;"{text}";2023-07-14\n'.encode(),
        "a.xml": feed.encode(),
        "a.pdf": _pdf(text[:40].encode("latin-1", "replace")),
        "a.docx": _zipped({"word/document.xml": body.encode()}),
        "a.zip": _zipped({"a.txt": text.encode(), "b/c.jsonl": line, "d.html": page.encode()}),
    }
    with io.BytesIO() as packed:
        with tarfile.open(fileobj=packed, mode="w:gz") as archive:
            member = tarfile.TarInfo("a.txt")
            member.size = len(found["a.txt"])
            archive.addfile(member, io.BytesIO(found["a.txt"]))
        found["a.tar.gz"] = packed.getvalue()
    return found


def _zipped(members: dict[str, bytes]) -> bytes:
    with io.BytesIO() as packed:
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return packed.getvalue()


def _pdf(line: bytes) -> bytes:
    content = b"BT /F1 12 Tf 72 720 Td (" + line.translate(None, b"()\\") + b") Tj ET"
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(content), content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body = b"%PDF-1.4\n" + b"".join(b"%d 0 obj%s endobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer<</Size 6/Root 1 0 R>>\n%%EOF"


HOSTILE = [
    b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"<", b">", b"]]>", b"<!ENTITY x 'y'>", b"<!DOCTYPE a [", b"&x;",
    b"&#0;", b"&#xD800;", b'"', b"{", b"}", b"[", b"[" * 5000, b'{"a":' * 2000, b"null", b"NaN", b"1e999",
    b"9" * 5000, b"\\ud800", b"\\u0000", b'"text": null', b'"text": [1]', b'"date": 1e30', b'"date": "9999-99-99"',
    b"\n" * 50, b"\r", b";" * 500, b"PK\x03\x04", b"PK\x05\x06", b"\x1f\x8b", b"obj", b"stream", b"xref", b"0 R",
    b"/Kids[3 0 R 2 0 R]", b"Content-Type: text/html; charset=nonsense\n", b"=?utf-8?B?!!?=",
    b"Content-Transfer-Encoding: base64\n", b"<div>" * 3000, b"<table><tr>" * 300, b"charset=utf-7",
    b"encoding='utf-16'",
]  # fmt: skip


def damage(data: bytes, chance: random.Random) -> bytes:
    """Spoil a file's bytes in a few places."""
    for _ in range(chance.choice((1, 2, 8))):
        start = chance.randint(0, len(data))
        end = start + chance.choice((0, 0, 1, 4, 50))
        piece = chance.choice((chance.choice(HOSTILE), chance.randbytes(chance.randint(1, 8)), data[end : end + 100]))
        data = data[:start] + piece + data[end:]
    return data[: chance.randint(0, len(data))] if chance.random() < 0.1 else data


def check_file(folder: Path, name: str, data: bytes) -> None:
    """Read a file; it must give articles or be refused with an ArticleError."""
    path = folder / name
    path.write_bytes(data)
    started = time.perf_counter()
    for found in find([path]):
        if isinstance(found, Source):
            try:
                article = read(found)
            except ArticleError:
                continue
            assert isinstance(article, Article)
            found = article
        if isinstance(found, Article):
            assert isinstance(found.text, str)
            assert found.id is None or isinstance(found.id, str)
            assert found.title is None or isinstance(found.title, str)
            json.dumps([found.id, found.title])
            if found.published is not None:
                extract.articles.article.check_day(found.published)
    spent = time.perf_counter() - started
    assert spent < SLOW[0] + SLOW[1] * len(data), f"{spent:.1f} s for {len(data)} bytes"


def fuzz(
    extractor: extract.Extractor,
    seconds: float,
    seed: int = 0,
    only: str | None = None,
    keep: Path | None = None,
) -> dict[str, str]:
    """Run for so many seconds.

    Args:
        extractor: what the articles are given to.
        seconds: how long; articles and files take turns.
        seed: of the random numbers.
        only: `extract` or `read`, to leave out the other.
        keep: the folder for what failed.

    Returns:
        Where something was raised, in short → the traceback.
    """
    chance = random.Random(seed)
    seeds = texts()
    failures: dict[str, str] = {}
    end = time.monotonic() + seconds
    rounds = 0
    with tempfile.TemporaryDirectory() as folder:
        while time.monotonic() < end:
            rounds += 1
            text = spoil(chance.choice(seeds), chance, seeds)
            cause: bytes = text.encode("utf-8", "surrogatepass")
            name = "article.txt"
            try:
                if only != "read":
                    check_article(extractor, text, chance.choice((None, "2023-07-14", "0001-01-01", "9999-12-31")))
                if only != "extract":
                    name, data = chance.choice(sorted(files(text).items()))
                    cause = damage(data, chance)
                    check_file(Path(folder), name, cause)
            except Exception as error:
                last = traceback.extract_tb(error.__traceback__)[-1]
                where = f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno} {str(error)[:40]}"
                if where not in failures:
                    failures[where] = traceback.format_exc()
                    print(f"round {rounds}, {name}: {where}", file=sys.stderr, flush=True)
                    if keep is not None:
                        keep.mkdir(parents=True, exist_ok=True)
                        (keep / f"{rounds}-{name}").write_bytes(cause)
                        (keep / f"{rounds}-{name}.traceback").write_text(failures[where], "utf-8")
    print(f"{rounds} rounds, {len(failures)} failures", file=sys.stderr)
    return failures


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", choices=["extract", "read"])
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))  # what needs more is a failure, too
    raise SystemExit(bool(fuzz(extract.load(), options.seconds, options.seed, options.only, options.keep)))


if __name__ == "__main__":
    main()
