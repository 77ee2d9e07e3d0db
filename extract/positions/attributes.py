"""What stands before the head of a post: adjectives of the title, whose post it is, whether it is still held."""

from dataclasses import dataclass, field

from extract.annotations import Entity
from extract.entities.places import places_by_adjective
from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.declension import ADJECTIVES, CASE
from extract.positions.lexicon import function_words, post_parts, post_words
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import PostHead, head_base, listed_head


@dataclass(slots=True)
class Attributes:
    """The attributes before a head: where they start, the tokens of the title, where the post is held."""

    start: int
    modifiers: list[int] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    former: bool = False


def read_attributes(words: Words, index: MentionIndex, i: int, head: PostHead) -> Attributes:
    """Read the attributes of the head at token `i`, from right to left."""
    found = Attributes(i)
    at = i - 1
    while at >= 0 and words.sentence[at] == words.sentence[i]:
        if words.norm[at] in function_words().possessive:
            if head.lemma not in post_words().relational:
                found.bodies = found.bodies or _antecedent(index, at)
            found.start = at
            break
        if words.norm[at] == "и" and at + 1 < i and head.number != "plur" and _agrees(words, at - 1, head):
            if found.modifiers[:1] == [at + 1] and _is_of_title(words.lemma[at - 1]):
                found.modifiers.insert(0, at)  # «чрезвычайный и полномочный», but «советский и российский»
        elif _agrees(words, at, head):
            _read_adjective(words, index, at, head, found)
        else:
            break
        found.start = at
        at -= 1
    return found


def _is_of_title(lemma: str) -> bool:
    return lemma not in places_by_adjective() and lemma not in post_words().ignored


def _read_adjective(words: Words, index: MentionIndex, at: int, head: PostHead, found: Attributes) -> None:
    """«бывший», «французский», «первый»."""
    lemma = words.lemma[at]
    if _is_former(words, at):
        found.former = True
    elif lemma in places_by_adjective() or (
        lemma.endswith(post_parts().regional_adjective) and _region(lemma, index) is not None
    ):
        if head.lemma in post_words().national or head_base(head.lemma) in post_words().national:
            found.bodies = found.bodies or [_place(lemma, index)]
    elif lemma not in post_words().ignored and not words.norm[at][0].isdigit():
        found.modifiers.insert(0, at)


def _is_former(words: Words, i: int) -> bool:
    """«прежний», «бывшего»: of the latter the lemma is a verb's in some contexts."""
    return words.lemma[i] in post_words().former or words.norm[i].startswith(post_parts().former_adjective)


def _agrees(words: Words, at: int, head: PostHead) -> bool:
    """An adjective, or a participle that is one by now («управляющий»), in a case of the head."""
    if words.pos[at] not in ("ADJ", "DET") and not _is_former(words, at):
        participle = listed_head(words.norm[at])
        return participle is not None and words.pos[at] == "VERB" and bool(participle.cases & head.cases)
    readings = [p for p in parses(words.norm[at]) if p.tag.POS in ADJECTIVES]
    return any(not head.cases or CASE.get(p.tag.case) in head.cases for p in readings)


def _antecedent(index: MentionIndex, at: int) -> list[Body]:
    """Whom «его» means: what the pronoun is marked to refer to, else the organization named last."""
    marked = index.at.get(at)
    if marked is not None:
        entity: Entity | None = marked[0] if marked[0].type != "PER" else None
    else:
        last = index.before(at, lambda entity: entity.type != "LOC")
        entity = index.referents.employer(at) if last is not None and last.type == "ORG" else None
    return [] if entity is None else [Body(entity.name, entity.id)]


def _region(lemma: str, index: MentionIndex) -> Entity | None:
    """The region of the article that an adjective names: «нижегородский» and «Нижегородская область»."""
    stem = lemma[:-2]
    for _, entity in index.ordered:
        if entity.type == "LOC" and entity.name.lower().startswith(stem) and " " in entity.name:
            return entity
    return None


def _place(lemma: str, index: MentionIndex) -> Body:
    region = _region(lemma, index)
    if region is not None:
        return Body(region.name, region.id)
    return index.place(places_by_adjective()[lemma])
