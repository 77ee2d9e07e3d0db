"""Many articles: from paths to a file of records, with a line in the errors file for each that failed."""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import IO

from extract.articles.find import find
from extract.batch.pool import CHUNK, Pool, Settings
from extract.batch.writers import writer_for
from extract.chunks import chunks
from extract.errors import ArticleError


@dataclass(slots=True)
class Summary:
    """How many records were written, and how many articles failed."""

    written: int = 0
    failed: int = 0


class ErrorLog:
    """The errors file: a JSON line with id, stage and reason for each article that failed.

    Args:
        path: the file.
        always: make the file even if nothing fails; else a file of an earlier run is removed.
    """

    def __init__(self, path: Path, always: bool) -> None:
        self.path = path
        self._file: IO[str] | None = path.open("w", encoding="utf-8") if always else None
        if not always:
            path.unlink(missing_ok=True)

    def write(self, error: ArticleError) -> None:
        """Add a line, to be seen at once."""
        if self._file is None:
            self._file = self.path.open("w", encoding="utf-8")
        line = {"id": error.id, "stage": error.stage, "reason": error.reason}
        self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
        self._file.flush()

    def close(self) -> None:
        """Close the file, if there is one."""
        if self._file is not None:
            self._file.close()


def run(
    paths: Iterable[Path],
    out: Path,
    errors: Path | None = None,
    settings: Settings | None = None,
    workers: int = 1,
    timeout: float | None = None,
    fields: Mapping[str, str] | None = None,
    on_article: Callable[[ArticleError | None], None] = lambda error: None,
) -> Summary:
    """Read all articles below the paths and write their records, in the order of the paths.

    Args:
        paths: files and folders.
        out: the file of records; its name tells the format.
        errors: the errors file; by default beside `out` (see `errors_beside`), made only if something fails.
        settings: what the workers must know.
        workers: the number of processes.
        timeout: seconds that an article may take.
        fields: text, title, published, id → the field of JSON, CSV and Parquet that holds it.
        on_article: called once for each article, with its error if it failed.

    Raises:
        ValueError: the name of `out` tells no format, or the rules file has a mistake.
        OSError: a file can't be written.
    """
    log_path = errors or errors_beside(out)
    summary = Summary()
    sources = find(paths, (out, log_path), fields, (settings or Settings()).max_chars)
    first = next(sources, None)
    if first is None:
        return summary  # and leave what is there alone
    with writer_for(out) as writer, Pool(settings or Settings(), workers, timeout) as pool:
        log = ErrorLog(log_path, always=errors is not None)
        try:
            for outcome in pool.map(chunks(chain([first], sources), CHUNK)):
                if isinstance(outcome, ArticleError):
                    log.write(outcome)
                    summary.failed += 1
                    on_article(outcome)
                else:
                    writer.write(outcome.json)
                    summary.written += 1
                    on_article(None)
        finally:
            log.close()
    return summary


def errors_beside(out: Path) -> Path:
    """Where the errors go by default: `records.jsonl` → `records.errors.jsonl`."""
    return out.with_name(f"{out.name.partition('.')[0]}.errors.jsonl")
