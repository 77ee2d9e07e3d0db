"""Encodings found by how Russian the text reads."""

from pathlib import Path

import pytest

from extract.articles.encodings import decode, decode_html

ARTICLES = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.txt"))
TEXT = "Компания «Лютик» купила «Василёк» за 5 млн рублей.\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251"])
def test_the_text_comes_back(encoding: str) -> None:
    assert decode(TEXT.encode(encoding)) == TEXT


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
@pytest.mark.parametrize(("length", "right"), [(30, 0.96), (100, 0.98), (400, 1.0), (3000, 1.0)])
def test_short_and_long_texts(encoding: str, length: int, right: float) -> None:
    """Pieces of news, down to a short headline; what an encoding can't write is left out."""
    texts = [path.read_text("utf-8")[start : start + length] for path in ARTICLES for start in (0, 200, 400)]
    found = 0
    for text in texts:
        data = text.strip().encode(encoding, "ignore")
        found += decode(data) == data.decode(encoding)
    assert found >= right * len(texts)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866", "mac-cyrillic"])
def test_capitals(encoding: str) -> None:
    text = "СУД ОШТРАФОВАЛ ЗАВОД В ТУЛЕ"
    assert decode(text.encode(encoding)) == text


def test_a_character_cut_at_the_end_is_told_apart_from_another_encoding() -> None:
    assert decode(TEXT.encode()[:-5] + "«".encode()[:1]).startswith("Компания «Лютик»")
    assert decode((TEXT * 30).encode().replace(b"\xd1\x83", b"\xff", 1)).count("\ufffd") == 1


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\xff\xfe\xe9",
        bytes(range(256)) * 9,
        b"\0\1\2\3",
        b"caf\xe9 \xff\xfe\xe9",
        "Grüße aus München, schöne Häuser".encode("latin-1"),
        "株式会社は工場を買収した".encode("shift-jis"),
    ],
)
def test_what_is_no_russian_text_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match="binary"):
        decode(data)


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ("<meta charset='windows-1251'>", "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ("", "cp1251"),
        ("<meta charset=utf-8>", "cp1251"),  # it errs
        ("<meta charset=klingon>", "utf-8"),
        ("<meta charset=koi8-r>", "utf-8-sig"),  # the mark knows better
    ],
)
def test_pages(head: str, encoding: str) -> None:
    page = f"<html><head>{head}</head><body>Компания купила завод в Туле</body></html>"
    assert decode_html(page.encode(encoding)) == page
