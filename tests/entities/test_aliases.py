"""Entities: mentions of one thing under its canonical name, with kinds, aliases and words that refer back."""

import pytest
from spacy.language import Language

from extract.annotations import Entity
from extract.entities.organization_names import initials_match
from extract.entities.transliteration import sounds_alike


def entities(nlp: Language, text: str, type: str = "ORG") -> list[Entity]:
    return [entity for entity in nlp(text)._.entities if entity.type == type]


def names(nlp: Language, text: str, type: str = "ORG") -> list[str]:
    return [entity.name for entity in entities(nlp, text, type)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Акции «Газпрома» выросли. «Газпром» доволен.", ["Газпром"], id="inflected forms"),
        pytest.param("«Газпром» и «Газпром нефть» судятся.", ["Газпром", "Газпром нефть"], id="two companies"),
        pytest.param(
            "Агентство речного контроля (АРК) возбудило дело. АРК ждет ответа.",
            ["Агентство речного контроля"],
            id="declared abbreviation",
        ),
        pytest.param(
            "Федеральная антимонопольная служба (ФАС) возбудила дело. ФАС ждет ответа.",
            ["ФАС"],
            id="the name usual in the news",
        ),
        pytest.param(
            "Объединенная речная корпорация купит суда. ОРК не раскрыла цену.",
            ["Объединенная речная корпорация"],
            id="initials",
        ),
        pytest.param("В ЦБ заявили. Банк России ждет.", ["Банк России"], id="known pair"),
        pytest.param(
            "Верховный суд Испании отклонил иск. Решение Верховный суд огласит завтра.",
            ["Верховный суд Испании"],
            id="the body without its place",
        ),
        pytest.param("Минобороны России ответило.", ["Минобороны"], id="Russian ministry"),
        pytest.param("Об этом сообщило Минобороны США.", ["Минобороны США"], id="foreign ministry"),
        pytest.param("Японское правительство молчит.", ["правительство Японии"], id="adjective inside"),
        pytest.param("Компания Meta* закрылась. Акции Meta упали.", ["Meta"], id="a footnote's mark"),
        pytest.param("Об этом сообщил американский Минфин.", ["Минфин США"], id="adjective of a country"),
        pytest.param(
            "Суд оштрафовал его. Решение вынес Советский районный суд Омска.",
            ["Советский районный суд Омска"],
            id="common noun before the name",
        ),
        pytest.param("Компания Nordic Steel Ltd закрыла завод.", ["Nordic Steel"], id="English legal form"),
    ],
)
def test_organizations(nlp: Language, text: str, expected: list[str]) -> None:
    assert names(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Банк «Заря» закрылся.", "bank"),
        ("Газета «Волжские вести» вышла.", "media"),
        ("Верховный суд Испании отклонил иск.", "court"),
        ("Правительство Норвегии заседает.", "government"),
        ("Компания «Восход» растет.", "company"),
        ("Клуб «Нефтяник» проиграл.", "club"),
        ("НАТО проведет учения.", "international"),
        ("Партия «Рассвет» вышла из коалиции.", "party"),
    ],
)
def test_kinds(nlp: Language, text: str, kind: str) -> None:
    assert [entity.kind for entity in entities(nlp, text)] == [kind]


@pytest.mark.parametrize(
    ("text", "name", "noun"),
    [
        pytest.param("«Восход» купил завод. Компания заплатила сразу.", "Восход", "Компания", id="company"),
        pytest.param("ФАС проверит рынок. В ведомстве ждут жалоб.", "ФАС", "ведомстве", id="government"),
        pytest.param("Банк «Заря» растет. Прибыль банка удвоилась.", "Заря", "банка", id="bank"),
        pytest.param(
            "Итальянская компания Velora ведет переговоры с «Восходом». Сделку итальянская компания не раскрыла.",
            "Velora",
            "компания",
            id="nationality tells which",
        ),
    ],
)
def test_noun_refers_back(nlp: Language, text: str, name: str, noun: str) -> None:
    doc = nlp(text)
    found = [
        (entity.name, doc[mention.start : mention.end].text)
        for entity in doc._.entities
        for mention in entity.mentions
        if mention.anaphor
    ]
    assert found == [(name, noun)]


@pytest.mark.parametrize(
    "text",
    [
        "«Восход» купил завод. Российские компании против.",
        "«Восход» купил завод. Одна из компаний против.",
        "«Восход» купил завод. Другая компания против.",
        "«Восход» купил завод. Компания «Закат» против.",
    ],
)
def test_noun_refers_to_another(nlp: Language, text: str) -> None:
    assert not [mention for entity in nlp(text)._.entities for mention in entity.mentions if mention.anaphor]


def test_country_names_are_joined(nlp: Language) -> None:
    (country,) = entities(nlp, "США ввели пошлины. Соединенные Штаты ждут ответа.", "LOC")
    assert (country.name, country.aliases, country.kind) == ("США", ["Соединенные Штаты"], "country")


def test_place_within_a_name_is_mentioned(nlp: Language) -> None:
    assert names(nlp, "Верховный суд Испании отклонил иск.", "LOC") == ["Испания"]


def test_regions_share_a_noun(nlp: Language) -> None:
    found = names(nlp, "В Курской, Брянской и Тульской областях объявили тревогу.", "LOC")
    assert found == ["Курская область", "Брянская область", "Тульская область"]


def test_ids_follow_the_text(nlp: Language) -> None:
    found = [entity.id for entity in entities(nlp, "Банк «Заря» и банк «Восход» объединились.")]
    assert found == ["org-1", "org-2"]


@pytest.mark.parametrize(
    ("short", "name", "expected"),
    [
        ("оак", "объединенная авиастроительная корпорация", True),
        ("фнс", "федеральная налоговая служба", True),
        ("фас", "федеральная налоговая служба", False),
    ],
)
def test_initials(short: str, name: str, expected: bool) -> None:
    assert initials_match(short, tuple(name.split())) is expected


def test_transliteration() -> None:
    assert sounds_alike(("skolkovo", "ventures"), ("сколково",))
    assert not sounds_alike(("mondi",), ("снегурочка",))
