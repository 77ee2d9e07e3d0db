"""`extract-ru eval`: score on annotated samples. Heavy modules are imported when it runs."""

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extract.cli.options import Model, Workers, stop

if TYPE_CHECKING:
    from extract.evaluation.samples import Sample
    from extract.evaluation.scoring import Evaluation

COMMAND = "extract-ru eval"
Format = Literal["records", "brat", "factrueval", "label-studio", "doccano", "prodigy", "spacy"]

Gold = Annotated[
    Path,
    typer.Argument(
        help="Annotated samples: our records, a brat or factRuEval folder, an export of Label Studio, "
        "doccano, Prodigy or spaCy.",
        metavar="GOLD",
    ),
]
Predictions = Annotated[
    Path | None,
    typer.Option(help="Score these records instead of running on the texts.", metavar="RECORDS"),
]
Errors = Annotated[bool, typer.Option("--errors", help="List every miss and false alarm with its text.")]
Compare = Annotated[
    Path | None,
    typer.Option(help="What an earlier run's --json became: differences, won and lost.", metavar="BEFORE.json"),
]
AsJson = Annotated[bool, typer.Option("--json", help="All of it as JSON, for --compare too.")]
Html = Annotated[
    Path | None,
    typer.Option(help="Write a page: gold beside prediction, article by article.", metavar="errors.html"),
]
Labels = Annotated[
    Path | None,
    typer.Option(help="What the annotation's labels are in our types, for formats of spans.", metavar="TOML"),
]
Form = Annotated[Format | None, typer.Option(help="The samples' format; as detected by their content if not given.")]
Rules = Annotated[Path | None, typer.Option(help="A TOML file of your own deal types and lexicons.", metavar="FILE")]


def evaluate(
    gold: Gold,
    predictions: Predictions = None,
    errors: Errors = False,
    compare: Compare = None,
    as_json: AsJson = False,
    html: Html = None,
    labels: Labels = None,
    format: Form = None,
    rules: Rules = None,
    model: Model = True,
    workers: Workers = 1,
) -> None:
    """Score on annotated samples: precision, recall, F1 with 95% intervals."""
    from extract.errors import ArticleError, MissingExtra, RulesError
    from extract.evaluation.gold import read
    from extract.evaluation.predictions import load
    from extract.evaluation.samples import GoldError
    from extract.evaluation.scoring import score
    from extract.processes.pool import StartError

    try:
        samples = read(gold, labels, format)
        predicted = load(predictions, samples) if predictions else _predicted(samples, rules, model, workers)
        result = score(samples, predicted)
        if html:
            _write_page(result, samples, html, rules)
        _show(result, errors, compare, as_json)
    except (GoldError, RulesError, ArticleError, StartError, MissingExtra) as error:
        stop(str(error), COMMAND)


def _predicted(samples: Sequence["Sample"], rules: Path | None, model: bool, workers: int) -> Iterator["Sample"]:
    """Run on the samples' texts, with a progress bar where stderr is a terminal."""
    from rich.console import Console
    from rich.progress import track

    import extract
    from extract.evaluation.predictions import predict

    console = Console(stderr=True)
    return iter(
        track(
            predict(extract.load(rules, model), samples, workers),
            description="reading",
            total=len(samples),
            console=console,
            disable=not console.is_terminal,
            transient=True,
        )
    )


def _write_page(result: "Evaluation", samples: Sequence["Sample"], out: Path, rules: Path | None) -> None:
    from extract.pages.errors import write_errors

    try:
        write_errors(result, samples, out, rules)
    except OSError as error:
        stop(str(error), COMMAND)
    typer.echo(f"{out}: open it in a browser", err=True)


def _show(result: "Evaluation", errors: bool, compare: Path | None, as_json: bool) -> None:
    from rich.console import Console

    from extract.evaluation import comparing, report

    comparison = comparing.compare(comparing.load(compare), result.articles) if compare else None
    if as_json:
        data = report.as_data(result)
        if comparison:
            data["comparison"] = comparing.as_data(comparison)
        json.dump(data, sys.stdout, ensure_ascii=False, indent=1)
        print()
        return
    console = Console(width=None if sys.stdout.isatty() else 110)
    if errors:
        print(*report.errors(result), sep="\n")
    if comparison:
        print(*comparing.lines(comparison), sep="\n")
        changed = comparing.table(comparison)
        console.print(changed if changed.row_count else "no measure changed")
    else:
        console.print(report.table(result))
