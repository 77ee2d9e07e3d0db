"""Parties that a sentence names by what the article has said before: «стороны», «украинские власти», treaties."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from extract.annotations import Date, Entity, Mention
from extract.entities.places import country_of_adjective
from extract.grammar.phrases import Phrase
from extract.language.words import Words
from extract.rules import table

NEWS = timedelta(days=60)  # what happened before is background


@dataclass(frozen=True, slots=True)
class DiscourseWords:
    """The lexicon of `rules/discourse.toml`."""

    both: frozenset[str]
    authorities: frozenset[str]
    doings: frozenset[str]
    names: dict[str, frozenset[str] | None]
    worth: frozenset[str]
    other_sums: frozenset[str]


@cache
def discourse_words() -> DiscourseWords:
    """Load the lexicon once."""
    data = table("discourse")
    names = {lemma: frozenset(types) or None for lemma, types in data["names"].items()}
    return DiscourseWords(
        frozenset(data["both"]["lemmas"]),
        frozenset(data["authorities"]["lemmas"]),
        frozenset(data["doings"]["lemmas"]),
        names,
        frozenset(data["worth"]["lemmas"]),
        frozenset(data["other_sums"]["lemmas"]),
    )


def authorities(words: Words, entities: list[Entity]) -> list[tuple[Entity, Mention]]:
    """States named by an adjective: «украинские власти», «российская сторона», «американские санкции».

    The state is the entity that the article names elsewhere; a state that it doesn't name so gets an entity
    of its own here, without an id.
    """
    known = {entity.name: entity for entity in entities if entity.type == "LOC"}
    lexicon = discourse_words()
    found: list[tuple[Entity, Mention]] = []
    for i, lemma in enumerate(words.lemma):
        acts = lemma in lexicon.authorities
        if i == 0 or words.pos[i - 1] != "ADJ" or not (acts or lemma in lexicon.doings):
            continue
        country = country_of_adjective(words.lemma[i - 1])
        if country is not None:
            entity = known.setdefault(country, Entity("", "LOC", country, kind="country"))
            found.append((entity, Mention(i - 1, i + 1 if acts else i, anaphor=True)))
    return found


def is_joint(words: Words, tokens: list[int]) -> bool:
    """Is a subject of these verbs «стороны», «обе компании», «страны»: parties named before?"""
    return any(
        words.dep[child] in {"nsubj", "nsubj:pass"}
        and words.lemma[child] in discourse_words().both
        and words.feats[child].get("Number") == "Plur"
        and not any(words.dep[i] in {"nmod", "amod", "appos"} for i in words.children[child])
        for token in tokens
        for child in words.children[token]
    )


@dataclass(frozen=True, slots=True)
class Context:
    """What the sentences before one offer for what it leaves out.

    Attributes:
        pair: the phrases that «стороны» would refer to.
        subject: the last organization or state that was a subject; who «заключен договор с X» leaves unsaid.
    """

    pair: list[Phrase]
    subject: Phrase | None


def last_subject(sentences: list[list[Phrase]], before: int) -> Phrase | None:
    """The last organization or state in the nominative in the two sentences before a sentence."""
    for sentence in range(before - 1, max(before - 3, -1), -1):
        for phrase in sentences[sentence]:
            subject = phrase.relation in {"nsubj", "nsubj:pass"} and not phrase.preposition
            if subject and phrase.entity.type != "PER" and phrase.entity.kind != "media":
                return phrase
    return None


def last_pair(sentences: list[list[Phrase]], before: int) -> list[Phrase]:
    """The two or more phrases last coordinated, or joined by «с», before a sentence."""
    for sentence in range(before - 1, -1, -1):
        groups: dict[int, list[Phrase]] = {}
        for phrase in sentences[sentence]:
            if phrase.entity.type != "PER" and phrase.entity.kind != "media":
                groups.setdefault(phrase.first, []).append(phrase)
        for group in groups.values():
            if len({phrase.entity.id for phrase in group}) > 1:
                return group
        named = {
            phrase.entity.id: phrase
            for phrase in sentences[sentence]
            if phrase.entity.kind == "country" or (phrase.entity.type == "ORG" and phrase.entity.kind != "media")
        }
        if len(named) == 2:  # «BAE открыла офис на Украине. Стороны подписали…»
            return list(named.values())
    return []


def has_headline(words: Words) -> bool:
    """Is the first sentence a headline, ended by a line break?"""
    return "\n" in words.text[words.sentences[0][1] - 1]


def long_past(dates: list[Date], published: str | None) -> set[str]:
    """The ids of the dates that ended too long before the publication to be those of its news."""
    if published is None:
        return set()
    earliest = days_before(published, NEWS)
    return {found.id for found in dates if found.end is not None and found.end < earliest}


def days_before(published: str, time: timedelta) -> str:
    """The day so long before, or the calendar's first."""
    return (max(date.fromisoformat(published), date.min + time) - time).isoformat()
