"""Files in archives. Nothing is unpacked to the disk, and no more of a member is read than an article may have."""

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from extract.articles.rows import rows_suffix
from extract.articles.sources import Source, is_beside
from extract.errors import ArticleError

TARS = (".tar.gz", ".tgz", ".tar")
ARCHIVES = (".zip", ".gz", *TARS)
Opener = Callable[[], AbstractContextManager[Any]]
BROKEN = (
    zipfile.BadZipFile, tarfile.TarError, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError,
    TypeError,  # tarfile's, of a stream that ends in its head
)  # fmt: skip


def members(source: Source, limit_of: Callable[[str], int]) -> Iterator[Source | ArticleError]:
    """Yield an archive's files with their contents, as `archive.zip/folder/a.txt`, in the archive's order.

    Args:
        source: the archive.
        limit_of: the bytes that a member of a name may have unpacked; a larger one becomes an error, and so
            does a zip bomb.
    """
    opened = _zip if source.name.endswith(".zip") else _tar if source.name.endswith(TARS) else _gzip
    try:
        for name, opener in opened(source):
            member = replace(source, id=f"{source.id}/{_safe(name)}")
            if is_archive(member.name):
                yield ArticleError(member.id, "read", "an archive in an archive isn't read")
            elif not is_beside(name):
                yield _member(member, opener, limit_of(member.name))
    except BROKEN as error:
        yield ArticleError(source.id, "read", f"a broken or locked archive: {error}")


def is_archive(name: str) -> bool:
    """Whether a file of that name, in lower case, is an archive, or one file packed; rows are read packed, too."""
    return name.endswith(ARCHIVES) and rows_suffix(name) is None


def _member(member: Source, opener: Opener, limit: int) -> Source | ArticleError:
    try:
        with opener() as file:
            content = file.read(limit + 1)
    except BROKEN as error:
        return ArticleError(member.id, "read", f"broken or locked in its archive: {error}")
    if len(content) > limit:
        return ArticleError(member.id, "read", f"too long: more than {limit:,} bytes unpacked")
    return replace(member, content=content)


def _zip(source: Source) -> Iterator[tuple[str, Opener]]:
    with zipfile.ZipFile(source.path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                yield info.filename, partial(archive.open, info)


def _tar(source: Source) -> Iterator[tuple[str, Opener]]:
    with tarfile.open(source.path, "r|*") as archive:
        for info in archive:
            if info.isfile() and (file := archive.extractfile(info)) is not None:
                yield info.name, partial(nullcontext, file)


def _gzip(source: Source) -> Iterator[tuple[str, Opener]]:
    yield source.path.name[: -len(".gz")], partial(gzip.open, source.path, "rb")


def _safe(name: str) -> str:
    """A member's name as part of an id: text, whatever bytes it had."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
