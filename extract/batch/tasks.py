"""Articles as tasks of worker processes: what these must know, and how long they may take."""

from contextlib import suppress
from dataclasses import dataclass
from functools import partial

from extract.articles.article import Article
from extract.articles.outcome import Outcome, lost
from extract.articles.read import MAX_CHARS
from extract.articles.sources import Source
from extract.processes.pool import Pool
from extract.processes.worker import Job

CHUNK = 16  # articles sent to a worker at a time
IN_TIME = 400_000  # bytes of text that must be read within the timeout; longer ones have more time in proportion

Task = Source | Article | Outcome
"""What a worker is given: where an article lies, the article itself, or an outcome that is known already."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker must know; see `extract.load` and `extract.articles.read.read`.

    Attributes:
        content: of the rules file, where that file lies on another machine.
        model: whether the network reads along.
    """

    rules: str | None = None
    published: str | None = None
    max_chars: int = MAX_CHARS
    content: bytes | None = None
    model: bool = True


def pool_of(settings: Settings, workers: int = 1, timeout: float | None = None) -> Pool[Task, Outcome]:
    """Make a pool of processes that read articles.

    Args:
        settings: what every worker is to know.
        workers: how many.
        timeout: seconds that an article may take, longer than `IN_TIME` in proportion; None for no limit.
    """
    patience = None if timeout is None else partial(_patience, timeout)
    return Pool(Job("extract.batch.worker:start", settings, lost, patience), workers)


def _patience(timeout: float, task: Task) -> float:
    return timeout * max(1.0, _size(task) / IN_TIME)


def _size(task: Task) -> int:
    """About how many bytes of text a task has."""
    if isinstance(task, Article):
        return 2 * len(task.text)
    if isinstance(task, Source):
        with suppress(OSError):
            return task.path.stat().st_size if task.content is None else len(task.content)
    return 0
