"""Cases of people's names, and whether a name and a post can stand in one case."""

from functools import lru_cache

from extract.annotations import Mention
from extract.language.morphology import CACHED_RARE, parses
from extract.language.words import Words
from extract.positions.declension import CASE
from extract.positions.lexicon import holder_words, post_words
from extract.positions.posts import Post


def agree(words: Words, post: Post, name: Mention) -> bool:
    """The post and the name can stand in one case; what doesn't decline agrees with everything."""
    if not post.cases:
        return True
    strict = post.lemma in post_words().relational  # «представительница Петровой» has no name
    return all(_may_stand_in(words, i, post.cases, strict) for i in range(name.start, name.end))


def _may_stand_in(words: Words, i: int, cases: frozenset[str], strict: bool) -> bool:
    """A part of a name is tagged with one of the cases, its form allows one, or it doesn't decline.

    If `strict`, the tag of a word that the dictionary knows for a name doesn't count.
    """
    norm = words.norm[i]
    if not strict and words.case(i) in cases:
        return True
    if words.text[i].islower() or norm.isascii() or norm[-1] in holder_words().indeclinable_endings:
        return True
    possible = cases_of_name(norm)
    tagged = words.case(i) in cases and not _is_known_name(norm)
    return not possible or tagged or bool(possible & cases)


@lru_cache(maxsize=CACHED_RARE)
def _is_known_name(norm: str) -> bool:
    return any({"Name", "Surn", "Patr"} & parse.tag.grammemes for parse in parses(norm))


@lru_cache(maxsize=CACHED_RARE)
def cases_of_name(norm: str) -> frozenset[str]:
    """The cases of a form in the singular; the accusative of a living being isn't like the nominative.

    Empty for what the dictionary takes for a plural: a foreign name that doesn't decline.
    """
    readings = [parse.tag for parse in parses(norm) if parse.tag.number == "sing" and parse.tag.case in CASE]
    possible = frozenset(CASE[str(tag.case)] for tag in readings)
    return possible - {"Acc"} if "Nom" in possible else possible


def one_case(one: Post, other: Post) -> bool:
    """Whether two posts can stand in one case."""
    return not one.cases or not other.cases or bool(one.cases & other.cases)


def may_be_subject(words: Words, name: Mention) -> bool:
    """Nothing in the name is tagged as an oblique case; the tag of what doesn't decline says nothing."""
    return all(
        words.case(i) in (None, "Nom") or (_is_undeclined(words.norm[i]) and not name.anaphor)
        for i in range(name.start, name.end)
    )


def _is_undeclined(norm: str) -> bool:
    """«Берлускони», «Куан»: foreign by its ending, or unknown to the dictionary."""
    return norm.isascii() or norm[-1] in holder_words().foreign_endings


def may_be_genitive(words: Words, name: Mention) -> bool:
    """No part of the name is of a form that can't be a genitive: «Анну», «Иван»."""
    cases = [cases_of_name(words.norm[i]) or {words.case(i)} for i in range(name.start, name.end)]
    return all("Gen" in possible or None in possible for possible in cases)
