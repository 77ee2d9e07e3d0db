"""From an article's file to the article."""

from extract.articles.article import Article
from extract.articles.headline import headline
from extract.articles.published import date_in_path
from extract.articles.walk import Source
from extract.errors import ArticleError

MAX_CHARS = 5_000_000
LONGEST_CHARACTER = 4  # bytes, in UTF-8


def read(source: Source, published: str | None = None, max_chars: int = MAX_CHARS) -> Article:
    """Read an article's file.

    Args:
        source: the file.
        published: the publication date to take where neither the article nor its path gives one.
        max_chars: the length of the longest text that is taken.

    Raises:
        ArticleError: the file can't be read, or holds no text, or one that is too long.
    """
    try:
        if source.path.stat().st_size > max_chars * LONGEST_CHARACTER:
            raise ArticleError(source.id, "read", _too_long(source.path.stat().st_size, "bytes", max_chars))
        data = source.path.read_bytes()
    except OSError as error:
        raise ArticleError(source.id, "read", f"the file can't be read: {error.strerror}") from error
    try:
        text = decode(data)
    except ValueError as error:
        raise ArticleError(source.id, "read", str(error)) from None
    if len(text) > max_chars:
        raise ArticleError(source.id, "read", _too_long(len(text), "characters", max_chars))
    return Article(text, source.id, headline(text), date_in_path(source.id) or published)


def decode(data: bytes) -> str:
    """Decode a text file.

    Raises:
        ValueError: it is empty, or no text, or not in UTF-8; the message says which.
    """
    if not data:
        raise ValueError("the file is empty")
    if b"\0" in data:
        raise ValueError(f"no text but binary data: a zero byte at offset {data.index(0)}")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise ValueError(f"not in UTF-8: byte 0x{data[error.start]:02x} at offset {error.start}") from None
    if not text.strip():
        raise ValueError("the file holds only white space")
    return text


def _too_long(size: int, unit: str, max_chars: int) -> str:
    return f"too long: {size:,} {unit}; texts of up to {max_chars:,} characters are taken"
