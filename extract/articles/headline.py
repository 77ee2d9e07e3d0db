"""The headline of a plain text: its first line, if that reads like one."""

import re

from extract.rules import alternatives

LONGEST = 200  # characters; the longest of 2,500 news headlines has 73, long ones are blog titles
_ENDS_SENTENCE = re.compile(r"[.,;:—–-][»\"”)]*$")
# «…на 820 тыс.» ends a headline too: the dot belongs to the abbreviation.
_ABBREVIATION = re.compile(rf"\b{alternatives('articles', 'headline', 'abbreviations')}\.$", re.I)
_LETTER = re.compile(r"[^\W\d_]")


def headline(text: str) -> str | None:
    """Return the first line of a text if it is a headline, else None.

    A headline is short, ends like no sentence, and something other than its own continuation follows it.
    """
    line, _, rest = text.lstrip("\ufeff \t\r\n\u00a0").partition("\n")
    line, rest = line.strip(), rest.strip()
    if not line or not rest or len(line) > LONGEST or not _LETTER.search(line):
        return None
    if _ENDS_SENTENCE.search(line) and not _ABBREVIATION.search(line):
        return None
    if rest[0].islower():  # a sentence broken over lines
        return None
    return line
