"""The command that runs the development sets: its table and figures."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

from extract.evaluation.scores import ArticleScore, Counts
from extract.evaluation.scoring import Evaluation


@pytest.fixture(scope="module")
def quality() -> ModuleType:
    spec = importlib.util.spec_from_file_location("quality", Path(__file__).with_name("quality.py"))
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_rows_are_added_to_their_table(quality: ModuleType) -> None:
    text = quality.add_row("# Results\n", "One", ["date", "deals"], ["1 May", "0.5"])
    text = quality.add_row(text, "Two", ["date", "dates"], ["1 May", "0.9"])
    text = quality.add_row(text, "One", ["date", "deals"], ["2 May", "0.6"])
    assert text == (
        "# Results\n\n"
        "## One\n\n| date | deals |\n|---|---|\n| 1 May | 0.5 |\n| 2 May | 0.6 |\n\n"
        "## Two\n\n| date | dates |\n|---|---|\n| 1 May | 0.9 |\n"
    )


def test_figures(quality: ModuleType) -> None:
    counts = {
        "deals": Counts(1, 1, 2, 2),
        "entities.exact.PER": Counts(1, 1, 1, 1),
        "entities.overlap.PER": Counts(1, 1, 1, 1),
    }
    assert quality.figures(counts, ["deals", "entities.PER", "names"]) == ["0.500", "1.000 / 1.000", "–"]


def test_halves(quality: ModuleType) -> None:
    articles = [ArticleScore(f"dev-{n:03}", {"deals": Counts(n, n, n, n)}) for n in (1, 2, 3)]
    halves = quality.halves(Evaluation(articles))
    assert (halves["odd"]["deals"].gold, halves["even"]["deals"].gold) == (4, 2)
