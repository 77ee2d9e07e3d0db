"""Lemmas and inflection by pymorphy3, agreeing with the tags that slovnet chose in the sentence."""

import unicodedata
from functools import cache, lru_cache
from typing import Any

import pymorphy3

# Words that answers are kept for. A few hundred articles fill these caches; larger ones would for hours make a long
# run's memory grow.
CACHED_FORMS = 15_000
LONGEST = 200  # letters; pymorphy3 takes one prefix or hyphen after the other off, each a few calls deeper
CACHED_RARE = 4_000  # for questions that are asked of few words, or often of the same

# Universal Dependencies → pymorphy3 (OpenCorpora) grammemes. Two lists where the tag sets cut differently.
POS = {
    "NOUN": ("NOUN",),
    "PROPN": ("NOUN",),
    "ADJ": ("ADJF", "ADJS", "COMP", "PRTF"),
    "DET": ("ADJF", "NPRO"),
    "PRON": ("NPRO", "ADJF"),
    "NUM": ("NUMR",),
    "ADV": ("ADVB", "COMP", "PRED"),
    "ADP": ("PREP",),
    "CCONJ": ("CONJ",),
    "SCONJ": ("CONJ",),
    "PART": ("PRCL",),
    "INTJ": ("INTJ",),
    "AUX": ("VERB", "INFN"),
}
VERB_FORMS = {"Fin": ("VERB",), "Inf": ("INFN",), "Part": ("PRTF", "PRTS"), "Conv": ("GRND",)}
CASES = {
    "Nom": ("nomn",),
    "Gen": ("gent", "gen2"),
    "Dat": ("datv",),
    "Acc": ("accs", "acc2"),
    "Ins": ("ablt",),
    "Loc": ("loct", "loc2"),
}
GENDERS = {"Masc": "masc", "Fem": "femn", "Neut": "neut"}
NUMBERS = {"Sing": "sing", "Plur": "plur"}


@cache
def analyzer() -> Any:
    """The process's one pymorphy3 analyzer."""
    return pymorphy3.MorphAnalyzer(lang="ru")


@lru_cache(maxsize=CACHED_FORMS)
def parses(word: str) -> tuple[Any, ...]:
    """All readings of a word form that pymorphy3 knows or predicts, the likeliest first; of a monster, of its end."""
    word = word[-LONGEST:]
    try:
        return tuple(analyzer().parse(word))
    except ValueError:  # it asks whether letters are Latin by their names, and those of some scripts have none
        return tuple(analyzer().parse("".join(letter if unicodedata.name(letter, "") else "\ufffd" for letter in word)))


@lru_cache(maxsize=CACHED_FORMS)
def reading(word: str, pos: str, features: str) -> Any:
    """The reading of a word form that agrees best with its tag in the sentence.

    Args:
        word: the form, in any case.
        pos: the part of speech of Universal Dependencies, as slovnet gives it.
        features: the features in the same notation: «Case=Gen|Gender=Masc|Number=Sing».
    """
    wanted = dict(part.split("=", 1) for part in features.split("|") if "=" in part)
    kinds = VERB_FORMS.get(wanted.get("VerbForm", ""), ()) if pos == "VERB" else POS.get(pos, ())
    return max(parses(word), key=lambda parse: _agreement(parse, kinds, pos, wanted))


def _agreement(parse: Any, kinds: tuple[str, ...], pos: str, wanted: dict[str, str]) -> float:
    tag = parse.tag
    points = float(parse.score) - 0.01 * len(parse.normal_form)  # of equals the plain word: «капитал», not «капиталь»
    points += 4 * (tag.POS in kinds)
    points += 2 * (tag.case in CASES.get(wanted.get("Case", ""), ()))
    points += tag.number is not None and tag.number == NUMBERS.get(wanted.get("Number", ""))
    points += tag.gender is not None and tag.gender == GENDERS.get(wanted.get("Gender", ""))
    if pos == "PROPN":
        points += bool({"Name", "Surn", "Patr", "Geox", "Orgn"} & tag.grammemes)
    return points


def lemma(word: str, pos: str, features: str) -> str:
    """The dictionary form, ё written as е: participles and gerunds give the verb's infinitive."""
    best = reading(word, pos, features)
    return str(best.normal_form).replace("ё", "е")


@lru_cache(maxsize=CACHED_RARE)
def possible_cases(word: str) -> frozenset[str]:
    """The cases («Nom», «Gen», …) that a form can stand in, by pymorphy3; empty for what doesn't decline."""
    return frozenset(name for parse in parses(word) for name, grammemes in CASES.items() if parse.tag.case in grammemes)
