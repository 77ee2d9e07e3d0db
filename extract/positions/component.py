"""The pipeline component that finds the positions of people, and what it read on the way."""

from typing import Any

import srsly
from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Entity, Mention, Position
from extract.language.words import words_of
from extract.positions.constructions import find_holders
from extract.positions.holders import PostReading, positions_of
from extract.positions.judged import judged
from extract.positions.leading_verbs import headed, led_by_verb
from extract.positions.mention_index import MentionIndex
from extract.positions.merging import merged_by_person
from extract.positions.posts import posts_of
from extract.positions.unsaid import needs_organization, settle_unsaid

_KEY = "extract.posts"


@Language.component("ru_posts", assigns=["doc._.posts"], requires=["token.lemma", "doc._.entities"])
def find_posts(doc: Doc) -> Doc:
    """Set `doc._.posts`: where posts are spoken of, in text order."""
    reading = doc.user_data[_KEY] = _read(doc)
    doc._.posts = tuple(Mention(post.start, post.end) for post in reading.posts)
    return doc


@Language.component("ru_positions", assigns=["doc._.positions"], requires=["token.lemma", "doc._.entities"])
def find_positions(doc: Doc) -> Doc:
    """Set `doc._.positions`, person by person as `doc._.entities` has them."""
    reading = post_reading(doc)
    if doc._.read is not None:
        reading = judged(reading, doc._.read)
    doc._.positions = tuple(_stated(reading, doc._.entities or []))
    return doc


def _stated(reading: PostReading, entities: list[Entity]) -> list[Position]:
    """The positions that an article states or implies, each once."""
    stated = [
        position for k, holding in reading.holdings.items() for position in positions_of(reading.posts[k], holding)
    ]
    stated += [*led_by_verb(reading), *headed(reading), *reading.within]
    found = merged_by_person(reading.words, entities, stated)
    settle_unsaid(reading, found)
    return [
        position
        for positions in found.values()
        for position in positions
        if position.organization or not needs_organization(position)
    ]


def post_reading(doc: Doc) -> PostReading:
    """The posts of a Doc with entities and their holders, read once and kept with it."""
    reading = doc.user_data.get(_KEY)
    if not isinstance(reading, PostReading):
        reading = doc.user_data[_KEY] = _read(doc)
    return reading


def _read(doc: Doc) -> PostReading:
    words = words_of(doc)
    index = MentionIndex(words, doc._.entities or [])
    reading = PostReading(words, index, posts_of(words, index))
    find_holders(reading)
    return reading


@srsly.msgpack_encoders("extract.posts")  # type: ignore[untyped-decorator]
def _leave_out(obj: Any, chain: Any = None) -> Any:
    """Serialize no reading with a Doc (`Doc.to_bytes`): it is made again from it."""
    if isinstance(obj, PostReading):
        return None
    return obj if chain is None else chain(obj)
