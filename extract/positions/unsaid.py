"""Where a post is held for which the article names no organization or country."""

from extract.annotations import Entity, Position
from extract.positions.holders import PostReading
from extract.positions.lexicon import (
    body_words,
    holder_words,
    ministry_beginnings,
    post_parts,
    post_words,
    russian_endings,
)
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.posts import Post
from extract.positions.referents import EMPLOYERS

GOVERNMENT = frozenset({"government"})


def settle_unsaid(reading: PostReading, positions: dict[str, list[Position]]) -> None:
    """Complete the positions, by person, for which the article names no organization or country anywhere."""
    for k, holding in reading.holdings.items():
        post = reading.posts[k]
        for person, _ in holding.holders:
            for position in positions[person.id]:
                if position.organization is None and position.title == post.title:
                    body = _unsaid_body(reading.index, post, person)
                    if body is not None:
                        position.organization, position.ref = body


def _unsaid_body(index: MentionIndex, post: Post, person: Entity) -> Body | None:
    lexical = post_words()
    if _is_deputy_minister(post):
        ministry = index.before(post.start, lambda e: e.type == "ORG" and e.name.startswith(ministry_beginnings()))
        if ministry is not None:
            return Body(ministry.name, ministry.id)
    if post.is_federal:
        return _country_of_holder(index, post, person)
    if post.lemma in lexical.regional:
        return _last_place(index, post, lexical.regional[post.lemma])
    if post.lemma in lexical.players:
        return _last_organization(index, post.start, frozenset({"club"}))
    if post.lemma in lexical.dependent or any(word in body_words().units for word in post.inner):
        kinds = EMPLOYERS | GOVERNMENT if post.lemma in lexical.ministerial else EMPLOYERS
        return _last_organization(index, post.start, kinds)
    return None


def _is_deputy_minister(post: Post) -> bool:
    named = post.title in post_words().deputy_minister_titles
    return named or post.lemma.startswith(post_parts().deputy_minister)


def _last_organization(index: MentionIndex, i: int, kinds: frozenset[str]) -> Body | None:
    entity = index.referents.employer(i, kinds)
    return Body(entity.name, entity.id) if entity is not None else None


def _last_place(index: MentionIndex, post: Post, kind: str) -> Body | None:
    place = index.before(post.start, lambda entity: entity.type == "LOC" and entity.kind == kind)
    return Body(place.name, place.id) if place is not None else None


def _country_of_holder(index: MentionIndex, post: Post, person: Entity) -> Body | None:
    """The country of a federal post that is named without one.

    It is Russia's for a Russian name that isn't known as another country's leader's, else that of the foreign
    country named last before the post.
    """
    last = (person.last or person.name.split()[-1]).replace("ё", "е")
    name = holder_words().leaders.get(last)
    first = (person.first or "").replace("ё", "е")
    native = _is_russian(last) and (not first or first in holder_words().first_names)
    if name is not None or native:
        return index.place(name or body_words().home)
    country = index.referents.foreign_country(post.start)
    return Body(country.name, country.id) if country is not None else None


def _is_russian(last_name: str) -> bool:
    return last_name.lower().replace("ё", "е").endswith(russian_endings())


def needs_organization(position: Position) -> bool:
    """«партнер», «совладелец» of nothing that has a name are no posts."""
    return any(word in post_words().hollow for word in position.title.split()[:2])
