from spacy.language import Language
from spacy.tokens import Doc


@Language.component("ru_deals", assigns=["doc._.deals"])
def find_deals(doc: Doc) -> Doc:
    doc._.deals = []
    return doc
