"""A working copy of `doc.ents` that rules change, and the quotation marks of a Doc in pairs."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Doc, Span

from extract.language.words import Words, words_of

OPENING = frozenset("«“„‘'`\"(")
CLOSING = frozenset("»”“’'`\")")
QUOTES = frozenset("«»“”„‘’'`\"")
LONGEST_QUOTE = 12  # tokens: what is longer is speech, not a name


class Name(NamedTuple):
    """A proposed mention: tokens `start` to `end` (half-open) with its label."""

    start: int
    end: int
    label: str


class Mentions:
    """Mentions of people, organizations and places that don't overlap.

    Attributes:
        words: the tokens.
        quotes: (opening mark, closing mark) of each quotation short enough to be a name, inner ones first.
    """

    __slots__ = ("_names", "_owner", "quotes", "words")

    def __init__(self, doc: Doc) -> None:
        self.words: Words = words_of(doc)
        self.quotes = list(quotations(self.words))
        self._owner: list[Name | None] = [None] * len(self.words)
        self._names: set[Name] = set()
        for span in doc.ents:
            self.put(span.start, span.end, span.label_)

    def __iter__(self) -> Iterator[Name]:
        return iter(sorted(self._names))

    def at(self, i: int) -> Name | None:
        """The mention that covers token `i`."""
        return self._owner[i] if 0 <= i < len(self._owner) else None

    def opening(self, i: int, label: str) -> Name | None:
        """The mention of a kind that begins with token `i`."""
        name = self.at(i)
        return name if name is not None and name.start == i and name.label == label else None

    def of(self, label: str) -> list[Name]:
        """All mentions of a kind in text order; the rules may change them meanwhile."""
        return sorted(name for name in self._names if name.label == label)

    def put(self, start: int, end: int, label: str) -> None:
        """Add a mention, without white space at its edges; those that it overlaps go."""
        while start < end and self.words.pos[end - 1] == "SPACE":
            end -= 1
        while start < end and self.words.pos[start] == "SPACE":
            start += 1
        for i in range(start, end):
            name = self._owner[i]
            if name is not None:
                self.drop(name)
        if start < end:
            name = Name(start, end, label)
            self._names.add(name)
            self._owner[start:end] = [name] * (end - start)

    def drop(self, name: Name) -> None:
        """Take a mention away."""
        if name in self._names:
            self._names.remove(name)
            self._owner[name.start : name.end] = [None] * (name.end - name.start)

    def move(self, name: Name, start: int, end: int) -> None:
        """Give a mention other bounds; empty ones take it away."""
        if (start, end) != (name.start, name.end):
            self.drop(name)
            self.put(start, end, name.label)

    def write(self, doc: Doc) -> None:
        """Set `doc.ents`."""
        doc.ents = [Span(doc, name.start, name.end, name.label) for name in self]


def quotations(words: Words) -> Iterator[tuple[int, int]]:
    """Yield (opening mark, closing mark) of short quotations, nested ones before what holds them.

    One closing mark may end two quotations («ОАО «Ромашка»): the outer one is then taken to end there, too.
    """
    stack: list[int] = []
    sentence = -1
    for i, text in enumerate(words.text):
        if text not in QUOTES:
            continue
        if words.sentence[i] != sentence:
            sentence, stack = words.sentence[i], []
        if text in "«„" or (text in "\"'`“‘" and _opens(words, i)):
            stack.append(i)
        elif stack:
            start = stack.pop()
            if i - start - 1 <= LONGEST_QUOTE:
                yield start, i


def _opens(words: Words, i: int) -> bool:
    """Whether a straight quotation mark, the second of two (''Труд''), stands right before a word."""
    first = i - 1 if i and words.text[i - 1] == words.text[i] in "'`" else i
    spaced = first == 0 or words.end[first - 1] < words.start[first] or words.text[first - 1] in "(«"
    word = i + 1 < len(words) and words.end[i] == words.start[i + 1] and words.text[i + 1] != words.text[i]
    return spaced and word


def trimmed(words: Words, start: int, end: int, marks: Iterable[str]) -> tuple[int, int]:
    """The bounds without the tokens of `marks` at the edges."""
    while start < end and words.text[start] in marks:
        start += 1
    while end > start and words.text[end - 1] in marks:
        end -= 1
    return start, end
