"""The words of `extract/rules/positions/`: a class for each file, with a field for each of its keys."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, NamedTuple

from extract.rules import table


class PostWords(NamedTuple):
    """`posts.toml`; `heads` are all the nouns that head a post, `national` has those of a state as well."""

    heads: frozenset[str]
    callings: frozenset[str]
    national: frozenset[str]
    federal: frozenset[str]
    federal_titles: frozenset[str]
    federal_principals: frozenset[str]
    ministerial: frozenset[str]
    minister: str
    deputy_minister_titles: frozenset[str]
    accredited: frozenset[str]
    general: frozenset[str]
    instrumental: frozenset[str]
    membership: frozenset[str]
    relational: frozenset[str]
    dependent: frozenset[str]
    hollow: frozenset[str]
    titled: frozenset[str]
    players: frozenset[str]
    statuses: frozenset[str]
    colleagues: frozenset[str]
    candidates: frozenset[str]
    abbreviations: frozenset[str]
    undeclined: frozenset[str]
    duties: frozenset[str]
    acting_title: str
    acting_spellings: frozenset[str]
    ignored: frozenset[str]
    former: frozenset[str]
    once: frozenset[str]
    now: frozenset[str]
    short: dict[str, str]
    regional: dict[str, str]
    synonyms: dict[str, str]
    titular: dict[str, str]


@cache
def post_words() -> PostWords:
    """Nouns that head posts, and what goes with which."""
    data = table("positions/posts")
    heads = [*data["state"], *data["offices"], *data["callings"]]
    national = [*data["state"], *data["national"]]
    return PostWords(**_sets(PostWords._fields, data | {"heads": heads, "national": national}))


class PostParts(NamedTuple):
    """The parts of words of `posts.toml`."""

    former: str
    former_adjective: str
    deputy: str
    deputy_minister: str
    regional_adjective: str
    participles: tuple[str, ...]


@cache
def post_parts() -> PostParts:
    """Parts of words that tell something of a post."""
    data = table("positions/posts")["parts"]
    return PostParts(**{**data, "participles": tuple(data["participles"])})


class BodyWords(NamedTuple):
    """`bodies.toml`."""

    organizations: frozenset[str]
    companies: frozenset[str]
    places: frozenset[str]
    attributes: frozenset[str]
    states: frozenset[str]
    units: frozenset[str]
    international_nouns: frozenset[str]
    international_adjectives: frozenset[str]
    veiled_ministries: frozenset[str]
    capital_nouns: frozenset[str]
    home: str
    home_names: frozenset[str]
    not_home: frozenset[str]
    ministries: dict[str, str]
    kinds_of_place: dict[str, str]


@cache
def body_words() -> BodyWords:
    """Common nouns for where posts are held."""
    return BodyWords(**_sets(BodyWords._fields, table("positions/bodies")))


@cache
def ministry_beginnings() -> tuple[str, ...]:
    """How the names of ministries begin."""
    return tuple(table("positions/bodies")["ministry_beginnings"])


@cache
def minister_beginnings() -> tuple[str, ...]:
    """How the names of ministries begin whose head is called a minister, in lower case."""
    return tuple(beginning.lower() for beginning in table("positions/bodies")["minister_beginnings"])


class HolderWords(NamedTuple):
    """`holders.toml`."""

    relatives: frozenset[str]
    eponymous: frozenset[str]
    clients: frozenset[str]
    age_parts: frozenset[str]
    years: frozenset[str]
    first_names: frozenset[str]
    indeclinable_endings: frozenset[str]
    foreign_endings: frozenset[str]
    leaders: dict[str, str]


@cache
def holder_words() -> HolderWords:
    """What tells who may hold a post."""
    return HolderWords(**_sets(HolderWords._fields, table("positions/holders")))


@cache
def russian_endings() -> tuple[str, ...]:
    """How Russian last names end."""
    return tuple(table("positions/holders")["russian_endings"])


class PostVerbs(NamedTuple):
    """`verbs.toml`; `leading` gives the title that a verb names."""

    copulas: frozenset[str]
    appointing: frozenset[str]
    lasting: frozenset[str]
    leaving: frozenset[str]
    ceasing: frozenset[str]
    nominating: frozenset[str]
    appointments: frozenset[str]
    seekers: frozenset[str]
    seeking: frozenset[str]
    offices: frozenset[str]
    capacities: frozenset[str]
    leading: dict[str, str]


@cache
def post_verbs() -> PostVerbs:
    """Verbs and nouns that say who holds a post."""
    return PostVerbs(**_sets(PostVerbs._fields, table("positions/verbs")))


class HeadedPhrase(NamedTuple):
    """«во главе с»: its words, and the title of whom it names."""

    words: list[str]
    title: str


@cache
def headed_phrase() -> HeadedPhrase:
    """The phrase of `verbs.toml` before the head of an organization."""
    return HeadedPhrase(**table("positions/verbs")["headed"])


class FunctionWords(NamedTuple):
    """`function_words.toml`, prepositions apart."""

    personal: frozenset[str]
    possessive: frozenset[str]
    relatives: frozenset[str]
    relative_objects: frozenset[str]
    aside: frozenset[str]
    one: frozenset[str]
    out_of: frozenset[str]
    unreal: frozenset[str]
    negation: frozenset[str]


@cache
def function_words() -> FunctionWords:
    """Pronouns and particles around posts and names."""
    return FunctionWords(**_sets(FunctionWords._fields, table("positions/function_words")))


class Prepositions(NamedTuple):
    """The prepositions of `function_words.toml`, by what they stand before."""

    body: frozenset[str]
    accredited: frozenset[str]
    sender: frozenset[str]
    workplace: frozenset[str]
    before_noun: frozenset[str]
    local: frozenset[str]
    field: frozenset[str]
    within_field: frozenset[str]
    superior: frozenset[str]


@cache
def prepositions() -> Prepositions:
    """Prepositions after the head of a post."""
    return Prepositions(**_sets(Prepositions._fields, table("positions/function_words")["prepositions"]))


def _sets(fields: Iterable[str], data: Mapping[str, Any]) -> dict[str, Any]:
    """The values of the fields, lists as sets."""
    return {key: frozenset(data[key]) if isinstance(data[key], list) else data[key] for key in fields}
