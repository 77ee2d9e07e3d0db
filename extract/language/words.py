"""A Doc's linguistic annotation as plain Python lists, for rules that look at many tokens.

Reading `Token` attributes one by one builds an object each time; rules read the same few attributes of every
token over and over. `words_of(doc)` reads them once. It holds nothing that the Doc doesn't.
"""

from functools import lru_cache
from typing import Any

import srsly
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, NORM, ORTH, POS, SPACY
from spacy.tokens import Doc

from extract.language.capitals import in_ordinary_case
from extract.language.normalize import mended

_KEY = "extract.words"
_READABLE = "extract.readable"  # made for the models, until the columns take it over


@lru_cache(maxsize=4096)
def features_of(morph: str) -> dict[str, str]:
    """Universal Dependencies features as a dict, shared between tokens: never change it."""
    return dict(part.split("=", 1) for part in morph.split("|") if "=" in part)


class Words:
    """The tokens of a Doc, column by column; every list is indexed by the token's position in the Doc.

    Attributes:
        text: the form as written, with what hides it from the rules mended: stress marks, soft hyphens, look-alike
            letters, and sentences all in capitals. It may be shorter than what stands in the text.
        norm: the form folded for lexicons: lower case, ё as е, soft hyphens and look-alike letters mended.
        lemma: the dictionary form, folded likewise; participles and gerunds have the infinitive.
        pos: the part of speech of Universal Dependencies; whitespace tokens have SPACE.
        feats: the features of Universal Dependencies as a dict.
        dep: the relation to the head; ROOT for the root of a sentence.
        head: the position of the head; a root is its own.
        children: the positions of the dependents, whitespace left out, in order.
        sentence: the number of the token's sentence.
        sentences: (first, past the last) token of each sentence.
        start: the offset of the token's first character in the text; `end` past its last.
    """

    __slots__ = (
        "children",
        "dep",
        "end",
        "feats",
        "head",
        "lemma",
        "norm",
        "pos",
        "sentence",
        "sentences",
        "start",
        "text",
    )

    def __init__(self, doc: Doc) -> None:
        strings = doc.vocab.strings
        table = doc.to_array([ORTH, NORM, LEMMA, POS, MORPH, DEP, HEAD, SPACY])
        *columns, offsets, spaces = table.T.tolist() if len(doc) else [[]] * 8
        text_of = {number: strings[number] for column in columns for number in set(column)}
        texts, norms, lemmas, poses, morphs, deps = ([text_of[number] for number in column] for column in columns)
        self.text: list[str] = doc.user_data.pop(_READABLE, None) or _readable(doc, texts, norms)
        self.norm: list[str] = norms
        self.lemma: list[str] = lemmas
        self.pos: list[str] = poses
        self.feats: list[dict[str, str]] = [features_of(morph) for morph in morphs]
        self.dep: list[str] = deps
        self.head: list[int] = [i + (offset if offset < 2**63 else offset - 2**64) for i, offset in enumerate(offsets)]
        self.children: list[list[int]] = [[] for _ in norms]
        for i, head in enumerate(self.head):
            if head != i and poses[i] != "SPACE":
                self.children[head].append(i)
        self.sentences: list[tuple[int, int]] = [(sentence.start, sentence.end) for sentence in doc.sents]
        self.sentence: list[int] = [
            number for number, (start, end) in enumerate(self.sentences) for _ in range(start, end)
        ]
        self.start: list[int] = []
        self.end: list[int] = []
        end = 0
        for text, space in zip(texts, spaces, strict=True):
            self.start.append(end)
            self.end.append(end + len(text))
            end += len(text) + space

    def __len__(self) -> int:
        return len(self.text)

    def case(self, i: int) -> str | None:
        """The case of a token: Nom, Gen, Dat, Acc, Ins, Loc, or None."""
        return self.feats[i].get("Case")

    def subtree(self, i: int) -> list[int]:
        """The token and all that hangs on it, in text order."""
        found = [i]
        for at in found:
            found.extend(self.children[at])
        return sorted(found)


def words_of(doc: Doc) -> Words:
    """The columns of a fully annotated Doc, made once and kept with it."""
    words = doc.user_data.get(_KEY)
    if not isinstance(words, Words):
        words = doc.user_data[_KEY] = Words(doc)
    return words


def readable_words(doc: Doc) -> list[str]:
    """The tokens of a Doc that has sentences, as its `Words.text` will have them."""
    strings = doc.vocab.strings
    rows = doc.to_array([ORTH, NORM]).T.tolist() if len(doc) else [[], []]
    texts, norms = ([strings[number] for number in row] for row in rows)
    readable = doc.user_data[_READABLE] = _readable(doc, texts, norms)
    return readable


def _readable(doc: Doc, texts: list[str], norms: list[str]) -> list[str]:
    pairs = list(zip(texts, norms, strict=True))
    forms = {(text, norm): mended(text, norm) for text, norm in set(pairs) if text != norm != " "}
    words = [forms.get(pair, pair[0]) for pair in pairs]
    return in_ordinary_case(words, norms, [(sentence.start, sentence.end) for sentence in doc.sents])


@srsly.msgpack_encoders("extract.words")  # type: ignore[untyped-decorator]
def _leave_out(obj: Any, chain: Any = None) -> Any:
    """Serialize no columns with a Doc (`Doc.to_bytes`): they are made again from it."""
    if isinstance(obj, Words):
        return None
    return obj if chain is None else chain(obj)
