"""What a run says on stderr while it goes on: to a person, or line by line to a program."""

import json
import logging
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from threading import Thread
from types import TracebackType
from typing import IO, TYPE_CHECKING, Literal, Protocol, Self

from extract.articles.find import holds_many
from extract.articles.sources import Source, walk
from extract.errors import ArticleError

if TYPE_CHECKING:
    from extract.batch.run import Summary

SHOWN = 10  # failures that a person is told; the errors file has them all
PERIOD = 5.0  # seconds from one line of progress to the next


class Report(Protocol):
    """How a run is told of."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None: ...

    def article(self, error: ArticleError | None) -> None:
        """Tell that an article is done, and its error if it failed."""

    def tell(self, event: str, message: str | None, **figures: object) -> None:
        """Tell of the run itself: for a person the message, for a program all of it."""


def report_on(paths: Sequence[Path], summary: "Summary", form: Literal["text", "json"]) -> Report:
    """Make a report on stderr, and let it tell what is logged.

    Args:
        paths: what is being read, to be counted beforehand if that can be done.
        summary: what the run counts up.
        form: for whom: `text` for a person, `json` for a program.
    """
    report: Report = JsonLines(paths, summary, sys.stderr) if form == "json" else Bar(paths, summary)
    log = logging.getLogger("extract")
    log.addHandler(_Handler(report))
    log.setLevel(logging.INFO)
    return report


class _Handler(logging.Handler):
    def __init__(self, report: Report) -> None:
        super().__init__()
        self._report = report

    def emit(self, record: logging.LogRecord) -> None:
        self._report.tell("note", record.getMessage())


class Bar:
    """The first failures, and on a terminal how far the run is, its rate and the time left."""

    def __init__(self, paths: Sequence[Path], summary: "Summary") -> None:
        from rich.console import Console
        from rich.progress import (
            BarColumn,
            MofNCompleteColumn,
            Progress,
            TextColumn,
            TimeElapsedColumn,
            TimeRemainingColumn,
        )

        self._paths, self._summary = paths, summary
        self._console = Console(stderr=True)
        self._bar = Progress(
            TextColumn("articles"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[rate]}"),
            TimeElapsedColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[failed]}"),
            console=self._console,
            disable=not self._console.is_terminal,
            transient=True,
        )
        self._task = self._bar.add_task("articles", total=None, rate="", failed="")

    def __enter__(self) -> Self:
        self._bar.start()
        if self._console.is_terminal:
            _count_aside(self._paths, lambda total: self._bar.update(self._task, total=total))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()

    def article(self, error: ArticleError | None) -> None:
        failed, done = self._summary.failed, self._summary.written + self._summary.failed
        if error is not None and failed <= SHOWN:
            self._say(f"{error.id}: {error.reason}")
        if not self._bar.tasks[0].completed:
            self._bar.reset(self._task, completed=done - 1)  # what was done earlier counts in no rate
        speed = self._bar.tasks[0].finished_speed or self._bar.tasks[0].speed
        self._bar.update(
            self._task,
            advance=1,
            rate=f"{speed:.0f}/s" if speed else "",
            failed=f"{failed} failed" if failed else "",
        )

    def tell(self, event: str, message: str | None, **figures: object) -> None:
        if message is not None:
            self._say(message)

    def _say(self, line: str) -> None:
        self._console.print(line, markup=False, highlight=False, soft_wrap=True)


class JsonLines:
    """A JSON object a line, each with `event` and `time`."""

    def __init__(self, paths: Sequence[Path], summary: "Summary", out: IO[str]) -> None:
        self._paths, self._summary = paths, summary
        self._out = out
        self._total: int | None = None
        self._started = self._told = time.monotonic()

    def __enter__(self) -> Self:
        _count_aside(self._paths, self._know)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._summary.written or self._summary.failed:
            self._progress()

    def article(self, error: ArticleError | None) -> None:
        if error is not None:
            self.tell("failed", None, id=error.id, stage=error.stage, reason=error.reason)
        if time.monotonic() - self._told >= PERIOD:
            self._progress()

    def tell(self, event: str, message: str | None, **figures: object) -> None:
        line: dict[str, object] = {"event": event, "time": datetime.now(UTC).isoformat(timespec="milliseconds")}
        if message is not None:
            line["message"] = message
        self._out.write(json.dumps(line | figures, ensure_ascii=True) + "\n")
        self._out.flush()

    def _know(self, total: int) -> None:
        self._total = total

    def _progress(self) -> None:
        self._told = time.monotonic()
        done, failed = self._summary.written + self._summary.failed, self._summary.failed
        rate = (done - self._summary.earlier) / max(self._told - self._started, 1e-3)
        left = None if self._total is None or not rate else round(max(self._total - done, 0) / rate, 1)
        self.tell("progress", None, done=done, failed=failed, total=self._total, rate=round(rate, 1), left=left)


def _count_aside(paths: Sequence[Path], know: Callable[[int], object]) -> None:
    """Count the articles in a thread; how many a file of rows or an archive holds only reading it tells."""

    def count() -> None:
        total = 0
        for found in walk(paths):
            if isinstance(found, Source) and holds_many(found.name):
                return
            total += 1
        know(total)

    Thread(target=count, daemon=True).start()
