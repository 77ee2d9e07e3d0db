"""What only a process of our own may do with itself: the command's and a worker's, never a caller's."""

import gc
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn


@contextmanager
def loading() -> Iterator[None]:
    """Don't look for garbage while models and rules load, nor later among what they are: all of it stays."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def hush_readers() -> None:
    """Let the packages that read documents say nothing of their own: what they complain of becomes our error."""
    for reader in ("pypdf", "trafilatura", "htmldate"):
        logging.getLogger(reader).setLevel(logging.CRITICAL)


def leave(code: int | str | None) -> NoReturn:
    """End at once, as `sys.exit` would: to take down all that was loaded takes longer than to read an article.

    Threads, files and processes of the caller's must have come to their end before.
    """
    if isinstance(code, str):
        print(code, file=sys.stderr)
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else int(code is not None))
