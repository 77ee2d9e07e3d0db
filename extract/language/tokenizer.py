"""Tokens and sentences by razdel, as a spaCy tokenizer.

The Doc's text is the article's, character for character: what lies between two tokens, other than one space,
is a whitespace token of its own, as in spaCy's own tokenizers.
"""

import re
from collections.abc import Callable, Iterator
from functools import lru_cache

import numpy as np
from razdel import tokenize
from razdel.segmenters.punct import DASHES
from razdel.segmenters.tokenize import ATOM
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from extract.language.alphabet import SMALL
from extract.language.normalize import MARK, lookup, normalize
from extract.language.sentences import sentences

_LINES = re.compile(r"[^\n]+")
_WORD = re.compile(r"\S+")
_PLAIN = re.compile(rf"[{SMALL}]+|[a-z]+|\d+", re.IGNORECASE)  # one token, whatever is around it
_JOINTS = DASHES + "_.,/\\"  # joined to what stands on both sides, be it across a space: «1. 2»
_LIKE = {"RU": "а", "LAT": "a", "INT": "1", "PUNCT": "!", "OTHER": "Δ"}  # a stand-in for each of razdel's kinds
AFTER_FIGURES = frozenset(DASHES + ",")
SIGNS = frozenset("$£¥֏฿₦₩₪₫€₮₴₸₹₺₼₽₾₿")  # of currencies
_TERMINAL = re.compile(r"[.!?…:;,][»\"”)\]]*\s*$")
LONGEST_SENTENCE = 400  # tokens; lists and junk run on, and the parser's time and memory grow with the square
LONGEST_BLOCK = 20_000  # characters; razdel's time grows with the square of a run without spaces
LONGEST_WORD = 40  # characters between two spaces whose tokens are remembered
WRAPPED = range(55, 101)  # the lengths of lines that a mail program or an old site breaks by width


