"""Names in two scripts: «Сколково» and «Skolkovo»."""

from functools import lru_cache

from rapidfuzz import fuzz

from extract.language.morphology import CACHED_RARE
from extract.rules import table

ALIKE = 70  # of 100: how near a Cyrillic name's spelling in Latin letters must come to the Latin name
_LATIN = table("transliteration")["latin"]


@lru_cache(maxsize=CACHED_RARE)
def in_latin(word: str) -> str:
    """A folded word in Latin letters, as news and companies write them."""
    return "".join(_LATIN.get(letter, letter) for letter in word)


def sounds_alike(forms: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names share a word, be it in another script."""
    pairs = [(a, b) for a in forms for b in other if len(a) > 2 and len(b) > 2]
    return any(fuzz.ratio(in_latin(a), in_latin(b)) >= ALIKE for a, b in pairs)
