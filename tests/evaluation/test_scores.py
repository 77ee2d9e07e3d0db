import pytest

from extract.evaluation.scores import ArticleScore, Counts, differences, intervals, totals


def articles(*found: int) -> list[ArticleScore]:
    return [ArticleScore(str(i), {"deals": Counts(n, n, 2, 2)}) for i, n in enumerate(found)]


@pytest.mark.parametrize(
    ("counts", "precision", "recall", "f1"),
    [
        (Counts(3, 2, 4, 5), 0.4, 0.75, 2 * 0.4 * 0.75 / 1.15),
        (Counts(0, 0, 4, 0), 0, 0, 0),
        (Counts(0, 0, 0, 4), 0, 0, 0),
        (Counts(0, 0, 0, 0), 1, 1, 1),
    ],
)
def test_precision_recall_f1(counts: Counts, precision: float, recall: float, f1: float) -> None:
    assert (counts.precision, counts.recall, counts.f1) == pytest.approx((precision, recall, f1))


def test_totals_are_micro() -> None:
    assert totals(articles(2, 1, 0))["deals"].as_list() == [3, 3, 6, 6]


def test_interval_holds_the_figure_and_narrows_with_more_articles() -> None:
    few, many = intervals(articles(*[0, 1, 2] * 4))["deals"], intervals(articles(*[0, 1, 2] * 40))["deals"]
    assert few.low < 0.5 < few.high
    assert few.low < many.low < 0.5 < many.high < few.high
    certain = intervals(articles(1, 1, 1))["deals"]
    assert certain.low == certain.high == pytest.approx(0.5)


def test_paired_difference_is_surer_than_the_figures() -> None:
    before, after = articles(*[0, 1, 1] * 10), articles(*[1, 2, 1] * 10)
    change = differences(before, after)["deals"]
    assert change.low > 0
    alone = intervals(after)["deals"]
    assert change.high - change.low < alone.high - alone.low + 0.2
