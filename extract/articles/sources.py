"""From paths to articles' places: folders of any depth and mix, in an order that never changes."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import ArticleError
from extract.rules import table


@dataclass(frozen=True, slots=True)
class Source:
    """Where an article lies.

    Attributes:
        id: the file's path as the user gave it, with slashes; in an archive, the member's path below it.
        path: the file.
        content: the bytes, if they were read already, as those of an archive's member.
    """

    id: str
    path: Path
    content: bytes | None = None

    @property
    def name(self) -> str:
        """The name that tells the format, in lower case."""
        return self.id.rpartition("/")[2].lower()


def walk(
    paths: Iterable[Path], skip: Iterable[Path] = (), passed: Counter[str] | None = None
) -> Iterator[Source | ArticleError]:
    """Yield the files below the paths, each once; a folder's in the order of their names.

    Args:
        paths: files, taken whatever their names, and folders, in which hidden files, images, scripts and the like
            are passed over (`extract/rules/articles.toml`).
        skip: files that are no articles, such as the one that is being written.
        passed: counts the files that are passed over, by their ending.

    Yields:
        A source, or an error in the place of a folder that can't be listed.
    """
    done: list[Path] = []
    skipped = {path.resolve() for path in skip}
    for given in paths:
        path = Path(os.path.normpath(given))
        for found in _below(path, (), Counter() if passed is None else passed) if path.is_dir() else [source_of(path)]:
            if isinstance(found, Source) and (skipped or done):
                real = _real(found.path)
                if real in skipped or any(real.is_relative_to(earlier) for earlier in done):
                    continue
            yield found
        done.append(path.resolve())


def source_of(path: Path) -> Source:
    """Name the file at a path."""
    # A name that is no UTF-8 keeps its odd bytes as \xcf: a record's id must be text.
    return Source(os.fsencode(path.as_posix()).decode(errors="backslashreplace"), path)


def is_beside(name: str) -> bool:
    """Whether a name in a folder or archive is that of no article: hidden, an image, a script."""
    name = name.rpartition("/")[2].lower()
    beside = table("articles")["beside"]
    return (
        name.startswith((".", "~$", "__macosx")) or name in beside["names"] or name.endswith(tuple(beside["suffixes"]))
    )


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # a link that leads to itself
        return path.absolute()


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _below(folder: Path, above: tuple[tuple[int, int], ...], passed: Counter[str]) -> Iterator[Source | ArticleError]:
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
        path = Path(entry.path)
        if _is_folder(entry):
            if not entry.name.startswith("."):
                yield from _below(path, (*above, key), passed)
        elif is_beside(entry.name):
            ending = path.suffix.lower() if path.suffix.isascii() else ""
            passed["hidden" if entry.name.startswith(".") else ending or "others"] += 1
        elif entry.is_symlink() or entry.is_file():
            yield source_of(path)
