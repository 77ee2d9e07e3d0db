"""The pipeline component that finds the positions of people and the relations between entities."""

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Relation
from extract.language.words import words_of
from extract.positions.constructions import find_positions
from extract.positions.mention_index import MentionIndex
from extract.positions.posts import posts_of
from extract.relations.meetings import find_meetings
from extract.relations.ownership import find_ownership
from extract.relations.parts import find_parts


@Language.component("ru_relations", assigns=["doc._.relations"], requires=["token.lemma"])
def find_relations(doc: Doc) -> Doc:
    """Set the positions of the people in `doc._.entities`, and `doc._.relations`."""
    words, entities = words_of(doc), doc._.entities or []
    mentions = MentionIndex(words, entities)
    posts = posts_of(words, mentions)
    find_positions(words, mentions, posts, entities)
    found = [
        *find_ownership(words, mentions, posts, entities),
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
