"""When two names are one, as the scoring defines it."""

import re
from functools import cache, lru_cache
from itertools import product

from rapidfuzz.distance import Indel

from extract.language.morphology import parses
from extract.rules import words_in

LIKE = 0.85  # the Levenshtein ratio from which two names are one

_WORD = re.compile(r"[^\W_]+")


def names_match(first: str, second: str) -> bool:
    """Say whether two names are one.

    Lower-cased, with ё as е, without quotes, punctuation, legal forms and generic words, they are equal; or
    one's words are all among the other's; or their Levenshtein ratio (the share of letters kept,
    2·kept / total, as `Levenshtein.ratio` has it) is at least 0.85.
    """
    one, other = _words(first), _words(second)
    if not one or not other:
        return first == second
    return (
        set(one) <= set(other)
        or set(other) <= set(one)
        or Indel.normalized_similarity(" ".join(one), " ".join(other)) >= LIKE
    )


def people_match(first: str, second: str) -> bool:
    """Say whether two names are one person's: the last names match, the first names don't contradict."""
    one, other = _plain(first), _plain(second)
    if not one or not other:
        return first == second
    if one == other:
        return True
    if Indel.normalized_similarity(one[-1], other[-1]) < LIKE:
        return False
    given, named = one[:-1], other[:-1]
    return not given or not named or _agree(given[0], named[0])


def any_match(type: str, names: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Say whether any of the names of two things of one type match."""
    match = people_match if type == "PER" else names_match
    return any(match(name, other) for name, other in product(names, others))


def same_name(first: str, second: str) -> bool:
    """Say whether two names are the same but for letter case, ё and punctuation."""
    return _plain(first) == _plain(second)


def _agree(first: str, second: str) -> bool:
    """Two first names agree: alike, or one is the other's initial."""
    short, long = sorted((first, second), key=len)
    if len(short) == 1:
        return long.startswith(short)
    return Indel.normalized_similarity(first, second) >= LIKE


@lru_cache(maxsize=100_000)
def _plain(name: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(name.lower().replace("ё", "е")))


@lru_cache(maxsize=100_000)
def _words(name: str) -> tuple[str, ...]:
    """The words that tell a thing from others; all of them where nothing else is left («Группа компаний»)."""
    words = _plain(name)
    return tuple(word for word in words if not _says_nothing(word)) or words


@cache
def _says_nothing(word: str) -> bool:
    generic = words_in("evaluation/names", "generic")
    return word in words_in("evaluation/names", "legal_forms") or any(p.normal_form in generic for p in parses(word))
