"""Optimal one-to-one assignment."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from extract.errors import MissingExtra

First = TypeVar("First")
Second = TypeVar("Second")


def solver() -> Callable[..., Any]:
    """SciPy's solver of the assignment problem.

    Raises:
        MissingExtra: SciPy isn't installed.
    """
    try:
        from scipy.optimize import linear_sum_assignment
    except ImportError:
        raise MissingExtra("Scores", "eval") from None
    return linear_sum_assignment  # type: ignore[no-any-return]


def assign(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    """Pair rows with columns one to one so that the total weight is the greatest.

    Args:
        weights: of the pairs that are possible, by (row, column); all above zero.
    """
    rows, columns = Counter(row for row, _ in weights), Counter(column for _, column in weights)
    alone = [pair for pair in weights if rows[pair[0]] == columns[pair[1]] == 1]
    contested = [pair for pair in weights if not rows[pair[0]] == columns[pair[1]] == 1]
    return sorted(alone + _optimal({pair: weights[pair] for pair in contested}))


def pairs_of(
    first: Sequence[First], second: Sequence[Second], weight: Callable[[First, Second], float]
) -> list[tuple[int, int]]:
    """Pair two lists one to one for the greatest total; a weight of zero means that a pair is impossible."""
    weights = {(i, j): weight(one, other) for i, one in enumerate(first) for j, other in enumerate(second)}
    return assign({pair: value for pair, value in weights.items() if value > 0})


def _optimal(weights: Mapping[tuple[int, int], float]) -> list[tuple[int, int]]:
    if not weights:
        return []
    # From the last to the first: where totals are equal, this takes the later pairs, as earlier figures did.
    rows = sorted({row for row, _ in weights}, reverse=True)
    columns = sorted({column for _, column in weights}, reverse=True)
    table = [[weights.get((row, column), 0.0) for column in columns] for row in rows]
    pairs = ((rows[i], columns[j]) for i, j in zip(*solver()(table, maximize=True), strict=True))
    return [pair for pair in pairs if pair in weights]
