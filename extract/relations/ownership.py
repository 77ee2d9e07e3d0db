"""Ownership: «Восход» принадлежит Петрову, Петров владеет «Восходом», «дочка» «Восхода»."""

from collections.abc import Callable, Iterable, Iterator
from functools import cache
from typing import NamedTuple

from extract.annotations import Entity, Participant, Position, Relation
from extract.language.words import Words
from extract.positions.holders import PostReading
from extract.positions.marks import OPENING
from extract.positions.mention_index import MentionIndex
from extract.positions.posts import Post
from extract.relations.clauses import (
    Named,
    antecedent,
    cases_of,
    clause,
    ending_at,
    named,
    past_quote,
    preposition_of,
    starting_at,
)
from extract.rules import table

Rule = Callable[[Words, MentionIndex, int], Iterator[Relation]]
SEPARATORS = frozenset({",", "(", "—", "–", "-"})


class Lexicon(NamedTuple):
    """The ownership part of `rules/relations.toml`."""

    owners: frozenset[str]
    belonging: frozenset[str]
    owning: dict[str, str]
    subsidiaries: frozenset[str]
    shares: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the words once."""
    data = table("relations")["ownership"]
    return Lexicon(
        frozenset(data["owners"]),
        frozenset(data["belonging"]),
        data["owning"],
        frozenset(data["subsidiaries"]),
        frozenset(data["shares"]),
    )


def find_ownership(reading: PostReading, entities: list[Entity], positions: Iterable[Position]) -> Iterator[Relation]:
    """All that the article says of who owns what, repetitions included."""
    words, mentions = reading.words, reading.index
    yield from _by_position(entities, positions)
    yield from _by_post(words, mentions, reading.posts)
    rules = triggers()
    for i, lemma in enumerate(words.lemma):
        rule = rules.get(lemma)
        if rule is not None:
            yield from rule(words, mentions, i)


@cache
def triggers() -> dict[str, Rule]:
    """The word that each construction turns on, and the rule that reads it."""
    lexical = lexicon()
    return {
        **dict.fromkeys(lexical.belonging, _belonging),
        **dict.fromkeys(lexical.owning, _owning),
        **dict.fromkeys(lexical.subsidiaries, _subsidiary),
        "доля": _share,
    }


def relation(owner: Named, property: Named, rule: str) -> Iterator[Relation]:
    """The fact, unless the two are one thing or what is owned can't be."""
    if owner.entity.id == property.entity.id or property.entity.type != "ORG":
        return
    places = [owner.mention, property.mention]
    arguments = [_argument("owner", owner), _argument("property", property)]
    yield Relation("ownership", arguments, min(m.start for m in places), max(m.end for m in places), rule)


def _argument(role: str, item: Named) -> Participant:
    return Participant(role, item.entity.name, item.entity.id, item.mention)


def _by_position(entities: list[Entity], positions: Iterable[Position]) -> Iterator[Relation]:
    """«совладелец «Восхода» Иван Петров»: the post says it."""
    by_id = {entity.id: entity for entity in entities}
    for position in positions:
        person, owned = by_id[position.person], by_id.get(position.ref or "")
        if owned is None or owned.type != "ORG" or position.title.split()[-1] not in lexicon().owners:
            continue
        inside = [
            Named(entity, mention)
            for entity in (person, owned)
            for mention in entity.mentions
            if position.start <= mention.start and mention.end <= position.end
        ]
        places = {item.entity.id: item for item in inside}
        holder = places.get(person.id, Named(person, person.mentions[0]))
        body = places.get(owned.id, Named(owned, owned.mentions[0]))
        arguments = [_argument("owner", holder), _argument("property", body)]
        yield Relation("ownership", arguments, position.start, position.end, "ownership/owner-post")


