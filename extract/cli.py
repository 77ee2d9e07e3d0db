"""The command line. It imports little at start: `extract-ru --help` must not wait for the models."""

import json
import sys
import time
from dataclasses import asdict
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from extract.evaluation.command import evaluate
from extract.pages.command import report
from extract.process import hush_readers, leave, loading
from extract.serve.command import serve

if TYPE_CHECKING:
    from extract import Extractor
    from extract.articles.article import Article
    from extract.batch.run import Summary

app = typer.Typer(
    help="Facts from Russian news: organizations, people, dates, deals, each with the place that states it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("eval")(evaluate)
app.command()(report)
app.command()(serve)

Rules = Annotated[
    Path | None,
    typer.Option(help="Your own deal types, frames and lexicons: a TOML file, or a folder of them.", metavar="PATH"),
]
OneFile = Annotated[Path, typer.Argument(help="An article; - or nothing: standard input.", metavar="[FILE|-]")]
Published = Annotated[
    str,
    typer.Option(
        help="The publication date, YYYY-MM-DD, of articles that have none in themselves or their path; "
        "auto: it stays unknown.",
        metavar="auto|DATE",
    ),
]


class Log(StrEnum):
    """For whom `run` writes on stderr."""

    text = "text"
    json = "json"


def _stop(message: str) -> NoReturn:
    """End with exit code 2: wrong usage or nothing to do."""
    typer.echo(f"extract-ru: {message}", err=True)
    raise typer.Exit(2)


def _day(option: str) -> str | None:
    from extract.articles.article import check_day

    if option == "auto":
        return None
    try:
        check_day(option)
    except ValueError as error:
        _stop(f"--published: {error}")
    return option


def _fields(option: str) -> dict[str, str]:
    """Read «text=body,title=headline»."""
    from extract.articles.rows import PARTS

    pairs = [pair.partition("=") for pair in option.split(",") if pair]
    for part, _, name in pairs:
        if part.strip() not in PARTS or not name.strip():
            _stop(f"--fields: write text=FIELD,title=FIELD,published=FIELD,id=FIELD,url=FIELD, not {option!r}")
    return {part.strip(): name.strip() for part, _, name in pairs}


@app.command()
def run(
    paths: Annotated[
        list[Path],
        typer.Argument(
            help="Articles, archives and collections of them, and folders of all these; - for JSON lines.",
            metavar="PATH…",
        ),
    ],
    out: Annotated[
        Path,
        typer.Option(
            "--out", "-o", help="The records: .jsonl, .jsonl.gz, .parquet, .duckdb, or .csv (deals).", metavar="OUT"
        ),
    ],
    workers: Annotated[int, typer.Option(help="Processes; each loads the models.", min=1)] = 1,
    errors: Annotated[
        Path | None,
        typer.Option(
            help="Where each article that failed gets a JSON line: id, stage, reason. "
            "By default OUT's name with .errors.jsonl, if any failed.",
            metavar="FILE",
        ),
    ] = None,
    published: Published = "auto",
    rules: Rules = None,
    fields: Annotated[
        str,
        typer.Option(
            help="Which fields of JSON, CSV and Parquet hold what; by default the usual names are looked for.",
            metavar="text=F,title=F,published=F,id=F,url=F",
        ),
    ] = "",
    resume: Annotated[
        bool,
        typer.Option(
            "--resume",
            help="Go on with a run that was broken off. Articles that came, went or changed since are seen to. It is "
            "refused if options or rules that the records depend on are others, or the program itself.",
        ),
    ] = False,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin anew even if OUT is there.")] = False,
    timeout: Annotated[
        float, typer.Option(help="Seconds that an article may take, for each 200,000 characters.", min=0.1)
    ] = 60,
    max_chars: Annotated[int, typer.Option(help="Characters that an article may have.", min=1)] = 5_000_000,
    log: Annotated[
        Log,
        typer.Option(
            help="What stderr is for. text: a person. json: a program; each line is an object with event and time: "
            "start; progress (done, failed, total, rate in articles a second, seconds left), every 5 seconds; failed "
            "(id, stage, reason), for each article that failed; note (message); at the end done, stopped or error "
            "(written, failed, earlier, seconds, out, message)."
        ),
    ] = Log.text,
) -> None:
    """Read articles and write one record for each."""
    from extract.articles.find import STANDARD_INPUT
    from extract.batch.pool import Settings, StartError
    from extract.batch.progress import report_on
    from extract.batch.run import Options, Summary, errors_beside, is_done
    from extract.batch.run import run as run_batch

    for path in paths:
        if not path.exists() and path != STANDARD_INPUT:
            _stop(f"{path}: no such file or folder")
    settings = Settings(None if rules is None else str(rules), _day(published), max_chars)
    named = _fields(fields)
    options = Options(errors, workers, timeout, named, resume, overwrite)
    done_before = resume and is_done(out)
    summary = Summary()
    report = report_on(paths, summary, log.value)
    begun = time.monotonic()

    def end(event: str, message: str) -> None:
        report.tell(event, message, **asdict(summary), seconds=round(time.monotonic() - begun, 1), out=str(out))

    report.tell("start", None, paths=list(map(str, paths)), out=str(out), workers=workers, resume=resume)
    try:
        with report:
            run_batch(paths, out, settings, options, report.article, summary)
    except KeyboardInterrupt:
        end("stopped", f"stopped after {summary.written} records; --resume goes on from there")
        raise typer.Exit(130) from None
    except (ValueError, OSError, ImportError, StartError) as error:
        if summary.written == summary.earlier:
            end("error", f"extract-ru: {error}")
            raise typer.Exit(2) from None
        end("error", f"extract-ru: {error}\nstopped after {summary.written} records; --resume goes on from there")
        raise typer.Exit(1) from None
    if not done_before and not summary.written and not summary.failed:
        end("error", f"extract-ru: no articles in {', '.join(map(str, paths))}")
        raise typer.Exit(2)
    told = f"{out} was done to the end; --overwrite reads everything anew" if done_before else _told(summary, out)
    if summary.failed:
        told += f"\n{summary.failed} articles failed, see {errors or errors_beside(out)}"
    end("done", told)
    raise typer.Exit(1 if summary.failed else 0)


def _told(summary: "Summary", out: Path) -> str:
    earlier = f", {summary.earlier} of them earlier" if summary.earlier else ""
    return f"{summary.written} records in {out}{earlier}"


@app.command()
def text(
    file: OneFile = Path("-"),
    published: Published = "auto",
    rules: Rules = None,
) -> None:
    """Read one article, print its record."""
    extractor, article = _one(file, published, rules)
    _print(next(extractor.pipe([article])).model_dump_json(indent=2))


@app.command()
def explain(
    file: OneFile = Path("-"),
    published: Published = "auto",
    rules: Rules = None,
) -> None:
    """Tell why the deals of one article were found: trigger, path to every role, what lost and why."""
    from extract.deals.explain import explain as told

    extractor, article = _one(file, published, rules)
    _print(told(extractor.doc(article), extractor.nlp))


def _one(file: Path, published: str, rules: Path | None) -> "tuple[Extractor, Article]":
    """The extractor, and the article of a file or standard input; ends the program where there is none."""
    import extract
    from extract.articles.article import Article
    from extract.articles.encodings import decode
    from extract.articles.headline import headline
    from extract.articles.one import read_one
    from extract.articles.published import dateline

    day = _day(published)
    try:
        if str(file) == "-":
            content = decode(sys.stdin.buffer.read())
            article = Article(content, None, headline(content), dateline(content) or day)
        elif file.is_file():
            article = read_one(file, day)
        else:
            _stop(f"{file}: no such file")
    except ValueError as error:
        typer.echo(f"extract-ru: {error}", err=True)
        raise typer.Exit(1) from None
    try:
        with loading():
            return extract.load(rules), article
    except (extract.RulesError, OSError) as error:
        _stop(str(error))


@app.command()
def schema() -> None:
    """Print the record's JSON Schema."""
    from extract.record import Record

    _print(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))


