"""What a person sees on stderr while a run goes on."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Thread

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from extract.articles.find import holds_many
from extract.articles.sources import Source, walk
from extract.errors import ArticleError

SHOWN = 10  # failures that are told; the errors file has them all


@contextmanager
def progress(paths: Sequence[Path]) -> Iterator[Callable[[ArticleError | None], None]]:
    """Tell the first failures, and on a terminal show how far the run is, its rate and the time left.

    Yields:
        What must be called once for each article, with its error if it failed.
    """
    console = Console(stderr=True)
    bar = Progress(
        TextColumn("articles"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[failed]}"),
        console=console,
        disable=not console.is_terminal,
        transient=True,
    )
    task = bar.add_task("articles", total=None, rate="", failed="")
    failures = 0

    def count() -> None:
        total = 0
        for found in walk(paths):
            if isinstance(found, Source) and holds_many(found.name):
                return  # how many, only reading them tells
            total += 1
        bar.update(task, total=total)

    def tell(error: ArticleError | None) -> None:
        nonlocal failures
        if error is not None:
            failures += 1
            if failures <= SHOWN:
                bar.console.print(f"{error.id}: {error.reason}", markup=False, highlight=False, soft_wrap=True)
        speed = bar.tasks[0].finished_speed or bar.tasks[0].speed
        bar.update(
            task,
            advance=1,
            rate=f"{speed:.0f}/s" if speed else "",
            failed=f"{failures} failed" if failures else "",
        )

    with bar:
        if console.is_terminal:
            Thread(target=count, daemon=True).start()
        yield tell
