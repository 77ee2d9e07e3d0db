"""Gold and predictions of many articles → their scores."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import razdel

from extract.evaluation.deals import score_deals
from extract.evaluation.entities import score_dates, score_mentions, score_names
from extract.evaluation.facts import score_facts
from extract.evaluation.matching import solver
from extract.evaluation.positions import score_positions
from extract.evaluation.relations import score_relations
from extract.evaluation.samples import Sample
from extract.evaluation.scores import ArticleScore, Counts, Interval, intervals, totals
from extract.evaluation.track1 import score_track1


@dataclass(frozen=True)
class Evaluation:
    """The scores of a run: by article, and over all."""

    articles: Sequence[ArticleScore]

    @cached_property
    def totals(self) -> dict[str, Counts]:
        """Counts by measure: «deals», «slots.kind.date», «entities.exact.PER»…"""
        return totals(self.articles)

    @cached_property
    def intervals(self) -> dict[str, Interval]:
        """95% intervals of F1 by measure."""
        return intervals(self.articles)


def score(gold: Iterable[Sample], predicted: Iterable[Sample]) -> Evaluation:
    """Score predictions against gold.

    Args:
        gold: the annotated articles.
        predicted: the same articles in the same order, as they were read.

    Raises:
        ValueError: the two differ in number or in their texts.
        MissingExtra: the extra «eval» isn't installed; told before the first article is read.
    """
    solver()
    return Evaluation([score_article(one, other) for one, other in zip(gold, predicted, strict=True)])


def score_article(gold: Sample, predicted: Sample) -> ArticleScore:
    """Score one article: every layer that gold annotates."""
    if gold.text != predicted.text:
        raise ValueError(f"article {gold.id!r}: the text of gold and that of the prediction differ")
    result = ArticleScore(gold.id)
    if gold.spans is not None:
        score_mentions(gold, predicted, result)
    if gold.entities is not None:
        score_names(gold, predicted, result)
    if gold.dates is not None:
        score_dates(gold, predicted, result)
    if gold.positions is not None:
        score_positions(gold, predicted, result)
    if gold.deals is not None:
        score_deals(gold, predicted, result)
    if gold.relations is not None:
        score_relations(gold, predicted, result)
    if gold.facts is not None:
        score_facts(gold, predicted, result)
    if gold.token_sets is not None:
        score_track1(gold, predicted, result)
    _quote(gold.text, result)
    return result


def _quote(text: str, score: ArticleScore) -> None:
    """Give every miss and false alarm the sentence that it stands in."""
    items = [item for item in score.items if item.start is not None and item.outcome != "right"]
    sentences = _sentences(text) if items else []
    for item in items:
        start = item.start or 0
        end = max(item.end or start, start + 1)
        touched = [text[a:b] for a, b in sentences if a < end and start < b]
        item.sentence = " ".join(" ".join(touched).split())


def _sentences(text: str) -> list[tuple[int, int]]:
    """Sentences; a line break ends one."""
    return [
        (line.start() + sentence.start, line.start() + sentence.stop)
        for line in re.finditer(r"[^\n]+", text)
        for sentence in razdel.sentenize(line.group())
    ]
