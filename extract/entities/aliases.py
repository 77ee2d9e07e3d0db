"""The pipeline component that joins mentions into entities: one entity for all names of one thing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Entity
from extract.entities.anaphors import add_anaphors
from extract.entities.known import Gazetteer, gazetteer_of
from extract.entities.organization_names import link_organizations, places_within
from extract.entities.organizations import PLACES_WITHIN
from extract.entities.person_anaphors import person_anaphors
from extract.entities.person_links import link_people
from extract.entities.place_names import link_places
from extract.language.words import words_of

PREFIX = {"ORG": "org", "PER": "per", "LOC": "loc"}


class Linker:
    """Doc in, Doc out; joins the mentions in `doc.ents` into `doc._.entities`."""

    def __init__(self, organizations: Sequence[Mapping[str, Any]]) -> None:
        self._gazetteer = gazetteer_of(organizations)

    def __call__(self, doc: Doc) -> Doc:
        return _link(doc, self._gazetteer)


@Language.factory(
    "ru_aliases",
    assigns=["doc._.entities"],
    requires=["doc.ents", "token.lemma"],
    default_config={"organizations": []},
)
def create_aliases(nlp: Language, name: str, organizations: list[dict[str, Any]]) -> Linker:
    """Make the component; `organizations` are those of the user's rules, as `ru_gazetteer` has them."""
    return Linker(organizations)


def _link(doc: Doc, gazetteer: Gazetteer) -> Doc:
    words = words_of(doc)
    spans: dict[str, list[tuple[int, int]]] = {label: [] for label in PREFIX}
    for span in doc.ents:
        if span.label_ in spans:
            spans[span.label_].append((span.start, span.end))
    within = {place for start, end in spans["ORG"] for place in places_within(words, start, end)}
    within |= {(span.start, span.end) for span in doc.spans.get(PLACES_WITHIN, ())}
    entities = [
        *link_organizations(words, spans["ORG"], gazetteer),
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
