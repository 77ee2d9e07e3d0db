"""Fit the confidence of deals to annotated articles: writes extract/rules/confidence.toml.

    python tests/benchmarks/calibrate.py ../shared/data/deals/train-rbc.jsonl ../shared/data/deals/train-web.jsonl \\
        corpus/gold.jsonl --check ../shared/data/deals/check-rbc.jsonl ../shared/data/deals/check-web.jsonl

fits what is known without the network; `--both`, to be run after it, what is known with it, on articles that the
network didn't learn from: `--only training/held-out.txt` names those of the samples.

Needs scikit-learn (`pip install -e .[calibrate]`). Prints what cross-validation by article says: the threshold
with the best F1, and how often deals of each confidence are right; then the same of sets that were not fitted to.
"""

import argparse
import json
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold, cross_val_predict

import extract
from extract.articles.article import Article
from extract.deals.judge import BOTH, FRAMES
from extract.deals.report import deal_of
from extract.evaluation.deals import right_slots
from extract.evaluation.matching import pairs_of
from extract.evaluation.samples import sample_of
from extract.record import record_of

OUT = Path(extract.__file__).parent / "rules" / "confidence.toml"
HEAD = "# Made by tests/benchmarks/calibrate.py from annotated articles; see there. Log-odds; what is less sure than\n"
HEAD += "# `least` is not reported. «frames» is what is known without the network, «both» with it.\n"
STRENGTH = 0.3  # inverse of the regularization: few deals, many features
FOLDS = 10
SLACK = 0.01  # F1 that the surest list may cost; half way to its threshold lies the one that is taken


@dataclass
class Examples:
    """The candidates of annotated articles.

    Attributes:
        features: of each.
        right: whether each is in the annotation.
        groups: the number of its article.
        missed: how many annotated deals have no candidate.
    """

    features: list[dict[str, float]] = field(default_factory=list)
    right: list[bool] = field(default_factory=list)
    groups: list[int] = field(default_factory=list)
    missed: int = 0


def main() -> None:
    """Fit, report, write; then check."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("samples", nargs="+", type=Path, help="annotated articles to fit to")
    parser.add_argument("--check", nargs="*", type=Path, default=[], help="annotated articles to measure only")
    parser.add_argument("--both", action="store_true", help="fit what is known with the network")
    parser.add_argument("--only", type=Path, help="a file with the ids of the articles to fit to, a line each")
    options = parser.parse_args()
    extractor = extract.load(model=options.both)
    only = set(options.only.read_text("utf-8").split("\n")) if options.only else None
    fitted_to = examples(extractor, options.samples, only)
    vectorizer = DictVectorizer()
    x, y = vectorizer.fit_transform(fitted_to.features), np.array(fitted_to.right)
    fitted = LogisticRegression(C=STRENGTH, max_iter=2000)
    folds = GroupKFold(FOLDS)
    guesses = cross_val_predict(fitted, x, y, groups=fitted_to.groups, cv=folds, method="predict_proba")[:, 1]
    least = report(guesses, y, fitted_to.missed)
    fitted.fit(x, y)
    names = vectorizer.get_feature_names_out()
    weights = {str(name): round(float(weight), 3) for name, weight in zip(names, fitted.coef_[0], strict=True)}
    write(BOTH if options.both else FRAMES, round(float(fitted.intercept_[0]), 3), round(float(least), 2), weights)
    for path in options.check:
        print(f"\n{path.stem}")
        found = examples(extractor, [path])
        guesses = fitted.predict_proba(vectorizer.transform(found.features))[:, 1]
        reliability(guesses, np.array(found.right))


def examples(extractor: extract.Extractor, paths: list[Path], only: set[str] | None = None) -> Examples:
    """The candidates of every article, or of those whose ids are given."""
    found = Examples()
    rows: list[dict[str, Any]] = [json.loads(line) for path in paths for line in path.read_text("utf-8").splitlines()]
    rows = [row for row in rows if only is None or row["id"] in only]
    docs = extractor.docs(Article(row["text"], row["id"], published=row["published"]) for row in rows)
    for number, (row, doc) in enumerate(zip(rows, docs, strict=True)):
        doc._.deals = [deal_of(doc, candidate, f"deal-{i}") for i, candidate in enumerate(doc._.judged, 1)]
        predicted = sample_of(record_of(doc, Article(doc.text)).model_dump(), row["id"]).deals or []
        gold = sample_of(row, row["id"]).deals or []
        needed = [not deal.optional for deal in gold]
        pairs = pairs_of(gold, predicted, right_slots)
        right = {j for _, j in pairs}
        found.missed += sum(needed) - sum(needed[i] for i, _ in pairs)
        found.features += [dict(candidate.features) for candidate in doc._.judged]
        found.right += [j in right for j in range(len(predicted))]
        found.groups += [number] * len(predicted)
    return found


def report(guesses: np.ndarray, right: np.ndarray, missed: int) -> float:
    """Print the figures of cross-validation; return the threshold of deals that are reported."""
    gold = int(right.sum()) + missed
    scores = {}
    for step in range(61):
        least = step / 100
        kept = guesses >= least
        scores[least] = 2 * int(right[kept].sum()) / (int(kept.sum()) + gold)
    good = sorted(least for least in scores if scores[least] > max(scores.values()) - SLACK)
    best = (max(scores, key=lambda least: scores[least]) + good[-1]) / 2
    best = min(scores, key=lambda least: abs(least - best))
    print(f"F1 of all {scores[0.0]:.3f}; best {max(scores.values()):.3f}; {scores[best]:.3f} at {best:.2f}")
    reliability(guesses, right)
    return best


def reliability(guesses: np.ndarray, right: np.ndarray) -> None:
    """Print how often deals of each confidence are right."""
    print("| confidence | deals | right |\n|---|---|---|")
    for low in np.arange(0, 1, 0.1):
        inside = (guesses >= low) & (guesses < low + 0.1)
        if inside.any():
            print(f"| {low:.1f}–{low + 0.1:.1f} | {int(inside.sum())} | {right[inside].mean():.2f} |")


def write(views: str, bias: float, least: float, weights: dict[str, float]) -> None:
    """Write a model beside the other, the features sorted."""
    models = {**tomllib.loads(OUT.read_text("utf-8")), views: {"bias": bias, "least": least, "weights": weights}}
    lines = []
    for name, fitted in sorted(models.items(), reverse=True):
        lines += ["", f"[{name}]", f"bias = {fitted['bias']}", f"least = {fitted['least']}", "", f"[{name}.weights]"]
        lines += [f'"{feature}" = {weight}' for feature, weight in sorted(fitted["weights"].items())]
    OUT.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main()
