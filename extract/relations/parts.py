"""Parts and wholes: «Заря» входит в группу «Восход», «подразделение «Восхода» «Заря»»."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract.annotations import Entity, Mention, Participant, Relation
from extract.language.words import Words
from extract.positions.marks import OPENING
from extract.positions.mention_index import MentionIndex
from extract.relations.clauses import (
    Named,
    antecedent,
    cases_of,
    clause,
    ending_at,
    named,
    past_quote,
    starting_at,
)
from extract.rules import table

COPULAS = frozenset({"быть", "стать", "являться"})
SEPARATORS = frozenset({",", "(", "—", "–", "-"})
LONGEST = 20  # tokens of the name of a whole


class Lexicon(NamedTuple):
    """The part_of part of `rules/relations.toml`."""

    parts: frozenset[str]
    joining: frozenset[str]
    boards: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the words once."""
    data = table("relations")["part_of"]
    return Lexicon(frozenset(data["parts"]), frozenset(data["joining"]), frozenset(data["boards"]))


def find_parts(words: Words, mentions: MentionIndex) -> Iterator[Relation]:
    """All that the article says of which organization is part of which, repetitions included."""
    lexical = lexicon()
    for i, lemma in enumerate(words.lemma):
        if lemma in lexical.joining and words.pos[i] == "VERB":
            yield from _joining(words, mentions, i)
        elif lemma in lexical.parts:
            yield from _part_noun(words, mentions, i)
    yield from _within_names(words, mentions)


def relation(part: Named, whole: Named, rule: str) -> Iterator[Relation]:
    """The fact, unless the two are one thing or no organizations."""
    if part.entity.id == whole.entity.id or part.entity.type != "ORG" or whole.entity.type != "ORG":
        return
    places = [part.mention, whole.mention]
    arguments = [
        Participant(role, item.entity.name, item.entity.id, item.mention)
        for role, item in (("part", part), ("whole", whole))
    ]
    yield Relation("part_of", arguments, min(m.start for m in places), max(m.end for m in places), rule)


def _joining(words: Words, mentions: MentionIndex, verb: int) -> Iterator[Relation]:
    """«Заря» входит в «Восход»», «входящая в «Восход» «Заря»»."""
    start, end = clause(words, verb)
    if words.norm[verb - 1] == "не" or words.norm[verb + 1 : verb + 2] not in (["в"], ["во"]):
        return
    whole = next(named(mentions, verb + 2, min(end, verb + 12)), None)
    if whole is None or any(words.pos[i] == "VERB" for i in range(verb + 2, whole.mention.start)):
        return
    if not lexicon().boards.isdisjoint(words.lemma[verb + 2 : whole.mention.start]):
        return  # «входит в совет директоров «Восхода»»: a person's seat
    pronoun = next((i for i in range(verb - 1, max(verb - 4, 0), -1) if words.lemma[i] == "который"), None)
    if words.text[verb - 1] in ("(", ","):
        part = ending_at(words, mentions, verb - 1)
    elif pronoun is not None:
        part = antecedent(words, mentions, pronoun)
    elif words.feats[verb].get("VerbForm") == "Part":
        part = next(named(mentions, whole.mention.end, min(end, whole.mention.end + 6)), None)
    else:
        part = next((item for item in named(mentions, start, verb) if "Nom" in cases_of(words, item)), None)
    if part is not None:
        yield from relation(part, whole, "part-of/join")


def _part_noun(words: Words, mentions: MentionIndex, i: int) -> Iterator[Relation]:
    """«подразделение «Восхода» — «Заря»», «Заря» (филиал «Восхода»)», «Заря» является частью «Восхода»»."""
    start = i
    while start > 0 and (words.text[start - 1] in OPENING or words.pos[start - 1] == "ADJ"):
        start -= 1
    end = i + 1
    while end < len(words) and words.pos[end] in ("NOUN", "ADJ") and end not in mentions.at:
        end += 1
    whole = starting_at(words, mentions, end)
    if whole is None or words.sentence[whole.mention.start] != words.sentence[i]:
        return
    if (start > 1 and words.text[start - 1] in SEPARATORS) or (
        start > 1 and words.lemma[start - 1] in ("быть", "стать", "являться")
    ):
        part = ending_at(words, mentions, start - 1)
    else:
        after = past_quote(words, whole.mention.end)
        part = starting_at(words, mentions, after + (after < len(words) and words.text[after] in SEPARATORS))
    if part is not None:
        yield from relation(part, whole, "part-of/part-noun")


def _within_names(words: Words, mentions: MentionIndex) -> Iterator[Relation]:
    """«комитет Госдумы по обороне»: the name of the part says what it is part of."""
    names = [(mention, entity) for mention, entity in mentions.ordered if entity.type == "ORG" and not mention.anaphor]
    wholes = {
        tuple(words.lemma[mention.start : mention.end]): entity
        for mention, entity in reversed(names)
        if mention.end - mention.start <= LONGEST
    }
    for mention, entity in names:
        for first in range(mention.start + 1, mention.end):
            if words.pos[first - 1] != "NOUN" or words.norm[first - 1].isascii():
                continue
            whole = _longest(words, wholes, first, mention.end)
            if whole is not None:
                yield from relation(Named(entity, mention), Named(whole, Mention(first, mention.end)), "part-of/name")
                break


def _longest(words: Words, names: dict[tuple[str, ...], Entity], first: int, end: int) -> Entity | None:
    """The entity whose name begins at token `first`, by lemmas; the longest name."""
    for last in range(min(end, first + LONGEST), first, -1):
        entity = names.get(tuple(words.lemma[first:last]))
        if entity is not None:
            return entity
    return None
