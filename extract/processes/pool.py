"""A pool of worker processes, whose death or delay costs one task at most."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Generic, Self

from extract.processes.worker import Job, Lost, Outcome, Task, Worker

AHEAD = 4  # chunks for each worker that may wait or be done before their turn comes
LIFETIME = 10_000  # tasks; then a fresh process takes a worker's place: whatever grew in it is gone
STARTS = 3  # tries before a worker counts as one that can't be started


class StartError(RuntimeError):
    """A worker process can't be started."""


class Pool(Generic[Task, Outcome]):
    """A number of workers, each started when it is first needed.

    Args:
        job: what they do.
        workers: how many.
    """

    def __init__(self, job: Job[Task, Outcome], workers: int = 1) -> None:
        self._job = job
        self._workers = workers
        self._idle: SimpleQueue[Worker[Task, Outcome] | None] = SimpleQueue()  # None: one that must be started
        for _ in range(workers):
            self._idle.put(None)
        self._running: set[Worker[Task, Outcome]] = set()
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
            StartError: a worker could not be started.
            Exception: whatever the job's `start` raised.
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
            outcomes.append(self._job.lost(task, str(lost)))

    def _run(self, tasks: Sequence[Task], outcomes: list[Outcome]) -> None:
        worker = self._idle.get()
        alive = False
        try:
            if worker is None:
                worker = self._start()
            outcomes.extend(worker.work(tasks))
            alive = worker.worked < LIFETIME
            if not alive:
                worker.close()
        finally:
            if not alive and worker is not None:
                self._running.discard(worker)
                worker.kill()
            self._idle.put(worker if alive else None)

    def _start(self) -> Worker[Task, Outcome]:
        reason = "the pool is closed"
        for _ in range(STARTS):
            if self._closed:
                break
            try:
                worker = Worker(self._job)
            except Lost as lost:  # killed while it loaded what it needs
                reason = str(lost)
            else:
                self._running.add(worker)
                return worker
        raise StartError(f"a worker process could not be started: {reason}")
