"""The pipeline component that sets `Token.lemma_`."""

import numpy as np
from spacy.attrs import MORPH, NORM, POS
from spacy.language import Language
from spacy.tokens import Doc

from extract.language import morphology


@Language.component("ru_lemmas", assigns=["token.lemma"], requires=["token.pos", "token.morph"])
def lemmatize(doc: Doc) -> Doc:
    """Set each token's lemma, with ё written as е; what isn't a Russian word is its own lemma."""
    strings = doc.vocab.strings
    rows = doc.to_array([NORM, POS, MORPH]).tolist()
    forms = {tuple(row): "" for row in rows}
    for norm, pos, morph in forms:
        forms[norm, pos, morph] = _lemma(strings[norm], strings[pos], strings[morph])
    if rows:
        doc.from_array(["LEMMA"], np.array([strings.add(forms[tuple(row)]) for row in rows], np.uint64))  # type: ignore[arg-type]
    return doc


def _lemma(norm: str, pos: str, features: str) -> str:
    if not norm[:1].isalpha() or norm.isascii():
        return norm
    return morphology.lemma(norm, pos, features)
