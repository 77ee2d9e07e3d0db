"""Deals of single sentences: what a frame sees in each construction of Russian."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract.annotations import Deal
from extract.deals.report import deal_of

PUBLISHED = "2023-08-18"


def read(nlp: Language, text: str) -> Doc:
    doc = nlp.make_doc(text)
    doc._.published = PUBLISHED
    return nlp(doc)


def deals(nlp: Language, text: str) -> list[Deal]:
    return list(read(nlp, text)._.deals)


def parties(deal: Deal) -> set[str]:
    return {f"{participant.role}={participant.name}" for participant in deal.participants}


CONSTRUCTIONS = [
    pytest.param(
        "Холдинг «Заречье» купил завод «Прогресс» у группы «Веста».",
        "acquisition",
        {"buyer=Заречье", "target=Прогресс", "seller=Веста"},
        id="active",
    ),
    pytest.param(
        "Банк «Ладога» был куплен холдингом «Заречье».",
        "acquisition",
        {"buyer=Заречье", "target=Ладога"},
        id="passive",
    ),
    pytest.param(
        "Покупка холдингом «Заречье» банка «Ладога» завершена.",
        "acquisition",
        {"buyer=Заречье", "target=Ладога"},
        id="nominalization",
    ),
    pytest.param(
        "Холдинг «Заречье», который купил банк «Ладога», сменил директора.",
        "acquisition",
        {"buyer=Заречье", "target=Ладога"},
        id="relative clause",
    ),
    pytest.param(
        "Холдинг «Заречье» планирует приобрести 25% акций банка «Ладога».",
        "acquisition",
        {"buyer=Заречье", "target=Ладога"},
        id="control",
    ),
    pytest.param(
        "Холдинг «Заречье» объявил о продаже доли в компании «Веста» банку «Ладога».",
        "acquisition",
        {"seller=Заречье", "target=Веста", "buyer=Ладога"},
        id="support verb",
    ),
    pytest.param(
        "«Заречье» и «Веста» подписали меморандум о взаимопонимании.",
        "memorandum",
        {"party=Заречье", "party=Веста"},
        id="coordinated subjects",
    ),
    pytest.param(
        "Меморандум между компаниями «Заречье» и «Веста» подписан в Твери.",
        "memorandum",
        {"party=Заречье", "party=Веста"},
        id="between",
    ),
    pytest.param(
        "«Заречье» заключило с «Вестой» соглашение о сотрудничестве.",
        "partnership",
        {"party=Заречье", "party=Веста"},
        id="counterpart",
    ),
    pytest.param(
        "Министр обороны Норвегии Бьёрн Хансен подписал соглашение с Данией.",
        "agreement",
        {"party=Норвегия", "party=Дания"},
        id="a signatory stands for his state",
    ),
    pytest.param(
        "Норвегия поставит Украине 20 гаубиц.",
        "supply",
        {"supplier=Норвегия", "customer=Украина"},
        id="dative",
    ),
    pytest.param(
        "Москва и Баку подписали договор о транзите грузов.",
        "agreement",
        {"party=Россия", "party=Азербайджан"},
        id="capitals stand for states",
    ),
    pytest.param(
        "Савёловский суд Москвы оштрафовал компанию «Веста» на 3 млн руб.",
        "penalty",
        {"authority=Савёловский суд Москвы", "target=Веста"},
        id="fine",
    ),
    pytest.param(
        "Евросоюз ввел санкции против банка «Ладога».",
        "penalty",
        {"authority=Евросоюз", "target=Ладога"},
        id="sanctions",
    ),
    pytest.param(
        "Нападающий Иван Петров подписал контракт с клубом «Волна».",
        "employment",
        {"employee=Иван Петров", "employer=Волна"},
        id="player",
    ),
    pytest.param(
        "Стартап «Грань» привлек 120 млн руб. от фонда «Обь Капитал».",
        "investment",
        {"recipient=Грань", "investor=Обь Капитал"},
        id="money raised",
    ),
    pytest.param(
        "Банк «Ладога» предоставил компании «Веста» кредит на 2 млрд руб.",
        "loan",
        {"lender=Ладога", "borrower=Веста"},
        id="complement",
    ),
    pytest.param(
        "Вашингтон продаст Польше до 30 истребителей.",
        "supply",
        {"supplier=США", "customer=Польша"},
        id="arms by number",
    ),
    pytest.param(
        "«Заречье» и «Веста» создадут агрохолдинг.",
        "joint_venture",
        {"party=Заречье", "party=Веста"},
        id="founded jointly",
    ),
    pytest.param(
        "«Заречье» отказалось от рекламы в соцсети «Веста».",
        "services",
        {"customer=Заречье", "contractor=Веста"},
        id="advertising stopped",
    ),
    pytest.param(
        "«Заречье» обменяло долг перед банком «Ладога» на акции.",
        "loan",
        {"lender=Ладога", "borrower=Заречье"},
        id="own debt turned to shares",
    ),
]


@pytest.mark.parametrize(("text", "type", "expected"), CONSTRUCTIONS)
def test_roles(nlp: Language, text: str, type: str, expected: set[str]) -> None:
    found = deals(nlp, text)
    assert [deal.type for deal in found] == [type]
    assert parties(found[0]) == expected


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("«Заречье» купило банк «Ладога» в июле.", "completed"),
        ("«Заречье» купит банк «Ладога».", "planned"),
        ("«Заречье» намерено купить банк «Ладога».", "planned"),
        ("«Заречье» ведет переговоры о покупке банка «Ладога».", "negotiating"),
        ("«Заречье» договорилось о покупке банка «Ладога».", "agreed"),
        ("«Заречье» закрыло сделку по покупке банка «Ладога».", "completed"),
        ("«Заречье» отказалось от покупки банка «Ладога».", "cancelled"),
        ("«Заречье» не будет покупать банк «Ладога».", "cancelled"),
        ("«Заречье» расторгло соглашение с «Вестой».", "cancelled"),
        ("«Заречье» подписало соглашение с «Вестой».", "agreed"),
        ("«Заречье» обсуждает с «Вестой» соглашение о партнерстве.", "negotiating"),
    ],
)
def test_status(nlp: Language, text: str, status: str) -> None:
    found = deals(nlp, text)
    assert [deal.status for deal in found] == [status]


def test_sum_stake_and_date(nlp: Language) -> None:
    text = "В июле холдинг «Заречье» купил 25% акций банка «Ладога» за 1,5 млрд руб."
    doc = read(nlp, text)
    (deal,) = doc._.deals
    amount = next(amount for amount in doc._.amounts if amount.id == deal.amount)
    date = next(date for date in doc._.dates if date.id == deal.date)
    assert (amount.value, amount.currency, deal.stake, date.value) == (1_500_000_000, "RUB", 25, "2023-07")


@pytest.mark.parametrize(
    ("stake", "price", "expected_stake", "expected_price"),
    [
        ("25%", "3 млрд рублей", (25, None), (3e9, None, None, None)),
        ("от 20 до 25%", "от 2 до 3 млрд рублей", (25, (20, 25, None)), (3e9, 2e9, 3e9, None)),
        ("более 25%", "$2–3 млрд", (25, (25, None, None)), (3e9, 2e9, 3e9, None)),
        ("около 25%", "почти 3 млрд рублей", (25, (None, None, True)), (3e9, None, None, True)),
        ("до 25%", "не более чем 3 млрд рублей", (25, (None, 25, None)), (3e9, None, 3e9, None)),
        ("не менее 25%", "3 млрд рублей с лишним", (25, (25, None, None)), (3e9, 3e9, None, None)),
    ],
)
def test_what_bounds_sum_and_stake(
    extractor: extract.Extractor,
    stake: str,
    price: str,
    expected_stake: tuple[float, tuple[float | None, float | None, bool | None] | None],
    expected_price: tuple[float | None, ...],
) -> None:
    (deal,) = extractor.extract(f"Холдинг «Заречье» купил {stake} акций банка «Ладога» за {price}.").deals
    bounds = deal.stake_range and (deal.stake_range.min, deal.stake_range.max, deal.stake_range.approximate)
    assert (deal.stake, bounds) == expected_stake
    assert deal.amount is not None
    amount = deal.amount
    assert (amount.value, amount.min, amount.max, amount.approximate) == expected_price


def test_a_unit_price_is_no_amount(nlp: Language) -> None:
    (deal,) = deals(nlp, "Холдинг «Заречье» купил банк «Ладога», заплатив по 500 руб. за акцию.")
    assert deal.amount is None


def test_later_sentences_date_and_price_a_deal(nlp: Language) -> None:
    text = "Холдинг «Заречье» купил банк «Ладога». Сделка закрыта 14 августа. Сумма сделки составила €12 млн."
    doc = read(nlp, text)
    (deal,) = doc._.deals
    amount = next(amount for amount in doc._.amounts if amount.id == deal.amount)
    date = next(date for date in doc._.dates if date.id == deal.date)
    assert (amount.value, amount.currency, date.value) == (12_000_000, "EUR", "2023-08-14")


def test_headline_and_lead_are_one_deal(nlp: Language) -> None:
    text = "«Заречье» купило «Ладогу»\n\nХолдинг «Заречье» купил банк «Ладога» у группы «Веста» за 300 млн руб."
    (deal,) = deals(nlp, text)
    assert parties(deal) == {"buyer=Заречье", "target=Ладога", "seller=Веста"}
    assert len(deal.evidence) == 2


def test_each_fined_company_is_a_deal(nlp: Language) -> None:
    found = deals(nlp, "Суд оштрафовал компании «Заречье» и «Веста».")
    assert [parties(deal) & {"target=Заречье", "target=Веста"} for deal in found] == [
        {"target=Заречье"},
        {"target=Веста"},
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Компания «Заречье» приобрела популярность у подростков.",
        "Депутаты приняли закон о поставках лекарств.",
        "Министерство энергетики Норвегии запретило экспорт газа в Данию.",
        "Рынок слияний и поглощений вырос на 12%, подсчитало агентство «Веста».",
        "Он купил билет на матч «Волны».",
        "Иван Петров сообщил, что рынок аренды растет.",
        "Иван Петров и Анна Кузьмина создали компанию в 2010 году.",
        "США отказались от размещения ядерного оружия.",
        "Министр поручил изъять из продажи сидр «Заречье».",
        "Украшения «Весты» продаются в 30 странах.",
    ],
)
def test_what_only_looks_like_a_deal(nlp: Language, text: str) -> None:
    assert deals(nlp, text) == []


MEMORANDUM = """\
«Тяньшаньмаш» и «Приволжские Тяжелые Машины» («ПриТяжМаш») подписали меморандум о взаимопонимании, \
направленный на расширение сотрудничества в выпуске дробилок. Об этом сообщает пресс-служба «Тяньшаньмаша».

