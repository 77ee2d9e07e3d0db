from spacy.language import Language
from spacy.tokens import Doc


@Language.component("ru_dates", assigns=["doc._.dates"])
def find_dates(doc: Doc) -> Doc:
    doc._.dates = []
    return doc
