"""The pipeline component that joins mentions into entities: one entity for all names of one thing."""

from collections import Counter

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Entity
from extract.entities.anaphors import add_anaphors
from extract.entities.organization_names import link_organizations, places_within
from extract.entities.organizations import PLACES_WITHIN
from extract.entities.person_anaphors import person_anaphors
from extract.entities.person_links import link_people
from extract.entities.place_names import link_places
from extract.language.words import words_of

PREFIX = {"ORG": "org", "PER": "per", "LOC": "loc"}


@Language.component("ru_aliases", assigns=["doc._.entities"], requires=["doc.ents", "token.lemma"])
def link(doc: Doc) -> Doc:
    """Join the mentions in `doc.ents` into `doc._.entities`."""
    words = words_of(doc)
    spans: dict[str, list[tuple[int, int]]] = {label: [] for label in PREFIX}
    for span in doc.ents:
        if span.label_ in spans:
            spans[span.label_].append((span.start, span.end))
    within = {place for start, end in spans["ORG"] for place in places_within(words, start, end)}
    within |= {(span.start, span.end) for span in doc.spans.get(PLACES_WITHIN, ())}
    entities = [
        *link_organizations(words, spans["ORG"]),
        *link_people(words, spans["PER"]),
        *link_places(words, sorted([*spans["LOC"], *within])),
    ]
    doc._.entities = sorted(entities, key=lambda entity: entity.mentions[0].start)
    _number(doc._.entities)
    person_anaphors(words, doc._.entities)
    add_anaphors(words, doc._.entities)
    return doc


def _number(entities: list[Entity]) -> None:
    """Number the entities of each type by first mention."""
    numbers: Counter[str] = Counter()
    for entity in entities:
        numbers[entity.type] += 1
        entity.id = f"{PREFIX[entity.type]}-{numbers[entity.type]}"
