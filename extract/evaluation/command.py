"""`extract-ru eval`."""

import sys
from pathlib import Path
from typing import Annotated

import typer


def evaluate(
    gold: Annotated[Path, typer.Argument(help="Annotated samples: a file or a folder.")],
    errors: Annotated[bool, typer.Option("--errors", help="List every miss and false alarm.")] = False,
    workers: Annotated[int, typer.Option(help="Number of processes.")] = 1,
) -> None:
    """Read the annotated samples' own texts and score what was found."""
    from rich.console import Console

    import extract
    from extract.evaluation import gold as readers
    from extract.evaluation import report
    from extract.evaluation.scoring import Evaluation, predict, score

    samples = readers.read(gold)
    predicted = list(predict(extract.load(), samples, workers))
    result = score(samples, predicted)
    console = Console(width=110)
    if errors:
        for line in report.errors(result):
            print(line)
    console.print(report.table(result))
    halves = {
        "odd": Evaluation([article for article in result.articles if int(article.id[-1]) % 2]),
        "even": Evaluation([article for article in result.articles if not int(article.id[-1]) % 2]),
    } if all(article.id[-1:].isdigit() for article in result.articles) else {}
    for name, half in halves.items():
        print(name, {m: round(half.totals[m].f1, 3) for m in ("deals", "slots", "positions", "dates") if m in half.totals})