Документ был подписан 9 августа в ходе визита президента Киргизии Айбека Сатарова в Екатеринбург.

«Мы ждем многого», — сказал Темир Абаев, председатель правления «Тяньшаньмаша».
"""


@pytest.mark.parametrize(("published", "date"), [("2024-08-10", "2024-08-09"), (None, "XXXX-08-09")])
def test_a_memorandum_told_over_paragraphs(extractor: extract.Extractor, published: str | None, date: str) -> None:
    record = extractor.extract(MEMORANDUM, published=published)
    (deal,) = record.deals
    assert (deal.type, deal.status) == ("memorandum", "agreed")
    assert deal.date is not None
    assert deal.date.value == date
    assert {p.name for p in deal.participants} == {"Тяньшаньмаш", "Приволжские Тяжелые Машины"}
    assert [o.aliases for o in record.organizations if o.name == "Приволжские Тяжелые Машины"] == [["ПриТяжМаш"]]
    posts = {(p.name, post.title, post.organization) for p in record.people for post in p.positions}
    assert ("Айбек Сатаров", "президент", "Киргизия") in posts
    assert ("Темир Абаев", "председатель правления", "Тяньшаньмаш") in posts


def test_the_next_sentence_dates_a_deal(nlp: Language) -> None:
    text = "Стартап «Грань» привлек 120 млн руб. от фонда «Обь Капитал». Деньги поступили во вторник."
    doc = read(nlp, text)
    (deal,) = doc._.deals
    assert [date.value for date in doc._.dates if date.id == deal.date] == ["2023-08-15"]


@pytest.mark.parametrize(
    ("text", "type", "expected"),
    [
        pytest.param(
            "Мэрия Вологды заключила с турецкой Yapi Insaat контракт на ремонт моста.",
            "services",
            {"customer=мэрия Вологды", "contractor=Yapi Insaat"},
            id="case read off the adjective before a Latin name",
        ),
        pytest.param(
            "В 2021 году «Норд-Руда» заключила контракт с Vektor Systems на поставку оборудования.",
            "supply",
            {"customer=Норд-Руда", "supplier=Vektor Systems"},
            id="any case after a preposition",
        ),
        pytest.param(
            "Минфин предложил «Заречью» продать акции «Весты».",
            "acquisition",
            {"seller=Заречье", "target=Веста"},
            id="whom a verb of telling addresses",
        ),
        pytest.param(
            "Ритейлер «Заречье» договорился о приобретении 100% в ООО «Веста».",
            "acquisition",
            {"buyer=Заречье", "target=Веста"},
            id="deponent reflexive",
        ),
        pytest.param(
            "Россия и Турция подписали контракт на поставку зенитных комплексов.",
            "supply",
            {"supplier=Россия", "customer=Турция"},
            id="joint signers of a supply",
        ),
        pytest.param(
            "Контракт на поставку серверов, заключенный «Сигнатурой» с гонконгской Lantau Compute, расторгнут.",
            "supply",
            {"customer=Сигнатура"},
            id="clause about the paper above the trigger",
        ),
        pytest.param(
            "Верфь «Андромеда» поставила Индии четыре бронекапсулы.",
            "supply",
            {"supplier=Андромеда", "customer=Индия"},
            id="parties make up for an unknown ware",
        ),
        pytest.param(
            "США ввели санкции против банка «Ладога». "
            "Под санкции попали завод «Прогресс», глава компании «Веста» Иван Петров; холдинг «Заречье».",
            "penalty",
            {"authority=США", "target=Ладога", "target=Прогресс", "target=Иван Петров", "target=Заречье"},
            id="list of targets in the next sentence",
        ),
        pytest.param(
            "«Веста» и BAE Mechanics открыли офис в Баку. В августе стороны подписали меморандум.",
            "memorandum",
            {"party=Веста", "party=BAE Mechanics"},
            id="the two parties named last",
        ),
    ],
)
def test_roles_that_the_tree_hides(nlp: Language, text: str, type: str, expected: set[str]) -> None:
    (deal,) = (deal for deal in candidates(nlp, text) if deal.type == type)
    assert expected <= parties(deal)


def candidates(nlp: Language, text: str) -> list[Deal]:
    doc = read(nlp, text)
    return [deal_of(doc, candidate, "") for candidate in doc._.judged]


def test_idioms_are_no_supplies(nlp: Language) -> None:
    assert not candidates(nlp, "Правительство поставило Минфину задачу.")


def test_talks_are_about_the_deal_told_before(nlp: Language) -> None:
    text = (
        "Компания «Заря» отказалась от закупки кранов у завода «Веста». Теперь «Заря» ведет переговоры с Kran Marine."
    )
    cancelled, talks = candidates(nlp, text)
    assert (cancelled.type, cancelled.status) == ("supply", "cancelled")
    assert (talks.type, talks.status) == ("supply", "negotiating")
    assert parties(talks) == {"customer=Заря", "supplier=Kran Marine"}


def test_talks_about_nothing_told_are_no_deal(nlp: Language) -> None:
    assert not candidates(nlp, "Компания «Заря» ведет переговоры с компанией «Веста».")


def test_the_paper_of_a_deal_told_before_is_no_deal_of_its_own(nlp: Language) -> None:
    (deal,) = candidates(nlp, "Компания «Заря» приобретет стартап «Веста». Стороны заключили окончательное соглашение.")
    assert (deal.type, parties(deal)) == ("acquisition", {"buyer=Заря", "target=Веста"})


def test_the_next_sentence_prices_a_deal(nlp: Language) -> None:
    doc = read(nlp, "Мэрия Вологды заключила с «Мостом» договор на ремонт набережной. Работы обойдутся в 96 млн руб.")
    (deal,) = doc._.deals
    assert next(amount.value for amount in doc._.amounts if amount.id == deal.amount) == 96_000_000


def test_a_company_s_revenue_is_no_price(nlp: Language) -> None:
    (deal,) = deals(nlp, "Холдинг «Заречье» купил завод «Прогресс». Выручка завода составила 96 млн руб.")
    assert deal.amount is None


def test_then_is_the_date_spoken_of_before(nlp: Language) -> None:
    doc = read(nlp, "Первый раунд прошел в марте 2021 года. Тогда фонд «Ладога» вложил 15 млн руб. в стартап «Веста».")
    (deal,) = doc._.deals
    assert next(date.value for date in doc._.dates if date.id == deal.date) == "2021-03"


def test_the_news_and_what_was_done_once_are_two_deals(nlp: Language) -> None:
    text = (
        "Холдинг «Заречье» купил акции банка «Ладога». "
        "Первый пакет акций банка «Ладога» холдинг «Заречье» купил в 2015 году."
    )
    assert len(candidates(nlp, text)) == 2


def test_a_party_stands_in_one_role(nlp: Language) -> None:
    (deal,) = candidates(nlp, "Россия передала Москве гуманитарную помощь.")
    assert len({participant.name for participant in deal.participants}) == len(deal.participants)
