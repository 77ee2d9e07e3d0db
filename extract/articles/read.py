"""From an article's file to the article."""

from extract.articles.article import Article
from extract.articles.documents import read_markdown, read_plain, reader_of
from extract.articles.published import date_in_path, dateline
from extract.articles.sources import Source
from extract.errors import ArticleError, MissingExtra

MAX_CHARS = 5_000_000
LONGEST_CHARACTER = 4  # bytes, in UTF-8


def read(source: Source, published: str | None = None, max_chars: int = MAX_CHARS) -> Article:
    """Read an article's file; its name's ending tells the format.

    Args:
        source: the file.
        published: the publication date to take where neither the article nor its path gives one.
        max_chars: the length of the longest text that is taken.

    Raises:
        ArticleError: the file can't be read, or holds no text, or one that is too long.
    """
    limit = most_bytes(source.name, max_chars)
    try:
        if source.content is None and (size := source.path.stat().st_size) > limit:
            raise ArticleError(source.id, "read", _too_long(size, "bytes", max_chars))
        data = source.path.read_bytes() if source.content is None else source.content
    except OSError as error:
        raise ArticleError(source.id, "read", f"the file can't be read: {error.strerror}") from error
    if not data:
        raise ArticleError(source.id, "read", "the file is empty")
    try:
        document = reader_of(source.name)(data, limit)
    except (ValueError, MissingExtra) as error:
        raise ArticleError(source.id, "read", str(error)) from None
    if len(document.text) > max_chars:
        raise ArticleError(source.id, "read", _too_long(len(document.text), "characters", max_chars))
    day = document.published or date_in_path(source.id) or dateline(document.text) or published
    return Article(document.text, source.id, document.title, day, document.url)


def most_bytes(name: str, max_chars: int) -> int:
    """How large a file may be whose text is short enough: pictures and fonts come on top in documents."""
    return max_chars * LONGEST_CHARACTER * (1 if reader_of(name) in (read_plain, read_markdown) else 10)


def _too_long(size: int, unit: str, max_chars: int) -> str:
    return f"too long: {size:,} {unit}; texts of up to {max_chars:,} characters are taken"
