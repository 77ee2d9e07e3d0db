"""What a run has done so far, kept so that it can be killed at any moment and go on.

Beside the records goes a journal, a line for each article in the order of the input: its key, and how many bytes
its record has or why it failed. Records are written before their lines; what lies beyond the journal is cut off
when the run goes on. Where the input has changed in the meantime, the records after that place are put aside, and
taken from there when their articles come.
"""

import json
import os
from collections import deque
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from io import FileIO
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

from extract.articles.article import Article
from extract.articles.outcome import Done, Outcome
from extract.articles.sources import Source
from extract.batch.tasks import Task
from extract.errors import ArticleError

COMMIT = 16  # outcomes
LONGEST_SHOWN = 32  # characters of a setting that a message repeats; digests are longer


class Entry(NamedTuple):
    """A line of the journal: an article's key, and the length of its record's line or its error."""

    key: str
    id: str | None
    size: int
    error: list[str] | None


def key_of(task: Task) -> str:
    """Identify an article and its state: a file's by its size and time of change, else by the content."""
    state: Any = None
    if isinstance(task, Source) and task.content is None:
        try:
            status = task.path.stat()
            state = [status.st_size, status.st_mtime_ns]
        except OSError:  # it's gone: a worker will say so
            state = None
    elif isinstance(task, Source):
        state = blake2b(task.content or b"").hexdigest()
    elif isinstance(task, Article):
        state = [task.text, task.title, task.published, task.url]
    elif isinstance(task, ArticleError):
        state = task.reason
    return blake2b(json.dumps([task.id, state]).encode(), digest_size=16).hexdigest()


