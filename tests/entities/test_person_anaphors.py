"""Pronouns and common nouns that refer back to people."""

import pytest
from spacy.language import Language

CASES = [
    ("Директор Антон Рябов уехал. Он вернется завтра.", {"Антон Рябов": ["Он"]}),
    ("Завод закрыл Антон Рябов. По его словам, цех устарел.", {"Антон Рябов": ["его"]}),
    ("Певица Анна Кротова болеет. Антон Рябов заменит ее.", {"Анна Кротова": ["ее"]}),
    ("Бизнесмен Антон Рябов продал дом. Позже бизнесмен уехал.", {"Антон Рябов": ["бизнесмен"]}),
    ("Министр обороны Петр Власов прибыл в Минск. Министр осмотрел завод.", {"Петр Власов": ["Министр"]}),
    # two men, neither of them the subject alone; another minister; a predicate; a plural
    ("Антон Рябов и Петр Власов спорили. Его машина сломалась.", {}),
    ("Министр обороны Петр Власов прибыл. Министр финансов уехал.", {}),
    ("Бизнесмен Антон Рябов продал дом. Он стал министром.", {"Антон Рябов": ["Он"]}),
    ("Бизнесмен Антон Рябов продал дом. Бизнесмены довольны.", {}),
]


@pytest.mark.parametrize(("text", "expected"), CASES)
def test_anaphors(nlp: Language, text: str, expected: dict[str, list[str]]) -> None:
    doc = nlp(text)
    found = {
        entity.name: [doc[mention.start : mention.end].text for mention in entity.mentions if mention.anaphor]
        for entity in doc._.entities
        if entity.type == "PER"
    }
    assert {name: words for name, words in found.items() if words} == expected
