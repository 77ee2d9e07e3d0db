"""From paths to articles, or to where they lie: the ways in, joined."""

import sys
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

from extract.articles import archives, feeds, rows
from extract.articles.article import Article
from extract.articles.read import MAX_CHARS, most_bytes
from extract.articles.sources import Source, walk
from extract.errors import ArticleError

STANDARD_INPUT = Path("-")
FEEDS = (".xml", ".rss", ".atom")
COLLECTION = 1_000_000_000  # bytes of a file of rows inside an archive


def find(
    paths: Iterable[Path],
    skip: Iterable[Path] = (),
    fields: Mapping[str, str] | None = None,
    max_chars: int = MAX_CHARS,
) -> Iterator[Source | Article | ArticleError]:
    """Yield the articles below the paths, each in its place, whatever it lies in.

    Files that hold one article are yielded as sources, to be read elsewhere; the rows and entries of files that
    hold many as articles.

    Args:
        paths: files and folders; `-` for JSON lines on the standard input.
        skip: files that are no articles.
        fields: text, title, published, id, url → the field of rows that holds it; what isn't given is guessed.
        max_chars: the length of the longest text that is taken.
    """
    given = list(paths)
    if STANDARD_INPUT in given:
        yield from rows.articles_of("-", ".jsonl", sys.stdin.buffer, fields or {}, max_chars)
    for found in walk([path for path in given if path != STANDARD_INPUT], skip):
        if isinstance(found, Source):
            yield from _open(found, fields or {}, max_chars)
        else:
            yield found


def _open(source: Source, fields: Mapping[str, str], max_chars: int) -> Iterator[Source | Article | ArticleError]:
    if source.name.endswith(archives.ARCHIVES) and source.content is None:
        for member in archives.members(source, lambda name: _most_bytes(name, max_chars)):
            if isinstance(member, Source):
                yield from _open(member, fields, max_chars)
            else:
                yield member
        return
    suffix = rows_suffix(source.name)
    if suffix is None and not source.name.endswith(FEEDS):
        yield source
        return
    try:
        with _bytes(source) as file:
            if suffix is not None:
                yield from rows.articles_of(source.id, suffix, file, fields, max_chars)
            else:
                yield from feeds.articles_of(source.id, file.read(feeds.LARGEST + 1), max_chars)
    except OSError as error:
        yield ArticleError(source.id, "read", f"the file can't be read: {error.strerror}")


def holds_many(name: str) -> bool:
    """Whether a file of that name holds any number of articles."""
    return name.endswith((*archives.ARCHIVES, *FEEDS)) or rows_suffix(name) is not None


def _most_bytes(name: str, max_chars: int) -> int:
    return COLLECTION if rows_suffix(name) or name.endswith(FEEDS) else most_bytes(name, max_chars)


def rows_suffix(name: str) -> str | None:
    """The ending of a file of rows, with «.gz» if it is packed; None for other files."""
    plain = name.removesuffix(".gz")
    return next((name[len(plain) - len(suffix) :] for suffix in rows.READERS if plain.endswith(suffix)), None)


def _bytes(source: Source) -> IO[bytes]:
    return source.path.open("rb") if source.content is None else BytesIO(source.content)
