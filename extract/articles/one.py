"""The one article of a file, whatever `run` would find in it."""

from dataclasses import replace
from itertools import islice
from pathlib import Path

from extract.articles.article import Article
from extract.articles.find import find
from extract.articles.read import MAX_CHARS, read
from extract.articles.sources import Source, source_of
from extract.errors import ArticleError


def read_one(path: Path, published: str | None = None, max_chars: int = MAX_CHARS) -> Article:
    """Read the article of a file: also a JSON object, a table of one row, an archive of one file.

    Args:
        path: the file.
        published: the publication date to take where neither the article nor its path gives one.
        max_chars: the length of the longest text that is taken.

    Raises:
        ArticleError: it can't be read, or the file holds no article, or more than one.
    """
    id = source_of(path).id
    found = list(islice(find([path], max_chars=max_chars), 2))
    if not found:
        raise ArticleError(id, "read", "the file holds no article")
    if len(found) > 1:
        raise ArticleError(id, "read", "the file holds more than one article; `extract-ru run` reads them all")
    [one] = found
    if isinstance(one, ArticleError):
        raise one
    if isinstance(one, Source):
        return read(one, published, max_chars)
    return one if one.published else replace(one, published=published)
