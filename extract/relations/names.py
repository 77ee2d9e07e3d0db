"""Parts whose own name tells the whole: «комитет Госдумы по обороне»."""

from collections.abc import Iterator

from extract.annotations import Entity, Mention
from extract.deals.candidate import Candidate
from extract.language.words import Words
from extract.positions.mention_index import MentionIndex
from extract.relations.pairs import Named, pair

LONGEST = 20  # tokens of the name of a whole


def parts_in_names(words: Words, mentions: MentionIndex) -> Iterator[Candidate]:
    """Each organization whose name has that of another in it, which the article names elsewhere."""
    names = [(mention, entity) for mention, entity in mentions.ordered if entity.type == "ORG" and not mention.anaphor]
    wholes = {
        tuple(words.lemma[mention.start : mention.end]): entity
        for mention, entity in reversed(names)
        if mention.end - mention.start <= LONGEST
    }
    for mention, entity in names:
        for first in range(mention.start + 1, mention.end):
            if words.pos[first - 1] != "NOUN" or words.norm[first - 1].isascii():
                continue
            found = _longest(words, wholes, first, mention.end)
            if found is not None:
                whole, last = found
                part, named = Named(entity, mention), Named(whole, Mention(first, last))
                yield pair("part_of/name", (mention.start, mention.end), part=part, whole=named)
                break


def _longest(words: Words, names: dict[tuple[str, ...], Entity], first: int, end: int) -> tuple[Entity, int] | None:
    """The entity with the longest name that begins at token `first`, and where the name ends."""
    for last in range(min(end, first + LONGEST), first, -1):
        entity = names.get(tuple(words.lemma[first:last]))
        if entity is not None:
            return entity, last
    return None
