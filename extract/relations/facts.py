"""The pipeline component that finds the positions of people and the relations between entities."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.language.words import words_of
from extract.relations.positions import find_positions


@Language.component("ru_relations", assigns=["doc._.relations"], requires=["token.lemma"])
def find_relations(doc: Doc) -> Doc:
    """Set the positions of the people in `doc._.entities`, and `doc._.relations`."""
    words = words_of(doc)
    find_positions(words, doc._.entities)
    doc._.relations = []
    return doc
