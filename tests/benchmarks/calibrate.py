"""Fit the confidence of deals to annotated articles: writes extract/rules/confidence.toml.

    python tests/benchmarks/calibrate.py ../shared/data/deals/gold.jsonl corpus/gold.jsonl

Needs scikit-learn (`pip install -e .[calibrate]`). Prints what cross-validation by article says: the threshold
with the best F1, and how often deals of each confidence are right.
"""

import json
import math
import sys
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import extract
from extract.articles.article import Article
from extract.evaluation.deals import right_slots
from extract.evaluation.matching import pairs_of
from extract.evaluation.samples import sample_of
from extract.record import record_of
from extract.relations.deals import DealFinder

OUT = Path(extract.__file__).parent / "rules" / "confidence.toml"
STRENGTH = 0.3  # inverse of the regularization: few deals, many features
FOLDS = 10
CAUTION = 0.3  # log-odds taken off: of the deals in other articles, fewer are right than in annotated ones
SLACK = 0.02  # F1 that a surer list may cost: precision is what a reader feels


def main(paths: list[str]) -> None:
    """Fit, report, write."""
    rows = [json.loads(line) for path in paths for line in Path(path).read_text("utf-8").splitlines()]
    features, right, groups, missed = examples(rows)
    vectorizer = DictVectorizer()
    x, y = vectorizer.fit_transform(features), np.array(right)
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000)
    guesses = cross_val_predict(fitted, x, y, groups=groups, cv=GroupKFold(FOLDS), method="predict_proba")[:, 1]
    least = report(guesses, y, missed)
    fitted.fit(x, y)
    write(
        fitted.intercept_[0] - CAUTION,
        1 / (1 + math.exp(CAUTION) * (1 / least - 1)),
        dict(zip(vectorizer.get_feature_names_out(), fitted.coef_[0], strict=True)),
    )


def examples(rows: list[dict[str, Any]]) -> tuple[list[dict[str, float]], list[bool], list[int], int]:
    """The candidates of every article: features, whether right, the article's number; and the gold deals missed."""
    extractor = extract.load()
    finder = next(pipe for _, pipe in extractor.nlp.pipeline if isinstance(pipe, DealFinder))
    features: list[dict[str, float]] = []
    right: list[bool] = []
    groups: list[int] = []
    missed = 0
    for number, row in enumerate(rows):
        doc = extractor.nlp.make_doc(row["text"])
        doc._.published = row["published"]
        doc = extractor.nlp(doc)
        candidates = finder.candidates(doc)
        doc._.deals = [candidate.deal for candidate in candidates]
        predicted = sample_of(record_of(doc, Article(doc.text)).model_dump(), row["id"]).deals or []
        gold = sample_of(row, row["id"]).deals or []
        needed = [not deal.optional for deal in gold]
        pairs = pairs_of(gold, predicted, right_slots)
        found = {j for _, j in pairs}
        missed += sum(needed) - sum(needed[i] for i, _ in pairs)
        features += [candidate.features for candidate in candidates]
        right += [j in found for j in range(len(candidates))]
        groups += [number] * len(candidates)
    return features, right, groups, missed


def report(guesses: np.ndarray, right: np.ndarray, missed: int) -> float:
    """Print the figures of cross-validation; return the threshold with the best F1."""
    gold = int(right.sum()) + missed
    scores = {}
    for step in range(61):
        least = step / 100
        kept = guesses >= least
        scores[least] = 2 * int(right[kept].sum()) / (int(kept.sum()) + gold)
    best = max(least for least in scores if scores[least] > max(scores.values()) - SLACK)
    print(f"F1 of all {scores[0.0]:.3f}; best {scores[best]:.3f} at {best:.2f}")
    for low in np.arange(0, 1, 0.1):
        inside = (guesses >= low) & (guesses < low + 0.1)
        if inside.any():
            print(f"{low:.1f}–{low + 0.1:.1f}: {int(inside.sum()):4d} deals, right {right[inside].mean():.2f}")
    return best


def write(bias: float, least: float, weights: dict[str, float]) -> None:
    """Write the model, the features sorted."""
    lines = [
        "# Made by tests/benchmarks/calibrate.py from annotated articles; see there. Log-odds.",
        f"bias = {bias:.3f}",
        "# Deals less sure than this are not reported.",
        f"least = {least:.2f}",
        "",
        "[weights]",
        *(f'"{name}" = {value:.3f}' for name, value in sorted(weights.items())),
    ]
    OUT.write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
