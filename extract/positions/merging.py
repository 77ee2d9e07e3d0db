"""What the posts of one person say of each other, and what an article leaves unsaid of a post."""

import re

from extract.annotations import Entity, Position
from extract.language.words import Words
from extract.positions.holders import Holder, Scene
from extract.positions.mention_index import Body
from extract.positions.post_heads import post_words
from extract.positions.posts import Post
from extract.positions.referents import EMPLOYERS

GOVERNMENT = frozenset({"government"})
OFFICIALS = frozenset({"куратор", "статс-секретарь"})
MINISTRIES = ("Мин", "МИД", "МВД", "МЧС")
RUSSIAN_LAST_NAME = re.compile(r"(?:(?:[оеё]в|[иы]н)а?|[сц]к(?:ий|ой|ая)|[нй]ко|[чш]ук|ых|[аея]к)$")


def assign(words: Words, entities: list[Entity], stated: list[tuple[Entity, Position]]) -> None:
    """Give each person the positions that the article states, each once, in text order, the headline's last."""
    people: dict[str, list[Position]] = {entity.id: [] for entity in entities if entity.type == "PER"}
    headline = _headline_end(words)
    for entity, position in sorted(stated, key=lambda pair: (pair[1].end <= headline, pair[1].start)):
        people[entity.id].append(position)
    for entity in entities:
        if entity.type == "PER":
            entity.positions = _distinct([p for p in people[entity.id] if p.title not in post_words().statuses])


def _headline_end(words: Words) -> int:
    """Where the headline ends: a first sentence without a full stop, before a line break; 0 without one."""
    end = words.sentences[0][1] if words.sentences else 0
    broken = any("\n" in words.text[i] for i in range(max(0, end - 1), min(end + 1, len(words))))
    return end if broken and not any(words.text[i] == "." for i in range(max(0, end - 2), end)) else 0


def _distinct(positions: list[Position]) -> list[Position]:
    kept: list[Position] = []
    for position in positions:
        same = next((other for other in kept if _is_same(other, position)), None)
        if same is None:
            kept.append(position)
            continue
        if same.organization is None and not _heads_ministry(position, same):
            same.organization, same.ref = position.organization, position.ref
        if same.title in position.title:
            same.title = position.title
    return kept


def _is_same(first: Position, second: Position) -> bool:
    """One post named twice: the same organization, the same or a more general title."""
    if first.former != second.former:
        return False
    if _heads_ministry(first, second) or _heads_ministry(second, first):
        return True
    if not _same_body(first.organization, second.organization):
        return False
    one, other = (f" {_plain(position.title)} " for position in (first, second))
    if one in other or other in one:
        return True
    if any(word in post_words().callings for title in (first.title, second.title) for word in title.split()[-1:]):
        return False  # «начальник Генштаба генерал Петров»
    return first.organization is not None and bool({first.title, second.title} & post_words().general)


def _plain(title: str) -> str:
    """A title with its words replaced by their plain synonyms, for comparison: «гендиректор», «голкипер»."""
    synonyms = post_words().synonyms
    return " ".join(synonyms.get(word, word) for word in title.split())


def _heads_ministry(one: Position, other: Position) -> bool:
    """«министр обороны» of a country is «глава» of its ministry."""
    ministry = (one.organization or "").lower()
    return (
        one.title in post_words().general and ministry.startswith(("мин", "мид")) and other.title.startswith("министр")
    )


def _same_body(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one


def settle_unsaid(scene: Scene) -> None:
    """Complete the posts for which the article names no organization or country anywhere."""
    for k, held in scene.held.items():
        post = scene.posts[k]
        for holder in held.holders:
            for position in holder.entity.positions:
                if position.organization is None and position.title == post.title:
                    body = _unsaid(scene, post, holder)
                    if body is not None:
                        position.organization, position.ref = body


def _unsaid(scene: Scene, post: Post, holder: Holder) -> Body | None:
    if post.title == "заместитель министра" or post.lemma.startswith("замминистр"):
        ministry = scene.mentions.before(post.start, lambda e: e.type == "ORG" and e.name.startswith(MINISTRIES))
        if ministry is not None:
            return Body(ministry.name, ministry.id)
    if post.is_federal:
        return settle_country(scene, post, holder)
    if post.lemma in post_words().regional:
        return _last_place(scene, post, post_words().regional[post.lemma])
    if post.lemma in post_words().players:
        return _last_organization(scene, post.start, frozenset({"club"}))
    if post.lemma in post_words().dependent or any(word in post_words().units for word in post.inner):
        kinds = EMPLOYERS | GOVERNMENT if post.lemma in OFFICIALS else EMPLOYERS
        return _last_organization(scene, post.start, kinds)
    return None


def _last_organization(scene: Scene, i: int, kinds: frozenset[str] = EMPLOYERS) -> Body | None:
    entity = scene.mentions.referents.employer(i, kinds)
    return Body(entity.name, entity.id) if entity is not None else None


def _last_place(scene: Scene, post: Post, kind: str) -> Body | None:
    place = scene.mentions.before(post.start, lambda entity: entity.type == "LOC" and entity.kind == kind)
    return Body(place.name, place.id) if place is not None else None


def settle_country(scene: Scene, post: Post, holder: Holder) -> Body | None:
    """The country of a federal post that is named without one.

    It is Russia's for a Russian name that isn't known as another country's leader's, else that of the foreign
    country named last before the post.
    """
    last = (holder.entity.last or holder.entity.name.split()[-1]).replace("ё", "е")
    name = post_words().leaders.get(last)
    first = (holder.entity.first or "").replace("ё", "е")
    native = RUSSIAN_LAST_NAME.search(last.lower()) and (not first or first in post_words().first_names)
    if name is not None or native:
        return scene.mentions.place(name or "Россия")
    country = scene.mentions.referents.foreign_country(post.start)
    return Body(country.name, country.id) if country is not None else None


def needs_organization(position: Position) -> bool:
    """«партнер», «совладелец» of nothing that has a name are no posts."""
    return any(word in post_words().hollow for word in position.title.split()[:2])
