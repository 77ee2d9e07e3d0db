"""Datelines: «МОСКВА, 14 июля — ТАСС», «14.07.2023 14:20 |»: when a text was sent, not when what it tells happened."""

import re

from extract.annotations import Mention
from extract.language.words import Words
from extract.rules import words_in

LONGEST = 8  # tokens before the date
_BEFORE = words_in("values", "dateline", "before")
_AFTER_PLACE = words_in("values", "dateline", "after_place")
_AFTER = words_in("values", "dateline", "after")
_HOUR = re.compile(r"\d{1,2}")


def is_dateline(words: Words, mention: Mention) -> bool:
    """Whether a date opens its line, after a place or alone, and no clause goes on with it."""
    first = _line_start(words, mention.start)
    if first is None:
        return False
    place = [i for i in range(first, mention.start) if any(map(str.isalnum, words.text[i]))]
    following = words.norm[mention.end] if mention.end < len(words) else "\n"
    if not place:
        return following in _AFTER or _line_ends(words, mention.end) or _hour(words, mention.end)
    named = all(words.text[i][0].isupper() for i in place)
    closed = words.norm[mention.start - 1] in _BEFORE
    return named and closed and (following in _AFTER_PLACE or _line_ends(words, mention.end))


def _line_start(words: Words, at: int) -> int | None:
    """The first token of a position's line, unless many stand between."""
    for i in range(at - 1, max(at - LONGEST, 0) - 1, -1):
        if "\n" in words.text[i]:
            return i + 1
    return 0 if at <= LONGEST else None


def _line_ends(words: Words, end: int) -> bool:
    """Whether a line ends here, be it after a point."""
    end += end < len(words) and words.norm[end] == "."
    return end >= len(words) or "\n" in words.text[end]


def _hour(words: Words, i: int) -> bool:
    """«14:20», «, 14:20»."""
    i += i < len(words) and words.norm[i] == ","
    return i + 1 < len(words) and words.norm[i + 1] == ":" and _HOUR.fullmatch(words.norm[i]) is not None
