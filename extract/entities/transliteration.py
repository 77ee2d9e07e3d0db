"""Names in two scripts: «Сколково» and «Skolkovo»."""

from functools import cache

from rapidfuzz import fuzz

ALIKE = 70  # of 100: how near a Cyrillic name's spelling in Latin letters must come to the Latin name
_LATIN = dict(
    zip(
        "абвгдезийклмнопрстуфхцчшщъыьэюя",
        "a b v g d e z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya".split(),
        strict=True,
    )
) | {"ё": "e", "ж": "zh", "ъ": "", "ь": ""}


@cache
def in_latin(word: str) -> str:
    """A folded word in Latin letters, as news and companies write them."""
    return "".join(_LATIN.get(letter, letter) for letter in word)


def sounds_alike(forms: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names share a word, be it in another script."""
    return any(
        len(a) > 2 and len(b) > 2 and fuzz.ratio(in_latin(a), in_latin(b)) >= ALIKE for a in forms for b in other
    )