def _by_post(words: Words, mentions: MentionIndex, posts: list[Post]) -> Iterator[Relation]:
    """«владелец «Восхода» — «Заря»», «Заря» (владелец «Восхода»)»: an organization as the owner."""
    for post in posts:
        if post.lemma not in lexicon().owners or not post.bodies:
            continue
        inside = [item for item in named(mentions, post.head, post.end) if item.entity.type == "ORG"]
        owner = inside[1] if len(inside) > 1 and not post.plural else _beside(words, mentions, post, posts)
        if inside and owner is not None and owner.entity.type == "ORG":
            yield from relation(owner, inside[0], "ownership/owner-noun")


def _beside(words: Words, mentions: MentionIndex, post: Post, posts: list[Post]) -> Named | None:
    """What the post is apposed to: after it, or before it and a comma, dash or bracket."""
    end = post.end + (post.end < len(words) and words.text[post.end] in SEPARATORS)
    after = starting_at(words, mentions, end)
    if after is not None or words.text[post.start - 1] not in SEPARATORS:
        return after
    before = ending_at(words, mentions, post.start - 1)
    if words.text[post.start - 1] == "," and "Nom" not in post.cases:
        return None  # «как пишет «Заря», владельцем «Восхода» стал…»
    if before is None or any(other.start < before.mention.start < other.end for other in posts):
        return None
    return before


def _belonging(words: Words, mentions: MentionIndex, verb: int) -> Iterator[Relation]:
    """«Восход» принадлежит Петрову», «принадлежащая Петрову компания «Восход»»."""
    start, end = clause(words, verb)
    after = [item for item in named(mentions, verb + 1, end) if not preposition_of(words, mentions, item)]
    before = [item for item in named(mentions, start, verb) if not preposition_of(words, mentions, item)]
    owner = next((item for item in after[:1] if _may_receive(words, item, verb)), None)
    if words.feats[verb].get("VerbForm") == "Part" or words.lemma[verb] == "подконтрольный":
        apposed = words.text[verb - 1] == ","
        owned = ending_at(words, mentions, verb - 1) if apposed else next((item for item in after[1:2]), None)
    elif pronoun := _relative(words, verb):
        other = antecedent(words, mentions, pronoun)
        if words.case(pronoun) == "Dat":
            owner, owned = other, next(iter(after), None)
        else:
            owned = other
    elif owner is not None:
        owned = next((item for item in reversed(before) if item.entity.type == "ORG"), None)
    else:  # «Петрову принадлежат 25% «Восхода»»
        owner = next((item for item in reversed(before) if "Dat" in cases_of(words, item)), None)
        owned = next(iter(after), None)
    if owner is None or owned is None:
        return
    for item in _joined(words, owner, after):
        yield from relation(item, owned, "ownership/belong")


def _may_receive(words: Words, item: Named, verb: int) -> bool:
    """In the dative, and no share before it: not «принадлежит 10% банка»."""
    share = any(lemma in lexicon().shares for lemma in words.lemma[verb + 1 : item.mention.start])
    return not share and "Dat" in cases_of(words, item)


def _relative(words: Words, verb: int) -> int | None:
    return next((i for i in range(verb - 1, max(verb - 8, 0), -1) if words.lemma[i] == "который"), None)


def _joined(words: Words, first: Named, others: list[Named]) -> list[Named]:
    """The owners that go on after the first: «Петрову, Иванову и «Заре»»."""
    found = [first]
    for item in others:
        between = past_quote(words, found[-1].mention.end)
        gap = words.norm[between : item.mention.start]
        if gap and gap[0] in (",", "и") and all(word in (",", "и") or word in OPENING for word in gap):
            found.append(item)
    return found


