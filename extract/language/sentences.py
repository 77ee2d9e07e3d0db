"""Sentences by razdel, put right where an abbreviation or an initial stands at their edge.

razdel ends a sentence after «доц.», whose name follows, and doesn't end it after initials that follow a surname
(«Сообщил Орлов И. И. Белов промолчал») or after a letter that is no initial («гепатит В. Врачи лечат его»).
"""

import re
from collections.abc import Iterator
from functools import lru_cache

from razdel import sentenize

from extract.language.alphabet import CAPITAL, SMALL
from extract.language.morphology import CACHED_RARE, parses
from extract.language.normalize import lookup
from extract.language.surnames import is_listed_surname
from extract.rules import alternatives, words_in

OPENERS = frozenset({"NPRO", "PREP", "CONJ", "PRCL", "ADVB", "VERB", "PRED"})  # no surname is one of these
EDGE = 24  # characters that tell whether a sentence goes on
SELDOM = 0.05  # a reading less likely than this is left out
_WORD = rf"[{CAPITAL}][{SMALL}]*(?:-[{CAPITAL}{SMALL}]+)*"
_INITIAL = rf"[{CAPITAL}]\."
_TITLE = re.compile(rf"(?:^|[\s,(«-]){alternatives('sentences', 'titles')}\.,?$", re.IGNORECASE)
_DEGREE = re.compile(
    rf"\b{alternatives('sentences', 'degrees')}\.\s?(?:[{SMALL}-]{{1,5}}\.\s?){{1,2}}"
    rf"{alternatives('sentences', 'sciences')}\.,?$",
    re.IGNORECASE,
)
_OPENS = re.compile(rf"[{CAPITAL}]")
_AFTER_INITIAL = re.compile(
    rf"(?<![{CAPITAL}{SMALL}])[{CAPITAL}]\.\s+(?=(?P<next>{_WORD})(?P<initials>\s+{_INITIAL})?)"
)
_SURNAME_BEFORE = re.compile(
    rf"(?<![{CAPITAL}{SMALL}-])(?:(?P<before>[{CAPITAL}{SMALL}-]+)\s+)?(?P<name>{_WORD})\s+(?:{_INITIAL}\s*)?$"
)
_LETTERED_BEFORE = re.compile(rf"(?:\d|(?<![{SMALL}])(?P<noun>[{SMALL}]+)\.?)\s*$")


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield (start, end) of each sentence."""
    start = None
    for found in sentenize(text):
        if start is None:
            start = found.start
        if _goes_on(text[max(start, found.stop - EDGE) : found.stop], text[found.stop : found.stop + EDGE]):
            continue
        yield from _cut(text, start, found.stop)
        start = None
    if start is not None:
        yield from _cut(text, start, len(text.rstrip()))


def _goes_on(ending: str, after: str) -> bool:
    """«Доц.» and its name; «к. э. н.» and its name."""
    if not ending.endswith((".", ".,")) or _OPENS.match(after.lstrip()[:1]) is None:
        return False
    return _TITLE.search(ending) is not None or _DEGREE.search(ending) is not None


def _cut(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for match in _AFTER_INITIAL.finditer(text, start, end):
        if _ends(text[start : match.start()], match):
            yield start, match.start() + 2
            start = match.end()
    yield start, end


def _ends(before: str, match: re.Match[str]) -> bool:
    """Whether a sentence ends with the initial or letter of the match."""
    following = lookup(match["next"])
    if len(following) == 1:
        return False
    surname = _SURNAME_BEFORE.search(before[-80:])
    if surname is not None and _is_surname(lookup(surname["name"])):
        if not _is_surname(following):
            return True
        governed = surname["before"] is None or lookup(surname["before"]) in words_in("sentences", "relations")
        return bool(match["initials"]) or not governed
    lettered = _LETTERED_BEFORE.search(before[-EDGE:])
    if lettered is None or lettered["noun"] is None:
        return lettered is not None
    return not _is_surname(following) and (_takes_letter(lettered["noun"]) or _opens_sentences(following))


@lru_cache(maxsize=CACHED_RARE)
def _is_surname(norm: str) -> bool:
    """A surname by the dictionary or by its form."""
    return is_listed_surname(norm) or any("Surn" in parse.tag and parse.score > SELDOM for parse in parses(norm))


@lru_cache(maxsize=CACHED_RARE)
def _takes_letter(word: str) -> bool:
    """«класса», «витамин»: nouns that a letter follows."""
    return any(lookup(parse.normal_form) in words_in("sentences", "lettered") for parse in parses(lookup(word)))


@lru_cache(maxsize=CACHED_RARE)
def _opens_sentences(norm: str) -> bool:
    first = parses(norm)[0]
    return bool(first.is_known) and first.tag.POS in OPENERS
