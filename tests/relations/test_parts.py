"""Parts and wholes, construction by construction."""

import pytest
from spacy.language import Language

PARTS = [
    ("«Башнефть» входит в «Роснефть».", {("Башнефть", "Роснефть")}),
    ("Завод построит «Башнефть» (входит в «Роснефть»).", {("Башнефть", "Роснефть")}),
    ("Входящая в «Ростех» корпорация «Калашников» поставит оружие.", {("Калашников", "Ростех")}),
    ("В группу «Роснефть» входят «Башнефть» и «Калашников».", {("Башнефть", "Роснефть"), ("Калашников", "Роснефть")}),
    (
        "Закон одобрил комитет Госдумы по обороне. Госдума примет его в мае.",
        {("комитет Госдумы по обороне", "Госдума")},
    ),
    ("YouTube — подразделение Google.", {("YouTube", "Google")}),
    ("После «Роснефти» Иван Петров входит в совет директоров «Лукойла».", set()),
    ("«Башнефть» не входит в «Роснефть».", set()),
]


@pytest.mark.parametrize(("text", "expected"), PARTS)
def test_part_of(nlp: Language, text: str, expected: set[tuple[str, str]]) -> None:
    found = [relation for relation in nlp(text)._.relations if relation.type == "part_of"]
    assert {tuple(argument.name for argument in relation.arguments) for relation in found} == expected
