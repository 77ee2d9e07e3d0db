"""Worker processes, whatever they are told to do."""

import os
import time
from collections.abc import Callable
from functools import partial

import pytest

from extract.processes.pool import Pool, StartError
from extract.processes.worker import Job

Number = float | str


def job(function: Callable[..., object], patience: Callable[[Number], float] | None = None) -> Job[Number, Number]:
    """Let workers apply a function to each task."""
    return Job("functools:partial", partial(map, function), lambda task, reason: f"{task}: {reason}", patience)


def test_outcomes_come_in_the_order_of_tasks() -> None:
    with Pool(job(abs), 2) as pool:
        assert list(pool.map([[-1, -2], [-3], [-4, 5]])) == [1, 2, 3, 4, 5]


def test_a_task_that_ends_its_process_costs_no_other_one() -> None:
    with Pool(job(os._exit)) as pool:
        assert list(pool.map([[7], [8]])) == [
            "7: the worker process ended with exit code 7",
            "8: the worker process ended with exit code 8",
        ]


def test_a_task_may_take_as_long_as_its_patience() -> None:
    with Pool(job(time.sleep, lambda task: 0.5 if task == 60 else 30)) as pool:
        assert list(pool.map([[60], [0.01, 0]])) == ["60: not done after 0.5 seconds", None, None]


def test_what_a_worker_prints_is_no_answer() -> None:
    with Pool(job(print)) as pool:
        assert list(pool.map([["printed", "printed too"]])) == [None, None]


def test_what_the_start_raises_is_raised() -> None:
    unheard_of: Job[Number, Number] = Job("functools:no_such_function", None, lambda task, reason: reason)
    with pytest.raises(AttributeError, match="no_such_function"), Pool(unheard_of) as pool:
        list(pool.map([[1]]))


def test_a_worker_that_cannot_start_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.processes.worker._START", "raise SystemExit(3)")
    with pytest.raises(StartError, match="exit code 3"), Pool(job(abs)) as pool:
        list(pool.map([[1]]))
