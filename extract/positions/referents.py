"""What a post without a name of its own belongs to: «директор завода», «глава республики», «финансовый директор»."""

from functools import cache, cached_property

from extract.annotations import Entity, Mention
from extract.entities.anaphors import Candidate as Thing
from extract.entities.anaphors import antecedent
from extract.entities.anaphors import references as groups
from extract.entities.places import country_of_adjective
from extract.language.morphology import possible_cases
from extract.language.words import Words
from extract.positions.declension import nominal_cases
from extract.positions.lexicon import body_words
from extract.positions.marks import QUOTES
from extract.rules import table

EMPLOYERS = frozenset({"company", "bank", "club", "education", "other", "party"})


class Referents:
    """The organizations and places of an article, for common nouns to refer back to."""

    def __init__(self, words: Words, entities: list[Entity]) -> None:
        self._words = words
        self._entities = [entity for entity in entities if entity.type != "PER"]

    @cached_property
    def _things(self) -> list[Thing]:
        return [_thing(self._words, entity) for entity in self._entities]

    @cached_property
    def descriptors(self) -> frozenset[str]:
        """The common nouns that stand before the article's organizations: «трейдер», «бюро»."""
        found = set()
        for entity in self._entities:
            if entity.type == "ORG":
                found |= {_noun_before(self._words, m) for m in entity.mentions if is_apposed(self._words, m)}
        return frozenset(found - {""})

    def of_noun(self, i: int) -> Entity | None:
        """The entity that the common noun at token `i` refers to."""
        lemma = self._words.lemma[i].rpartition("-")[2]
        if lemma in body_words().places:
            return self._place(lemma, i)
        described = [thing.entity for thing in self._things if thing.entity.type == "ORG" and lemma in thing.generic]
        if described:
            return max(described, key=lambda entity: self._salience(entity, i))
        if self._is_international(lemma, i):
            return self.employer(i, frozenset({"international"}))
        known = antecedent(self._words, self._things, i) if self._words.lemma[i] in groups() else None
        return known or (self.employer(i) if lemma in body_words().companies else None)

    def _is_international(self, lemma: str, i: int) -> bool:
        """«всемирной организации»."""
        lexical = body_words()
        return lemma in lexical.international_nouns and self._words.lemma[i - 1] in lexical.international_adjectives

    def employer(self, i: int, kinds: frozenset[str] = EMPLOYERS) -> Entity | None:
        """The organization of these kinds that is most in mind at token `i`."""
        named = [
            entity
            for entity in self._entities
            if entity.type == "ORG" and entity.kind in kinds and entity.mentions[0].start < i
        ]
        return max(named, key=lambda entity: self._salience(entity, i), default=None)

    def foreign_country(self, i: int) -> Entity | None:
        """The country other than Russia that is most in mind at token `i`; one named later if none was."""
        found = [e for e in self._entities if e.kind == "country" and e.name not in body_words().home_names]
        return max(found, key=lambda entity: self._salience(entity, i), default=None)

    def _place(self, lemma: str, i: int) -> Entity | None:
        lexical = body_words()
        if lemma in lexical.capital_nouns:
            return self._capital(i)
        kind = lexical.kinds_of_place.get(lemma, "country")
        excluded = lexical.home if lemma in lexical.not_home else None
        fitting = [
            (mention, entity)
            for entity in self._entities
            if entity.type == "LOC" and entity.kind == kind and entity.name != excluded
            for mention in entity.mentions
            if mention.start < i
        ]
        return max(fitting, key=lambda pair: pair[0].start)[1] if fitting else None

    def _capital(self, i: int) -> Entity | None:
        """The capital that is most in mind, by the gazetteer."""
        found = [e for e in self._entities if e.kind == "city" and e.name in capitals()]
        return max(found, key=lambda entity: self._salience(entity, i), default=None)

    def _salience(self, entity: Entity, i: int) -> float:
        """Named lately, in the headline, often."""
        sentence = self._words.sentence
        before = [mention for mention in entity.mentions if mention.start < i]
        if not before:
            return -100.0
        score = -float(sentence[i] - sentence[before[-1].start])
        score += 2.0 * (sentence[before[0].start] == 0)
        return score + 0.5 * min(len(before), 5)


@cache
def capitals() -> frozenset[str]:
    """The capitals of the gazetteer's countries."""
    return frozenset(name for country in table("entities/countries")["country"] for name in country.get("capitals", ()))


def _thing(words: Words, entity: Entity) -> Thing:
    generic: set[str] = set()
    countries: set[str] = set()
    for mention in entity.mentions:
        if mention.anaphor:
            continue
        generic.add(_noun_before(words, mention))
        generic.update(words.lemma[mention.start : mention.end])
        for lemma in words.lemma[max(0, mention.start - 4) : mention.start]:
            countries |= {country} if (country := country_of_adjective(lemma)) else set()
    return Thing(entity, frozenset(generic - {""}), frozenset(countries))


def is_apposed(words: Words, mention: Mention) -> bool:
    """A name in quotes that stands in the nominative whatever governs it: «директора бюро «Маяк»»."""
    before = mention.start - 2
    if before < 0 or words.text[before + 1] not in QUOTES or not nominal_cases(words.norm[before]) & {"Nom", "Gen"}:
        return False
    cases = possible_cases(words.norm[mention.start])
    return "Nom" in cases or not cases


def _noun_before(words: Words, mention: Mention) -> str:
    """The common noun right before a name, quotes skipped; "" if there is none."""
    at = mention.start - 1
    if at >= 0 and words.text[at] in QUOTES:
        at -= 1
    if at < 0 or words.pos[at] != "NOUN" or (not words.norm[at].isalpha() and "-" not in words.norm[at]):
        return ""
    return words.lemma[at].rpartition("-")[2]
