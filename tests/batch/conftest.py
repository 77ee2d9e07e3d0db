"""Fixtures of the tests of long runs."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest


@pytest.fixture
def running() -> Callable[[], list[int]]:
    """Tells the process ids of this process's workers."""
    if not Path(f"/proc/self/task/{os.getpid()}/children").is_file():
        pytest.skip("this system doesn't list a process's children")
    return _running


def _running() -> list[int]:
    children = [
        int(child)
        for thread in Path("/proc/self/task").iterdir()
        for child in (thread / "children").read_text().split()
    ]
    return [child for child in children if b"extract.processes" in Path(f"/proc/{child}/cmdline").read_bytes()]
