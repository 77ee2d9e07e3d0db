"""Meetings, construction by construction."""

import pytest
from spacy.language import Language

MEETINGS = [
    ("Иван Петров встретился с Анной Смирновой.", {"Петров", "Смирнова"}),
    ("Иван Петров встретился с министром финансов Чехии Карелом Новотным.", {"Петров", "Новотный"}),
    ("Глава Минфина Иван Петров и глава ЦБ Анна Смирнова встретились в Омске.", {"Петров", "Смирнова"}),
    ("Иван Петров провел переговоры с Анной Смирновой.", {"Петров", "Смирнова"}),
    ("Встреча Ивана Петрова и Анны Смирновой прошла в Омске.", {"Петров", "Смирнова"}),
    ("Переговоры Ивана Петрова с Анной Смирновой прошли в Омске.", {"Петров", "Смирнова"}),
    ("Иван Петров принял в Кремле Анну Смирнову.", {"Петров", "Смирнова"}),
    ("Иван Петров отказался от встречи с Анной Смирновой.", set()),
    ("Иван Петров не встретился с Анной Смирновой.", set()),
    ("Иван Петров принял решение уволить Анну Смирнову.", set()),
]


@pytest.mark.parametrize(("text", "expected"), MEETINGS)
def test_meeting(nlp: Language, text: str, expected: set[str]) -> None:
    found = [relation for relation in nlp(text)._.relations if relation.type == "meeting"]
    assert {argument.name.split()[-1] for relation in found for argument in relation.arguments} == expected
