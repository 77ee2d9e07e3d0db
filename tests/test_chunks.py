"""Streams cut into chunks."""

import pytest

from extract.chunks import chunks


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([], []),
        ([1, 1, 1, 1], [[1, 1, 1], [1]]),  # three at most
        ([4, 4, 4], [[4, 4], [4]]),  # ten together at most
        ([50, 1, 1], [[50], [1, 1]]),  # one too large goes alone
        ([1, 50, 1], [[1], [50], [1]]),
        ([10, 0, 0, 0], [[10, 0, 0], [0]]),
    ],
)
def test_chunks(sizes: list[int], expected: list[list[int]]) -> None:
    assert list(chunks(sizes, 3, 10, lambda size: size)) == expected


def test_the_stream_is_read_as_far_as_needed() -> None:
    stream = iter(range(100))
    assert next(chunks(stream, 3)) == [0, 1, 2]
    assert next(stream) == 4
