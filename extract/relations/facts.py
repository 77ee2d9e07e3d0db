"""The pipeline component that finds the relations between entities."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Relation
from extract.positions.component import post_reading
from extract.relations.meetings import find_meetings
from extract.relations.ownership import find_ownership
from extract.relations.parts import find_parts


@Language.component(
    "ru_relations", assigns=["doc._.relations"], requires=["token.lemma", "doc._.entities", "doc._.positions"]
)
def find_relations(doc: Doc) -> Doc:
    """Set `doc._.relations`."""
    reading = post_reading(doc)
    words, mentions = reading.words, reading.index
    found = [
        *find_ownership(reading, doc._.entities or [], doc._.positions or ()),
        *find_meetings(words, mentions),
        *find_parts(words, mentions),
    ]
    doc._.relations = list(distinct(found))
    return doc


def distinct(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Each relation between the same things once, where it is stated first."""
    seen = set()
    for relation in sorted(relations, key=lambda relation: relation.start):
        things = [(argument.role, argument.ref) for argument in relation.arguments]
        key = (relation.type, *(sorted(things, key=str) if relation.type == "meeting" else things))
        if key not in seen:
            seen.add(key)
            yield relation
