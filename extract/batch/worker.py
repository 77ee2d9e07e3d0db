"""What a worker process does for `extract.batch.tasks`: articles' places in, records as JSON out."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from extract.articles.article import Article
from extract.articles.outcome import Done, Outcome
from extract.articles.read import read
from extract.batch.tasks import Settings, Task
from extract.chunks import chunks
from extract.errors import ArticleError, RulesError
from extract.imports import import_spacy
from extract.processes.own import hush_readers

if TYPE_CHECKING:
    from extract.extractor import Extractor


def start(settings: Settings) -> Callable[[Sequence[Task]], Iterator[Outcome]]:
    """Load the models and rules; what comes back reads tasks."""
    hush_readers()
    return partial(work, _load(settings), settings)


def _load(settings: Settings) -> "Extractor":
    import_spacy()
    from extract.extractor import load

    if settings.rules is None or settings.content is None:
        return load(settings.rules, settings.model)
    with TemporaryDirectory() as folder:
        copy = Path(folder, "rules.toml")
        copy.write_bytes(settings.content)
        try:
            return load(copy, settings.model)
        except RulesError as error:
            raise RulesError(settings.rules, error.line, error.reason) from None


def work(extractor: "Extractor", settings: Settings, tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Read and extract; an outcome for each task, in order."""
    from extract.extractor import BATCH_ARTICLES, BATCH_CHARS

    found = (_article(task, settings) for task in tasks)
    for batch in chunks(found, BATCH_ARTICLES, BATCH_CHARS, _size):
        outcomes = iter(extractor.written([article for article in batch if isinstance(article, Article)]))
        for article in batch:
            yield next(outcomes) if isinstance(article, Article) else article


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
