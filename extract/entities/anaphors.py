"""Common nouns that refer back to a named organization or place: «компания», «ведомство», «страна»."""

from functools import cache
from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.entities.lexicon import stems, table, words_in
from extract.entities.mentions import QUOTES
from extract.language.morphology import possible_cases
from extract.language.words import Words

FARTHEST = 4  # sentences between a noun and the name that it refers to
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "ROOT"})
ITSELF = "SELF"


class Group(NamedTuple):
    """Nouns that refer to entities of some kinds, the likeliest first, whose names hold one of the roots if there are any."""

    kinds: tuple[str, ...]
    roots: tuple[str, ...]


class Trace(NamedTuple):
    """An entity as it was last named before a place in the text."""

    entity: Entity
    mention: Mention
    count: int


@cache
def groups() -> dict[str, tuple[Group, ...]]:
    """Noun → the groups that hold it."""
    found: dict[str, tuple[Group, ...]] = {}
    for group in table("anaphors")["group"]:
        for word in group["words"]:
            entry = Group(tuple(group["kinds"]), tuple(group.get("roots", ())))
            found[word] = (*found.get(word, ()), entry)
    return found


def add_anaphors(words: Words, entities: list[Entity]) -> None:
    """Give the entities the common nouns that refer back to them, as mentions marked so."""
    nouns = groups()
    places = [i for i, lemma in enumerate(words.lemma) if lemma in nouns]
    if not places:
        return
    things = [entity for entity in entities if entity.type != "PER"]
    generic = {entity.id: generic_words(words, entity) for entity in things}
    covered = {i for entity in entities for mention in entity.mentions for i in range(mention.start, mention.end)}
    for i in places:
        if i in covered or not _refers_back(words, i, covered):
            continue
        entity = antecedent(words, things, generic, i)
        if entity is not None:
            entity.mentions.append(Mention(i, i + 1, anaphor=True))
            entity.mentions.sort(key=lambda mention: (mention.start, mention.end))


def generic_words(words: Words, entity: Entity) -> frozenset[str]:
    """The common nouns that stand in the entity's names or right before them."""
    found: set[str] = set()
    for mention in entity.mentions:
        at = mention.start - 1
        while at >= 0 and words.text[at] in QUOTES:
            at -= 1
        if at >= 0 and words.pos[at] in {"NOUN", "PROPN"}:
            found.add(words.lemma[at])
        found.update(words.lemma[mention.start : mention.end])
        found.update(words.norm[mention.start : mention.end])
    return frozenset(found)


def _refers_back(words: Words, i: int, covered: set[int]) -> bool:
    """Whether a noun stands in the singular, alone, with nothing that names it or makes it another."""
    if words.pos[i] not in {"NOUN", "PROPN"} or words.feats[i].get("Number") == "Plur":
        return False
    if i and (words.lemma[i - 1] in words_in("anaphors", "indefinite", "words") or words.text[i - 1] in {"-"}):
        return False
    if i and words.pos[i - 1] == "ADJ" and words.lemma[i - 1] not in words_in("anaphors", "determiners", "words"):
        return False
    return not _has_complement(words, i, covered)


def _has_complement(words: Words, i: int, covered: set[int]) -> bool:
    """«компания миллиардера», «банк «Восход»: the noun is told or named by what follows."""
    at = i + 1
    if at >= len(words) or words.sentence[at] != words.sentence[i]:
        return False
    if words.text[at] in {"«", "“", "„", '"'} or words.text[at].isascii() and words.text[at][0].isalpha():
        return True
    if at in covered and words.pos[at] in {"NOUN", "PROPN", "X", "ADJ"}:
        return True
    if words.pos[at] in {"NOUN", "PROPN", "ADJ"} and words.case(at) == "Gen" and "Gen" in possible_cases(words.norm[at]):
        return words.dep[at] in {"nmod", "amod", "flat:name", "appos"} or words.pos[at] != "ADJ"
    return words.norm[at] == "по" and words.head[at + 1 if at + 1 < len(words) else at] == i


def antecedent(
    words: Words, things: list[Entity], generic: dict[str, frozenset[str]], i: int
) -> Entity | None:
    """The entity that the noun at `i` refers to, if there is one."""
    best: tuple[float, Entity] | None = None
    for group in groups()[words.lemma[i]]:
        for entity in things:
            if entity.kind not in group.kinds or not _is_rooted(words, group, entity, generic[entity.id], i):
                continue
            before = [mention for mention in entity.mentions if mention.start < i]
            if not before:
                continue
            score = _salience(words, entity, before, i) - 1.5 * group.kinds.index(entity.kind)
            score += 2 * (words.lemma[i] in generic[entity.id])
            if score > -FARTHEST and (best is None or score > best[0]):
                best = score, entity
    return best[1] if best else None


def _is_rooted(words: Words, group: Group, entity: Entity, generic: frozenset[str], i: int) -> bool:
    if not group.roots:
        return True
    roots = tuple(words.lemma[i] if root == ITSELF else root for root in group.roots)
    return any(word.startswith(roots) or any(stem in roots for stem in stems(word)) for word in generic)


def _salience(words: Words, entity: Entity, before: list[Mention], i: int) -> float:
    """How much an entity is in mind at `i`: named lately, as a subject, in the headline, often."""
    last = max(before, key=lambda mention: mention.start)
    head = min(range(last.start, last.end), key=lambda at: (last.start <= words.head[at] < last.end, at))
    score = -float(words.sentence[i] - words.sentence[last.start])
    score += 1.0 * (words.dep[head] in SUBJECTS or words.case(head) == "Nom")
    score += 0.7 * (words.sentence[before[0].start] == 0)
    score += 0.25 * min(len(before), 4)
    return score - 1.0 * (last.end == i)
