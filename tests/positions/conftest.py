"""Here frames and other rules are tested, without the network."""

import pytest
from spacy.language import Language

import extract


@pytest.fixture(scope="session")
def extractor() -> extract.Extractor:
    return extract.load(model=False)


@pytest.fixture(scope="session")
def nlp(extractor: extract.Extractor) -> Language:
    return extractor.nlp
