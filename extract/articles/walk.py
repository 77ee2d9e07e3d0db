"""From paths to articles' files: folders of any depth, in an order that never changes."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ArticleError

SUFFIXES = {".txt"}


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article lies: `id` is its path as the user gave it, with slashes."""

    id: str
    path: Path


def walk(paths: Iterable[Path], skip: Iterable[Path] = ()) -> Iterator[Source | ArticleError]:
    """Yield the articles' files below the paths, each once; a folder's in the order of their names.

    Args:
        paths: files, taken whatever their names, and folders, whose articles end in `SUFFIXES`.
        skip: files that are no articles, such as the one that is being written.

    Yields:
        A source, or an error in the place of a folder that can't be listed.
    """
    done: list[Path] = []
    skipped = {path.resolve() for path in skip}
    for given in paths:
        path = Path(os.path.normpath(given))
        for found in _below(path, ()) if path.is_dir() else [source_of(path)]:
            if isinstance(found, Source) and (skipped or done):
                real = found.path.resolve()
                if real in skipped or any(real.is_relative_to(earlier) for earlier in done):
                    continue
            yield found
        done.append(path.resolve())


def source_of(path: Path) -> Source:
    """Name the article at a path."""
    # A name that is no UTF-8 keeps its odd bytes as \xcf: a record's id must be text.
    return Source(os.fsencode(path.as_posix()).decode(errors="backslashreplace"), path)


def _below(folder: Path, above: tuple[tuple[int, int], ...]) -> Iterator[Source | ArticleError]:
    """Walk a folder; a link back to one of the folders above it, known by device and inode, ends there."""
    try:
        status = folder.stat()
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError as error:
        yield ArticleError(folder.as_posix(), "read", f"the folder can't be listed: {error.strerror}")
        return
    key = (status.st_dev, status.st_ino)
    if key in above:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_dir():
            yield from _below(path, (*above, key))
        elif path.suffix.lower() in SUFFIXES:
            yield source_of(path)
