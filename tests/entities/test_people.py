"""Names of people: mentions, entities, canonical names."""

import pytest
from spacy.language import Language

from extract.annotations import Entity
from extract.entities import person_names
from extract.entities.person_names import is_surname_first

MENTIONS = [
    ("Принц Эдуард прибыл в Лондон.", ["Эдуард"]),
    ("Его лечил 34-летний Иван Рогозин.", ["Иван Рогозин"]),
    ("Компанию возглавил Джейк Бартон (Jake Barton), сообщает газета.", ["Джейк Бартон", "Jake Barton"]),
    ("Умер режиссер Олег Рязанцев\n\nНародный артист скончался в Москве.", ["Олег Рязанцев"]),
    ("Генсек ООН Пан Ги Мун выступил.", ["Пан Ги Мун"]),
    ("Супруга рассказала о планах.", []),
    ("В книге упомянут Усама бен Ладен.", ["Усама бен Ладен"]),
    ("Доклад подготовил А. С. Вершков.", ["А. С. Вершков"]),
    ("Доклад подготовил Вершков А. С. для комиссии.", ["Вершков А. С."]),
    ("Глава завода Петр Дом ушел. Дом отметил успехи завода.", ["Петр Дом", "Дом"]),
]


@pytest.mark.parametrize(("text", "expected"), MENTIONS)
def test_mentions(nlp: Language, text: str, expected: list[str]) -> None:
    assert [span.text for span in nlp(text).ents if span.label_ == "PER"] == expected


def people(nlp: Language, text: str) -> list[Entity]:
    return [entity for entity in nlp(text)._.entities if entity.type == "PER"]


NAMES = [
    ("Вручили орден Касым-Жомарту Токаеву.", ["Касым-Жомарт Токаев"]),
    ("Встреча с Ириной Ким прошла вчера.", ["Ирина Ким"]),
    ("Встреча с Виктором Кимом прошла вчера.", ["Виктор Ким"]),
    ("Фирма Олега Дерипаски подала иск.", ["Олег Дерипаска"]),
    ("Книгу подарили Анне-Марии Салтыковой.", ["Анна-Мария Салтыкова"]),
    ("Переговоры с Си Цзиньпином завершены.", ["Си Цзиньпин"]),
    ("Переговоры с Урсулой фон дер Ляйен завершены.", ["Урсула фон дер Ляйен"]),
    ("Назначение Иванова Сергея Петровича одобрено.", ["Сергей Петрович Иванов"]),
    ("Иск подан против Милоша Вучевича.", ["Милош Вучевич"]),
    ("Слова Сергея Черных не подтвердились.", ["Сергей Черных"]),
    ("У Владимира Зеленского была встреча.", ["Владимир Зеленский"]),
    ("Компания Дэвида Росса-младшего закрыта.", ["Дэвид Росс-младший"]),
    ("Книга Джозефа Э. Росса вышла вчера.", ["Джозеф Э. Росс"]),
    ("Ли Цян встретился с Леброном Джеймсом.", ["Ли Цян", "Леброн Джеймс"]),
    ("Встреча с президентом Луисом да Силва отложена.", ["Луис да Силва"]),
    ("Собрание назначило директором Веронику Дрозд.", ["Вероника Дрозд"]),
    ("Об этом сказала директор оператора Розанна Камилли.", ["Розанна Камилли"]),
    ("Адвокат Рябова Антон Котов подал иск.", ["Рябов", "Антон Котов"]),
]


@pytest.mark.parametrize(("text", "expected"), NAMES)
def test_nominative(nlp: Language, text: str, expected: list[str]) -> None:
    assert [entity.name for entity in people(nlp, text)] == expected


def test_last_name_joins_the_full_one(nlp: Language) -> None:
    text = "Директор завода Антон Рябов ушел в отпуск. Рябова заменит зам. Коллеги тепло простились с Рябовым."
    (person,) = people(nlp, text)
    assert (person.name, person.first, person.last) == ("Антон Рябов", "Антон", "Рябов")
    assert person.aliases == ["Рябов"]
    assert len(person.mentions) == 3


def test_spouses_are_two(nlp: Language) -> None:
    text = "Петр Власов и Анна Власова открыли фонд. Власова заявила, что фонд растет. Власов заявил о планах."
    names = {person.name: len(person.mentions) for person in people(nlp, text)}
    assert names == {"Петр Власов": 2, "Анна Власова": 2}


def test_parts_of_the_name(nlp: Language) -> None:
    text = "С докладом выступила Мария Ивановна Кротова. М. Кротову поддержали. Марию Ивановну благодарили."
    (person,) = people(nlp, text)
    assert (person.first, person.patronymic, person.last) == ("Мария", "Ивановна", "Кротова")
    assert person.aliases == ["М. Кротова", "Мария Ивановна"]


def test_other_script_is_an_alias(nlp: Language) -> None:
    (person,) = people(nlp, "Компанию возглавил Джейк Бартон (Jake Barton), сообщает газета.")
    assert person.name == "Джейк Бартон"
    assert person.aliases == ["Jake Barton"]


@pytest.mark.parametrize(
    ("words", "expected"), [(["ким", "чен", "ын"], True), (["ли", "петров"], False), (["иван", "ли"], False)]
)
def test_surname_first(words: list[str], expected: bool) -> None:
    assert is_surname_first(words) is expected


def test_many_names_run_together_take_no_memory() -> None:
    norms = ("белых", "мозговая", "кличко", "лапин", "сухих") * 12
    tags = tuple((norm, person_names.LAST, None, None) for norm in norms)
    assert person_names._weighed(tags, (), ("", 0.0), (), frozenset())
