"""A stream cut into chunks of bounded number and size."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Item = TypeVar("Item")


def chunks(
    stream: Iterable[Item], number: int, size: int = 0, size_of: Callable[[Item], int] = lambda item: 0
) -> Iterator[list[Item]]:
    """Cut a stream, in order.

    Args:
        stream: read only as far as the chunk that is asked for.
        number: how many items a chunk has at most.
        size: how large their sizes together may grow, as `size_of` tells them; an item that alone is larger
            gets a chunk of its own.
    """
    chunk: list[Item] = []
    total = 0
    for item in stream:
        grown = total + size_of(item)
        if chunk and (len(chunk) == number or grown > size):
            yield chunk
            chunk, grown = [], grown - total
        chunk.append(item)
        total = grown
    if chunk:
        yield chunk
