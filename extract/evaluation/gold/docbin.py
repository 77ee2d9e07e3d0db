"""Gold in spaCy's binary format: a DocBin of Docs with `ents` and span groups."""

from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from extract.evaluation.gold.standoff import Annotated, Bound, samples
from extract.evaluation.samples import GoldError, Sample


def read(path: Path, labels: Path | None = None) -> list[Sample]:
    """Read a `.spacy` file; entities and all span groups count, each stretch of a label once.

    Raises:
        GoldError: the file is no DocBin.
    """
    try:
        docs = list(DocBin().from_bytes(path.read_bytes()).get_docs(spacy.blank("ru").vocab))
    except Exception as error:  # zlib's, msgpack's or spaCy's, by what is broken
        raise GoldError(f"{path}: no DocBin of spaCy's: {error}") from None
    return samples(path, [_annotated(number, doc) for number, doc in enumerate(docs, 1)], labels)


def _annotated(number: int, doc: Doc) -> Annotated:
    spans = [*doc.ents, *(span for group in doc.spans.values() for span in group)]
    bounds = [Bound(span.label_, span.start_char, span.end_char) for span in spans if span.label_]
    return Annotated(
        doc.text,
        str(doc.user_data.get("id") or number),
        list(dict.fromkeys(bounds)),
        published=doc.user_data.get("published"),
        title=doc.user_data.get("title"),
    )
