"""`extract-ru run`: many articles into one file of records."""

import time
from collections.abc import Sequence
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import Model, Published, Rules, Workers, day, stop

if TYPE_CHECKING:
    from extract.batch.run import Options, Summary
    from extract.batch.tasks import Settings


class Log(StrEnum):
    """For whom `run` writes on stderr."""

    text = "text"
    json = "json"


Paths = Annotated[
    list[Path],
    typer.Argument(
        help="Articles, archives and collections of them, and folders of all these; - for JSON lines.",
        metavar="PATH…",
    ),
]
Out = Annotated[
    Path,
    typer.Option(
        "--out", "-o", help="The records: .jsonl, .jsonl.gz, .parquet, .duckdb, or .csv (deals).", metavar="OUT"
    ),
]
Errors = Annotated[
    Path | None,
    typer.Option(
        help="Where each article that failed gets a JSON line: id, stage, reason. "
        "By default OUT's name with .errors.jsonl, if any failed.",
        metavar="FILE",
    ),
]
Fields = Annotated[
    str,
    typer.Option(
        help="Which fields of JSON, CSV and Parquet hold what; by default the usual names are looked for.",
        metavar="text=F,title=F,published=F,id=F,url=F",
    ),
]
Resume = Annotated[
    bool,
    typer.Option(
        "--resume",
        help="Go on with a run that was broken off. Articles that came, went or changed since are seen to. It is "
        "refused if options or rules that the records depend on are others, or the program itself.",
    ),
]
Overwrite = Annotated[bool, typer.Option("--overwrite", help="Begin anew even if OUT is there.")]
Timeout = Annotated[float, typer.Option(help="Seconds that an article may take, for each 200,000 characters.", min=0.1)]
MaxChars = Annotated[int, typer.Option(help="Characters that an article may have.", min=1)]
LogFor = Annotated[
    Log,
    typer.Option(
        help="What stderr is for. text: a person. json: a program; each line is an object with event and time: "
        "start; progress (done, failed, total, rate in articles a second, seconds left), every 5 seconds; failed "
        "(id, stage, reason), for each article that failed; note (message); at the end done, stopped or error "
        "(written, failed, earlier, seconds, out, message)."
    ),
]


def run(
    paths: Paths,
    out: Out,
    workers: Workers = 1,
    errors: Errors = None,
    published: Published = "auto",
    rules: Rules = None,
    model: Model = True,
    fields: Fields = "",
    resume: Resume = False,
    overwrite: Overwrite = False,
    timeout: Timeout = 60,
    max_chars: MaxChars = 5_000_000,
    log: LogFor = Log.text,
) -> None:
    """Read articles and write one record for each."""
    from extract.articles.find import STANDARD_INPUT
    from extract.batch.run import Options
    from extract.batch.tasks import Settings

    for path in paths:
        if not path.exists() and path != STANDARD_INPUT:
            stop(f"{path}: no such file or folder")
    settings = Settings(None if rules is None else str(rules), day(published), max_chars, model=model)
    options = Options(errors, workers, timeout, _fields(fields), resume, overwrite)
    raise typer.Exit(_run(paths, out, settings, options, log))


def _fields(option: str) -> dict[str, str]:
    """Read «text=body,title=headline»."""
    from extract.articles.rows import PARTS

    pairs = [pair.partition("=") for pair in option.split(",") if pair]
    for part, _, name in pairs:
        if part.strip() not in PARTS or not name.strip():
            stop(f"--fields: write text=FIELD,title=FIELD,published=FIELD,id=FIELD,url=FIELD, not {option!r}")
    return {part.strip(): name.strip() for part, _, name in pairs}


def _run(paths: Sequence[Path], out: Path, settings: "Settings", options: "Options", log: Log) -> int:
    """Run, tell of it on stderr, and give the exit code."""
    from extract.batch.progress import report_on
    from extract.batch.run import Summary, is_done
    from extract.batch.run import run as run_batch
    from extract.processes.pool import StartError

    done_before = options.resume and is_done(out)
    summary = Summary()
    report = report_on(paths, summary, log.value)
    begun = time.monotonic()

    def end(code: int, event: str, message: str) -> int:
        report.tell(event, message, **asdict(summary), seconds=round(time.monotonic() - begun, 1), out=str(out))
        return code

    report.tell(
        "start", None, paths=list(map(str, paths)), out=str(out), workers=options.workers, resume=options.resume
    )
    try:
        with report:
            run_batch(paths, out, settings, options, report.article, summary)
    except KeyboardInterrupt:
        return end(130, "stopped", f"stopped {_so_far(summary)}")
    except (ValueError, OSError, ImportError, StartError) as error:
        if summary.written == summary.earlier:
            return end(2, "error", f"extract-ru: {error}")
        return end(1, "error", f"extract-ru: {error}\nstopped {_so_far(summary)}")
    if not done_before and not summary.written and not summary.failed:
        return end(2, "error", f"extract-ru: no articles in {', '.join(map(str, paths))}")
    return end(1 if summary.failed else 0, "done", _told(summary, out, options, done_before))


def _so_far(summary: "Summary") -> str:
    return f"after {summary.written} records; --resume goes on from there"


def _told(summary: "Summary", out: Path, options: "Options", done_before: bool) -> str:
    """What a run that came to its end did."""
    from extract.batch.run import errors_beside

    earlier = f", {summary.earlier} of them earlier" if summary.earlier else ""
    told = f"{summary.written} records in {out}{earlier}"
    if done_before:
        told = f"{out} was done to the end; --overwrite reads everything anew"
    if summary.failed:
        told += f"\n{summary.failed} articles failed, see {options.errors or errors_beside(out)}"
    return told
