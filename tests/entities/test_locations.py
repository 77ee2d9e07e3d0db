"""Places in `doc.ents` and what the gazetteer knows of them."""

import pytest
from spacy.language import Language

from extract.entities.places import (
    country_of_adjective,
    country_of_capital,
    country_of_people,
    genitive,
    known_places,
)


def places(nlp: Language, text: str) -> list[str]:
    return [span.text for span in nlp(text).ents if span.label_ == "LOC"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Россияне поехали в Турцию.", ["Турцию"], id="a people is no place"),
        pytest.param("Визит в ФРГ отложен.", ["ФРГ"], id="abbreviation of a country"),
        pytest.param("Город Павия стоит на реке.", ["Павия"], id="generic word in front"),
        pytest.param("Российские компании уходят.", [], id="adjective"),
    ],
)
def test_places(nlp: Language, text: str, expected: list[str]) -> None:
    assert places(nlp, text) == expected


@pytest.mark.parametrize(
    ("name", "usual", "kind"),
    [
        ("Соединенные Штаты", "США", "country"),
        ("ФРГ", "Германия", "country"),
        ("Соединенное Королевство", "Великобритания", "country"),
        ("Кыргызстан", "Киргизия", "country"),
        ("Северная Корея", "КНДР", "country"),
        ("Петербург", "Санкт-Петербург", "city"),
        ("Татарстан", "Татарстан", "region"),
        ("Европа", "Европа", "other"),
    ],
)
def test_usual_names(name: str, usual: str, kind: str) -> None:
    place = known_places().get(name)
    assert place is not None
    assert (place.name, place.kind) == (usual, kind)


def test_countries_of_words() -> None:
    assert country_of_adjective("американский") == "США"
    assert country_of_people("француз") == "Франция"
    assert country_of_capital("москва") == "Россия"
    assert country_of_adjective("деревянный") is None


@pytest.mark.parametrize(
    ("name", "form"),
    [("Южная Корея", "Южной Кореи"), ("США", "США"), ("Украина", "Украины"), ("Перу", "Перу"), ("Чили", "Чили")],
)
def test_genitive(name: str, form: str) -> None:
    assert genitive(name) == form


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Склады строят в Ельце, Торжке и Череповце.", ["Елец", "Торжок", "Череповец"]),
        ("Мост открыли в Камне-на-Оби.", ["Камень-на-Оби"]),
        ("Завод стоит в Славянске-на-Кубани.", ["Славянск-на-Кубани"]),
        ("Рейс из Александровска-Сахалинского отменен.", ["Александровск-Сахалинский"]),
        ("Склад есть в Усолье-Сибирском и Ленинске-Кузнецком.", ["Усолье-Сибирское", "Ленинск-Кузнецкий"]),
        ("Школу открыли в Гусе-Железном.", ["Гусь-Железный"]),
        ("Фабрика в Иванове закрыта.", ["Иваново"]),
        ("Дом в Бородине купил Лев Бородин.", ["Бородино"]),
        ("Склад есть в Орехово-Зуеве и Йошкар-Оле.", ["Орехово-Зуево", "Йошкар-Ола"]),
        ("Парк открыли в Вышнем Волочке.", ["Вышний Волочек"]),
    ],
)
def test_nominative(nlp: Language, text: str, expected: list[str]) -> None:
    assert [entity.name for entity in nlp(text)._.entities if entity.type == "LOC"] == expected
