"""Fixtures that tests share: the models are loaded once a session."""

from pathlib import Path

import pytest
from spacy.language import Language

import extract


@pytest.fixture(scope="session")
def extractor() -> extract.Extractor:
    return extract.load()


@pytest.fixture(scope="session")
def nlp(extractor: extract.Extractor) -> Language:
    return extractor.nlp


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the repository; tests that use it skip where it is missing."""
    path = Path(__file__).parents[2] / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the development data isn't here")
    return path
