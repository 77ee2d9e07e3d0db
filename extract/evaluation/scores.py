"""Counts, the measures made of them, and how sure they are."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

ROUNDS = 1000  # of the bootstrap
LEVEL = 0.95


@dataclass(slots=True)
class Counts:
    """What precision and recall are made of.

    Attributes:
        found: gold items that were found.
        right: predicted items that are right; differs from `found` where gold is nested.
        gold: gold items.
        predicted: predicted items.
    """

    found: float = 0
    right: float = 0
    gold: float = 0
    predicted: float = 0

    def __iadd__(self, other: "Counts") -> "Counts":
        self.found += other.found
        self.right += other.right
        self.gold += other.gold
        self.predicted += other.predicted
        return self

    def as_list(self) -> list[float]:
        return [self.found, self.right, self.gold, self.predicted]

    @property
    def precision(self) -> float:
        return self.right / self.predicted if self.predicted else float(not self.gold)

    @property
    def recall(self) -> float:
        return self.found / self.gold if self.gold else float(not self.predicted)

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def matched(right: float, gold: float, predicted: float) -> Counts:
    """Counts of a one-to-one matching."""
    return Counts(right, right, gold, predicted)


@dataclass(slots=True)
class Item:
    """One gold or predicted thing and what became of it.

    Attributes:
        layer: entities, names, dates, positions, deals, slots, relations, facts.
        outcome: right, missed or false.
        cause: why it isn't right, where that can be told.
        type: of the entity, deal or relation.
        what: the thing in words; with the article's id and the layer it identifies the item between runs.
        start, end: the place in the text, where there is one.
        rule: that fired.
    """

    layer: str
    outcome: str
    type: str
    what: str
    cause: str = ""
    start: int | None = None
    end: int | None = None
    sentence: str = ""
    rule: str | None = None


@dataclass(slots=True)
class ArticleScore:
    """An article's counts by measure, and its items."""

    id: str
    counts: dict[str, Counts] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def count(self, measure: str, counts: Counts) -> None:
        """Add to a measure («slots.kind.date») and let it appear even if nothing is counted."""
        self.counts.setdefault(measure, Counts())
        self.counts[measure] += counts


@dataclass(frozen=True, slots=True)
class Interval:
    """A bootstrap interval of a measure or of a difference."""

    low: float
    high: float


def totals(articles: Iterable[ArticleScore]) -> dict[str, Counts]:
    """The counts of all the articles, by measure, in the order in which measures first appear."""
    result: dict[str, Counts] = {}
    for article in articles:
        for measure, counts in article.counts.items():
            result.setdefault(measure, Counts())
            result[measure] += counts
    return result


def intervals(articles: Sequence[ArticleScore]) -> dict[str, Interval]:
    """95% intervals of F1 by the percentile bootstrap over articles.

    The draws are seeded: the same articles give the same interval.
    """
    measures = list(totals(articles))
    drawn = _f1(_draws(len(articles)) @ _table(articles, measures))
    return dict(zip(measures, _percentiles(drawn), strict=True))


def differences(before: Sequence[ArticleScore], after: Sequence[ArticleScore]) -> dict[str, Interval]:
    """95% intervals of the change of F1 by the paired bootstrap: both runs on the same drawn articles.

    Args:
        before, after: the same articles in the same order.
    """
    now = totals(after)
    measures = [measure for measure in totals(before) if measure in now]
    draws = _draws(len(after))
    drawn = _f1(draws @ _table(after, measures)) - _f1(draws @ _table(before, measures))
    return dict(zip(measures, _percentiles(drawn), strict=True))


def _draws(articles: int) -> NDArray[np.float64]:
    """How often each article is drawn in each round: (rounds, articles)."""
    generator = np.random.default_rng(0)
    return generator.multinomial(articles, np.full(articles, 1 / articles), size=ROUNDS).astype(np.float64)


def _table(articles: Sequence[ArticleScore], measures: Sequence[str]) -> NDArray[np.float64]:
    """Counts as (articles, measures × 4)."""
    nothing = Counts()
    rows = [
        [number for measure in measures for number in article.counts.get(measure, nothing).as_list()]
        for article in articles
    ]
    return np.array(rows, dtype=np.float64).reshape(len(articles), -1)


def _f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 from summed counts: (rounds, measures × 4) → (rounds, measures)."""
    found, right, gold, predicted = np.moveaxis(sums.reshape(len(sums), -1, 4), 2, 0)
    precision = np.where(predicted > 0, right / np.maximum(predicted, 1e-9), gold == 0)
    recall = np.where(gold > 0, found / np.maximum(gold, 1e-9), predicted == 0)
    total = precision + recall
    return np.asarray(np.where(total > 0, 2 * precision * recall / np.maximum(total, 1e-9), 0.0))


def _percentiles(drawn: NDArray[np.float64]) -> list[Interval]:
    edge = (1 - LEVEL) / 2 * 100
    low, high = np.percentile(drawn, [edge, 100 - edge], axis=0)
    return [Interval(float(one), float(other)) for one, other in zip(low, high, strict=True)]
