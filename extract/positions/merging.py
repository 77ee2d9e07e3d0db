"""What the posts of one person say of each other: the same post named twice is one position."""

from collections.abc import Iterable

from extract.annotations import Entity, Position
from extract.language.words import Words
from extract.positions.lexicon import minister_beginnings, post_words


def merged_by_person(words: Words, entities: Iterable[Entity], stated: Iterable[Position]) -> dict[str, list[Position]]:
    """The positions of each person, each position once, in text order, the headline's last."""
    people: dict[str, list[Position]] = {entity.id: [] for entity in entities if entity.type == "PER"}
    headline = _headline_end(words)
    for position in sorted(stated, key=lambda position: (position.end <= headline, position.start)):
        if position.title not in post_words().statuses:
            people[position.person].append(position)
    return {person: _distinct(positions) for person, positions in people.items()}


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
    if one.title not in post_words().general or not other.title.startswith(post_words().minister):
        return False
    return (one.organization or "").lower().startswith(minister_beginnings())


def _same_body(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one
