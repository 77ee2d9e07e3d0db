"""The letters of Russian: ranges for the brackets of regular expressions, the commonest letters, Latin look-alikes."""

import re

SMALL = "а-яё"
CAPITAL = "А-ЯЁ"
LETTER = CAPITAL + SMALL
LATIN_LETTER = "A-Za-z"
BY_FREQUENCY = "оеаинтсрвлкмдпуяыьгзбчйхжшюцщэфъё"  # in running text, the commonest first
VOWELS = "аеёиоуыэюя"
LATIN_LOOKALIKES = "ABCEHKMOPTXaceopxy"
CYRILLIC_LOOKALIKES = "АВСЕНКМОРТХасеорху"  # each looks like the Latin letter at its place
_CYRILLIC = re.compile(f"[{LETTER}]")


def has_cyrillic(text: str) -> bool:
    """Whether a text has a Russian letter."""
    return _CYRILLIC.search(text) is not None
