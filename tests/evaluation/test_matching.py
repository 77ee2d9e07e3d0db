from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from extract.evaluation.matching import assign, pairs_of


def test_greatest_total_beats_the_greedy_choice() -> None:
    assert assign({(0, 0): 3, (0, 1): 2, (1, 0): 2}) == [(0, 1), (1, 0)]


def test_of_equal_totals_the_later_pair_wins() -> None:
    assert assign({(0, 0): 1, (1, 0): 1, (2, 0): 1}) == [(2, 0)]
    assert assign({(0, 0): 2, (0, 1): 2}) == [(0, 1)]


def test_zero_is_no_pair() -> None:
    assert pairs_of([1, 2], [2, 3], lambda one, other: float(one == other)) == [(1, 0)]


@given(st.lists(st.lists(st.integers(0, 5), min_size=3, max_size=3), min_size=3, max_size=3))
def test_total_is_the_greatest(table: list[list[int]]) -> None:
    weights = {(i, j): float(table[i][j]) for i in range(3) for j in range(3) if table[i][j]}
    best = max(sum(table[i][j] for i, j in enumerate(order)) for order in permutations(range(3)))
    pairs = assign(weights)
    assert sum(weights[pair] for pair in pairs) == best
    assert len({i for i, _ in pairs}) == len({j for _, j in pairs}) == len(pairs)
