"""Names of places in the nominative, where the dictionary of places or the parts of a compound tell it."""

import re
from collections.abc import Iterator
from typing import Any

from extract.language.inflection import lexicon, nominative, with_ending
from extract.language.morphology import CASES, parses
from extract.language.normalize import lookup
from extract.language.words import Words
from extract.rules import alternatives

_LINKED = re.compile(rf"([^-]+)(-{alternatives('inflection', 'linking')}-.+)")
_CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}


def place_nominative(words: Words, start: int, end: int) -> str:
    """The name of a place in tokens `start` to `end` (half-open), in the nominative."""
    own = None
    if end - start == 1:
        text = words.text[start]
        own = _compound(words, start, text) if "-" in text else _geographic(text)
    return own or nominative(words, start, end)


def _geographic(text: str) -> str | None:
    """«Иванове» is of Иваново, though Иванов is somebody's name."""
    readings = parses(lookup(text))
    lemmas = {parse.normal_form for parse in readings if "Geox" in parse.tag and parse.tag.number == "sing"}
    neuter = len(lemmas) == 1 and next(iter(lemmas)).endswith("о")
    if not neuter or not any("Surn" in parse.tag for parse in readings):
        return None
    return with_ending(text, lemmas.pop())


def _compound(words: Words, i: int, text: str) -> str | None:
    """«Камне-на-Оби», «Каменске-Уральском»: the first part declines, and an adjective after it."""
    linked = _LINKED.fullmatch(text)
    if linked is not None:
        best = max(_readings(words, i, lookup(linked[1])), key=lambda reading: reading[0], default=None)
        return None if best is None else with_ending(linked[1], best[1].normal_form) + linked[2]
    head, _, rest = text.rpartition("-")
    if "-" in head:
        return None
    agreeing = [
        (score, parse, adjective)
        for score, parse in _readings(words, i, lookup(head))
        for adjective in parses(lookup(rest))
        if adjective.tag.POS == "ADJF" and {parse.tag.case, parse.tag.gender} <= adjective.tag.grammemes
    ]
    if not agreeing:
        return None
    _, parse, adjective = max(agreeing, key=lambda reading: reading[0])
    form = adjective.inflect({"nomn", "sing", parse.tag.gender})
    return None if form is None else f"{with_ending(head, parse.normal_form)}-{with_ending(rest, form.word)}"


def _readings(words: Words, i: int, norm: str) -> Iterator[tuple[float, Any]]:
    """The readings of a noun in the singular, each with how well its case fits the place in the sentence."""
    governed = lexicon().governed.get(words.norm[i - 1], ()) if i else ()
    for parse in parses(norm):
        case = _CASE.get(parse.tag.case)
        if parse.is_known and parse.tag.POS == "NOUN" and parse.tag.number == "sing" and case is not None:
            fits = 2 * (case == words.case(i)) + 2 * (case in governed) - 2 * (case == "Nom" and bool(governed))
            yield fits + 0.5 * ("Geox" in parse.tag) + parse.score, parse
