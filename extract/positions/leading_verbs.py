"""Posts that a word names of itself: «возглавляет «Восход»», «руководит отделом», ««Восход» во главе с Петровым»."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.annotations import Position
from extract.language.words import Words
from extract.positions.agreement import may_be_subject
from extract.positions.complement import Complement, is_adjectival, is_descriptive, is_generic
from extract.positions.complements import read_complement
from extract.positions.declension import genitive
from extract.positions.holders import Holder, PostReading, listed_back, people_in
from extract.positions.lexicon import body_words, function_words, headed_phrase, post_verbs
from extract.positions.marks import CLOSING, OPENING
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.subjects import NEAR, relative_subject, unnamed_subject
from extract.positions.titles import complement_text


class LeadingPost(NamedTuple):
    """The post that a verb of leading names: its title, the organizations, the end of the phrase."""

    title: str
    bodies: list[Body]
    end: int


def led_by_verb(reading: PostReading) -> Iterator[Position]:
    """«Петров возглавляет «Восход»», «руководит отделом рекламы»: the verb itself names the post."""
    words, leading = reading.words, post_verbs().leading
    for verb, lemma in enumerate(words.lemma):
        if lemma not in leading or words.pos[verb] not in ("VERB", "AUX"):
            continue
        post = _read_leading_post(words, reading.index, verb)
        if post is None or words.norm[verb - 1] in function_words().negation:
            continue
        name, ref = (post.bodies[0] if post.bodies else _employer(reading, verb)) or (None, None)
        past = words.feats[verb].get("Tense") == "Past" and words.feats[verb].get("Aspect") == "Imp"
        for person, mention in _leaders(reading, verb):
            start = min(mention.start, verb)
            yield Position(person.id, post.title, name, ref, past, start, post.end, "position/leading-verb")


def _read_leading_post(words: Words, index: MentionIndex, verb: int) -> LeadingPost | None:
    """Read the object of «возглавить», «руководить» as the complement of the post that the verb names."""
    title = post_verbs().leading[words.lemma[verb]]
    at, stop = verb + 1, words.sentences[words.sentence[verb]][1]
    adjectives: list[str] = []
    while at < stop and at not in index.at and (is_adjectival(words, at) or (words.norm[at] == "и" and adjectives)):
        adjectives.append(words.norm[at])
        at += 1
    rest = Complement(at, stop, title, plural=False)
    if at < stop and words.lemma[at] in body_words().units and at not in index.at:
        title = " ".join([title, *(genitive(word, words.norm[at]) for word in [*adjectives, words.norm[at]])])
        rest.at += 1
        rest.kept.append(at)
    elif not _leads_to_body(words, index, at, stop):
        return None
    end = read_complement(words, index, rest)
    if not rest.kept and not rest.bodies:
        return None
    return LeadingPost(title + complement_text(words, [k for k in rest.kept if k > at]), rest.bodies, end)


def _leads_to_body(words: Words, index: MentionIndex, at: int, stop: int) -> bool:
    """An organization by name, after a common noun or not: «возглавил компанию «Восход»»."""
    found = index.starting(at)
    if found is not None:
        return found[0].type == "ORG"
    while at < stop and at not in index.at and (words.text[at] in OPENING or is_descriptive(words, index, at)):
        at += 1
    found = index.starting(at)
    return found is not None and found[0].type == "ORG"


def _leaders(reading: PostReading, verb: int) -> list[Holder]:
    """Who leads: the subject before the verb, the relative pronoun's antecedent, the noun of a participle."""
    words = reading.words
    first, _ = words.sentences[words.sentence[verb]]
    if words.feats[verb].get("VerbForm") in ("Part", "Conv"):
        holder = reading.person_ending(verb - 1) if words.text[verb - 1] == "," else None
        return [holder] if holder else []
    if relative := relative_subject(reading, first, verb):
        return relative
    near = people_in(reading, max(first, verb - NEAR), verb)
    before = [holder for holder in near if may_be_subject(words, holder.mention)][-1:]
    before = before or unnamed_subject(reading, verb)
    singular = words.feats[verb].get("Number") == "Sing"
    return listed_back(reading, before[0]) if before and not singular else before


def _employer(reading: PostReading, i: int) -> Body | None:
    entity = reading.index.referents.employer(i)
    return Body(entity.name, entity.id) if entity is not None else None


def headed(reading: PostReading) -> Iterator[Position]:
    """««Восход» во главе с Петровым», «правительство Франции во главе с Петровым»."""
    words, (phrase, title) = reading.words, headed_phrase()
    for i in range(1, len(words) - len(phrase)):
        if words.norm[i] != phrase[0] or words.norm[i : i + len(phrase)] != phrase:
            continue
        holder = reading.person(i + len(phrase))
        found = reading.index.at.get(i - 1 - (words.text[i - 1] in CLOSING))
        if holder is None or found is None:
            continue
        body, mention = found
        if body.type == "ORG" and not _is_complement(reading, mention.start):
            end = holder.mention.end
            yield Position(holder.entity.id, title, body.name, body.id, False, mention.start, end, "position/headed")


def _is_complement(reading: PostReading, i: int) -> bool:
    """A name in the genitive after a noun that isn't a mere «компания»: «делегация «Восхода»»."""
    words, before = reading.words, i - 1 - (reading.words.text[i - 1] in OPENING)
    if before < 0 or words.pos[before] != "NOUN":
        return False
    return not is_generic(words, reading.index, before)
