"""From an article's file to the article."""

from pathlib import Path

import pytest

from extract.articles.read import read
from extract.articles.sources import Source
from extract.errors import ArticleError

TEXT = "«Лютик» купит «Василёк»\r\n\r\nСделку закроют в мае.\u00a0— «Лютик»"


def source(tmp_path: Path, data: bytes, id: str = "news/2023-07-14/a.txt") -> Source:
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    return Source(id, path)


def test_the_text_is_untouched(tmp_path: Path) -> None:
    article = read(source(tmp_path, TEXT.encode()))
    assert article.text == TEXT
    assert article.id == "news/2023-07-14/a.txt"
    assert article.title == "«Лютик» купит «Василёк»"
    assert article.published == "2023-07-14"


@pytest.mark.parametrize(
    ("id", "option", "published"),
    [
        ("2023-07-14/a.txt", "2024-01-01", "2023-07-14"),
        ("a.txt", "2024-01-01", "2024-01-01"),
        ("a.txt", None, None),
    ],
)
def test_publication_date(tmp_path: Path, id: str, option: str | None, published: str | None) -> None:
    assert read(source(tmp_path, TEXT.encode(), id), option).published == published


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b" \r\n\t\n", "white space"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        (b"caf\xe9 \xff\xfe\xe9", "byte 0xe9 at offset 3 is no UTF-8"),
        ("Долгий текст. ".encode() * 100, "too long"),
        ("Долгий текст. ".encode() * 1000, "too long"),
    ],
)
def test_what_is_no_article_says_why(tmp_path: Path, data: bytes, reason: str) -> None:
    with pytest.raises(ArticleError, match=reason) as caught:
        read(source(tmp_path, data), max_chars=1000)
    assert caught.value.stage == "read"
    assert caught.value.id == "news/2023-07-14/a.txt"


def test_a_missing_file_says_so(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="No such file"):
        read(Source("a.txt", tmp_path / "a.txt"))
