"""Words that head a post."""

import pytest

from extract.positions.post_heads import post_head


@pytest.mark.parametrize(
    ("norm", "lemma"),
    [
        ("министром", "министр"),
        ("пресс-секретаря", "пресс-секретарь"),
        ("экс-министра", "министр"),
        ("вице-премьеру", "вице-премьер"),
        ("замминистра", "замминистра"),
        ("зампреда", "зампред"),
        ("летчика-испытателя", "летчик-испытатель"),
        ("актер-режиссер", "режиссер"),
        ("командующего", "командующий"),
        ("бойцом", "боец"),
        ("соруководителя", "соруководитель"),
        ("ceo", "ceo"),
    ],
)
def test_head(norm: str, lemma: str) -> None:
    head = post_head(norm)
    assert head is not None
    assert head.lemma == lemma


@pytest.mark.parametrize("norm", ["завод", "вчера", "построил", "и", "microsoft"])
def test_no_head(norm: str) -> None:
    assert post_head(norm) is None
