"""The worker's side of `extract.batch.pool`: articles' places in, records as JSON out."""

import os
import pickle
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Thread
from typing import TYPE_CHECKING

import extract
from extract.articles.article import Article
from extract.articles.read import read
from extract.batch.pool import READY, Done, Outcome, Settings, Task
from extract.chunks import chunks
from extract.errors import ArticleError, RulesError
from extract.process import hush_readers, leave, loading

if TYPE_CHECKING:
    from extract.extractor import Extractor
    from extract.record import Record


def main() -> None:
    """Answer the parent's requests until it closes the pipe.

    What anything prints goes to stderr: the standard output belongs to the answers.
    """
    Thread(target=_end_with, args=(os.getppid(),), daemon=True).start()
    hush_readers()
    requests = sys.stdin.buffer
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)

    def answer(message: object) -> None:
        pickle.dump(message, answers)
        answers.flush()

    settings: Settings = pickle.load(requests)
    try:
        with loading():
            extractor = _load(settings)
    except Exception as error:
        answer(error)
        return
    answer(READY)
    while True:
        try:
            tasks: Sequence[Task] = pickle.load(requests)
        except EOFError:
            leave(0)
        try:
            for outcome in work(extractor, tasks, settings):
                answer(outcome)
        except BrokenPipeError:  # the parent was killed
            leave(1)


def _load(settings: Settings) -> "Extractor":
    if settings.rules is None or settings.content is None:
        return extract.load(settings.rules)
    with TemporaryDirectory() as folder:
        copy = Path(folder, "rules.toml")
        copy.write_bytes(settings.content)
        try:
            return extract.load(copy)
        except RulesError as error:
            raise RulesError(settings.rules, error.line, error.reason) from None


def _end_with(parent: int) -> None:
    """End this process when its parent is gone, even in the middle of an article."""
    while os.getppid() == parent:
        time.sleep(2)
    os._exit(1)


def work(extractor: "Extractor", tasks: Sequence[Task], settings: Settings) -> Iterator[Outcome]:
    """Read and extract; an outcome for each task, in order."""
    from extract.extractor import BATCH_ARTICLES, BATCH_CHARS

    found = (_article(task, settings) for task in tasks)
    for batch in chunks(found, BATCH_ARTICLES, BATCH_CHARS, _size):
        articles = [article for article in batch if isinstance(article, Article)]
        # What spaCy's string store learns from a batch is forgotten after it: a long run's memory stays flat.
        with extractor.nlp.memory_zone():
            results = iter([_outcome(result) for result in extractor.attempt(articles)])
        for article in batch:
            yield next(results) if isinstance(article, Article) else article


def _outcome(result: "Record | ArticleError") -> Outcome:
    if isinstance(result, ArticleError):
        return result
    try:
        return Done(result.id, result.model_dump_json().encode())
    except ValueError as error:  # no JSON can be made of it
        return ArticleError(result.id, "extract", str(error))


def _article(task: Task, settings: Settings) -> Article | Outcome:
    if isinstance(task, Done | ArticleError):
        return task
    if isinstance(task, Article):
        return task if task.published or not settings.published else replace(task, published=settings.published)
    try:
        return read(task, settings.published, settings.max_chars)
    except ArticleError as error:
        return error
    except Exception as error:
        return ArticleError(task.id, "read", f"{type(error).__name__}: {error}")


def _size(article: Article | Outcome) -> int:
    return len(article.text) if isinstance(article, Article) else 0
