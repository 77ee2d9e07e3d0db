"""A worker process: a fresh interpreter that does one job, chunk of tasks after chunk.

It is no `multiprocessing` process, so that a script needs no `if __name__ == "__main__"` around the call, and nothing
is forked with threads in it. Parent and worker talk in pickles over the worker's standard input and output; the
worker loads what the job needs, the parent needn't. Its own side is `extract.processes.inside`.
"""

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from threading import Timer
from typing import Any, Generic, TypeVar

Task = TypeVar("Task")
Outcome = TypeVar("Outcome")

ONE_THREAD = dict.fromkeys(
    ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"), "1"
)
_START = "import sys; sys.path[:] = {path!r}; from extract.processes.inside import main; main()"


@dataclass(frozen=True, slots=True)
class Job(Generic[Task, Outcome]):
    """What workers do; tasks, outcomes and the setup are pickled on their way.

    Attributes:
        start: what a worker begins with, by its importable name, `module:function`: from the setup it makes a function
            of a sequence of tasks to their outcomes, one each, in order.
        setup: what that is given.
        lost: what becomes of a task whose worker was lost, told why.
        patience: how many seconds a task may take; None for no limit.
    """

    start: str
    setup: object
    lost: Callable[[Task, str], Outcome]
    patience: Callable[[Task], float] | None = None


class Lost(Exception):
    """A worker process is gone; the message says why."""


class Worker(Generic[Task, Outcome]):
    """A process that does a job.

    Attributes:
        worked: how many tasks it has done.

    Raises:
        Lost: the process ended before it was ready.
        Exception: whatever the job's `start` raised.
    """

    def __init__(self, job: Job[Task, Outcome]) -> None:
        self.worked = 0
        self._patience = job.patience
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START.format(path=sys.path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=os.environ | ONE_THREAD,
            start_new_session=True,  # Ctrl-C is for the parent
        )
        assert self._process.stdin is not None and self._process.stdout is not None
        self._requests, self._answers = self._process.stdin, self._process.stdout
        self._send((job.start, job.setup))
        greeting = self._receive(None)
        if isinstance(greeting, Exception):
            self.close()
            raise greeting

    def work(self, tasks: Sequence[Task]) -> Iterator[Outcome]:
        """Give out what became of each task, in order; the time is counted from one answer to the next.

        Raises:
            Lost: the process ended, or was killed because it took longer than the most patient task allows.
        """
        patience = None if self._patience is None else max(map(self._patience, tasks), default=None)
        self._send(tasks)
        for _ in range(len(tasks)):
            yield self._receive(patience)
            self.worked += 1

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

    def _send(self, message: object) -> None:
        try:
            pickle.dump(message, self._requests)
            self._requests.flush()
        except OSError:
            raise self._lost() from None

    def _receive(self, timeout: float | None) -> Any:
        """Wait for the worker's next message, but no longer than `timeout` seconds."""
        with self._killed_after(timeout) as overdue:
            try:
                return pickle.load(self._answers)
            except (EOFError, pickle.UnpicklingError, OSError, ValueError):
                if overdue:
                    raise Lost(f"not done after {overdue[0]:g} seconds") from None
                raise self._lost() from None

    @contextmanager
    def _killed_after(self, timeout: float | None) -> Iterator[list[float]]:
        """Kill the process when the time is over; then what is given out is no longer empty."""
        overdue: list[float] = []
        if timeout is None:
            yield overdue
            return

        def end() -> None:
            overdue.append(timeout)
            self.kill()

        timer = Timer(timeout, end)
        timer.daemon = True
        timer.start()
        try:
            yield overdue
        finally:
            timer.cancel()

    def _lost(self) -> Lost:
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self.kill()
            return Lost("the worker process stopped answering")
        if code < 0:
            return Lost(f"the worker process was killed by signal {-code}; memory may have run out")
        return Lost(f"the worker process ended with exit code {code}")
