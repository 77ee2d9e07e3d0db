"""`extract-ru text` and `extract-ru explain`: one article."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extract.cli.options import Model, Published, Rules, day, stop, write
from extract.processes.own import loading

if TYPE_CHECKING:
    from extract.articles.article import Article
    from extract.extractor import Extractor

OneFile = Annotated[Path, typer.Argument(help="An article; - or nothing: standard input.", metavar="[FILE|-]")]


def text(
    file: OneFile = Path("-"),
    published: Published = "auto",
    rules: Rules = None,
    model: Model = True,
) -> None:
    """Read one article, print its record."""
    extractor, article = _one(file, published, rules, model)
    write(next(extractor.pipe([article])).model_dump_json(indent=2))


def explain(
    file: OneFile = Path("-"),
    published: Published = "auto",
    rules: Rules = None,
    model: Model = True,
) -> None:
    """Tell why the deals of one article were found: trigger, path to every role, what lost and why."""
    from extract.deals.explain import explain as told

    extractor, article = _one(file, published, rules, model)
    write(told(extractor.doc(article), extractor.nlp))


def _one(file: Path, published: str, rules: Path | None, model: bool) -> "tuple[Extractor, Article]":
    """The extractor, and the article of a file or standard input; ends the program where there is none."""
    import extract

    try:
        article = _article(file, day(published))
    except ValueError as error:
        stop(str(error), code=1)
    try:
        with loading():
            return extract.load(rules, model), article
    except (extract.RulesError, OSError) as error:
        stop(str(error))


def _article(file: Path, published: str | None) -> "Article":
    from extract.articles.article import Article
    from extract.articles.encodings import decode
    from extract.articles.headline import headline
    from extract.articles.one import read_one
    from extract.articles.published import dateline

    if str(file) == "-":
        content = decode(sys.stdin.buffer.read())
        return Article(content, None, headline(content), dateline(content) or published)
    if not file.is_file():
        stop(f"{file}: no such file")
    return read_one(file, published)
