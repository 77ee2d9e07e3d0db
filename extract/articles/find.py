"""From paths to articles, or to where they lie: the ways in, joined."""

import logging
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from io import BytesIO
from pathlib import Path
from typing import IO

from extract.articles import archives, feeds, rows
from extract.articles.article import Article
from extract.articles.read import MAX_CHARS, most_bytes
from extract.articles.sources import Source, walk
from extract.errors import ArticleError

log = logging.getLogger("extract")

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
    wanted = rows.Wanted(fields or {}, max_chars)
    if STANDARD_INPUT in given:
        yield from rows.articles_of("-", ".jsonl", sys.stdin.buffer, wanted)
    passed: Counter[str] = Counter()
    for found in walk([path for path in given if path != STANDARD_INPUT], skip, passed):
        if isinstance(found, Source):
            yield from _open(found, wanted)
        else:
            yield found
    if passed:
        kinds = ", ".join(f"{number} {kind}" for kind, number in passed.most_common())
        log.info("passed over as no articles: %s", kinds)


def _open(source: Source, wanted: rows.Wanted) -> Iterator[Source | Article | ArticleError]:
    if not holds_many(source.name):
        yield source
        return
    if _is_empty(source):
        yield ArticleError(source.id, "read", "the file is empty")
        return
    found = None
    try:
        for found in _opened(source, wanted):
            yield found
    except Exception as error:  # of a package that reads them: a spoilt file must not end the run
        yield ArticleError(source.id, "read", f"{type(error).__name__}: {error}")
        return
    if found is None:
        yield ArticleError(source.id, "read", "there is no article in it")


def _opened(source: Source, wanted: rows.Wanted) -> Iterator[Source | Article | ArticleError]:
    if archives.is_archive(source.name):
        for member in archives.members(source, lambda name: _most_bytes(name, wanted.max_chars)):
            if isinstance(member, Source):
                yield from _open(member, wanted)
            else:
                yield member
        return
    suffix = rows.rows_suffix(source.name)
    try:
        with _bytes(source) as file:
            if suffix is not None:
                yield from rows.articles_of(source.id, suffix, file, wanted)
            else:
                yield from feeds.articles_of(source.id, file.read(feeds.LARGEST + 1), wanted.max_chars)
    except OSError as error:
        yield ArticleError(source.id, "read", f"the file can't be read: {error.strerror}")


def holds_many(name: str) -> bool:
    """Whether a file of that name holds any number of articles."""
    return name.endswith((*archives.ARCHIVES, *FEEDS)) or rows.rows_suffix(name) is not None


def _most_bytes(name: str, max_chars: int) -> int:
    return COLLECTION if rows.rows_suffix(name) or name.endswith(FEEDS) else most_bytes(name, max_chars)


def _is_empty(source: Source) -> bool:
    if source.content is not None:
        return not source.content
    try:
        return source.path.stat().st_size == 0
    except OSError:  # to open it will tell why
        return False


def _bytes(source: Source) -> IO[bytes]:
    return source.path.open("rb") if source.content is None else BytesIO(source.content)
