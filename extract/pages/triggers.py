"""Where a deal's evidence has the word that made its rule fire.

The record names the rule but not the word: it is found again as the first word of the evidence that some reading
takes for one of the frame's triggers.
"""

import re
from functools import cache
from pathlib import Path

from extract.language.morphology import parses
from extract.record import Deal
from extract.relations.frames import load_rules

Triggers = dict[str, frozenset[str]]
WORD = re.compile(r"[А-Яа-яЁё-]+")


@cache
def triggers(rules: Path | None = None) -> Triggers:
    """Rule → the dictionary forms of its triggers."""
    return {
        frame.rule: frozenset(_plain(word) for word in (*frame.verbs, *frame.nouns))
        for frame in load_rules(rules).frames
    }


def trigger_of(deal: Deal, known: Triggers) -> tuple[int, int] | None:
    """The offsets of the deal's trigger, or None where the evidence has none."""
    lemmas = known.get(deal.rule, frozenset())
    for place in deal.evidence:
        for word in WORD.finditer(place.text):
            if any(_plain(parse.normal_form) in lemmas for parse in parses(word.group().lower())):
                return place.start + word.start(), place.start + word.end()
    return None


def _plain(word: str) -> str:
    return word.replace("ё", "е")
