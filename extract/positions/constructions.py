"""Which post belongs to which named person, construction by construction.

Each rule of `HOLDER_RULES` (at the bottom) handles one construction and returns the people who hold the post; the first
that finds some decides.
"""

from collections.abc import Callable

from extract.positions.apposition import name_after_dash, name_between_commas, post_after_name, post_before_name
from extract.positions.chains import chained_after_name, chained_before_name, colleague, share_body
from extract.positions.holders import Holding, PostReading
from extract.positions.lexicon import post_words
from extract.positions.predication import appointment, copula, office


def find_holders(reading: PostReading) -> None:
    """Set `holdings`: from the last post to the first, since a post may share the holder of the next one."""
    for k in reversed(range(len(reading.posts))):
        if not _is_colleague(reading, k) and (holding := _first_holding(reading, k)) is not None:
            reading.holdings[k] = holding
    for k in range(len(reading.posts)):
        share_body(reading, k)
        if k not in reading.holdings and (held := chained_after_name(reading, k)):
            reading.holdings[k] = held
    for k in range(len(reading.posts)):
        if _is_colleague(reading, k) and (held := colleague(reading, k)):
            reading.holdings[k] = held


def _is_colleague(reading: PostReading, k: int) -> bool:
    return reading.posts[k].lemma in post_words().colleagues


def _first_holding(reading: PostReading, k: int) -> Holding | None:
    for rule in HOLDER_RULES:
        holding = rule(reading, k)
        if holding is not None and holding.holders:
            return holding
    return None


HOLDER_RULES: list[Callable[[PostReading, int], Holding | None]] = [
    post_before_name,
    chained_before_name,
    name_after_dash,
    post_after_name,
    name_between_commas,
    appointment,
    office,
    copula,
]
