"""Cases of nouns and adjectives that pymorphy3 allows, and their genitive."""

from functools import lru_cache
from typing import Any

from extract.language.morphology import CACHED_RARE, CASES, parses

ADJECTIVES = ("ADJF", "PRTF")
CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}


def folded_lemma(parse: Any) -> str:
    """The dictionary form with ё as е."""
    return str(parse.normal_form).replace("ё", "е")


@lru_cache(maxsize=CACHED_RARE)
def nominal_cases(norm: str) -> frozenset[str]:
    """The cases in which a form is a noun or an adjective."""
    return frozenset(
        CASE[p.tag.case] for p in parses(norm) if p.tag.POS in ("NOUN", *ADJECTIVES) and p.tag.case in CASE
    )


@lru_cache(maxsize=CACHED_RARE)
def genitive(norm: str, noun: str | None = None) -> str:
    """A word in the genitive of its number: «отделом» → «отдела»; an adjective in the number of its noun."""
    agreement = _agreement(noun) if noun else frozenset()
    for parse in parses(norm):
        if parse.tag.POS in ("NOUN", *ADJECTIVES):
            form = parse.inflect({"gent"} | agreement if parse.tag.POS in ADJECTIVES else {"gent"})
            return norm if form is None else str(form.word).replace("ё", "е")
    return norm


@lru_cache(maxsize=CACHED_RARE)
def _agreement(noun: str) -> frozenset[str]:
    """The number of a noun, and its gender in the singular."""
    parse = next((parse for parse in parses(noun) if parse.tag.POS == "NOUN"), None)
    if parse is None or parse.tag.number is None:
        return frozenset()
    number, gender = str(parse.tag.number), parse.tag.gender
    return frozenset({number} if number == "plur" or gender is None else {number, str(gender)})


def genitive_name(name: str) -> str:
    """A country's name in the genitive, word by word: «Южная Корея» → «Южной Кореи»."""
    return " ".join(word if word.isupper() else genitive(word.lower()).capitalize() for word in name.split())
