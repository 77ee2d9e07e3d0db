"""Here frames and other rules are tested, without the network."""

import pytest
from spacy.language import Language

import extract


@pytest.fixture(scope="session")
def extractor(frames_only: extract.Extractor) -> extract.Extractor:
    return frames_only


@pytest.fixture(scope="session")
def nlp(frames_only: extract.Extractor) -> Language:
    return frames_only.nlp
