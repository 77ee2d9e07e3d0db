"""Words that head a post: «министра», «замдиректора», «экс-президентом»; and the lexicons of posts."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extract.entities.places import places_by_adjective
from extract.language.morphology import CACHED_FORMS, CACHED_RARE, CASES, parses
from extract.rules import table

ADJECTIVES = ("ADJF", "PRTF")
CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}
ABBREVIATIONS = frozenset({"ceo", "cfo", "cto", "coo", "сео"})
LONGEST = 60  # letters of a word that can be a post


class PostWords(NamedTuple):
    """What `rules/positions/posts.toml` holds; `nationalities` are the gazetteer's adjectives with their places."""

    heads: frozenset[str]
    callings: frozenset[str]
    national: frozenset[str]
    federal: frozenset[str]
    accredited: frozenset[str]
    acting: frozenset[str]
    general: frozenset[str]
    instrumental: frozenset[str]
    membership: frozenset[str]
    relational: frozenset[str]
    dependent: frozenset[str]
    units: frozenset[str]
    hollow: frozenset[str]
    relatives: frozenset[str]
    eponymous: frozenset[str]
    titled: frozenset[str]
    players: frozenset[str]
    statuses: frozenset[str]
    first_names: frozenset[str]
    regional: dict[str, str]
    synonyms: dict[str, str]
    ministries: dict[str, str]
    leaders: dict[str, str]
    prefixes: re.Pattern[str]
    ignored: frozenset[str]
    former: frozenset[str]
    once: frozenset[str]
    now: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    states: frozenset[str]
    companies: frozenset[str]
    attributes: frozenset[str]
    persons: frozenset[str]
    nationalities: dict[str, str]


@cache
def post_words() -> PostWords:
    """Read the lexicons once."""
    posts = table("positions/posts")
    return PostWords(
        frozenset(posts["state"] + posts["offices"] + posts["callings"]),
        frozenset(posts["callings"]),
        frozenset(posts["state"] + posts["national"]),
        frozenset(posts["federal"]),
        frozenset(posts["accredited"]),
        frozenset(posts["acting"]),
        frozenset(posts["general"]),
        frozenset(posts["instrumental"]),
        frozenset(posts["membership"]),
        frozenset(posts["relational"]),
        frozenset(posts["dependent"]),
        frozenset(posts["units"]),
        frozenset(posts["hollow"]),
        frozenset(posts["relatives"]),
        frozenset(posts["eponymous"]),
        frozenset(posts["titled"]),
        frozenset(posts["players"]),
        frozenset(posts["statuses"]),
        frozenset(posts["first_names"]),
        posts["regional"],
        posts["synonyms"],
        posts["ministries"],
        posts["leaders"],
        re.compile(f"(?:{'|'.join(posts['prefixes'])})-?(?=.)"),
        frozenset(posts["ignored"]),
        frozenset(posts["former"]),
        frozenset(posts["once"]),
        frozenset(posts["now"]),
        frozenset(posts["generic"]["organizations"]),
        frozenset(posts["generic"]["places"]),
        frozenset(posts["generic"]["states"]),
        frozenset(posts["generic"]["companies"]),
        frozenset(posts["generic"]["attributes"]),
        frozenset(posts["generic"]["persons"]),
        places_by_adjective(),
    )


class PostVerbs(NamedTuple):
    """What `rules/positions/verbs.toml` holds; `leading` gives the title that a verb names."""

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
    leading: dict[str, str]


@cache
def post_verbs() -> PostVerbs:
    """Read the verbs once."""
    data = table("positions/verbs")
    return PostVerbs(
        frozenset(data["copulas"]),
        frozenset(data["appointing"]),
        frozenset(data["lasting"]),
        frozenset(data["leaving"]),
        frozenset(data["ceasing"]),
        frozenset(data["nominating"]),
        frozenset(data["appointments"]),
        frozenset(data["seekers"]),
        frozenset(data["seeking"]),
        frozenset(data["offices"]),
        data["leading"],
    )


class PostHead(NamedTuple):
    """The reading of a word as the head of a post."""

    lemma: str
    cases: frozenset[str]
    number: str  # sing, plur, or "" where the form doesn't tell


