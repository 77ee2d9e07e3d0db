"""Optimal one-to-one assignment."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

First = TypeVar("First")
Second = TypeVar("Second")


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
    import networkx

    graph = networkx.Graph()
    graph.add_weighted_edges_from((("row", i), ("column", j), value) for (i, j), value in weights.items())
    edges = (dict(edge) for edge in networkx.max_weight_matching(graph))
    return [(edge["row"], edge["column"]) for edge in edges]
