"""Tables from inflected forms to what their dictionary words mean, so that rules look up a token's form.

A form is looked up rather than a lemma: months, weekdays, units and currencies are few, and their forms don't
depend on how the sentence was tagged.
"""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TypeVar

from extract.language.morphology import parses
from extract.language.normalize import lookup

Meaning = TypeVar("Meaning")


@cache
def forms(word: str, number: str | None = None) -> frozenset[str]:
    """All inflected forms of a dictionary word, folded for look-up.

    Args:
        word: the dictionary form.
        number: "sing" or "plur" to leave out the forms of the other number.
    """
    readings = [parse for parse in parses(word) if lookup(parse.normal_form) == lookup(word)]
    found = {
        lookup(form.word)
        for parse in readings
        for form in parse.lexeme
        if number is None or form.tag.number in (number, None)
    }
    return frozenset(found | {lookup(word)})


def forms_of(words: Iterable[str], number: str | None = None) -> frozenset[str]:
    """All inflected forms of several dictionary words."""
    return frozenset(form for word in words for form in forms(word, number))


def by_form(meanings: Mapping[str, Meaning], number: str | None = None) -> dict[str, Meaning]:
    """Spread a table of dictionary words over their forms; the first word that has a form keeps it."""
    table: dict[str, Meaning] = {}
    for word, meaning in meanings.items():
        for form in forms(word, number):
            table.setdefault(form, meaning)
    return table
