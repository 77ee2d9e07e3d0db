from spacy.language import Language
from spacy.tokens import Doc


@Language.component("ru_amounts", assigns=["doc._.amounts"])
def find_amounts(doc: Doc) -> Doc:
    doc._.amounts = []
    return doc
