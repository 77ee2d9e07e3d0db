"""The models arranged for speed predict what slovnet itself predicts, token by token."""

from collections.abc import Iterable
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from navec import Navec
from razdel import sentenize, tokenize
from slovnet import NER, Morph, Syntax

from extract.language import resources
from extract.language.models import OUTSIDE, Models, nearest_best, viterbi

ARTICLES = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.txt"))[::5]


@pytest.fixture(scope="module")
def models() -> Models:
    return Models()


@pytest.fixture(scope="module")
def articles() -> list[list[list[str]]]:
    """Articles as sentences of words, very short and very long ones among them."""
    texts = [path.read_text("utf-8") for path in ARTICLES]
    texts += [
        "Да",
        texts[0].replace("\n", " ").replace(".", ","),
        "— — —",
        "qwerty asdf 12345 «»",
        "А.\n\nБ.\n\nВ.",
    ]
    return [
        [[token.text for token in tokenize(found.text)] for line in text.splitlines() for found in sentenize(line)]
        for text in texts
    ]


@pytest.fixture(scope="module")
def navec() -> Navec:
    """The embeddings as slovnet takes them."""
    return Navec.load(resources.natasha_file(resources.EMBEDDINGS))


def flat(lists: Iterable[list[Any]]) -> list[Any]:
    return list(chain.from_iterable(lists))


def annotated(models: Models, articles: list[list[list[str]]]) -> list[tuple[str, int, str, str]]:
    """Tag, head, relation and name tag of each token, all articles in one batch."""
    words = [word for article in articles for sentence in article for word in sentence]
    lengths = np.array([len(sentence) for article in articles for sentence in article])
    found = models.annotate(words, lengths, np.array([sum(map(len, article)) for article in articles]))
    return [
        (
            models.morphology_tags[morphology],
            int(head),
            models.relation_tags[relation],
            models.name_tags[name],
        )
        for morphology, head, relation, name in zip(*found, strict=True)
    ]


def slovnets(model: Any, navec: Navec, items: list[list[str]]) -> list[Any]:
    """What slovnet's own inference decodes for each item."""
    infer = model.navec(navec).infer
    return list(infer.decoder(infer.process(infer.encoder(items))))


def test_morphology_is_slovnets(models: Models, articles: list[list[list[str]]], navec: Navec) -> None:
    theirs = slovnets(Morph.load(resources.natasha_file(resources.MORPHOLOGY)), navec, flat(articles))
    assert [tag for tag, _, _, _ in annotated(models, articles)] == flat(theirs)


def test_syntax_is_slovnets(models: Models, articles: list[list[list[str]]], navec: Navec) -> None:
    """Equal words in equal surroundings tie as heads: slovnet's choice between them depends on its batch."""
    theirs = slovnets(Syntax.load(resources.natasha_file(resources.SYNTAX)), navec, flat(articles))
    ours = iter(annotated(models, articles))
    ties = 0
    for sentence, (_, heads, relations) in zip(flat(articles), theirs, strict=True):
        words = ["", *sentence]
        for head, relation, (_, our_head, our_relation, _) in zip(heads, relations, ours, strict=False):
            assert (words[our_head], our_relation) == (words[int(head)], relation)
            ties += our_head != int(head)
    assert ties < 0.01 * sum(len(sentence) for article in articles for sentence in article)


def test_names_are_slovnets(models: Models, articles: list[list[list[str]]], navec: Navec) -> None:
    texts = [flat(article) for article in articles]
    theirs = slovnets(NER.load(resources.natasha_file(resources.NAMES)), navec, texts)
    assert [name for _, _, _, name in annotated(models, articles)] == flat(theirs)


def test_a_batch_predicts_as_single_articles_do(models: Models, articles: list[list[list[str]]]) -> None:
    single = [token for article in articles for token in annotated(models, [article])]
    assert annotated(models, articles) == single


def test_no_words_no_predictions(models: Models) -> None:
    none = np.zeros(0, np.int64)
    assert [len(column) for column in models.annotate([], none, none)] == [0, 0, 0, 0]


def test_of_equal_heads_the_nearest_is_taken() -> None:
    # Rows are tokens, columns the root and the candidates; token 4 ties between tokens 1 and 3.
    scores = np.array([[[5, 0, 0, 0, 0], [0, 5, 0, 0, 0], [0, 5, 0, 0, 0], [0, 3, 0, 3.00001, 0]]], np.float32)
    assert nearest_best(scores).tolist() == [[0, 1, 1, 3]]


@pytest.mark.parametrize("margin", [0.0, 2.0, 8.0])
def test_viterbi_cut_at_certain_tokens_finds_the_best_path(margin: float) -> None:
    """The whole search, done plainly, is the yardstick; `margin` makes more or fewer tokens certain."""
    random = np.random.default_rng(7)
    transitions = random.normal(size=(5, 5)).astype(np.float32)
    lengths = np.array([1, 7, 0, 30, 2])
    emissions = random.normal(size=(lengths.sum(), 5)).astype(np.float32) * 3
    emissions[:, OUTSIDE] += margin * random.random(len(emissions)).astype(np.float32) * 2
    found = viterbi(emissions, lengths, transitions, OUTSIDE).tolist()
    expected = []
    for rows in np.split(emissions, np.cumsum(lengths)[:-1]):
        expected.extend(best_path(rows, transitions))
    assert found == expected


def best_path(emissions: np.ndarray, transitions: np.ndarray) -> list[int]:
    if not len(emissions):
        return []
    score, back = emissions[0], []
    for row in emissions[1:]:
        paths = score[:, None] + transitions
        back.append(paths.argmax(0))
        score = paths.max(0) + row
    path = [int(score.argmax())]
    for origin in reversed(back):
        path.append(int(origin[path[-1]]))
    return path[::-1]
