"""Titles: a post phrase in the nominative singular, lower case but for names and abbreviations."""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from extract.language.inflection import with_ending
from extract.language.morphology import CACHED_RARE, parses
from extract.language.words import Words
from extract.positions.declension import ADJECTIVES, folded_lemma
from extract.positions.lexicon import post_parts, post_words
from extract.positions.post_heads import PostHead, is_former, listed_head


def title_of(
    words: Words, modifiers: list[int], i: int, head: PostHead, kept: list[int], epithets: Sequence[int] = ()
) -> str:
    """The title in the nominative singular, lower case but for names and abbreviations.

    Args:
        epithets: adjectives after the head, «папа римский».
    """
    noun = _nominative_head(words, i, head)
    gender = "femn" if _is_feminine(noun) else "masc"
    parts = [_nominative_adjective(words.text[k], gender) for k in modifiers]
    after = [_nominative_adjective(words.text[k], gender) for k in epithets]
    return " ".join([*parts, noun, *after]) + complement_text(words, kept)


def complement_text(words: Words, kept: list[int]) -> str:
    """The words after the head, as in the text, each with the space before it."""
    text = ""
    for k in kept:
        space = " " if words.start[k] > words.end[k - 1] else ""
        text += space + (words.text[k] if _keeps_capital(words, k) else words.text[k].lower())
    return re.sub(r"\s+", " ", text)


def text_of(words: Words, start: int, end: int) -> str:
    """The text of tokens `start` to `end` with the spaces between them."""
    spaces = (" " if words.start[k] > words.end[k - 1] else "" for k in range(start + 1, end))
    return "".join([words.text[start], *(space + words.text[k] for k, space in enumerate(spaces, start + 1))])


def _keeps_capital(words: Words, k: int) -> bool:
    return words.text[k][1:].lower() != words.text[k][1:] or words.pos[k] == "PROPN" or words.text[k - 1] == "«"


def _nominative_head(words: Words, i: int, head: PostHead) -> str:
    text = words.text[i]
    if text.isascii():
        return text
    text = text.lower()
    if is_former(text):
        text = text.removeprefix(post_parts().former).removeprefix("-")
    if not head.cases:
        return text
    return with_ending(text, _nominative_form(text) or head.lemma)


@lru_cache(maxsize=CACHED_RARE)
def _nominative_form(form: str) -> str | None:
    """The nominative singular of a noun or of each part of a compound."""
    first, hyphen, last = form.rpartition("-")
    for parse in sorted(parses(last), key=lambda parse: folded_lemma(parse) not in post_words().heads):
        if parse.tag.POS in ("NOUN", *ADJECTIVES):
            gender = {parse.tag.gender} & {"femn"} if parse.tag.POS != "NOUN" else set()
            inflected = parse.inflect({"nomn", "sing"} | gender)
            if inflected is not None:
                inner = listed_head(first) if first and first not in post_words().undeclined else None
                start = _nominative_form(first) if inner is not None and inner.cases else first
                return f"{start}{hyphen}{inflected.word}"
    return None


@lru_cache(maxsize=CACHED_RARE)
def _is_feminine(noun: str) -> bool:
    readings = [
        p for p in parses(noun.rpartition("-")[2]) if p.tag.POS in ("NOUN", *ADJECTIVES) and p.tag.case == "nomn"
    ]
    return bool(readings) and all(p.tag.gender == "femn" and "ms-f" not in p.tag for p in readings)


@lru_cache(maxsize=CACHED_RARE)
def _nominative_adjective(text: str, gender: str) -> str:
    for parse in parses(text.lower()):
        if parse.tag.POS in ADJECTIVES:
            form = parse.inflect({"nomn", "sing", gender})
            if form is not None and form.word[0] != text[0].lower():  # «лучший», not «наихороший»
                form = next((other for other in parse.lexeme if _is_form(other, text.lower(), gender)), None)
            if form is not None:
                return with_ending(text.lower(), form.word)
    return text.lower()


def _is_form(parse: Any, text: str, gender: str) -> bool:
    return bool(parse.word[:2] == text[:2]) and {"nomn", "sing", gender} <= parse.tag.grammemes