@lru_cache(maxsize=CACHED_FORMS)
def head_of(norm: str) -> PostHead | None:
    """Read a folded form as a post: by the post_words, as a compound, or with a prefix (зам-, экс-, вице-)."""
    if norm[:3] not in _beginnings() and "-" not in norm:
        return None
    if len(norm) > LONGEST:
        return None
    if len(norm) < 3 or norm.isascii():
        return PostHead(norm, frozenset(), "sing") if norm in ABBREVIATIONS else None
    own = known(norm)
    if own is not None:
        return own
    prefix = post_words().prefixes.match(norm)
    if prefix is not None and (inner := head_of(norm[prefix.end() :])) is not None:
        return (
            _deputy(norm, inner) if prefix.group().startswith("зам") else inner._replace(lemma=_prefixed(prefix, inner))
        )
    first, _, last = norm.rpartition("-")
    return (known(last) or known(first)) if first else None


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters of all heads, and of prefixes: a quick no for most words."""
    prefixes = post_words().prefixes.pattern[3:].split(")")[0].split("|")
    longer = {prefix[:3] for prefix in prefixes if len(prefix) > 2}
    shorter = {prefix + head[:1] for prefix in prefixes if len(prefix) == 2 for head in post_words().heads}
    short = {form.word[:3] for head in post_words().heads if len(head) < 5 for form in parses(head)[0].lexeme}
    return frozenset({head[:3] for head in post_words().heads | ABBREVIATIONS} | longer | shorter | short)


def is_former(norm: str) -> bool:
    """«экс-министр», «экспрезидент», but not «эксперт»."""
    return norm.startswith("экс") and known(norm) is None


def _prefixed(prefix: re.Match[str], inner: PostHead) -> str:
    return inner.lemma if prefix.group().startswith("экс") else prefix.group() + inner.lemma


def _deputy(norm: str, inner: PostHead) -> PostHead:
    """«замминистра» doesn't decline; «замдиректор» does."""
    return PostHead(norm, frozenset(), "") if "Gen" in inner.cases else inner._replace(lemma="зам" + inner.lemma)


def known(norm: str) -> PostHead | None:
    """Read a form that the post_words lists itself, as noun or participle."""
    heads = post_words().heads
    if norm in heads and norm.startswith("зам") and norm.endswith("а"):
        return PostHead(norm, frozenset(), "")
    readings = [
        parse for parse in parses(norm) if parse.tag.POS in ("NOUN", *ADJECTIVES) and folded_lemma(parse) in heads
    ]
    if not readings and norm[:5] in _participles():
        readings = [p for p in parses(norm) if p.tag.POS == "PRTF" and _substantive(p) in heads]
    if not readings:
        return None
    lemma = _substantive(readings[0]) if readings[0].tag.POS == "PRTF" else readings[0].normal_form.replace("ё", "е")
    numbers = {str(parse.tag.number or "") for parse in readings}
    cases = frozenset(CASE[str(parse.tag.case)] for parse in readings if parse.tag.case in CASE)
    return PostHead(lemma, cases, numbers.pop() if len(numbers) == 1 else "")


@cache
def _participles() -> frozenset[str]:
    """The beginnings of heads that are participles by form: «командующий», «уполномоченный»."""
    return frozenset(head[:5] for head in post_words().heads if head.endswith(("щий", "щая", "нный", "нная")))


def folded_lemma(parse: Any) -> str:
    """The dictionary form with ё as е."""
    return str(parse.normal_form).replace("ё", "е")


def _substantive(parse: Any) -> str:
    """«командующего» → «командующий»."""
    form = parse.inflect({"nomn", "sing", "masc"} if parse.tag.gender != "femn" else {"nomn", "sing", "femn"})
    return "" if form is None else str(form.word).replace("ё", "е")


def head_base(lemma: str) -> str:
    """«первый вице-премьер» counts as премьер: the part after the hyphen."""
    return lemma.rpartition("-")[2]


@lru_cache(maxsize=CACHED_RARE)
def forms(norm: str) -> frozenset[str]:
    """The cases in which a form is a noun or an adjective."""
    return frozenset(
        CASE[p.tag.case] for p in parses(norm) if p.tag.POS in ("NOUN", *ADJECTIVES) and p.tag.case in CASE
    )