class RazdelTokenizer:
    """Text in, Doc out, with sentence starts set and look-up forms in `Token.norm_`."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """Tokenize a text.

        Raises:
            ValueError: the text holds a lone surrogate, which no encoding can write.
        """
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise ValueError(f"the text holds a lone surrogate at offset {error.start}") from None
        words: list[str] = []
        spaces: list[bool] = []
        norms: list[str] = []
        starts: list[int] = []
        end = 0
        for opens, start, stop, form in sentence_tokens(text):
            _fill_gap(text[end:start], words, spaces, norms)
            if opens:
                starts.append(len(words))
            words.append(text[start:stop])
            spaces.append(False)
            norms.append(lookup(form))
            end = stop
        _fill_gap(text[end:], words, spaces, norms)
        doc = Doc(self.vocab, words=words, spaces=spaces)
        add = self.vocab.strings.add
        opening = set(starts)
        flags = [1 if index in opening else -1 for index in range(len(words))]
        if words:
            flags[0] = 1
            columns = zip([add(norm) for norm in norms], flags, strict=True)
            doc.from_array(["NORM", "SENT_START"], _uint64(columns))  # type: ignore[arg-type]
        return doc


def _uint64(rows: Iterator[tuple[int, int]]) -> "np.ndarray[tuple[int, int], np.dtype[np.uint64]]":
    return np.array([(norm, start % 2**64) for norm, start in rows], dtype=np.uint64)


def _fill_gap(gap: str, words: list[str], spaces: list[bool], norms: list[str]) -> None:
    """Stand for what lies between two tokens: a space flag, or a whitespace token, whose norm is a space."""
    if gap.startswith(" ") and words:
        spaces[-1] = True
        gap = gap[1:]
    if gap:
        words.append(gap)
        spaces.append(False)
        norms.append(" ")


def sentence_tokens(text: str) -> Iterator[tuple[bool, int, int, str]]:
    """Yield (opens a sentence, start, end, look-up form) of each token, offsets into `text`."""
    form, offsets = normalize(text)
    for start, stop in (piece for block in blocks(form) for piece in _pieces(form, *block)):
        for first, last in sentences(form[start:stop]):
            sentence = tokens(form[start + first : start + last], start + first, parted=True)
            for number, (left, right, token) in enumerate(sentence):
                opens = number % LONGEST_SENTENCE == 0
                if offsets is None:
                    yield opens, left, right, token
                else:
                    end = offsets[right - 1] + 1
                    while end < len(text) and MARK.match(text[end]):  # бои + ̆ is «бой»
                        end += 1
                    yield opens, offsets[left], end, token


def tokens(sentence: str, start: int = 0, parted: bool = False) -> Iterator[tuple[int, int, str]]:
    """Yield razdel's tokens, with their offsets from `start` on, or, `parted`, our own.

    razdel always splits at a space. Beyond it, its rules look no farther than at the kind of the next character, and
    that only from a dash, a dot or another joint. So the tokens of most words can be remembered.
    """
    words = list(_WORD.finditer(sentence))
    kept = _parted if parted else _split
    for number, match in enumerate(words):
        word, offset = match.group(), start + match.start()
        if _PLAIN.fullmatch(word):
            yield offset, offset + len(word), word
            continue
        before = _kind(words[number - 1].group()[-1]) if number and word[0] in _JOINTS else ""
        after = _kind(words[number + 1].group()[0]) if word[-1] in _JOINTS and number + 1 < len(words) else ""
        split = kept if len(word) <= LONGEST_WORD else kept.__wrapped__
        for left, right, token in split(word, before, after):
            yield offset + left, offset + right, token


def _kind(character: str) -> str:
    match = ATOM.match(character)
    return _LIKE[str(match.lastgroup)] if match is not None else ""


@lru_cache(maxsize=20_000)
def _split(word: str, before: str, after: str) -> tuple[tuple[int, int, str], ...]:
    """The tokens of what stands between two spaces; `before` and `after` are like their neighbours."""
    found = list(tokenize(f"{before} {word} {after}"))
    shift = len(before) + 1
    own = found[len(before) : len(found) - len(after)]
    return tuple((token.start - shift, token.stop - shift, token.text) for token in own)


@lru_cache(maxsize=20_000)
def _parted(word: str, before: str, after: str) -> tuple[tuple[int, int, str], ...]:
    """Part what razdel joins to figures across a space, «составил -5,3», «5- 7», «$500, 10», and signs: «млн₽»."""
    return tuple(part for token in _split.__wrapped__(word, before, after) for part in _parts(*token))


def _parts(left: int, right: int, token: str) -> Iterator[tuple[int, int, str]]:
    first = len(token) > 1 and token[0] in DASHES and token[1].isdigit()
    last = len(token) > 1 and (token[-1] in SIGNS or (token[-1] in AFTER_FIGURES and token[-2].isdigit()))
    if first:
        yield left, left + 1, token[0]
    yield left + first, right - last, token[first : len(token) - last]
    if last:
        yield right - 1, right, token[-1]


def blocks(text: str) -> Iterator[tuple[int, int]]:
    """Split a text at the line breaks that end a sentence: after a headline, between paragraphs.

    A line break inside a sentence is left alone: the next line goes on in lower case, or the lines are all of
    about one width, as mail programs break them.
    """
    start = None
    end = 0
    for match in _LINES.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        if start is not None and _breaks(text[start:end], text[end : match.start()], line):
            yield start, end
            start = None
        if start is None:
            start = match.start()
        end = match.end()
    if start is not None:
        yield start, end


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut a block that no line break ends for long, if possible between sentences, else between words."""
    while end - start > LONGEST_BLOCK:
        cuts = (text.rfind(mark, start, start + LONGEST_BLOCK) + len(mark) for mark in (". ", "! ", "? ", " "))
        cut = next((cut for cut in cuts if cut > start), start + LONGEST_BLOCK)
        yield start, cut
        start = cut
    yield start, end


def _breaks(before: str, between: str, line: str) -> bool:
    if between.count("\n") > 1:
        return True
    if line[0].islower():
        return False
    last = before[before.rfind("\n") + 1 :].rstrip()
    return "\n" not in before or len(last) not in WRAPPED or _TERMINAL.search(last) is not None


@registry.tokenizers("extract.razdel.v1")  # type: ignore[untyped-decorator]
def create_tokenizer() -> Callable[[Language], RazdelTokenizer]:
    """The tokenizer as spaCy's configuration names it."""
    return lambda nlp: RazdelTokenizer(nlp.vocab)
