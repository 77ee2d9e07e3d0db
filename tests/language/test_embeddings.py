"""The word vectors are navec's."""

import numpy as np
import pytest
from navec import Navec

from extract.language import resources
from extract.language.embeddings import SPECIAL, Embeddings, load_embeddings, number_of


@pytest.fixture(scope="module")
def embeddings() -> Embeddings:
    return load_embeddings(resources.natasha_file(resources.EMBEDDINGS))


def test_words_are_in_order(embeddings: Embeddings) -> None:
    words = embeddings.names[: -len(SPECIAL)]
    assert words == sorted(words)


def test_vectors_are_navecs(embeddings: Embeddings) -> None:
    navec = Navec.load(resources.natasha_file(resources.EMBEDDINGS))
    number = number_of(embeddings.names)
    pieces = np.arange(embeddings.codes.shape[0])
    for word in [*embeddings.names[::997], embeddings.names[-3], "<unk>", "нетникакогослова", "", "яяя"]:
        assert number(word) == navec.vocab.get(word, navec.vocab.unk_id)
        vector = embeddings.codes[pieces, embeddings.indexes[number(word)]].reshape(-1)
        assert (vector == navec.get(word, navec["<unk>"])).all()


def test_a_word_with_ё_may_be_known_with_е(embeddings: Embeddings) -> None:
    number = number_of(embeddings.names)
    assert "новосёлова" not in embeddings.names
    assert number("новосёлова") == number("новоселова") != number("нетникакогослова")
    assert number("неткакогослёва") == number("нетникакогослова")
