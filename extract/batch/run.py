"""Many articles: from paths to a file of records, with a line in the errors file for each that failed."""

import json
from collections.abc import Callable, Iterable, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import IO

from extract.articles.find import find
from extract.batch.ledger import Ledger
from extract.batch.tasks import CHUNK, Settings, pool_of
from extract.batch.writers import Writer, writer_for
from extract.chunks import chunks
from extract.errors import ArticleError

READ_WITH = (
    "lxml-html-clean", "natasha", "navec", "numpy", "pymorphy3", "pymorphy3-dicts-ru", "pypdf", "razdel", "slovnet",
    "spacy", "trafilatura",
)  # fmt: skip


@dataclass(slots=True)
class Summary:
    """How many records were written, of these how many by a run that this one went on from; how many failed."""

    written: int = 0
    failed: int = 0
    earlier: int = 0


@dataclass(frozen=True, slots=True)
class Options:
    """How to run.

    Attributes:
        errors: the errors file; by default beside the records (see `errors_beside`), made only if something fails.
        workers: the number of processes.
        timeout: seconds that an article may take; None for no limit.
        fields: text, title, published, id, url → the field of JSON, CSV and Parquet that holds it.
        resume: go on with the run that was to write the same file.
        overwrite: begin anew, whatever is there.
    """

    errors: Path | None = None
    workers: int = 1
    timeout: float | None = 60
    fields: Mapping[str, str] | None = None
    resume: bool = False
    overwrite: bool = False


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
    settings: Settings | None = None,
    options: Options | None = None,
    on_article: Callable[[ArticleError | None], None] = lambda error: None,
    summary: Summary | None = None,
) -> Summary:
    """Read all articles below the paths and write their records, in the order of the paths.

    Records are written as they come, as JSON lines: into `out` itself, or for another format into a file beside
    it, of which `out` is made at the end.

    Args:
        paths: files and folders.
        out: the file of records; its name tells the format.
        settings: what the workers must know.
        options: how to run.
        on_article: called once for each article, with its error if it failed.
        summary: counted up as the run goes on, for whom it may be broken off.

    Raises:
        FileExistsError: `out` is there, and nothing said what to do about it.
        ValueError: the name of `out` tells no format, the rules file has a mistake, or the run that this is to go
            on with was begun with other settings or by another version.
        OSError: a file can't be written.
    """
    settings, options = settings or Settings(), options or Options()
    summary = Summary() if summary is None else summary
    write = writer_for(out)
    files = _Files(out, out if write is None else beside(out, ".part"), options.errors or errors_beside(out))
    if options.resume and is_done(out):
        summary.failed = _lines(files.log)
        return summary
    files.check(options)
    tasks = find(paths, files.all, options.fields, settings.max_chars)
    first = next(tasks, None)
    if first is None:
        return summary  # and leave what is there alone
    if not options.resume:
        files.clear()
    ledger = Ledger(files.records, files.journal, _state(settings, options))
    log = ErrorLog(files.log, always=options.errors is not None)
    with closing(log), closing(ledger):
        ledger.go_on(chain([first], tasks))
        _read(ledger, settings, options, _Tally(summary, log, on_article))
    _finish(ledger, files, write)
    return summary


@dataclass(frozen=True, slots=True)
class _Files:
    """What a run writes: the file that is asked for, the records as they come, the errors; the journal."""

    out: Path
    records: Path
    log: Path

    @property
    def journal(self) -> Path:
        return beside(self.out, ".journal")

    @property
    def aside(self) -> Path:
        """Records of an earlier run, until their articles come."""
        return beside(self.journal, ".aside")

    @property
    def all(self) -> tuple[Path, ...]:
        """All of them, which are no articles to read."""
        return self.out, self.log, self.records, self.journal, self.aside

    def check(self, options: Options) -> None:
        """Raise an OSError where nothing may be written."""
        if (self.out.exists() or self.journal.exists()) and not (options.resume or options.overwrite):
            raise FileExistsError(
                f"{self.out} is there: --resume goes on with a run that was broken off, --overwrite begins anew"
            )
        if not self.out.parent.is_dir():
            raise FileNotFoundError(f"{self.out}: there is no folder {self.out.parent}")

    def clear(self) -> None:
        """Remove what an earlier run left."""
        for path in (self.journal, self.aside, self.records):
            path.unlink(missing_ok=True)


@dataclass(frozen=True, slots=True)
class _Tally:
    """Counts and tells what became of each article."""

    summary: Summary
    log: ErrorLog
    on_article: Callable[[ArticleError | None], None]

    def add(self, error: ArticleError | None) -> None:
        if error is None:
            self.summary.written += 1
        else:
            self.summary.failed += 1
            self.log.write(error)
        self.on_article(error)


def _read(ledger: Ledger, settings: Settings, options: Options, tally: _Tally) -> None:
    """Count what was done earlier, and do the rest."""
    summary = tally.summary
    summary.written = summary.earlier = ledger.done
    for error in ledger.errors:
        tally.add(error)
    with pool_of(settings, options.workers, options.timeout) as pool:
        for outcome in pool.map(chunks(ledger.rest(), CHUNK)):
            ledger.add(outcome)
            summary.earlier = ledger.done
            tally.add(outcome if isinstance(outcome, ArticleError) else None)


def _finish(ledger: Ledger, files: _Files, write: Writer | None) -> None:
    """Make the file that is asked for, if it isn't there already, and remove what helped to."""
    if write is None:
        ledger.forget()
        return
    made = beside(files.out, ".tmp")
    write(ledger.lines(), made)
    made.replace(files.out)
    ledger.forget()
    files.records.unlink()


def is_done(out: Path) -> bool:
    """Whether a run that writes `out` was done to the end."""
    return out.exists() and not beside(out, ".journal").exists()


def _lines(path: Path) -> int:
    if not path.exists():
        return 0
    with path.open("rb") as file:
        return sum(1 for _ in file)


def _state(settings: Settings, options: Options) -> dict[str, object]:
    """What the records depend on besides the articles, under the names that a message gives them."""
    rules = Path(settings.rules).read_bytes() if settings.rules is not None else settings.content
    return {
        "--published": settings.published,
        "--max-chars": settings.max_chars,
        "--fields": dict(options.fields or {}),
        "--no-model": not settings.model,
        "--rules": None if rules is None else blake2b(rules).hexdigest(),
        "version of extract-ru, its rules or the packages it reads with": program(),
    }


@cache
def program() -> str:
    """A digest of what reads: this package's code and rules, and the versions of the packages that it reads with."""
    digest = blake2b()
    home = Path(__file__).parents[1]
    for path in sorted(
        path for path in home.rglob("*") if path.suffix in (".py", ".toml", ".txt", ".onnx", ".safetensors")
    ):
        if path.relative_to(home).parts[0] not in ("cli", "evaluation", "pages", "serve"):
            digest.update(f"{path.relative_to(home).as_posix()}\n".encode() + path.read_bytes())
    for name in READ_WITH:
        with suppress(PackageNotFoundError):
            digest.update(f"{name} {version(name)}\n".encode())
    return digest.hexdigest()


def beside(path: Path, suffix: str) -> Path:
    """A file beside another: `records.parquet` → `records.parquet.part`."""
    return path.with_name(path.name + suffix)


def errors_beside(out: Path) -> Path:
    """Where the errors go by default: `records.jsonl` → `records.errors.jsonl`."""
    return out.with_name(f"{out.name.partition('.')[0]}.errors.jsonl")
