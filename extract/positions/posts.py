"""Post phrases: «бывший первый заместитель министра обороны Франции» as title, organization, former or not.

A post is found by its head noun, with the adjectives before it and the complements after it.
"""

from dataclasses import dataclass
from typing import NamedTuple

from extract.annotations import Entity
from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.complements import OPENING, Complement, is_adjectival, is_descriptive, read_complement
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import (
    ADJECTIVES,
    CASE,
    PostHead,
    forms,
    head_base,
    head_of,
    is_former,
    known,
    post_verbs,
    post_words,
)
from extract.positions.titles import complement_text, genitive, title_of

NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "X"})
POSSESSIVE = frozenset({"его", "ее", "их"})


@dataclass(slots=True)
class Post:
    """A post phrase of tokens `start` to `end` whose head noun is `head`.

    Attributes:
        lemma: of the head.
        title: in the nominative singular, without the organization.
        bodies: where the post is held; several for «президенты России и Турции».
        cases: the cases that the head's form allows; empty if it doesn't decline.
        inner: the lemmas of the complements that belong to the title.
    """

    head: int
    start: int
    end: int
    lemma: str
    title: str
    bodies: list[Body]
    former: bool
    plural: bool
    cases: frozenset[str]
    inner: tuple[str, ...] = ()

    @property
    def is_federal(self) -> bool:
        """Holding in a country, which the article may leave unsaid."""
        aide = self.inner[:1] == ("президент",) or self.title == "глава государства"
        return aide or head_base(self.lemma) in post_words().federal


def _is_attribute(words: Words, i: int) -> bool:
    """«военной» in «военной операции», «управляющий» in «управляющий директор»: no noun here."""
    if i + 1 >= len(words) or words.pos[i] not in ("ADJ", "VERB") or words.lemma[i + 1] == "обязанность":
        return False
    if not any(parse.tag.POS in ADJECTIVES for parse in parses(words.norm[i])):
        return False
    return words.pos[i + 1] == "NOUN" and bool(forms(words.norm[i]) & forms(words.norm[i + 1]))


def posts_of(words: Words, mentions: MentionIndex) -> list[Post]:
    """Return the post phrases of an article in text order, those inside names left out."""
    found = []
    for i, norm in enumerate(words.norm):
        if words.pos[i] not in NOMINAL or (head := head_of(norm)) is None or _is_attribute(words, i):
            continue
        covering = mentions.at.get(i)
        if covering is not None and not covering[1].anaphor:
            continue
        found.append(read_post(words, mentions, i, head))
    return [post for k, post in enumerate(found) if not any(_inside(post, other) for other in found[:k])]


def _inside(post: Post, other: Post) -> bool:
    """The post is part of another's title: «заместитель министра»."""
    return other.head < post.head < other.end


def read_post(words: Words, mentions: MentionIndex, i: int, head: PostHead) -> Post:
    """Read the phrase around the head at token `i`."""
    start, modifiers, bodies, former = _before(words, mentions, i, head)
    stop = words.sentences[words.sentence[i]][1]
    rest = Complement(i + 1, stop, head.lemma, _is_plural(words, i, head))
    end = read_complement(words, mentions, rest)
    former = former or is_former(words.norm[i])
    title = title_of(words, modifiers, i, head, rest.kept, rest.epithets)
    inner = tuple(words.lemma[k] for k in rest.kept)
    bodies = rest.bodies or bodies
    if (acting := _acting_before(words, start)) is not None:
        title = f"и. о. {words.norm[i]}{complement_text(words, rest.kept)}"
        return Post(i, acting, end, head.lemma, title, bodies, former, rest.plural, frozenset(), inner)
    return Post(i, start, end, head.lemma, title, bodies, former, rest.plural, head.cases, inner)


def _acting_before(words: Words, start: int) -> int | None:
    """Where «и. о.» or «и.о.» before a post begins."""
    for length in (1, 2, 4):
        if "".join(words.norm[max(0, start - length) : start]) in ("и.о.", "и.о", "ио"):
            return start - length
    return None


class Led(NamedTuple):
    """What a verb of leading says: the title, the organizations, the end of the phrase."""

    title: str
    bodies: list[Body]
    end: int