@app.command()
def types(rules: Rules = None) -> None:
    """List the deal types with their roles, and the statuses."""
    from extract.deals.rulebook import load_rules
    from extract.errors import RulesError

    try:
        known = load_rules(rules)
    except RulesError as error:
        _stop(str(error))
    for name, kind in known.types.items():
        _print(_entry(name, kind.label))
        for role, said in kind.roles.items():
            _print("    " + _entry(role, said.label))
    _print("\nstatus")
    for status, label in known.statuses.items():
        _print("    " + _entry(status, label))


rules = typer.Typer(help="Work with rules files.")
app.add_typer(rules, name="rules")


@rules.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Your rules, a file or a folder; without it the built-in ones.")
    ] = None,
) -> None:
    """Check rules files, and the sentences that prove their frames."""
    import extract
    from extract.deals.proving import failures, proofs
    from extract.deals.rulebook import load_all

    try:
        with loading():
            known = load_all(folder, strict=folder is None)
            extractor = extract.load(folder)
    except (extract.RulesError, OSError) as error:
        _stop(str(error))
    found = list(failures(extractor.nlp, known))
    for failure in found:
        _print(str(failure))
    frames = [frame for frame in known.frames if known.source(frame).own or folder is None]
    _print(f"{len(frames)} frames, {sum(len(proofs(frame)) for frame in frames)} sentences, {len(found)} wrong")
    if found:
        raise typer.Exit(1)


def _entry(name: str, label: str) -> str:
    return f"{name}: {label}" if label else name


def _print(line: str) -> None:
    """Write to stdout in UTF-8, whatever the terminal's locale is."""
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()


def main() -> None:
    """Run `extract-ru`."""
    hush_readers()
    try:
        app()
    except SystemExit as end:
        leave(end.code)
