"""Words that head a post: «министра», «замдиректора», «экс-президентом»."""

import re
from functools import cache, lru_cache
from typing import Any, NamedTuple

from extract.language.morphology import CACHED_FORMS, parses
from extract.positions.declension import ADJECTIVES, CASE, folded_lemma
from extract.positions.lexicon import post_parts, post_words
from extract.rules import table

LONGEST = 60  # letters of a word that can be a post


class PostHead(NamedTuple):
    """The reading of a word as the head of a post."""

    lemma: str
    cases: frozenset[str]
    number: str  # sing, plur, or "" where the form doesn't tell


@lru_cache(maxsize=CACHED_FORMS)
def post_head(norm: str) -> PostHead | None:
    """Read a folded form as a post: by the lexicon, as a compound, or with a prefix (зам-, экс-, вице-)."""
    if norm[:3] not in _beginnings() and "-" not in norm:
        return None
    if len(norm) > LONGEST:
        return None
    if len(norm) < 3 or norm.isascii():
        return PostHead(norm, frozenset(), "sing") if norm in post_words().abbreviations else None
    own = listed_head(norm)
    if own is not None:
        return own
    prefix = _prefix_pattern().match(norm)
    if prefix is not None and (inner := post_head(norm[prefix.end() :])) is not None:
        deputy = prefix.group().startswith(post_parts().deputy)
        return _deputy(norm, inner) if deputy else inner._replace(lemma=_prefixed(prefix, inner))
    first, _, last = norm.rpartition("-")
    return (listed_head(last) or listed_head(first)) if first else None


@cache
def _prefix_pattern() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(table('positions/posts')['prefixes'])})-?(?=.)")


@cache
def _beginnings() -> frozenset[str]:
    """The first three letters of all heads, and of prefixes: a quick no for most words."""
    heads, prefixes = post_words().heads, table("positions/posts")["prefixes"]
    longer = {prefix[:3] for prefix in prefixes if len(prefix) > 2}
    shorter = {prefix + head[:1] for prefix in prefixes if len(prefix) == 2 for head in heads}
    short = {form.word[:3] for head in heads if len(head) < 5 for form in parses(head)[0].lexeme}
    return frozenset({head[:3] for head in heads | post_words().abbreviations} | longer | shorter | short)


def is_former(norm: str) -> bool:
    """«экс-министр», «экспрезидент», but not «эксперт»."""
    return norm.startswith(post_parts().former) and listed_head(norm) is None


def _prefixed(prefix: re.Match[str], inner: PostHead) -> str:
    return inner.lemma if prefix.group().startswith(post_parts().former) else prefix.group() + inner.lemma


def _deputy(norm: str, inner: PostHead) -> PostHead:
    """«замминистра» doesn't decline; «замдиректор» does."""
    if "Gen" in inner.cases:
        return PostHead(norm, frozenset(), "")
    return inner._replace(lemma=post_parts().deputy + inner.lemma)


def listed_head(norm: str) -> PostHead | None:
    """Read a form that the lexicon lists itself, as noun or participle."""
    heads = post_words().heads
    if norm in heads and norm.startswith(post_parts().deputy) and norm.endswith("а"):
        return PostHead(norm, frozenset(), "")
    readings = [
        parse for parse in parses(norm) if parse.tag.POS in ("NOUN", *ADJECTIVES) and folded_lemma(parse) in heads
    ]
    if not readings and norm[:5] in _participles():
        readings = [p for p in parses(norm) if p.tag.POS == "PRTF" and _substantive(p) in heads]
    if not readings:
        return None
    lemma = _substantive(readings[0]) if readings[0].tag.POS == "PRTF" else folded_lemma(readings[0])
    numbers = {str(parse.tag.number or "") for parse in readings}
    cases = frozenset(CASE[str(parse.tag.case)] for parse in readings if parse.tag.case in CASE)
    return PostHead(lemma, cases, numbers.pop() if len(numbers) == 1 else "")


@cache
def _participles() -> frozenset[str]:
    """The beginnings of heads that are participles by form: «командующий», «уполномоченный»."""
    return frozenset(head[:5] for head in post_words().heads if head.endswith(post_parts().participles))


def _substantive(parse: Any) -> str:
    """«командующего» → «командующий»."""
    form = parse.inflect({"nomn", "sing", "masc"} if parse.tag.gender != "femn" else {"nomn", "sing", "femn"})
    return "" if form is None else str(form.word).replace("ё", "е")


def head_base(lemma: str) -> str:
    """«первый вице-премьер» counts as премьер: the part after the hyphen."""
    return lemma.rpartition("-")[2]
