"""What follows the head of a post: complements that belong to its title, and where the post is held.

They are read from left to right, by steps that each take one kind of complement: `STEPS` at the bottom.
"""

from extract.language.words import Words
from extract.positions.asides import bracketed_aside, clause_aside, dashed_aside, local_aside
from extract.positions.complement import Complement, Step
from extract.positions.complement_bodies import (
    generic_word,
    named_after_preposition,
    named_body,
    state_body,
    veiled_ministry,
    workplace,
)
from extract.positions.complement_words import (
    candidacy,
    coordination,
    epithet,
    field_of_work,
    genitive_word,
    quoted_part,
)
from extract.positions.mention_index import MentionIndex


def read_complement(words: Words, index: MentionIndex, rest: Complement) -> int:
    """Read on as far as the steps go; return the end of the phrase."""
    while rest.at < rest.stop and any(step(words, index, rest) for step in STEPS):
        pass
    return rest.waiting[0] if rest.waiting else rest.at


STEPS: list[Step] = [
    epithet,
    bracketed_aside,
    clause_aside,
    dashed_aside,
    named_body,
    veiled_ministry,
    state_body,
    generic_word,
    quoted_part,
    named_after_preposition,
    workplace,
    local_aside,
    candidacy,
    field_of_work,
    coordination,
    genitive_word,
]