class Ledger:
    """The records written so far and the journal that tells of them.

    Args:
        records: the file of records, a JSON line each.
        journal: the file beside it.
        settings: what the records depend on besides the articles, by name.

    Attributes:
        errors: the failures of the run that this one goes on from.
        done: the number of its records that stay.

    Raises:
        OSError: a file can't be written.
    """

    def __init__(self, records: Path, journal: Path, settings: Mapping[str, object]) -> None:
        self.errors: list[ArticleError] = []
        self.done = 0
        self._paths = records, journal
        # Unbuffered: what a full disk refuses must not be written again when the file is closed.
        self._records = _opened(records)
        self._journal = _opened(journal)
        self._aside = _Aside(journal.with_name(journal.name + ".aside"))
        self._tasks: Iterator[Task] = iter(())
        self._keys: deque[str] = deque()  # of the articles that are being read
        self._lines: list[bytes] = []  # to be committed
        self._entries: list[bytes] = []
        self._end = 0  # of the records that the journal tells of
        self._settings = settings
        self._head = json.dumps(settings, sort_keys=True).encode() + b"\n"

    def go_on(self, tasks: Iterator[Task]) -> None:
        """Find out what of the input was done already, and drop what no longer belongs to it.

        Raises:
            ValueError: the journal is that of a run with other settings.
        """
        mark = self._check_head()
        left: list[Task] = []
        entries = self._read_entries()
        for entry, after in entries:
            task = next(tasks, None)
            if task is None or key_of(task) != entry.key:
                left = [] if task is None else [task]
                self._put_aside(entry, entries)
                break
            mark = after
            self._end += entry.size
            self.done += entry.error is None
            if entry.error is not None:
                self.errors.append(ArticleError(entry.id, *entry.error))
        for file, end in ((self._records, self._end), (self._journal, mark)):
            file.truncate(end)
            file.seek(end)
        self._tasks = chain(left, tasks)

    def rest(self) -> Iterator[Task]:
        """Yield what is left to do; in the place of an article whose record was put aside, the record."""
        for task in self._tasks:
            key = key_of(task)
            self._keys.append(key)
            yield self._aside.get(key) or task

    def add(self, outcome: Outcome) -> None:
        """Write down what became of the next task that `rest` gave out."""
        size, error = 0, None
        if isinstance(outcome, Done):
            self._lines.append(outcome.json + b"\n")
            size = len(outcome.json) + 1
        else:
            error = [outcome.stage, outcome.reason]
        entry = Entry(self._keys.popleft(), outcome.id, size, error)
        self.done += entry.key in self._aside
        self._entries.append(json.dumps(entry).encode() + b"\n")
        if len(self._entries) == COMMIT:
            self.commit()

    def commit(self) -> None:
        """Make sure that what was added outlives this process.

        Raises:
            OSError: the disk is full; what was committed before is whole.
        """
        lines, entries = b"".join(self._lines), b"".join(self._entries)
        self._lines.clear()
        self._entries.clear()
        try:
            _write(self._records, lines)
            self._end += len(lines)
            _write(self._journal, entries)
        except OSError:
            self._records.truncate(self._end)
            raise

    def lines(self) -> Iterator[bytes]:
        """All committed records."""
        with self._paths[0].open("rb") as file:
            yield from file

    def close(self) -> None:
        """Leave the run as it is: whole records, and the journal to go on with."""
        try:
            self.commit()
        finally:
            self._records.close()
            self._journal.close()
            self._aside.close()

    def forget(self) -> None:
        """The run is done: there is nothing to go on with."""
        self._aside.path.unlink(missing_ok=True)
        self._paths[1].unlink()

    def _check_head(self) -> int:
        """Compare the journal's settings with ours, or write them; return the offset after them."""
        with self._paths[1].open("rb") as file:
            found = file.readline()
        if not found.endswith(b"\n"):  # new, or killed at its first line
            self._journal.truncate(0)
            self._journal.seek(0)
            _write(self._journal, self._head)
        elif found != self._head:
            others = ", ".join(self._differences(json.loads(found))) or "settings of another form"
            raise ValueError(
                f"{self._paths[0]} was begun with other settings, so that its records would be of two kinds: {others}. "
                "Give those of its beginning, or begin anew with --overwrite"
            )
        return len(self._head)

    def _differences(self, then: dict[str, object]) -> Iterator[str]:
        """Say what was otherwise when the run began; of long values, as digests, only that they were."""
        for name, now in self._settings.items():
            before = then.get(name)
            if before != now:
                shown = all(len(str(value)) < LONGEST_SHOWN for value in (before, now))
                yield f"{name} was {before or 'not given'}, is {now or 'not given'}" if shown else f"another {name}"

    def _read_entries(self) -> Iterator[tuple[Entry, int]]:
        """The journal's whole lines whose records are there, each with the offset after it."""
        whole = os.fstat(self._records.fileno()).st_size
        end = 0
        with self._paths[1].open("rb") as file:
            offset = len(file.readline())
            for line in file:
                offset += len(line)
                entry = Entry(*json.loads(line)) if line.endswith(b"\n") else None
                if entry is None or (end := end + entry.size) > whole:
                    return
                yield entry, offset

    def _put_aside(self, entry: Entry, entries: Iterator[tuple[Entry, int]]) -> None:
        with self._paths[0].open("rb") as file:
            file.seek(self._end)
            for found in chain([entry], (other for other, _ in entries)):
                if found.size:
                    self._aside.put(found.key, file.read(found.size))
        self._aside.flush()


def _opened(path: Path) -> FileIO:
    return FileIO(path, "r+" if path.exists() else "w+")


def _write(file: FileIO, data: bytes) -> None:
    """Write all of it: a file without a buffer may take less at a time."""
    view = memoryview(data)
    while view:
        view = view[file.write(view) :]


class _Aside:
    """Records by their articles' keys, in a file that is there only while it is needed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("r+b") if path.exists() else None
        self._places: dict[str, tuple[int, int]] = {}
        offset = 0
        for line in self._file or ():
            if line.endswith(b"\n"):
                key, _, _ = line.partition(b"\t")
                self._places[key.decode()] = (offset + len(key) + 1, len(line) - len(key) - 1)
            offset += len(line)

    def put(self, key: str, line: bytes) -> None:
        if self._file is None:
            self._file = self.path.open("w+b")
        self._file.seek(0, os.SEEK_END)
        start = self._file.tell()
        self._file.write(key.encode() + b"\t" + line)
        self._places[key] = (start + len(key) + 1, len(line))

    def __contains__(self, key: str) -> bool:
        return key in self._places

    def get(self, key: str) -> Done | None:
        if self._file is None or key not in self._places:
            return None
        start, size = self._places[key]
        self._file.seek(start)
        line = self._file.read(size)
        return Done(json.loads(line)["id"], line.rstrip(b"\n"))

    def flush(self) -> None:
        if self._file is not None:
            self._file.flush()

    def close(self) -> None:
        if self._file is not None:
            self._file.close()
