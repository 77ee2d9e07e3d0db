"""Look-up of phrases by the dictionary forms of their words."""

from functools import lru_cache
from typing import Generic, TypeVar

from razdel import tokenize

from extract.language.morphology import CACHED_RARE, parses
from extract.language.normalize import lookup
from extract.language.words import Words

T = TypeVar("T")


@lru_cache(maxsize=CACHED_RARE)
def stems(norm: str) -> frozenset[str]:
    """All dictionary forms that a word form may belong to, the form itself included; ё as е."""
    if norm.isascii():
        return frozenset((norm,))
    return frozenset(str(parse.normal_form).replace("ё", "е") for parse in parses(norm)) | {norm}


@lru_cache(maxsize=CACHED_RARE)
def same_word(first: str, second: str) -> bool:
    """Whether two folded forms may be of one word."""
    return first == second or not stems(first).isdisjoint(stems(second))


class Phrases(Generic[T]):
    """Names of one or more words, found in the text in any case and number.

    The name's first letter must be a capital in the text if it is one; a word in capitals must stand in capitals.
    """

    def __init__(self) -> None:
        self._entries: dict[str, list[tuple[list[str], list[str], T]]] = {}
        self._openings: set[str] = set()  # what first words begin with: most words need no analysis

    def __bool__(self) -> bool:
        return bool(self._entries)

    def add(self, name: str, value: T) -> None:
        """Enter a name."""
        words = [token.text for token in tokenize(name)]
        norms = [lookup(word) for word in words]
        self._openings.add(_opening(norms[0]))
        for stem in stems(norms[0]):
            entries = self._entries.setdefault(stem, [])
            entries.append((words, norms, value))
            entries.sort(key=lambda entry: -len(entry[0]))

    def match(self, words: Words, i: int) -> tuple[int, T] | None:
        """The longest name that begins with token `i`: (past its last token, its value)."""
        norm = words.norm[i]
        if _opening(norm) not in self._openings:
            return None
        for stem in stems(norm):
            for forms, norms, value in self._entries.get(stem, ()):
                end = i + len(forms)
                if end <= len(words) and all(
                    _agree(words.text[at], words.norm[at], form, norm, at > i)
                    for at, form, norm in zip(range(i, end), forms, norms, strict=True)
                ):
                    return end, value
        return None

    def get(self, name: str) -> T | None:
        """The value of a name given in the nominative, whatever the case of its letters."""
        norms = [lookup(token.text) for token in tokenize(name)]
        for _, known, value in self._entries.get(norms[0], ()) if norms else ():
            if known == norms:
                return value
        return None


def _opening(norm: str) -> str:
    """The letters that a word keeps in all its forms."""
    return norm[:3]


def _agree(text: str, norm: str, form: str, folded: str, later: bool) -> bool:
    if form.isupper() and len(form) > 1:
        declined = len(form) > 2 and text[:2].isupper() and same_word(norm, folded)
        return declined or (norm == folded and text.isupper())
    return (later or text[:1].isupper() or not form[:1].isupper()) and same_word(norm, folded)
