"""Tags, trees and proposed names on the Doc."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from extract.language.annotator import BATCH, absolute_heads

ARTICLES = sorted((Path(__file__).parents[2] / "corpus" / "articles").glob("*.txt"))


@pytest.fixture(scope="module")
def annotate(nlp: Language) -> Iterator[Language]:
    """The pipeline without the rules."""
    with nlp.select_pipes(enable=["ru_slovnet", "ru_lemmas"]):
        yield nlp


def assert_one_tree_a_sentence(doc: Doc) -> None:
    for sentence in doc.sents:
        roots = [token for token in sentence if token.head.i == token.i]
        assert len(roots) == 1
        for token in sentence:
            assert token.head.sent.start == sentence.start
            path = {token.i}
            while token.head.i != token.i:
                token = token.head
                assert token.i not in path
                path.add(token.i)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Компания купила завод .", "NOUN VERB NOUN PUNCT"),
        ("Игорь Лапин построит три моста в Туле", "PROPN PROPN VERB NUM NOUN ADP PROPN"),
        ("Он заявил, что не подпишет договор", "PRON VERB PUNCT SCONJ PART VERB NOUN"),
    ],
)
def test_parts_of_speech(annotate: Language, text: str, expected: str) -> None:
    assert " ".join(token.pos_ for token in annotate(text) if not token.is_space) == expected


def test_morphology_and_syntax(annotate: Language) -> None:
    doc = annotate("Компания купила у банка старый завод.")
    company, bought, _, bank, old, plant, stop = doc
    assert (company.dep_, company.head) == ("nsubj", bought)
    assert (bought.dep_, bought.head) == ("ROOT", bought)
    assert plant.head == bought
    assert old.head == plant
    assert stop.head == bought
    assert company.morph.get("Case") == ["Nom"]
    assert bank.morph.get("Case") == ["Gen"]
    assert bought.morph.to_dict() | {"Gender": "Fem", "Tense": "Past"} == bought.morph.to_dict()


def test_names_are_proposed(annotate: Language) -> None:
    doc = annotate("Глава Сбербанка Герман Греф прилетел в Казань.")
    assert [(span.text, span.label_) for span in doc.ents] == [
        ("Сбербанка", "ORG"),
        ("Герман Греф", "PER"),
        ("Казань", "LOC"),
    ]


def test_odd_letters_and_soft_hyphens_read_as_the_plain_word(annotate: Language) -> None:
    plain = annotate("Глава Сбербанка заявил, что компания подписала договор.")
    odd = annotate("Глава Cбepбaнкa заявил, что ком\u00adпания под\u00adписала до\u0301говор.")
    assert [token.tag for token in plain] == [token.tag for token in odd]
    assert [(token.pos_, token.dep_, token.head.i) for token in plain] == [
        (token.pos_, token.dep_, token.head.i) for token in odd
    ]


def test_white_space_hangs_on_the_word_before(annotate: Language) -> None:
    doc = annotate("\n\nБанк  купил\u00a0завод.\u200b\n\nСделка закрыта.  \n")
    spaces = [token for token in doc if token.is_space or token.norm_ == " "]
    assert len(spaces) == 5
    assert all(token.pos_ == "SPACE" for token in spaces)
    assert all(token.head.i == token.i - 1 for token in spaces if token.i)
    assert_one_tree_a_sentence(doc)


@pytest.mark.parametrize("path", ARTICLES[::3], ids=lambda path: path.stem)
def test_every_sentence_of_an_article_is_one_tree(annotate: Language, path: Path) -> None:
    doc = annotate(path.read_text("utf-8"))
    assert_one_tree_a_sentence(doc)
    assert all(token.pos_ and token.lemma_ for token in doc)


@settings(max_examples=50, deadline=None)
@given(st.text("аБанк купил, . ! ? «»— 1%\u0306\u00ad\u00a0\u200b👍\r\n", max_size=120))
def test_every_sentence_of_any_text_is_one_tree(annotate: Language, text: str) -> None:
    assert_one_tree_a_sentence(annotate(text))


def test_batches_are_annotated_as_single_texts(annotate: Language) -> None:
    texts = [path.read_text("utf-8") for path in ARTICLES[: BATCH + 3]] + ["", " ", "Да."]
    for single, batched in zip(map(annotate, texts), annotate.pipe(texts), strict=True):
        assert single.to_json() == batched.to_json()


def test_a_long_text_reads_as_its_parts(annotate: Language, monkeypatch: pytest.MonkeyPatch) -> None:
    """The models see a long text in windows of whole sentences; only names at a window's edge could differ."""
    texts = [path.read_text("utf-8") for path in ARTICLES[:6]]
    whole = annotate("\n\n".join(texts))
    monkeypatch.setattr("extract.language.annotator.WINDOW", 100)
    parts = annotate("\n\n".join(texts))
    assert [(token.pos_, token.head.i, token.dep_) for token in parts] == [
        (token.pos_, token.head.i, token.dep_) for token in whole
    ]
    names = {(span.start, span.end, span.label_) for span in whole.ents}
    assert len(names ^ {(span.start, span.end, span.label_) for span in parts.ents}) < 0.05 * len(names)


@pytest.mark.parametrize(
    ("heads", "expected"),
    [
        ([0], [0]),
        ([2, 0, 2], [1, 1, 1]),
        ([0, 0, 1], [0, 0, 0]),  # two roots: the second hangs on the first
        ([2, 3, 1], [0, 2, 0]),  # no root but a cycle: cut at its first token
        ([2, 1, 0], [2, 0, 2]),  # a cycle beside the root
        ([2, 1, 4, 3], [0, 0, 0, 2]),  # two cycles
    ],
)
def test_heads_become_one_tree(heads: list[int], expected: list[int]) -> None:
    tree = absolute_heads(np.array(heads), np.array([len(heads)])).tolist()
    assert tree == expected
    # In a later sentence everything is shifted.
    assert absolute_heads(np.array([0, 1, *heads]), np.array([2, len(heads)])).tolist()[2:] == [
        head + 2 for head in expected
    ]


@given(st.integers(1, 8).flatmap(lambda n: st.lists(st.integers(0, n), min_size=n, max_size=n)))
def test_any_heads_become_one_tree(heads: list[int]) -> None:
    tree = absolute_heads(np.array(heads), np.array([len(heads)])).tolist()
    assert sum(head == token for token, head in enumerate(tree)) == 1
    for token in range(len(tree)):
        at = token
        for _ in tree:
            at = tree[at]
        assert tree[at] == at
