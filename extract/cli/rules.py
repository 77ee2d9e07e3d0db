"""`extract-ru types` and `extract-ru rules`: the deal types, and the files that tell of them."""

from pathlib import Path
from typing import Annotated

import typer

from extract.cli.options import Rules, stop, write
from extract.processes.own import loading

app = typer.Typer(help="Work with rules files.")


def types(rules: Rules = None) -> None:
    """List the deal types with their roles, and the statuses."""
    from extract.deals.rulebook import load_rules
    from extract.errors import RulesError

    try:
        known = load_rules(rules)
    except RulesError as error:
        stop(str(error))
    for name, kind in known.types.items():
        write(_entry(name, kind.label))
        for role, said in kind.roles.items():
            write("    " + _entry(role, said.label))
    write("\nstatus")
    for status, label in known.statuses.items():
        write("    " + _entry(status, label))


def _entry(name: str, label: str) -> str:
    return f"{name}: {label}" if label else name


@app.command()
def check(
    folder: Annotated[
        Path | None, typer.Argument(help="Your rules, a file or a folder; without it the built-in ones.")
    ] = None,
) -> None:
    """Check rules files, and the sentences that prove their frames."""
    import extract
    from extract.deals.proving import failures, frames_to_prove, proofs
    from extract.deals.rulebook import load_all

    try:
        with loading():
            known = load_all(folder, strict=folder is None)
            extractor = extract.load(folder, model=False)
    except (extract.RulesError, OSError) as error:
        stop(str(error))
    found = list(failures(extractor.nlp, known))
    for failure in found:
        write(str(failure))
    frames = frames_to_prove(known)
    write(f"{len(frames)} frames, {sum(len(proofs(frame)) for frame in frames)} sentences, {len(found)} wrong")
    if found:
        raise typer.Exit(1)
