"""Worker processes that read articles: fresh interpreters, whose death or delay costs one article at most.

They are no `multiprocessing` processes, so that a script needs no `if __name__ == "__main__"` around the
call, and nothing is forked with threads in it. Parent and worker talk in pickles over the worker's standard
input and output; the worker loads the models, the parent needn't.
"""

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Timer
from types import TracebackType
from typing import Any, Self

from extract.articles.article import Article
from extract.articles.read import MAX_CHARS
from extract.articles.sources import Source
from extract.errors import ArticleError

CHUNK = 16  # articles sent to a worker at a time
AHEAD = 4  # chunks for each worker that may wait or be done before their turn comes
IN_TIME = 400_000  # bytes of text that must be read within the timeout; longer ones have more time in proportion
LIFETIME = 10_000  # articles; then a fresh process takes a worker's place: whatever grew in it is gone
STARTS = 3  # tries before a worker counts as one that can't be started
READY = "ready"
ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
_START = "import sys; sys.path[:] = {path!r}; from extract.batch.worker import main; main()"


@dataclass(frozen=True, slots=True)
class Settings:
    """What a worker must know; see `extract.load` and `extract.articles.read.read`.

    Attributes:
        content: of the rules file, where that file lies on another machine.
    """

    rules: str | None = None
    published: str | None = None
    max_chars: int = MAX_CHARS
    content: bytes | None = None


@dataclass(frozen=True, slots=True)
class Done:
    """An article that was read: its record as JSON in UTF-8, without a line break."""

    id: str | None
    json: bytes


Outcome = Done | ArticleError
Task = Source | Article | Outcome
"""What a worker is given: where an article lies, the article itself, or an outcome that is known already."""


def _size(task: Task) -> int:
    """About how many bytes of text a task has."""
    if isinstance(task, Article):
        return 2 * len(task.text)
    if isinstance(task, Source):
        with suppress(OSError):
            return task.path.stat().st_size if task.content is None else len(task.content)
    return 0


class Lost(Exception):
    """A worker process is gone; the message says why."""


class Worker:
    """A process that reads articles."""

    def __init__(self, settings: Settings) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ONE_THREAD,
            start_new_session=True,  # Ctrl-C is for the parent
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._worked = 0
        self._send(settings)
        greeting = self.receive(None)
        if isinstance(greeting, Exception):
            self.close()
            raise greeting

    def _send(self, message: object) -> None:
        try:
            pickle.dump(message, self._requests)
            self._requests.flush()
        except OSError:
            raise self._lost() from None

    def receive(self, timeout: float | None) -> Any:
        """Wait for the worker's next message.

        Raises:
            Lost: the process ended, or was killed because `timeout` seconds had passed.
        """
        overdue: list[float] = []

        def end() -> None:
            overdue.append(timeout or 0)
            self.kill()

        timer = Timer(timeout, end) if timeout is not None else None
        if timer is not None:
            timer.daemon = True
            timer.start()
        try:
            return pickle.load(self._answers)
        except (EOFError, pickle.UnpicklingError, OSError, ValueError):
            if overdue:
                raise Lost(f"not done after {overdue[0]:g} seconds") from None
            raise self._lost() from None
        finally:
            if timer is not None:
                timer.cancel()

    def work(self, tasks: Sequence[Task], timeout: float | None) -> Iterator[Outcome]:
        """Give out what became of each task, in order; the time is counted from one answer to the next."""
        longest = max(map(_size, tasks), default=0) / IN_TIME
        patience = None if timeout is None else timeout * max(1.0, longest)
        self._send(tasks)
        for _ in range(len(tasks)):
            yield self.receive(patience)
            self._worked += 1

    @property
    def old(self) -> bool:
        """Whether it has read as many articles as one process should."""
        return self._worked >= LIFETIME

    def _lost(self) -> Lost:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()
            return Lost("the worker process stopped answering")
        if code < 0:
            return Lost(f"the worker process was killed by signal {-code}; memory may have run out")
        return Lost(f"the worker process ended with exit code {code}")

    def close(self) -> None:
        """Let the process end by itself."""
        with suppress(OSError):  # a dead worker takes no last flush
            self._requests.close()
        self._answers.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()

    def kill(self) -> None:
        """End the process at once."""
        self._process.kill()
        self._process.wait()


class Pool:
    """A number of workers, each started when it is first needed.

    Args:
        settings: what every worker is to know.
        workers: how many.
        timeout: seconds that an article may take, longer than `IN_TIME` in proportion; None for no limit.
    """

    def __init__(self, settings: Settings, workers: int = 1, timeout: float | None = None) -> None:
        self._settings = settings
        self._workers = workers
        self._timeout = timeout
        self._idle: SimpleQueue[Worker | None] = SimpleQueue()  # None: one that must be started
        for _ in range(workers):
            self._idle.put(None)
        self._running: set[Worker] = set()
        self._closed = False
        self._threads = ThreadPoolExecutor(workers, "extract-pool")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closed = True
        if kind is not None:
            for worker in list(self._running):
                worker.kill()
        self._threads.shutdown(wait=True, cancel_futures=True)
        for worker in list(self._running):
            worker.close()

    def map(self, stream: Iterable[Sequence[Task]]) -> Iterator[Outcome]:
        """Work through chunks of tasks; outcomes come in the tasks' order, one each.

        Raises:
            RulesError: the rules file has a mistake.
            Lost: a worker could not be started.
        """
        pending: deque[Future[list[Outcome]]] = deque()
        for chunk in stream:
            pending.append(self._threads.submit(self._work, chunk))
            while pending and (len(pending) > self._workers * AHEAD or pending[0].done()):
                yield from pending.popleft().result()
        while pending:
            yield from pending.popleft().result()

    def _work(self, chunk: Sequence[Task]) -> list[Outcome]:
        """Work through a chunk; when its worker is lost on the way, through the rest of it one by one."""
        outcomes: list[Outcome] = []
        try:
            self._run(chunk, outcomes)
        except Lost:
            for task in chunk[len(outcomes) :]:
                self._work_alone(task, outcomes)
        return outcomes

    def _work_alone(self, task: Task, outcomes: list[Outcome]) -> None:
        try:
            self._run([task], outcomes)
        except Lost as lost:
            outcomes.append(ArticleError(task.id, "extract", str(lost)))

    def _run(self, tasks: Sequence[Task], outcomes: list[Outcome]) -> None:
        worker = self._idle.get()
        alive = False
        try:
            if worker is None:
                worker = self._start()
            outcomes.extend(worker.work(tasks, self._timeout))
            alive = not worker.old
            if worker.old:
                worker.close()
        finally:
            if not alive and worker is not None:
                self._running.discard(worker)
                worker.kill()
            self._idle.put(worker if alive else None)

    def _start(self) -> Worker:
        reason = "the pool is closed"
        for _ in range(STARTS):
            if self._closed:
                break
            try:
                worker = Worker(self._settings)
            except Lost as lost:  # killed while it loaded the models
                reason = str(lost)
            else:
                self._running.add(worker)
                return worker
        raise StartError(f"a worker process could not be started: {reason}")


class StartError(RuntimeError):
    """A worker process can't be started."""
