"""An article as the encoder reads it: stretches of whole sentences, with the things that they mention."""

from collections.abc import Container, Iterator
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


class PiecePost(NamedTuple):
    """A post in a chunk's own sentences: its number in the article, in pieces `start` to `end`."""

    number: int
    start: int
    end: int


@dataclass(slots=True)
class Chunk:
    """A stretch of an article.

    Attributes:
        ids: of its pieces, with the marks at its ends.
        tokens: of each piece the token of the Doc that it is part of; -1 for a mark.
        sentences: in text order.
        mentions: of the article's things, in text order.
        posts: the posts of people that stand in it.
        marks: of each piece, what is named there: 0 for nothing, then for each of `KINDS` a number for the first piece
            of a mention and one for the others.
    """

    ids: list[int]
    tokens: list[int]
    sentences: list[Stretch]
    mentions: list[PieceMention]
    marks: list[int]
    posts: list[PiecePost]

    @property
    def things(self) -> list[int]:
        """The numbers of the article's things that it mentions."""
        return sorted({mention.thing for mention in self.mentions})


def things_of(doc: Doc) -> list[Thing]:
    """All that can fill a role or be a value, entities first."""
    return [
        *(Thing(entity.id, entity.type, entity.mentions) for entity in doc._.entities or ()),
        *(Thing(amount.id, amount.kind, amount.mentions) for amount in doc._.amounts or ()),
        *(Thing(date.id, "date", date.mentions) for date in doc._.dates or ()),
    ]


def chunks_of(doc: Doc, things: list[Thing], pieces: Pieces, wanted: Container[int] | None = None) -> Iterator[Chunk]:
    """Cut an article at ends of sentences; a sentence longer than a chunk loses its end.

    Args:
        doc: the article.
        things: its things.
        pieces: cuts words.
        wanted: the numbers of the sentences that are to be read, None for all; of the others some come along, at the
            beginning of a chunk.
    """
    words = words_of(doc)
    cut = _Cut(words, doc, pieces)
    starts = _starts(things)
    kinds = [KINDS.index(thing.kind) for thing in things]
    posts = {post.start: (number, post) for number, post in enumerate(doc._.posts or ())}
    order = [number for number in range(len(cut)) if wanted is None or number in wanted]
    at = 0
    while at < len(order):
        before = _context(cut, order[at])
        room = LONGEST - 2 - sum(len(cut[i]) for i in before) - len(cut[order[at]])
        end = at + 1
        while end < len(order) and len(cut[order[end]]) <= room:
            room -= len(cut[order[end]])
            end += 1
        read = [*((number, False) for number in before), *((number, True) for number in order[at:end])]
        yield _chunk(cut, read, starts, kinds, posts)
        at = end


class _Cut:
    """The sentences of an article in pieces; those that nobody asks for are never cut."""

    def __init__(self, words: Words, doc: Doc, pieces: Pieces) -> None:
        self._words = words
        self._doc = doc
        self._pieces = pieces
        self._done: dict[int, list[tuple[int, int]]] = {}

    def __len__(self) -> int:
        return len(self._words.sentences)

    def __getitem__(self, number: int) -> list[tuple[int, int]]:
        """(token, piece) of each piece of a sentence, at most as many as a chunk without context can hold."""
        if number not in self._done:
            self._done[number] = list(self._of(*self._words.sentences[number]))[: LONGEST - 2 - CONTEXT]
        return self._done[number]

    def _of(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        words = self._words
        for i in range(start, end):
            if words.pos[i] != "SPACE":
                spaced = i == 0 or bool(self._doc[i - 1].whitespace_) or words.pos[i - 1] == "SPACE"
                yield from ((i, piece) for piece in self._pieces.of(words.text[i], spaced))


def _context(cut: _Cut, at: int) -> list[int]:
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
    cut: _Cut,
    read: list[tuple[int, bool]],
    starts: dict[int, list[tuple[int, Mention]]],
    kinds: list[int],
    posts: dict[int, tuple[int, Mention]],
) -> Chunk:
    chunk = Chunk([BEGIN], [-1], [], [], [], [])
    for number, own in read:
        start = len(chunk.ids)
        chunk.ids += (piece for _, piece in cut[number])
        chunk.tokens += (token for token, _ in cut[number])
        if len(chunk.ids) > start:
            chunk.sentences.append(Stretch(number, start, len(chunk.ids), own))
    chunk.ids.append(END)
    chunk.tokens.append(-1)
    first = {token: at for at, token in reversed(list(enumerate(chunk.tokens))) if token >= 0}
    past = {token: at + 1 for at, token in enumerate(chunk.tokens) if token >= 0}
    for token, at in first.items():
        for number, named in starts.get(token, ()):
            end = past.get(named.end - 1)
            if end is not None:
                chunk.mentions.append(PieceMention(number, at, end, named.anaphor))
    chunk.mentions.sort(key=lambda mention: (mention.start, mention.end))
    chunk.marks = [0] * len(chunk.ids)
    for mention in chunk.mentions:  # where they lie within each other, the later in text order
        begins = 1 + 2 * kinds[mention.thing]
        chunk.marks[mention.start : mention.end] = [begins, *[begins + 1] * (mention.end - mention.start - 1)]
    for stretch in chunk.sentences:
        for at in range(stretch.start, stretch.end) if stretch.own and posts else ():
            if chunk.tokens[at] in posts and first[chunk.tokens[at]] == at:
                number, post = posts[chunk.tokens[at]]
                if post.end - 1 in past:
                    chunk.posts.append(PiecePost(number, at, past[post.end - 1]))
    return chunk