def _owning(words: Words, mentions: MentionIndex, verb: int) -> Iterator[Relation]:
    """«Петров владеет «Восходом»», «Восход», которым владеет Петров»."""
    case = lexicon().owning[words.lemma[verb]]
    if words.norm[verb - 1] == "не" or words.pos[verb] != "VERB":
        return
    start, end = clause(words, verb)
    pronoun = _relative(words, verb)
    after = [item for item in named(mentions, verb + 1, end) if not preposition_of(words, mentions, item)]
    if words.feats[verb].get("VerbForm") == "Part":
        owner = ending_at(words, mentions, verb - 1) if words.text[verb - 1] == "," else None
    elif pronoun is not None:
        other = antecedent(words, mentions, pronoun)
        if (
            words.case(pronoun) in ("Ins", "Acc")
            and case in ("Ins", words.case(pronoun))
            and words.case(pronoun) != "Nom"
        ):
            subject = next((item for item in after if "Nom" in cases_of(words, item)), None)
            if other is not None and subject is not None:
                yield from relation(subject, other, "ownership/own")
            return
        owner = other
    else:
        owner = _subject(words, mentions, start, verb)
    owned = next((item for item in after if _may_be_owned(words, item, verb, case)), None)
    if owner is not None and owned is not None:
        yield from relation(owner, owned, "ownership/own")


def _subject(words: Words, mentions: MentionIndex, start: int, verb: int) -> Named | None:
    for item in reversed(list(named(mentions, start, verb))):
        if "Nom" in cases_of(words, item) and not preposition_of(words, mentions, item):
            return item
        if any(words.pos[i] == "VERB" for i in range(item.mention.end, verb)):
            return None
    return None


def _may_be_owned(words: Words, item: Named, verb: int, case: str) -> bool:
    """In the verb's case, or in the genitive after a share: «владеет 25% «Восхода»»."""
    between = words.lemma[verb + 1 : item.mention.start]
    if len(between) > 12 or any(words.pos[i] == "VERB" for i in range(verb + 1, item.mention.start)):
        return False
    share = any(lemma in lexicon().shares for lemma in between)
    return ("Gen" if share else case) in cases_of(words, item)


def _subsidiary(words: Words, mentions: MentionIndex, i: int) -> Iterator[Relation]:
    """«дочка» «Восхода» «Заря»», «Заря», дочерняя компания «Восхода»», «Восход» и его дочка «Заря»»."""
    start = i
    end = past_quote(words, i + 1)
    while start > 0 and (words.text[start - 1] in OPENING or words.pos[start - 1] == "ADJ"):
        start -= 1
    while end < len(words) and words.pos[end] in ("NOUN", "ADJ") and end not in mentions.at:
        end += 1
    first = starting_at(words, mentions, end)
    if first is None:
        return
    second_at = past_quote(words, first.mention.end)
    if second_at < len(words) and words.text[second_at] in SEPARATORS:
        second_at += 1
    second = starting_at(words, mentions, second_at)
    before = ending_at(words, mentions, start - 1) if words.text[start - 1] in SEPARATORS else None
    if start > 0 and words.norm[start - 1] in ("его", "ее", "их"):
        owner = _latest(mentions, start - 1)
        if owner is not None:
            yield from relation(owner, first, "ownership/subsidiary")
    elif before is not None and before.entity.type == "ORG":
        yield from relation(first, before, "ownership/subsidiary")
    elif second is not None and second.entity.type == "ORG" and words.sentence[second_at] == words.sentence[i]:
        yield from relation(first, second, "ownership/subsidiary")


def _latest(mentions: MentionIndex, i: int) -> Named | None:
    return next((Named(e, m) for m, e in reversed(mentions.ordered) if m.end <= i and e.type != "LOC"), None)


def _share(words: Words, mentions: MentionIndex, noun: int) -> Iterator[Relation]:
    """«доля «Зари» в «Восходе» составляет 10%»."""
    owner = starting_at(words, mentions, noun + 1)
    if owner is None:
        return
    at = past_quote(words, owner.mention.end)
    if words.norm[at : at + 1] != ["в"]:
        return
    owned = next(named(mentions, at + 1, min(at + 6, words.sentences[words.sentence[noun]][1])), None)
    if owned is not None:
        yield from relation(owner, owned, "ownership/share")
