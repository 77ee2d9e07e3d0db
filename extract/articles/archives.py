"""Files in archives. Nothing is unpacked to the disk, and no more of a member is read than an article may have."""

import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from extract.articles.sources import Source, is_beside
from extract.errors import ArticleError

ARCHIVES = (".zip", ".tar.gz", ".tgz", ".tar")
BROKEN = (zipfile.BadZipFile, tarfile.TarError, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError)


def members(source: Source, limit_of: Callable[[str], int]) -> Iterator[Source | ArticleError]:
    """Yield an archive's files with their contents, as `archive.zip/folder/a.txt`, in the archive's order.

    Args:
        source: the archive.
        limit_of: the bytes that a member of a name may have unpacked; a larger one becomes an error, and so
            does a zip bomb.
    """
    opened = _zip if source.name.endswith(".zip") else _tar
    try:
        for name, file in opened(source):
            member = replace(source, id=f"{source.id}/{_safe(name)}")
            if name.lower().endswith(ARCHIVES):
                yield ArticleError(member.id, "read", "an archive in an archive isn't read")
            elif not is_beside(name):
                yield _member(member, file, limit_of(member.name))
    except BROKEN as error:
        yield ArticleError(source.id, "read", f"a broken or locked archive: {error}")


def _member(member: Source, file: IO[bytes], limit: int) -> Source | ArticleError:
    content = file.read(limit + 1)
    if len(content) > limit:
        return ArticleError(member.id, "read", f"too long: more than {limit:,} bytes unpacked")
    return replace(member, content=content)


def _zip(source: Source) -> Iterator[tuple[str, IO[bytes]]]:
    with zipfile.ZipFile(source.path) as archive:
        for info in archive.infolist():
            if not info.is_dir():
                with archive.open(info) as file:
                    yield info.filename, file


def _tar(source: Source) -> Iterator[tuple[str, IO[bytes]]]:
    with tarfile.open(source.path, "r|*") as archive:
        for info in archive:
            if info.isfile() and (file := archive.extractfile(info)) is not None:
                yield info.name, file


def _safe(name: str) -> str:
    """A member's name as part of an id: text, whatever bytes it had."""
    return name.encode("utf-8", "backslashreplace").decode("utf-8")
