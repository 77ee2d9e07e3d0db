"""Organizations in `doc.ents`: each rule with the phrases that it is for."""

import pytest
from spacy.language import Language


def organizations(nlp: Language, text: str) -> list[str]:
    return [span.text for span in nlp(text).ents if span.label_ == "ORG"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "Компания «Северные Редкие Металлы» («СевРедМет») подписала договор.",
            ["Северные Редкие Металлы", "СевРедМет"],
            id="short name in quotes in brackets",
        ),
        pytest.param(
            "Об этом сообщила Федеральная налоговая служба (ФНС) в четверг.",
            ["Федеральная налоговая служба", "ФНС"],
            id="declared abbreviation",
        ),
        pytest.param(
            "Решение принял Фонд развития северных территорий (далее — ФРСТ).",
            ["Фонд развития северных территорий", "ФРСТ"],
            id="declared with далее",
        ),
        pytest.param("ООО «Ромашка» продало завод.", ["Ромашка"], id="legal form"),
        pytest.param("Акции ПАО «НК «Роснефть» выросли.", ["Роснефть"], id="legal forms and nested quotes"),
        pytest.param("Банк «Заря» купил авиакомпанию «Полет».", ["Заря", "Полет"], id="generic word and quotes"),
        pytest.param("Об этом пишет издание The Bell.", ["The Bell"], id="generic word and Latin letters"),
        pytest.param(
            "Оператор заключил договоры с компаниями «Весна», «Лето» и «Осень».",
            ["Весна", "Лето", "Осень"],
            id="list after one generic word",
        ),
        pytest.param(
            "Пакет приобрела компания Fusion Factor Holdings из Лимасола.",
            ["Fusion Factor Holdings"],
            id="Latin words together",
        ),
        pytest.param("Аналитики Альфа-банка ждут роста.", ["Альфа-банка"], id="people before a name"),
        pytest.param("Совет директоров «Газпрома» утвердил программу.", ["Газпрома"], id="organ of an organization"),
        pytest.param("Компания ДТЭК закупила уголь.", ["ДТЭК"], id="generic word and capitals"),
        pytest.param("Сервис Kassir.ru сменил владельца.", ["Kassir.ru"], id="a point inside"),
    ],
)
def test_bounds(nlp: Language, text: str, expected: list[str]) -> None:
    assert organizations(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Верховный суд Испании отклонил жалобу.", ["Верховный суд Испании"], id="court of a country"),
        pytest.param("Правительство Германии выделит средства.", ["Правительство Германии"], id="government"),
        pytest.param("Деньги перечислило правительство Норвегии.", ["правительство Норвегии"], id="in lower case"),
        pytest.param("Его задержала полиция Нью-Йорка.", ["полиция Нью-Йорка"], id="police of a city"),
        pytest.param("В ГУ МВД по Москве подтвердили это.", ["ГУ МВД по Москве"], id="branch by place"),
        pytest.param(
            "Об этом объявило министерство обороны Мали.", ["министерство обороны Мали"], id="what it deals with"
        ),
        pytest.param(
            "Он возглавил комитет Госдумы по обороне.", ["комитет Госдумы по обороне"], id="committee of a parliament"
        ),
        pytest.param("Посольство России в Токио выразило протест.", ["Посольство России в Токио"], id="embassy abroad"),
        pytest.param("Он окончил МГТУ имени Баумана.", ["МГТУ имени Баумана"], id="namesake"),
        pytest.param(
            "Парк достался 47-му авиаремонтному заводу.", ["47-му авиаремонтному заводу"], id="number and plant"
        ),
        pytest.param("Переговоры с ЕС отложены.", ["ЕС"], id="known, taken for a place"),
    ],
)
def test_bodies(nlp: Language, text: str, expected: list[str]) -> None:
    assert organizations(nlp, text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Кремль прокомментировал решение суда.", ["Кремль"]),
        ("В Кремле не стали комментировать эти слова.", ["Кремле"]),
        ("Вечером гости собрались в Кремле на концерт.", []),
        ("Митинг прошел возле Белого дома.", []),
    ],
)
def test_building_or_body(nlp: Language, text: str, expected: list[str]) -> None:
    assert organizations(nlp, text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Режиссер снял фильм «Северный ветер».",
        "Танкер «Аврора» вышел из порта.",
        "Об этом сообщили СМИ.",
        "Он заболел COVID-19.",
        "Певица написала в Instagram.",
        "Турнир «Золотая осень» перенесли.",
        "Альбом The Long Day (1997) переиздали.",
        "Танкер «Аврора» вышел из порта. «Аврора» везет зерно.",
        "Его осудили по статье 159 УК «Мошенничество».",
    ],
)
def test_no_organization(nlp: Language, text: str) -> None:
    assert organizations(nlp, text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Завод «Кедр» отдал ВЭБ 30% бумаг.", ["Кедр", "ВЭБ"]),
        ("Завод «Кедр» продал ВТБ 12 млн акций.", ["Кедр", "ВТБ"]),
        ("Холдинг уступил АФК 5,5% бумаг.", ["АФК"]),
        ("Власти передали РЖД 75% порта.", ["РЖД"]),
        ("Суд взыскал с МТС 40 млн рублей.", ["МТС"]),
    ],
)
def test_a_sum_is_no_part_of_a_name(nlp: Language, text: str, expected: list[str]) -> None:
    assert [entity.text for entity in nlp(text).ents if entity.label_ == "ORG"] == expected


def test_seen_before(nlp: Language) -> None:
    text = "Компания «Восход» выпустила отчет. Акции «Восхода» упали."
    assert organizations(nlp, text) == ["Восход", "Восхода"]


def test_mentions_never_overlap(nlp: Language) -> None:
    doc = nlp("Управление ФСБ по Томской области и банк «Томь» (ООО «Томь») судятся в Верховном суде России.")
    covered = [token.i for span in doc.ents for token in span]
    assert len(covered) == len(set(covered))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("«Железный мост» купил «Тихую гавань».", ["Железный мост", "Тихая гавань"]),
        ("Между «Дальним берегом» и «Синей птицей» заключён договор.", ["Дальний берег", "Синяя птица"]),
        ("«Первая линия» отказалась от сделки.", ["Первая линия"]),
        ("Разработчик игр «Кубик» открыл офис.", ["Кубик"]),
        ("Фильм «Железный мост» купил телеканал.", []),
        ("Роман «Тихая гавань» вышел в апреле.", []),
    ],
)
def test_names_in_quotes_that_trade(nlp: Language, text: str, names: list[str]) -> None:
    assert [entity.name for entity in nlp(text)._.entities if entity.type == "ORG"] == names
