"""`extract-ru report`: records as a page. Heavy modules are imported when it runs."""

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import stop

COMMAND = "extract-ru report"


def report(
    records: Annotated[
        Path,
        typer.Argument(
            help="What `run` wrote: .jsonl, .jsonl.gz, .parquet (or a folder of them), .duckdb.", metavar="RECORDS"
        ),
    ],
    out: Annotated[Path, typer.Option("--out", "-o", help="The page.", metavar="page.html")],
    per_page: Annotated[
        int, typer.Option(help="Articles on one page; more are split in pages, and OUT becomes their index.", min=1)
    ] = 2_500,
    rules: Annotated[
        Path | None,
        typer.Option(help="The TOML file of the run that made the records: the names of its types.", metavar="FILE"),
    ] = None,
) -> None:
    """Make a self-contained page of records: deals, charts, organizations, people, articles."""
    from extract.errors import MissingExtra, RulesError
    from extract.pages.records import RecordsError, read_records
    from extract.pages.report import write_report

    if not out.parent.is_dir():
        stop(f"{out}: there is no folder {out.parent}", COMMAND)
    try:
        pages = write_report(read_records(records), out, rules, per_page)
    except (RecordsError, RulesError, MissingExtra, OSError) as error:
        stop(str(error), COMMAND)
    parts = f" and its {len(pages) - 1} parts" if len(pages) > 1 else ""
    typer.echo(f"{out}{parts}: open it in a browser", err=True)
