"""Owners told by a post: «владелец «Восхода» Иван Петров», «владелец «Восхода» — «Заря»»."""

from collections.abc import Iterable, Iterator

from extract.annotations import Entity, Position
from extract.deals.candidate import Candidate
from extract.language.words import Words
from extract.positions.holders import PostReading
from extract.positions.marks import CLOSING, OPENING
from extract.positions.mention_index import MentionIndex
from extract.positions.posts import Post
from extract.relations.pairs import Named, pair

SEPARATORS = frozenset({",", "(", "—", "–", "-"})
ASIDE = 16  # tokens of a bracketed aside after a name


def owners_by_post(
    reading: PostReading, entities: list[Entity], positions: Iterable[Position], owners: frozenset[str]
) -> Iterator[Candidate]:
    """All whom a post makes an owner: people as the positions have them, organizations beside the post."""
    yield from _people(reading.words, entities, positions, owners)
    for post in reading.posts:
        if post.lemma in owners and post.bodies:
            yield from _organizations(reading, post)


def _people(
    words: Words, entities: list[Entity], positions: Iterable[Position], owners: frozenset[str]
) -> Iterator[Candidate]:
    """«совладелец «Восхода» Иван Петров»: the post says it."""
    by_id = {entity.id: entity for entity in entities}
    for position in positions:
        person, owned = by_id[position.person], by_id.get(position.ref or "")
        if owned is None or owned.type != "ORG" or position.title.split()[-1] not in owners:
            continue
        within = range(position.start, position.end)
        yield pair(
            "ownership/owner-post",
            (position.start, position.end),
            owner=_named_within(person, within),
            property=_named_within(owned, within),
        )


def _named_within(entity: Entity, tokens: range) -> Named:
    """The entity at its last mention in some tokens; at its first where they hold none."""
    inside = [mention for mention in entity.mentions if mention.start in tokens and mention.end <= tokens.stop]
    return Named(entity, (inside or entity.mentions)[-1 if inside else 0])


def _organizations(reading: PostReading, post: Post) -> Iterator[Candidate]:
    """«владелец «Восхода» — «Заря»», «Заря» (владелец «Восхода»)»: an organization as the owner."""
    words, mentions = reading.words, reading.index
    found = (mentions.starting(i) for i in range(post.head, post.end))
    inside = [Named(*item) for item in found if item is not None and item[0].type == "ORG"]
    if not inside:
        return
    owner = inside[1] if len(inside) > 1 and not post.plural else _beside(words, mentions, post, reading.posts)
    if owner is not None and owner.entity.type == "ORG" and owner.entity.id != inside[0].entity.id:
        yield pair("ownership/owner-noun", (post.start, post.end), owner=owner, property=inside[0])


def _beside(words: Words, mentions: MentionIndex, post: Post, posts: list[Post]) -> Named | None:
    """What the post is apposed to: after it, or before it and a comma, dash or bracket."""
    end = post.end + (post.end < len(words) and words.text[post.end] in SEPARATORS)
    after = mentions.starting(end + (end < len(words) and words.text[end] in OPENING))
    if after is not None or words.text[post.start - 1] not in SEPARATORS:
        return None if after is None else Named(*after)
    before = _ending_at(words, mentions, post.start - 1)
    if words.text[post.start - 1] == "," and "Nom" not in post.cases:
        return None  # «как пишет «Заря», владельцем «Восхода» стал…»
    if before is None or any(other.start < before.mention.start < other.end for other in posts):
        return None
    return before


def _ending_at(words: Words, mentions: MentionIndex, i: int) -> Named | None:
    """The mention that ends right before token `i`, a closing quote and a bracketed aside skipped."""
    at = i - 1
    if at > 0 and words.text[at] == ")":
        at = next((k - 1 for k in range(at, max(at - ASIDE, 0), -1) if words.text[k] == "("), at)
    if at > 0 and words.text[at] in CLOSING:
        at -= 1
    found = mentions.at.get(at)
    return Named(*found) if found is not None and found[1].end == at + 1 else None
