from spacy.language import Language
from spacy.tokens import Doc


@Language.component("ru_relations", assigns=["doc._.relations"])
def find_relations(doc: Doc) -> Doc:
    doc._.relations = []
    return doc
