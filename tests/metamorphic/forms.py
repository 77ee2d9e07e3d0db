"""Inflecting the words and names that stand in the templates, by pymorphy3's paradigms."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pymorphy3 import MorphAnalyzer

GENDERS = ("masc", "femn", "neut")
VERBS = {"past": {"past"}, "pres": {"pres", "3per"}, "futr": {"futr", "3per"}, "prts": {"PRTS"}, "adjs": {"ADJS"}}
ADJECTIVES = ("ADJF", "PRTF")
INFLECTED = re.compile(r"\[([^\]]*)\]")


class FormError(ValueError):
    """A word has no such form."""


@dataclass(frozen=True, slots=True)
class Name:
    """A name as it can be put into a template.

    Attributes:
        text: in the nominative; words in brackets are inflected.
        agrees: what a verb agrees with: masc, femn, neut or plur.
        name: what a record should call it.
        style: of its make-up, by which variants are counted.
        kind: of what it names.
        fixed: whether it has one form for all cases, for all its brackets.
        animate: whether its accusative is its genitive.
    """

    text: str
    agrees: str
    name: str
    style: str
    kind: str
    fixed: bool = False
    animate: bool = False

    def form(self, case: str) -> str:
        """The name in a case: nomn, gent, datv, accs, ablt or loct."""
        if case == "nomn" or self.fixed:
            return INFLECTED.sub(r"\1", self.text)
        return INFLECTED.sub(lambda found: " ".join(self._inflected(found[1].split(" "), case)), self.text)

    def _inflected(self, words: list[str], case: str) -> list[str]:
        number = "plur" if self.agrees == "plur" else "sing"
        gender = None if number == "plur" else _gender_of(words[-1], self)
        return [inflect(word, case, number, gender, self.animate, noun=i == len(words) - 1)
                for i, word in enumerate(words)]  # fmt: skip


def inflect(word: str, case: str, number: str, gender: str | None, animate: bool, noun: bool) -> str:
    """A word of a name, given in the nominative, in another case; as it was capitalized."""
    parses = [parse for parse in morph().parse(word) if {"nomn", number} <= parse.tag.grammemes]
    parses = [parse for parse in parses if gender is None or gender in parse.tag.grammemes or number == "plur"]
    if animate:
        parses = [p for p in parses if {"Name", "Surn"} & p.tag.grammemes] or parses
    else:
        parses = [p for p in parses if not {"Name", "Surn", "Patr"} & p.tag.grammemes] or parses
    kinds = ("NOUN",) if noun else ADJECTIVES
    parses = [parse for parse in parses if parse.tag.POS in kinds] or parses
    wanted = {case, number}
    if not noun or (parses and parses[0].tag.POS in ADJECTIVES):
        wanted |= {gender} if gender else set()
        if case == "accs" and (gender == "masc" or number == "plur"):
            wanted |= {"anim" if animate else "inan"}
    found = next((form for parse in parses if (form := parse.inflect(wanted)) is not None), None)
    if found is None:
        raise FormError(f"{word}: no {sorted(wanted)}")
    return _like(word, found.word)


def agreeing(lemma: str, form: str, agrees: str, animate: bool = False) -> str:
    """A word of a template in the form that agrees: a verb, short participle, or adjective in a case."""
    gender = {"plur"} if agrees == "plur" else {"sing", agrees}
    if (lemma, form) == ("намеренный", "adjs"):
        return {"masc": "намерен", "femn": "намерена", "neut": "намерено", "plur": "намерены"}[agrees]
    if form in VERBS:
        wanted = VERBS[form] | ({"plur"} if form in ("pres", "futr") and agrees == "plur" else set())
        wanted |= gender if form in ("past", "prts", "adjs") else {"plur" if agrees == "plur" else "sing"}
        kinds: tuple[str, ...] = ("INFN",) if form in ("past", "pres", "futr", "prts") else ("ADJF", "PRTF", "ADJS")
    else:
        wanted = {form, *gender}
        if form == "accs" and agrees in ("masc", "plur"):
            wanted |= {"anim" if animate else "inan"}
        kinds = ADJECTIVES
    parses = [parse for parse in morph().parse(lemma) if parse.tag.POS in kinds]
    found = next((form for parse in parses if (form := parse.inflect(wanted)) is not None), None)
    if found is None:
        raise FormError(f"{lemma}: no {sorted(wanted)}")
    return str(found.word)


def infinitive(verb: str) -> bool:
    """Is a lemma a perfective verb, which «намерен» can stand before?"""
    return any({"INFN", "perf"} <= parse.tag.grammemes for parse in morph().parse(verb))


def _gender_of(word: str, name: Name) -> str:
    """The gender of a name's last inflected word; a descriptor's may differ from what the verb agrees with."""
    for parse in morph().parse(word):
        if {"nomn", "sing"} <= parse.tag.grammemes and parse.tag.gender == name.agrees:
            return name.agrees
    return next(
        (p.tag.gender for p in morph().parse(word) if {"nomn", "sing"} <= p.tag.grammemes and p.tag.gender),
        name.agrees,
    )


def _like(word: str, found: str) -> str:
    parts = [part.capitalize() if old[:1].isupper() else part
             for old, part in zip(word.split("-"), found.split("-"), strict=True)]  # fmt: skip
    return "-".join(parts)


@cache
def morph() -> Any:
    """The analyzer, loaded once."""
    return MorphAnalyzer(lang="ru")
