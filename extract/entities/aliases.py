"""Mentions become entities: one entity for all names of one thing, with its canonical name."""

from collections import defaultdict

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Entity, Mention

PREFIX = {"ORG": "org", "PER": "per", "LOC": "loc"}


@Language.component("ru_aliases", assigns=["doc._.entities"], requires=["doc.ents"])
def link(doc: Doc) -> Doc:
    """Join the mentions in `doc.ents` into `doc._.entities`."""
    groups: dict[tuple[str, str], list[Mention]] = defaultdict(list)
    for span in doc.ents:
        if span.label_ in PREFIX:
            groups[span.label_, span.text].append(Mention(span.start, span.end))
    numbers: dict[str, int] = defaultdict(int)
    doc._.entities = []
    for (label, name), mentions in groups.items():
        numbers[label] += 1
        doc._.entities.append(Entity(f"{PREFIX[label]}-{numbers[label]}", label, name, mentions=mentions))
    return doc
