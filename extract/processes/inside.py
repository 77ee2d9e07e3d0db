"""The worker's own side of `extract.processes.worker`: tasks in, outcomes out."""

import os
import pickle
import sys
import time
from pkgutil import resolve_name
from threading import Thread

from extract.processes.own import leave, loading

READY = "ready"


def main() -> None:
    """Answer the parent's requests until it closes the pipe.

    What anything prints goes to stderr: the standard output belongs to the answers.
    """
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def answer(message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    start, setup = pickle.load(requests)
    try:
        with loading():
            work = resolve_name(start)(setup)
    except Exception as error:
        answer(error)
        return
    answer(READY)
    while True:
        try:
            tasks = pickle.load(requests)
        except EOFError:
            leave(0)
        try:
            for outcome in work(tasks):
                answer(outcome)
        except BrokenPipeError:  # the parent was killed
            leave(1)


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, even in the middle of a task."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(1)
