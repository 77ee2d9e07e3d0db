"""Organizations that the lexicon knows under several names."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from extract.entities.lexicon import Phrases
from extract.rules import table


class KnownOrganization(NamedTuple):
    """A known organization under one of its names.

    Attributes:
        name: this one.
        names: all, the usual one first.
        kind: as the record has it.
        doubtful: True if the name means other things, too.
        given: True if the user's gazetteer names it: then its first name is always the canonical one.
        inn: its taxpayer number, or "".
    """

    name: str
    names: tuple[str, ...]
    kind: str
    doubtful: bool
    given: bool = False
    inn: str = ""


Gazetteer = Phrases[KnownOrganization]


def gazetteer_of(entries: Iterable[Mapping[str, Any]]) -> Gazetteer:
    """The user's organizations by all their names.

    Args:
        entries: each with `name`, `aliases`, `kind`, `inn`, as the files of rules have them.
    """
    phrases: Gazetteer = Phrases()
    for entry in entries:
        names = (entry["name"], *entry["aliases"])
        for name in names:
            phrases.add(name, KnownOrganization(name, names, entry["kind"], False, True, entry["inn"]))
    return phrases


@cache
def known_organizations() -> Phrases[KnownOrganization]:
    """All names of known organizations."""
    data = table("entities/known_organizations")
    doubtful = frozenset(data["doubtful"])
    phrases: Phrases[KnownOrganization] = Phrases()
    for organization in data["organization"]:
        names = tuple(organization["names"])
        for name in names:
            phrases.add(name, KnownOrganization(name, names, organization["kind"], name in doubtful))
    for kind, names in data["plain"].items():
        for name in names:
            phrases.add(name, KnownOrganization(name, (name,), kind, True))
    return phrases
