"""`extract-ru eval --html`: gold beside prediction, article by article."""

from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from extract.evaluation.report import LAYERS
from extract.evaluation.samples import Sample
from extract.evaluation.scores import ArticleScore, Item
from extract.evaluation.scoring import Evaluation
from extract.pages.labels import labels
from extract.pages.page import page
from extract.pages.view import Json, Offset, utf16

SCRIPTS = ("static/dom.js", "static/article.js", "static/errors.js")
WHOLE = {"entities": "entities.overlap"}  # the measure that stands for a layer whose own name is none


def write_errors(evaluation: Evaluation, samples: Sequence[Sample], out: Path, rules: Path | None = None) -> None:
    """Write the page of errors.

    Args:
        evaluation: of these samples, in their order.
        samples: gold, for the articles' texts.
        out: the page.
        rules: the user's rules file, for the names of its types and roles.
    """
    articles = [
        _article(score, sample) for score, sample in zip(evaluation.articles, samples, strict=True) if score.items
    ]
    data: Json = {"labels": labels(rules), "articles": articles}
    measures = [(layer, evaluation.totals[name]) for layer in LAYERS if (name := _measure(evaluation, layer))]
    out.write_text(page("errors.html", SCRIPTS, data, measures=measures, labels=data["labels"]), "utf-8")


def _measure(evaluation: Evaluation, layer: str) -> str | None:
    return next((name for name in (layer, WHOLE.get(layer, "")) if name in evaluation.totals), None)


def _article(score: ArticleScore, sample: Sample) -> Json:
    at = utf16(sample.text)
    return {
        "id": score.id,
        "title": sample.title,
        "text": sample.text,
        "items": [_item(item, at) for item in score.items],
    }


def _item(item: Item, at: Offset) -> Json:
    """An item without its sentence, which the text has; the cause apart from its detail in brackets."""
    cause, _, detail = item.cause.partition(" (")
    placed = item.start is not None and item.end is not None
    data = asdict(item)
    del data["sentence"], data["start"], data["end"]
    return data | {
        "cause": cause,
        "detail": detail.removesuffix(")"),
        "place": [at(item.start or 0), at(item.end or 0)] if placed else None,
    }
