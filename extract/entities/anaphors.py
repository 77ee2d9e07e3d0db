"""Common nouns and pronouns that refer back to a named organization or place: «компания», «страна», «она»."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.entities.lexicon import stems
from extract.entities.mentions import QUOTES
from extract.entities.places import country_of_adjective
from extract.language.morphology import parses, possible_cases
from extract.language.words import Words
from extract.rules import key_of, table, words_in

FARTHEST = 4  # sentences between a noun and the name that it refers to
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "ROOT"})
ITSELF = "SELF"
ACTORS = frozenset({"company", "bank", "club"})  # organizations that news speaks of as «она» and «он»
PRONOUNS = key_of("entities/anaphors", "pronouns", "organization")  # with their gender
NOMINATIVES = words_in("entities/anaphors", "nominatives", "words")


class Reference(NamedTuple):
    """What a noun may refer to: entities of some kinds, the likeliest first, whose names hold a root."""

    kinds: tuple[str, ...]
    roots: tuple[str, ...]


@dataclass(slots=True)
class Candidate:
    """An organization or place that words may refer back to.

    Attributes:
        generic: the common nouns in its names or right before them.
        countries: those that adjectives before its names tell: «итальянская компания Eni».
        genders: those that a pronoun for it may have.
    """

    entity: Entity
    generic: frozenset[str]
    countries: frozenset[str]
    genders: frozenset[str] = field(default_factory=frozenset)


@cache
def references() -> dict[str, tuple[Reference, ...]]:
    """Noun → what it may refer to."""
    found: dict[str, tuple[Reference, ...]] = {}
    for group in table("entities/anaphors")["group"]:
        for word in group["words"]:
            reference = Reference(tuple(group["kinds"]), tuple(group.get("roots", ())))
            found[word] = (*found.get(word, ()), reference)
    return found


def add_anaphors(words: Words, entities: list[Entity]) -> None:
    """Give the entities the common nouns that refer back to them, as mentions marked so."""
    nouns = references()
    places = [i for i, lemma in enumerate(words.lemma) if lemma in nouns or words.norm[i] in PRONOUNS]
    if not places:
        return
    candidates = [_candidate(words, entity) for entity in entities if entity.type != "PER"]
    mentions = [mention for entity in entities for mention in entity.mentions]
    covered = {i for mention in mentions for i in range(mention.start, mention.end)}
    for i in places:
        if i in covered:
            continue
        if words.norm[i] in PRONOUNS:
            entity = _of_pronoun(words, candidates, entities, i)
        else:
            entity = antecedent(words, candidates, i) if _refers_back(words, i, covered) else None
        if entity is not None:
            entity.mentions.append(Mention(i, i + 1, anaphor=True))
            entity.mentions.sort(key=lambda mention: (mention.start, mention.end))


def _candidate(words: Words, entity: Entity) -> Candidate:
    generic: set[str] = set()
    countries: set[str] = set()
    for mention in entity.mentions:
        at = mention.start - 1
        while at >= 0 and words.text[at] in QUOTES:
            at -= 1
        if at >= 0 and words.pos[at] in {"NOUN", "PROPN"}:
            generic.add(words.lemma[at])
        while at >= max(0, mention.start - 5) and words.pos[at] in {"NOUN", "ADJ", "PROPN"}:
            country = country_of_adjective(words.lemma[at])
            countries |= {country} if country else set()
            at -= 1
        generic.update(words.lemma[mention.start : mention.end])
        generic.update(words.norm[mention.start : mention.end])
    return Candidate(entity, frozenset(generic), frozenset(countries), _genders(entity, generic))


def _genders(entity: Entity, generic: Iterable[str]) -> frozenset[str]:
    """The genders in which a pronoun may stand for an organization: of its name or of its generic word."""
    nouns = references()
    found = {_gender(word) for word in generic if word in nouns}
    last = entity.name.split()[-1] if " " in entity.name else entity.name
    if last.isascii() or last.isupper():
        return frozenset(found | {"femn" if entity.kind == "company" else "masc"})
    return frozenset(found | {_gender(last.lower())})


def _gender(word: str) -> str:
    return str(parses(word)[0].tag.gender)


def _refers_back(words: Words, i: int, covered: set[int]) -> bool:
    """Whether a noun stands in the singular, with nothing that names it or makes it another."""
    plural = words.feats[i].get("Number") == "Plur" or _is_plural(words.norm[i], words.case(i))
    if plural or words.pos[i] not in {"NOUN", "PROPN"} or (i and words.text[i - 1] == "-"):
        return False
    before = words.lemma[i - 1] if i else ""
    if before in words_in("entities/anaphors", "indefinite", "words"):
        return False
    described = (
        i > 0 and words.pos[i - 1] == "ADJ" and before not in words_in("entities/anaphors", "determiners", "words")
    )
    return not (described and country_of_adjective(before) is None) and not _has_complement(words, i, covered)


def _is_plural(norm: str, case: str | None) -> bool:
    """Whether a form is no singular, or none in the nominative where it stands in it: «страны договорились»."""
    readings = [parse.tag for parse in parses(norm)]
    if case == "Nom":
        readings = [tag for tag in readings if tag.case == "nomn"] or readings
    return all(tag.number == "plur" for tag in readings)


def _has_complement(words: Words, i: int, covered: set[int]) -> bool:
    """«компания миллиардера», «банк «Восход»: the noun is told or named by what follows."""
    at = i + 1
    if at >= len(words) or words.sentence[at] != words.sentence[i]:
        return False
    if words.text[at] in {"«", "“", "„", '"'} or (words.text[at].isascii() and words.text[at][0].isalpha()):
        return True
    if at in covered and words.pos[at] in {"NOUN", "PROPN", "X", "ADJ"}:
        return True
    nominal = words.pos[at] in {"NOUN", "PROPN", "ADJ"}
    if nominal and words.case(at) == "Gen" and "Gen" in possible_cases(words.norm[at]):
        return words.dep[at] in {"nmod", "amod", "flat:name", "appos"} or words.pos[at] != "ADJ"
    governs = words.norm[at] in words_in("entities/anaphors", "complements", "words")
    return governs and at + 1 < len(words) and words.head[at + 1] == i


def antecedent(words: Words, candidates: list[Candidate], i: int) -> Entity | None:
    """The entity that the noun at `i` refers to, if there is one."""
    country = country_of_adjective(words.lemma[i - 1]) if i and words.pos[i - 1] == "ADJ" else None
    best: tuple[float, Entity] | None = None
    for reference in references()[words.lemma[i]]:
        for candidate in candidates:
            kind = candidate.entity.kind
            if kind not in reference.kinds or (country is not None and country not in candidate.countries):
                continue
            before = [mention for mention in candidate.entity.mentions if mention.start < i]
            if not before or not _is_rooted(words, reference, candidate, i):
                continue
            score = _salience(words, before, i) - 1.5 * reference.kinds.index(kind)
            score += 2 * (words.lemma[i] in candidate.generic)
            if score > -FARTHEST and (best is None or score > best[0]):
                best = score, candidate.entity
    return best[1] if best else None


def _is_rooted(words: Words, reference: Reference, candidate: Candidate, i: int) -> bool:
    if not reference.roots:
        return True
    roots = tuple(words.lemma[i] if root == ITSELF else root for root in reference.roots)
    return any(word.startswith(roots) or any(stem in roots for stem in stems(word)) for word in candidate.generic)


def _salience(words: Words, before: list[Mention], i: int) -> float:
    """How much an entity is in mind at `i`: named lately, as a subject, in the headline, often."""
    last = max(before, key=lambda mention: mention.start)
    score = -float(words.sentence[i] - words.sentence[last.start])
    score += 1.0 * _is_subject(words, last)
    score += 0.7 * (words.sentence[before[0].start] == 0)
    score += 0.25 * min(len(before), 4)
    return score - 1.0 * (last.end == i)


def _is_subject(words: Words, mention: Mention) -> bool:
    inside = range(mention.start, mention.end)
    head = next((at for at in inside if words.head[at] not in inside or words.head[at] == at), mention.start)
    return words.dep[head] in SUBJECTS or words.case(head) == "Nom"


def _of_pronoun(words: Words, candidates: list[Candidate], entities: list[Entity], i: int) -> Entity | None:
    """The organization that «она» or «ее» refers to: the last subject, where no person competes."""
    gender = PRONOUNS[words.norm[i]]
    if words.norm[i] in NOMINATIVES and words.case(i) != "Nom":
        return None
    if i + 1 < len(words) and words.lemma[i + 1] in words_in("entities/organizations", "reporting", "views"):
        return None  # «по его словам»: who speaks is a person
    sentence = words.sentence[i]
    near = [
        (mention, entity)
        for entity in entities
        for mention in entity.mentions
        if mention.start < i and sentence - 1 <= words.sentence[mention.start]
    ]
    if any(entity.type == "PER" for _, entity in near):
        return None
    subjects = [(mention, entity) for mention, entity in near if _is_subject(words, mention)]
    actors = [candidate for candidate in candidates if candidate.entity.kind in ACTORS]
    fitting = {actor.entity.id for actor in actors if gender in actor.genders}
    last = max(subjects, key=lambda pair: pair[0].start, default=None)
    if last is None or last[1].id not in fitting or _another_subject(words, last[0].end, i, gender):
        return None
    return last[1]


def _another_subject(words: Words, start: int, end: int, gender: str) -> bool:
    """Whether a later noun that the pronoun might stand for is a subject, or someone speaks."""
    if words.lemma[words.head[end]] in words_in("entities/organizations", "reporting", "speech"):
        return True
    nouns = [at for at in range(start, end) if words.pos[at] == "NOUN" and _gender(words.lemma[at]) == gender]
    return any(words.dep[at] in SUBJECTS or words.case(at) == "Nom" for at in nouns)
