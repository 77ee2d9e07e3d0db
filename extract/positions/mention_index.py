"""Where the entities stand in the text: which entity is at a token, which came last before it."""

from collections.abc import Callable
from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.language.words import Words
from extract.positions.referents import Referents


class Body(NamedTuple):
    """The organization or place that a post is held in: its name and, where it is an entity, its id."""

    name: str
    ref: str | None


class MentionIndex:
    """The mentions of an article's entities by token.

    Attributes:
        at: (entity, mention) of every token that a mention covers; the longest of overlapping ones.
        ordered: (mention, entity) in text order, anaphors included.
        referents: what common nouns refer back to.
    """

    def __init__(self, words: Words, entities: list[Entity]) -> None:
        self.referents = Referents(words, entities)
        pairs = [(mention, entity) for entity in entities for mention in entity.mentions]
        pairs.sort(key=lambda pair: (pair[0].start - pair[0].end, pair[0].anaphor, pair[0].start))
        self.at: dict[int, tuple[Entity, Mention]] = {}
        self.ordered: list[tuple[Mention, Entity]] = []
        for mention, entity in pairs:
            tokens = range(mention.start, mention.end)
            if not any(i in self.at for i in tokens):
                self.at.update(dict.fromkeys(tokens, (entity, mention)))
                self.ordered.append((mention, entity))
        self.ordered.sort(key=lambda pair: pair[0].start)

    def starting(self, i: int) -> tuple[Entity, Mention] | None:
        """The entity whose mention begins at token `i`."""
        found = self.at.get(i)
        return found if found is not None and found[1].start == i else None

    def person(self, i: int) -> tuple[Entity, Mention] | None:
        """The person whose name begins at token `i`."""
        found = self.starting(i)
        return found if found is not None and found[0].type == "PER" and not found[1].anaphor else None

    def place(self, name: str) -> Body:
        """The place of that name, by its entity if the article mentions it."""
        return self._body("LOC", name)

    def organization(self, name: str) -> Body:
        """The organization of that name, by its entity if the article mentions it."""
        return self._body("ORG", name)

    def _body(self, type: str, name: str) -> Body:
        for _, entity in self.ordered:
            if entity.type == type and (entity.name == name or name in entity.aliases):
                return Body(entity.name, entity.id)
        return Body(name, None)

    def before(self, i: int, fits: Callable[[Entity], bool]) -> Entity | None:
        """The entity named last before token `i` that fits."""
        for mention, entity in reversed(self.ordered):
            if mention.end <= i and not mention.anaphor and fits(entity):
                return entity
        return None
