"""Scores for people to read: the table and the list of errors."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from rich.table import Table

from extract.evaluation.scores import ArticleScore, Item
from extract.evaluation.scoring import Evaluation

LAYERS = ("deals", "slots", "positions", "names", "dates", "relations", "facts", "track1", "entities")


def table(evaluation: Evaluation) -> Table:
    """Every measure that has items: precision, recall, F1, its 95% interval, and support (gold items)."""
    result = Table(box=None, pad_edge=False, header_style="bold")
    result.add_column("measure")
    for name in ("precision", "recall", "F1", "95% interval", "gold", "predicted"):
        result.add_column(name, justify="right")
    layer = ""
    for measure in ordered(evaluation.totals):
        if not (evaluation.totals[measure].gold or evaluation.totals[measure].predicted):
            continue
        counts, interval = evaluation.totals[measure], evaluation.intervals[measure]
        if layer and measure.split(".")[0] != layer:
            result.add_section()
        layer = measure.split(".")[0]
        whole = 1 if layer in ("entities", "facts") else 0
        style = "bold" if measure.count(".") == whole else ""
        result.add_row(
            measure.replace(".", " "),
            f"{counts.precision:.3f}",
            f"{counts.recall:.3f}",
            f"{counts.f1:.3f}",
            f"{interval.low:.3f}–{interval.high:.3f}",
            f"{counts.gold:g}",
            f"{counts.predicted:g}",
            style=style,
        )
    return result


def ordered(measures: Iterable[str]) -> list[str]:
    """Measures by layer, the whole before its parts."""
    ranks = {layer: rank for rank, layer in enumerate(LAYERS)}
    return sorted(measures, key=lambda measure: (ranks.get(measure.split(".")[0], len(ranks)), measure))


def as_data(evaluation: Evaluation) -> dict[str, Any]:
    """The evaluation as JSON-ready data; `--compare` reads it back."""
    measures = {
        measure: {
            "precision": round(counts.precision, 4),
            "recall": round(counts.recall, 4),
            "f1": round(counts.f1, 4),
            "interval": [round(edge, 4) for edge in (interval.low, interval.high)],
            "gold": counts.gold,
            "predicted": counts.predicted,
        }
        for measure in ordered(evaluation.totals)
        for counts, interval in [(evaluation.totals[measure], evaluation.intervals[measure])]
    }
    return {"measures": measures, "articles": [_article(article) for article in evaluation.articles]}


def _article(article: ArticleScore) -> dict[str, Any]:
    return {
        "id": article.id,
        "counts": {measure: counts.as_list() for measure, counts in article.counts.items()},
        "items": [asdict(item) for item in article.items],
    }


def errors(evaluation: Evaluation) -> Iterator[str]:
    """Every miss and false alarm, grouped by layer and cause, the commonest first."""
    groups: dict[tuple[str, str], list[tuple[str, Item]]] = defaultdict(list)
    for article in evaluation.articles:
        for item in article.items:
            if item.outcome != "right":
                groups[item.layer, _group(item)].append((article.id, item))
    sizes = Counter({key: len(items) for key, items in groups.items()})
    for layer in LAYERS:
        for (group_layer, cause), size in sizes.most_common():
            if group_layer == layer:
                yield f"\n== {layer}: {cause} ({size})"
                for id, item in sorted(groups[layer, cause], key=lambda pair: (pair[1].type, pair[0])):
                    yield from _lines(id, item)


def _group(item: Item) -> str:
    kind = "missed" if item.outcome == "missed" else "false alarm"
    return f"{kind}, {item.cause.split(' (')[0]}" if item.cause else kind


def _lines(id: str, item: Item) -> Iterator[str]:
    place = "" if item.start is None else f" {item.start}–{item.end}"
    rule = f" [{item.rule}]" if item.rule else ""
    detail = f" ({item.cause})" if "(" in item.cause else ""
    yield f"{id}{place} {item.type}: {item.what}{detail}{rule}"
    if item.sentence:
        yield f"    {item.sentence}"
