"""Ways out: records, as they come, into a file whose name tells its format."""

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import IO, Protocol, Self


class Writer(Protocol):
    """What takes records and puts them into a file."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def write(self, record: bytes) -> None:
        """Take one record: JSON in UTF-8 without a line break."""


class JsonLines:
    """One record a line."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: IO[bytes]

    def __enter__(self) -> Self:
        self._file = self._path.open("wb")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()

    def write(self, record: bytes) -> None:
        """Write the record's line."""
        self._file.write(record + b"\n")


WRITERS: dict[str, Callable[[Path], Writer]] = {
    ".jsonl": JsonLines,
}


def writer_for(path: Path) -> Writer:
    """Choose the format by the file's name.

    Raises:
        ValueError: the name ends in none that is known.
    """
    for suffix, writer in WRITERS.items():
        if path.name.endswith(suffix):
            return writer(path)
    raise ValueError(f"{path}: the name must end in {' or '.join(WRITERS)}")
