"""An article as the encoder reads it: stretches of whole sentences, with the things that they mention."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.tokens import Doc

from extract.annotations import Mention
from extract.language.words import Words, words_of
from extract.learned.pieces import Pieces

LONGEST = 384  # pieces of a chunk, the two marks at its ends included
CONTEXT = 96  # pieces that a chunk repeats of what comes before it: the headline, the sentences just before
KINDS = ("ORG", "PER", "LOC", "money", "percent", "quantity", "date")
BEGIN, END = 0, 2  # the ids of the marks


class Thing(NamedTuple):
    """What can fill a role or be a value: an entity, amount or date of the article.

    Attributes:
        ref: its id.
        kind: one of `KINDS`.
        mentions: in tokens.
    """

    ref: str
    kind: str
    mentions: list[Mention]


class Stretch(NamedTuple):
    """A sentence in a chunk: pieces `start` to `end`; `own` is False for one that is only repeated."""

    number: int
    start: int
    end: int
    own: bool


class PieceMention(NamedTuple):
    """A mention in a chunk: of which thing, in pieces `start` to `end`, and whether it is no name."""

    thing: int
    start: int
    end: int
    anaphor: bool


@dataclass(slots=True)
class Chunk:
    """A stretch of an article.

    Attributes:
        ids: of its pieces, with the marks at its ends.
        tokens: of each piece the token of the Doc that it is part of; -1 for a mark.
        sentences: in text order.
        mentions: of the article's things, in text order.
    """

    ids: list[int]
    tokens: list[int]
    sentences: list[Stretch]
    mentions: list[PieceMention]


def things_of(doc: Doc) -> list[Thing]:
    """All that can fill a role or be a value, entities first."""
    return [
        *(Thing(entity.id, entity.type, entity.mentions) for entity in doc._.entities or ()),
        *(Thing(amount.id, amount.kind, amount.mentions) for amount in doc._.amounts or ()),
        *(Thing(date.id, "date", date.mentions) for date in doc._.dates or ()),
    ]


def chunks_of(doc: Doc, things: list[Thing], pieces: Pieces) -> Iterator[Chunk]:
    """Cut an article at ends of sentences; a sentence longer than a chunk loses its end."""
    words = words_of(doc)
    cut = [_pieces_of(words, doc, pieces, start, end) for start, end in words.sentences]
    starts = _starts(things)
    at = 0
    while at < len(cut):
        before = _context(cut, at)
        room = LONGEST - 2 - sum(len(cut[i]) for i in before)
        own = [at]
        room -= len(cut[at])
        while own[-1] + 1 < len(cut) and len(cut[own[-1] + 1]) <= room:
            own.append(own[-1] + 1)
            room -= len(cut[own[-1]])
        yield _chunk(cut, before, own, starts)
        at = own[-1] + 1


def _pieces_of(words: Words, doc: Doc, pieces: Pieces, start: int, end: int) -> list[tuple[int, int]]:
    """(token, piece) of each piece of a sentence, at most as many as a chunk without context can hold."""
    found: list[tuple[int, int]] = []
    for i in range(start, end):
        if words.pos[i] != "SPACE":
            spaced = i == 0 or bool(doc[i - 1].whitespace_) or words.pos[i - 1] == "SPACE"
            found += ((i, piece) for piece in pieces.of(words.text[i], spaced))
    return found[: LONGEST - 2 - CONTEXT]


def _context(cut: list[list[tuple[int, int]]], at: int) -> list[int]:
    """The sentences before one that its chunk repeats: the first, and the nearest that there is room for."""
    if at == 0:
        return []
    room = CONTEXT
    chosen: list[int] = []
    for i in (0, *range(at - 1, 0, -1)):
        if len(cut[i]) > room:
            if i:
                break
            continue
        room -= len(cut[i])
        chosen.append(i)
    return sorted(chosen)


def _starts(things: list[Thing]) -> dict[int, list[tuple[int, Mention]]]:
    """Token → the mentions that begin there, each with its thing."""
    found: dict[int, list[tuple[int, Mention]]] = {}
    for number, thing in enumerate(things):
        for mention in thing.mentions:
            found.setdefault(mention.start, []).append((number, mention))
    return found


def _chunk(
    cut: list[list[tuple[int, int]]], before: list[int], own: list[int], starts: dict[int, list[tuple[int, Mention]]]
) -> Chunk:
    chunk = Chunk([BEGIN], [-1], [], [])
    for number in (*before, *own):
        start = len(chunk.ids)
        chunk.ids += (piece for _, piece in cut[number])
        chunk.tokens += (token for token, _ in cut[number])
        if len(chunk.ids) > start:
            chunk.sentences.append(Stretch(number, start, len(chunk.ids), number in own))
    chunk.ids.append(END)
    chunk.tokens.append(-1)
    first = {token: at for at, token in reversed(list(enumerate(chunk.tokens))) if token >= 0}
    past = {token: at + 1 for at, token in enumerate(chunk.tokens) if token >= 0}
    for token, at in first.items():
        for number, mention in starts.get(token, ()):
            end = past.get(mention.end - 1)
            if end is not None:
                chunk.mentions.append(PieceMention(number, at, end, mention.anaphor))
    chunk.mentions.sort(key=lambda mention: (mention.start, mention.end))
    return chunk
