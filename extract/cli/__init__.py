"""The command line, a file for each command.

It imports little at start: `extract-ru --help` must not wait for the models.
"""

import typer

from extract.cli import article, evaluate, report, rules, run, schema, serve
from extract.processes.own import hush_readers, leave

app = typer.Typer(
    help="Facts from Russian news: organizations, people, dates, deals, each with the place that states it.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command("eval")(evaluate.evaluate)
app.command()(report.report)
app.command()(serve.serve)
app.command()(run.run)
app.command()(article.text)
app.command()(article.explain)
app.command()(schema.schema)
app.command()(rules.types)
app.add_typer(rules.app, name="rules")


def main() -> None:
    """Run `extract-ru`."""
    hush_readers()
    try:
        app()
    except SystemExit as end:
        leave(end.code)
