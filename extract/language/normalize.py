"""A look-up form of the text: the text itself is never changed.

News comes with no-break spaces, soft hyphens inside words, «й» as two characters, and Latin letters that look
Cyrillic. `normalize` mends these and tells which character of the original each mended one stands for.
"""

import re
import unicodedata

from extract.language.alphabet import CYRILLIC_LOOKALIKES, LATIN_LETTER, LATIN_LOOKALIKES, LETTER, has_cyrillic

SOFT = "\u00ad\u200b\u200c\u200d\u2060\ufeff"  # soft hyphen, zero-width space and joiners, byte order mark
_IRREGULAR = re.compile(rf"[{SOFT}\u0300-\u036f\u00a0\u2000-\u200a\u202f\u205f\u3000]")
_SOFT = re.compile(f"[{SOFT}]")
_SPACE = re.compile("[\u00a0\u2000-\u200a\u202f\u205f\u3000]")
MARK = re.compile("[\u0300-\u036f]")  # combining: breve, diaeresis, stress
_OF_EITHER_SCRIPT = f"[{LATIN_LETTER}{LETTER}]"
# Tried at the start of a word only: tried at every letter, a word of megabytes would take their square.
_MIXED = re.compile(
    rf"(?<!{_OF_EITHER_SCRIPT})(?=[{LATIN_LETTER}]*[{LETTER}])(?=[{LETTER}]*[{LATIN_LETTER}]){_OF_EITHER_SCRIPT}+"
)

_LATIN = re.compile(f"[{LATIN_LETTER}]")
_TO_CYRILLIC = str.maketrans(LATIN_LOOKALIKES, CYRILLIC_LOOKALIKES)
_TO_LATIN = str.maketrans(CYRILLIC_LOOKALIKES, LATIN_LOOKALIKES)


def normalize(text: str) -> tuple[str, list[int] | None]:
    """Return the look-up form of a text and the offset in `text` of each of its characters.

    The offsets, with one more for the end, are None where the form is as long as the text and every offset
    stands for itself.
    """
    if _IRREGULAR.search(text) is None:
        return unify_scripts(text), None
    form = plain_spaces(text)
    if _SOFT.search(form) is None and MARK.search(form) is None:
        return unify_scripts(form), None
    characters: list[str] = []
    offsets: list[int] = []
    for offset, character in enumerate(form):
        if _SOFT.match(character):
            continue
        if MARK.match(character):
            composed = unicodedata.normalize("NFC", characters[-1] + character) if characters else character
            if len(composed) == 1 and characters:
                characters[-1] = composed
            continue  # a stress mark says nothing that a look-up needs
        characters.append(character)
        offsets.append(offset)
    offsets.append(len(text))
    return unify_scripts("".join(characters)), offsets


def plain_spaces(text: str) -> str:
    """Write no-break, thin and other wide spaces as the plain one; lengths stay."""
    return _SPACE.sub(" ", text)


def unify_scripts(text: str) -> str:
    """Write each word that mixes look-alike Latin and Cyrillic letters in one script; lengths stay."""
    return _MIXED.sub(_one_script, text)


def _one_script(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic = word.translate(_TO_CYRILLIC)
    if not _LATIN.search(cyrillic):
        return cyrillic
    latin = word.translate(_TO_LATIN)
    return word if has_cyrillic(latin) else latin


def lookup(word: str) -> str:
    """Fold a word for lexicons: lower case, ё as е."""
    return word.lower().replace("ё", "е")


def mended(word: str, norm: str) -> str:
    """A word without what its look-up form leaves out (stress marks, soft hyphens, look-alike letters), case kept."""
    if lookup(word) == norm:
        return word
    form, _ = normalize(word)
    return form if lookup(form) == norm else _cased(word, norm)


def _cased(word: str, norm: str) -> str:
    """Give a look-up form the capitals of the word, in each part of a compound."""
    if word.isupper():
        return norm.upper()
    parts = zip(word.split("-"), norm.split("-"), strict=False)
    return "-".join(part.capitalize() if written[:1].isupper() else part for written, part in parts)
