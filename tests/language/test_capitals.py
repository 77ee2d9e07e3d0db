"""Sentences and names all in capitals are read in the case of running text; the text stays as it is."""

import pytest
from spacy.language import Language

from extract.language.words import readable_words

SENTENCES = [
    ("ЗАВОД «ЗАРЯ» ПРОДАЛ СКЛАД.", "Завод « Заря » продал склад ."),
    ("ГЛАВА РАЙОНА ОЛЕГ ТИТОВ УШЕЛ В ОТСТАВКУ", "Глава района Олег Титов ушел в отставку"),
    ("ДОГОВОР С П. А. ГРОМОВЫМ РАСТОРГНУТ", "Договор с П . А . Громовым расторгнут"),
    ("МВД И ФСБ ИЩУТ СВИДЕТЕЛЕЙ ПОЖАРА В ТВЕРИ", "МВД и ФСБ ищут свидетелей пожара в Твери"),
    ("ООО «СЕВЕРНАЯ ВЕРФЬ» ПОСТРОИТ ПАРОМ", "ООО « Северная верфь » построит паром"),
    ("МОСТ В РОСТОВЕ-НА-ДОНУ ЗАКРОЮТ НА РЕМОНТ", "Мост в Ростове-на-Дону закроют на ремонт"),
    ("ПАВОДОК В НИЖНЕМ НОВГОРОДЕ И ТУЛЬСКОЙ ОБЛАСТИ", "Паводок в Нижнем Новгороде и Тульской области"),
    ("ДИРЕКТОР БАНКА И УЧИТЕЛЬ ТИТОВ УШЛИ", "Директор банка и учитель Титов ушли"),
    ("ГЛАВОЙ РАЙОНА СТАЛ ПЁТР ОРЁЛ", "Главой района стал Пётр Орёл"),
    ("СРОЧНО! УПАЛИ ЦЕНЫ НА ПШЕНИЦУ", "Срочно ! Упали цены на пшеницу"),
    ("КОМПАНИЯ SOLARIS КУПИТ БАНК ВТБ", "Компания SOLARIS купит банк ВТБ"),
    ("ЛУКОЙЛ И ГАЗПРОМ СПОРЯТ О ЦЕНЕ", "Лукойл и Газпром спорят о цене"),
]


def readable(nlp: Language, text: str) -> str:
    return " ".join(readable_words(nlp.make_doc(text)))


@pytest.mark.parametrize(("text", "expected"), SENTENCES)
def test_sentences_in_capitals(nlp: Language, text: str, expected: str) -> None:
    assert readable(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Олег ТИТОВ ушел. ТИТОВА ждут.", "Олег Титов ушел . Титова ждут ."),
        ("ТИТОВ Олег Петрович ушел.", "Титов Олег Петрович ушел ."),
        ("Иск подал П. ГРОМОВ.", "Иск подал П . Громов ."),
        ("Директор ОЛЕГ ТИТОВ ушел.", "Директор Олег Титов ушел ."),
        ("Иск подан к О. СОМОВОЙ.", "Иск подан к О . Сомовой ."),
        ("Глава МИД Олег Титов и МЧС.", "Глава МИД Олег Титов и МЧС ."),
        ("Банк БРИКС Олегу Титову не ответил.", "Банк БРИКС Олегу Титову не ответил ."),
        ("ПАО «ЗАРЯ» продало склад.", "ПАО « ЗАРЯ » продало склад ."),
    ],
)
def test_names_in_capitals(nlp: Language, text: str, expected: str) -> None:
    assert readable(nlp, text) == expected


def test_the_rest_of_the_article_tells(nlp: Language) -> None:
    text = "АГРОТЕХ КУПИЛ СКЛАД\n\nКомпания «АгроТех» купила склад. Хозяин АгроТех не назван."
    assert readable(nlp, text).startswith("АгроТех купил склад")


def test_the_text_stays(nlp: Language) -> None:
    doc = nlp("ГЛАВА РАЙОНА ОЛЕГ ТИТОВ УШЕЛ В ОТСТАВКУ")
    (person,) = (entity for entity in doc._.entities if entity.type == "PER")
    (mention,) = person.mentions
    assert (person.name, doc[mention.start : mention.end].text) == ("Олег Титов", "ОЛЕГ ТИТОВ")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Оле́г Ти́тов", "Олег Титов"),
        ("Моско\u0301вский", "Московский"),
        ("Алё\u0301на", "Алёна"),
        ("ком\u00adпания", "компания"),
        ("Бои\u0306ко", "Бойко"),
        ("Cбepбaнк", "Сбербанк"),
    ],
)
def test_marks_inside_words(nlp: Language, text: str, expected: str) -> None:
    assert readable(nlp, text) == expected
