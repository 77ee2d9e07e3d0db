"""Organizations that the lexicon knows under several names."""

from functools import cache
from typing import NamedTuple

from extract.entities.lexicon import Phrases
from extract.rules import table


class KnownOrganization(NamedTuple):
    """A known organization under one of its names; `doubtful` marks a name that means other things, too."""

    name: str
    names: tuple[str, ...]
    kind: str
    doubtful: bool


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