def read_led(words: Words, mentions: MentionIndex, verb: int) -> Led | None:
    """Read the object of «возглавить», «руководить» as the complement of the post that the verb names."""
    title = post_verbs().leading[words.lemma[verb]]
    at, stop = verb + 1, words.sentences[words.sentence[verb]][1]
    led: list[str] = []
    while at < stop and at not in mentions.at and (is_adjectival(words, at) or (words.norm[at] == "и" and led)):
        led.append(words.norm[at])
        at += 1
    rest = Complement(at, stop, title, plural=False)
    if at < stop and words.lemma[at] in post_words().units and at not in mentions.at:
        title = " ".join([title, *(genitive(word, words.norm[at]) for word in [*led, words.norm[at]])])
        rest.at += 1
        rest.kept.append(at)
    elif not _leads_to_body(words, mentions, at, stop):
        return None
    end = read_complement(words, mentions, rest)
    inside = [k for k in rest.kept if k > at]
    return Led(title + complement_text(words, inside), rest.bodies, end) if rest.kept or rest.bodies else None


def _leads_to_body(words: Words, mentions: MentionIndex, at: int, stop: int) -> bool:
    """An organization by name, after a common noun or not: «возглавил компанию «Восход»»."""
    found = mentions.starting(at)
    if found is not None:
        return found[0].type == "ORG"
    while at < stop and at not in mentions.at and (words.text[at] in OPENING or is_descriptive(words, mentions, at)):
        at += 1
    found = mentions.starting(at)
    return found is not None and found[0].type == "ORG"


def _is_plural(words: Words, i: int, head: PostHead) -> bool:
    return head.number == "plur" or (head.number == "" and words.feats[i].get("Number") == "Plur")


def _before(words: Words, mentions: MentionIndex, i: int, head: PostHead) -> tuple[int, list[int], list[Body], bool]:
    """The adjectives before the head: where they start, those of the title, whose post it is, held no more."""
    lexical = post_words()
    modifiers: list[int] = []
    bodies: list[Body] = []
    former = False
    at = i - 1
    while at >= 0 and words.sentence[at] == words.sentence[i]:
        lemma = words.lemma[at]
        if words.norm[at] in POSSESSIVE:
            if head.lemma not in lexical.relational:
                bodies = bodies or _antecedent(mentions, at)
            at -= 1
            break
        if words.norm[at] == "и" and at + 1 < i and head.number != "plur" and _agrees(words, at - 1, head):
            first = words.lemma[at - 1]
            if modifiers[:1] == [at + 1] and first not in lexical.nationalities and first not in lexical.ignored:
                modifiers.insert(0, at)  # «чрезвычайный и полномочный», but «советский и российский»
            at -= 1
            continue
        if not _agrees(words, at, head):
            break
        if _is_former(words, at):
            former = True
        elif lemma in lexical.nationalities or (lemma.endswith("ский") and _region(lemma, mentions)):
            if head.lemma in lexical.national or head_base(head.lemma) in lexical.national:
                bodies = bodies or [_place(lemma, mentions)]
        elif lemma not in lexical.ignored and not words.norm[at][0].isdigit():
            modifiers.insert(0, at)
        at -= 1
    return at + 1, modifiers, bodies, former


def _is_former(words: Words, i: int) -> bool:
    """«прежний», «бывшего»: of the latter the lemma is a verb's in some contexts."""
    return words.lemma[i] in post_words().former or words.norm[i].startswith("бывш")


def _agrees(words: Words, at: int, head: PostHead) -> bool:
    """An adjective, or a participle that is one by now («управляющий»), in a case of the head."""
    if words.pos[at] not in ("ADJ", "DET") and not _is_former(words, at):
        participle = known(words.norm[at])
        return participle is not None and words.pos[at] == "VERB" and bool(participle.cases & head.cases)
    readings = [p for p in parses(words.norm[at]) if p.tag.POS in ADJECTIVES]
    return any(not head.cases or CASE.get(p.tag.case) in head.cases for p in readings)


def _antecedent(mentions: MentionIndex, at: int) -> list[Body]:
    """Whom «его» means: what the pronoun is marked to refer to, else the organization named last."""
    marked = mentions.at.get(at)
    if marked is not None:
        entity: Entity | None = marked[0] if marked[0].type != "PER" else None
    else:
        last = mentions.before(at, lambda entity: entity.type != "LOC")
        entity = mentions.referents.employer(at) if last is not None and last.type == "ORG" else None
    return [] if entity is None else [Body(entity.name, entity.id)]


def _region(lemma: str, mentions: MentionIndex) -> Entity | None:
    """The region of the article that an adjective names: «нижегородский» and «Нижегородская область»."""
    stem = lemma[:-2]
    for _, entity in mentions.ordered:
        if entity.type == "LOC" and entity.name.lower().startswith(stem) and " " in entity.name:
            return entity
    return None


def _place(lemma: str, mentions: MentionIndex) -> Body:
    region = _region(lemma, mentions)
    if region is not None:
        return Body(region.name, region.id)
    return mentions.place(post_words().nationalities[lemma])
