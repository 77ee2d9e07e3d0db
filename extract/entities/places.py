"""What is known of places: countries with their other names, adjectives, peoples and capitals."""

from functools import cache, lru_cache
from typing import NamedTuple

from extract.entities.lexicon import Phrases
from extract.language.inflection import with_ending
from extract.language.morphology import CACHED_RARE, parses
from extract.language.normalize import lookup
from extract.rules import key_of, table


class Place(NamedTuple):
    """A known place: its usual name, its kind, and the one of its names that was found."""

    name: str
    kind: str
    alias: str


@cache
def known_places() -> Phrases[Place]:
    """All names of known places."""
    phrases: Phrases[Place] = Phrases()
    for country in table("entities/countries")["country"]:
        for name in (country["name"], *country.get("aliases", ())):
            phrases.add(name, Place(country["name"], "country", name))
        for name in country.get("capitals", ()):
            phrases.add(name, Place(name, "city", name))
    kinds = key_of("entities/places", "kinds")
    shared = {name: same["names"][0] for same in table("entities/places")["same"] for name in same["names"]}
    for name in {*kinds, *shared}:
        kind = kinds.get(name) or kinds.get(shared[name]) or ("city" if " " not in shared[name] else "region")
        phrases.add(name, Place(shared.get(name, name), kind, name))
    return phrases


@cache
def _countries(field: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for country in table("entities/countries")["country"]:
        for word in country.get(field, ()):
            found.setdefault(lookup(word), country["name"])
    return found


def country_of_adjective(lemma: str) -> str | None:
    """«американский» → «США»."""
    return _countries("adjectives").get(lookup(lemma))


@cache
def places_by_adjective() -> dict[str, str]:
    """«американский» → «США», «московский» → «Москва»: of countries, regions and cities."""
    return {**table("entities/places")["adjectives"], **_countries("adjectives")}


def country_of_people(lemma: str) -> str | None:
    """«француз» → «Франция»."""
    return _countries("people").get(lookup(lemma))


def country_of_capital(lemma: str) -> str | None:
    """«москва» → «Россия»: the state that its capital may stand for."""
    return _countries("capitals").get(lookup(lemma))


@lru_cache(maxsize=CACHED_RARE)
def genitive(name: str) -> str:
    """A place's name in the genitive: «Южная Корея» → «Южной Кореи»; what doesn't decline stays."""
    return " ".join(_genitive_word(word) for word in name.split(" "))


def _genitive_word(word: str) -> str:
    if word.isupper() or not word[:1].isupper():
        return word
    for parse in parses(lookup(word)):
        if parse.tag.case == "nomn" and parse.tag.POS in {"NOUN", "ADJF"}:
            form = parse.inflect({"gent"})
            return with_ending(word, form.word) if form is not None else word
    return word
