"""What commands have in common: options, the way to end with a message, the way to print."""

import sys
from pathlib import Path
from typing import Annotated, NoReturn

import typer

Rules = Annotated[
    Path | None,
    typer.Option(help="Your own deal types, frames and lexicons: a TOML file, or a folder of them.", metavar="PATH"),
]
Published = Annotated[
    str,
    typer.Option(
        help="The publication date, YYYY-MM-DD, of articles that have none in themselves or their path; "
        "auto: it stays unknown.",
        metavar="auto|DATE",
    ),
]
Model = Annotated[
    bool,
    typer.Option(
        "--model/--no-model",
        help="With the network that proposes deals beside the frames, or without: faster, finds fewer.",
    ),
]
Workers = Annotated[int, typer.Option(help="Processes; each loads the models.", min=1)]


def stop(message: str, command: str = "extract-ru", code: int = 2) -> NoReturn:
    """End with a message; exit code 2 is wrong usage or nothing to do."""
    typer.echo(f"{command}: {message}", err=True)
    raise typer.Exit(code)


def day(option: str) -> str | None:
    """Read `--published`; None for «auto»."""
    from extract.articles.article import check_day

    if option == "auto":
        return None
    try:
        check_day(option)
    except ValueError as error:
        stop(f"--published: {error}")
    return option


def write(line: str) -> None:
    """Write a line to stdout in UTF-8, whatever the terminal's locale is."""
    sys.stdout.buffer.write(line.encode() + b"\n")
    sys.stdout.buffer.flush()
