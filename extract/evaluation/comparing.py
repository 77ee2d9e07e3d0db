"""Two runs on the same articles: what changed, and whether it is more than chance."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.table import Table

from extract.evaluation.report import LAYERS, ordered
from extract.evaluation.samples import GoldError
from extract.evaluation.scores import ArticleScore, Counts, Interval, Item, differences, totals


@dataclass(frozen=True)
class Change:
    """A measure's F1 before and after, with the 95% interval of the difference."""

    before: float
    after: float
    interval: Interval

    @property
    def is_sure(self) -> bool:
        """Say whether the interval leaves zero out."""
        return self.interval.low > 0 or self.interval.high < 0


@dataclass(frozen=True)
class Comparison:
    """What changed: by measure, and item by item with the article's id."""

    changes: Mapping[str, Change]
    won: Sequence[tuple[str, Item]]
    lost: Sequence[tuple[str, Item]]
    alarms_gone: Sequence[tuple[str, Item]]
    alarms_new: Sequence[tuple[str, Item]]


def load(path: Path) -> list[ArticleScore]:
    """Read what `--json` wrote.

    Raises:
        GoldError: the file is something else.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        return [_article(article) for article in data["articles"]]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise GoldError(f"{path}: not what `extract-ru eval --json` writes: {error!r}") from None


def _article(data: Mapping[str, Any]) -> ArticleScore:
    counts = {measure: Counts(*numbers) for measure, numbers in data["counts"].items()}
    return ArticleScore(data["id"], counts, [Item(**item) for item in data["items"]])


def compare(before: Sequence[ArticleScore], after: Sequence[ArticleScore]) -> Comparison:
    """Compare two runs on the articles that both have.

    Raises:
        GoldError: they have no article in common.
    """
    earlier = {article.id: article for article in before}
    new = [article for article in after if article.id in earlier]
    old = [earlier[article.id] for article in new]
    if not new:
        raise GoldError("the two runs have no article in common")
    sums, sums_before = totals(new), totals(old)
    changes = {
        measure: Change(sums_before[measure].f1, sums[measure].f1, interval)
        for measure, interval in differences(old, new).items()
    }
    pairs = list(zip(old, new, strict=True))
    return Comparison(
        changes,
        won=[item for one, other in pairs for item in _only_in(other, one, "right")],
        lost=[item for one, other in pairs for item in _only_in(one, other, "right")],
        alarms_gone=[item for one, other in pairs for item in _only_in(one, other, "false")],
        alarms_new=[item for one, other in pairs for item in _only_in(other, one, "false")],
    )


def _only_in(article: ArticleScore, other: ArticleScore, outcome: str) -> list[tuple[str, Item]]:
    """The items of an outcome that the other run hasn't with the same one."""
    there = {_key(item) for item in other.items if item.outcome == outcome}
    return [(article.id, item) for item in article.items if item.outcome == outcome and _key(item) not in there]


def _key(item: Item) -> tuple[str, str, str]:
    return item.layer, item.type, item.what


def table(comparison: Comparison) -> Table:
    """Measures that changed, with the difference and its interval; a sure one is marked."""
    result = Table(box=None, pad_edge=False, header_style="bold")
    result.add_column("measure")
    for name in ("before", "after", "difference", "95% interval", ""):
        result.add_column(name, justify="right")
    for measure in ordered(comparison.changes):
        change = comparison.changes[measure]
        if change.before != change.after:
            result.add_row(
                measure.replace(".", " "),
                f"{change.before:.3f}",
                f"{change.after:.3f}",
                f"{change.after - change.before:+.3f}",
                f"{change.interval.low:+.3f}…{change.interval.high:+.3f}",
                "sure" if change.is_sure else "",
            )
    return result


def lines(comparison: Comparison) -> Iterator[str]:
    """What was won and lost, by layer."""
    groups = {
        "won": comparison.won,
        "lost": comparison.lost,
        "false alarms gone": comparison.alarms_gone,
        "new false alarms": comparison.alarms_new,
    }
    for layer in LAYERS:
        for name, items in groups.items():
            own = [(id, item) for id, item in items if item.layer == layer]
            if own:
                yield f"\n== {layer}: {name} ({len(own)})"
                yield from (f"{id} {item.type}: {item.what}" for id, item in own)


def as_data(comparison: Comparison) -> dict[str, Any]:
    """The comparison as JSON-ready data."""
    changes = {
        measure: {
            "before": round(change.before, 4),
            "after": round(change.after, 4),
            "interval": [round(change.interval.low, 4), round(change.interval.high, 4)],
        }
        for measure, change in comparison.changes.items()
    }
    groups = {
        name: [{"article": id, "layer": item.layer, "type": item.type, "what": item.what} for id, item in items]
        for name, items in (
            ("won", comparison.won),
            ("lost", comparison.lost),
            ("alarms_gone", comparison.alarms_gone),
            ("alarms_new", comparison.alarms_new),
        )
    }
    return {"changes": changes, **groups}
