"""Pronouns and common nouns that refer back to a person: «он», «бизнесмен», «министр».

Only where it is plain: one person that fits, named shortly before. A title that was given to one person in the
article («министр обороны Иван Петров») goes on meaning that person; a calling («политик») means the only person
of whom the article has spoken so far.
"""

from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.entities.person_names import (
    FEMN,
    FIRST,
    GENDERS,
    LAST,
    MASC,
    callings,
    forms,
    title_before,
    titles,
)
from extract.language.morphology import parses
from extract.language.words import Words
from extract.rules import key_of, words_in

PRONOUNS = key_of("entities/anaphors", "pronouns", "person")  # with their gender
NOMINATIVES = words_in("entities/anaphors", "nominatives", "words")
NEAR = 3  # sentences between a noun and the person that it refers to
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
NEVER_ALONE = frozenset({"Gen", "Ins"})  # «сын министра», «стал министром»


class KnownPerson(NamedTuple):
    """A person, the gender of the name if it tells, and the titles that the article gives before it."""

    entity: Entity
    gender: str | None
    titles: frozenset[str]


def person_anaphors(words: Words, entities: list[Entity]) -> None:
    """Give people the pronouns and common nouns that plainly refer to them, as mentions marked so."""
    people = [entity for entity in entities if entity.type == "PER"]
    covered = {i for entity in entities for mention in entity.mentions for i in range(mention.start, mention.end)}
    if not people:
        return
    known = [KnownPerson(entity, _gender(entity), _titles(words, entity)) for entity in people]
    nouns = titles()
    for i, norm in enumerate(words.norm):
        if i in covered:
            continue
        found: Entity | None = None
        if norm in PRONOUNS:
            found = _of_pronoun(words, known, i)
        elif words.lemma[i] in nouns and _stands_alone(words, i, covered):
            found = _of_noun(words, known, i)
        if found is not None:
            found.mentions.append(Mention(i, i + 1, anaphor=True))
    for entity in people:
        entity.mentions.sort(key=lambda mention: (mention.start, mention.end))


def _gender(entity: Entity) -> str | None:
    """The gender in which the first name is a nominative, else the last name."""
    for name, kind in ((entity.first, FIRST), (entity.last, LAST)):
        norm = (name or "").lower().replace("ё", "е")
        weights = {
            gender: max(
                (form.weight for form in forms(norm, kind).get(("Nom", gender), ()) if form.nominative == norm),
                default=0.0,
            )
            for gender in (GENDERS if norm else ())
        }
        if weights and abs(weights[MASC] - weights[FEMN]) > CLEAR:
            return max(weights, key=lambda gender: weights[gender])
    return None


CLEAR = 0.25  # the difference in weight that tells a gender


def _titles(words: Words, entity: Entity) -> frozenset[str]:
    places = (title_before(words, mention.start) for mention in entity.mentions)
    return frozenset(words.lemma[place] for place in places if place is not None)


def _named(words: Words, people: list[KnownPerson], i: int, sentences: int) -> list[tuple[Mention, KnownPerson]]:
    """The mentions before `i`, in its sentence and so many before it, in order."""
    first = words.sentence[i] - sentences
    return sorted(
        (
            (mention, person)
            for person in people
            for mention in person.entity.mentions
            if mention.end <= i and words.sentence[mention.start] >= first
        ),
        key=lambda pair: pair[0].start,
    )


# ------------------------------------------------------------------------------------------------ pronouns


def _of_pronoun(words: Words, people: list[KnownPerson], i: int) -> Entity | None:
    """«он», «ее»: the only person of this gender in this sentence and the one before, else the only subject."""
    gender = PRONOUNS[words.norm[i]]
    if words.norm[i] in NOMINATIVES and words.case(i) not in (None, "Nom"):
        return None
    near = [(mention, person) for mention, person in _named(words, people, i, 1) if person.gender in (gender, None)]
    ids = {person.entity.id for _, person in near}
    if len(ids) > 1:
        near = [(mention, person) for mention, person in near if _is_subject(words, mention)]
        ids = {person.entity.id for _, person in near}
    if len(ids) != 1 or near[-1][1].gender is None:
        return None
    return near[-1][1].entity if _speaks(words, i) or not _rival(words, near[-1][0].end, i, gender) else None


def _is_subject(words: Words, mention: Mention) -> bool:
    inside = range(mention.start, mention.end)
    return any(
        words.dep[i] in SUBJECTS or (words.dep[i] == "conj" and words.dep[words.head[i]] in SUBJECTS) for i in inside
    )


def _speaks(words: Words, i: int) -> bool:
    """«добавил он», «по его словам»: only a person can be meant."""
    after = words.lemma[i + 1] if i + 1 < len(words) else ""
    if after in words_in("entities/organizations", "reporting", "views"):
        return True
    speech = words_in("entities/organizations", "reporting", "speech")
    return words.lemma[words.head[i]] in speech or after in speech or (i > 0 and words.lemma[i - 1] in speech)


def _rival(words: Words, start: int, end: int, gender: str) -> bool:
    """Whether a noun of this gender between the name and the pronoun is a subject, too."""
    return any(
        words.pos[at] in ("NOUN", "PROPN")
        and words.dep[at] in SUBJECTS
        and str(parses(words.lemma[at])[0].tag.gender) == gender
        for at in range(start, end)
    )


# --------------------------------------------------------------------------------------------------- nouns


def _stands_alone(words: Words, i: int, covered: set[int]) -> bool:
    """A singular noun without adjective, complement or name, and no predicate."""
    if words.pos[i] != "NOUN" or words.feats[i].get("Number") != "Sing" or (words.text[i][0].isupper() and i == 0):
        return False
    if i and (words.pos[i - 1] in ("ADJ", "DET", "NUM", "PRON") or words.text[i - 1] in ("-", "—", "«")):
        return False
    after = i + 1
    if after < len(words) and (after in covered or words.text[after] in "«-—(" or words.pos[after] in MODIFIERS):
        return False
    return words.case(i) not in NEVER_ALONE and not (i and i - 1 in covered)


MODIFIERS = frozenset({"NOUN", "PROPN", "ADJ", "X"})


def _of_noun(words: Words, people: list[KnownPerson], i: int) -> Entity | None:
    """The one whom the article gave this title; a calling also means the only person spoken of."""
    lemma = words.lemma[i]
    bearers = [person for person in people if lemma in person.titles]
    near = _named(words, people, i, NEAR)
    if not near:
        return None
    last = near[-1][1]
    if bearers:
        return last.entity if len(bearers) == 1 and bearers[0] is last else None
    so_far = {person.entity.id for person in people if person.entity.mentions[0].end <= i}
    feminine = "femn" in str(parses(lemma)[0].tag.gender)
    if lemma not in callings() or len(so_far) > 1 or (feminine and last.gender != FEMN):
        return None
    return last.entity
