from dataclasses import replace

import pytest

from extract.evaluation.deals import score_deals
from extract.evaluation.samples import Deal, Sample
from extract.evaluation.scores import ArticleScore

PURCHASE = Deal(
    "acquisition",
    "completed",
    (("buyer", "Лотос"), ("seller", "Аист"), ("target", "Камыш")),
    amount=(1_500_000_000, "RUB"),
    stake=25,
    date="2023-05",
    evidence=((0, 40),),
)
ORDER = Deal("supply", "planned", (("supplier", "Камыш"), ("customer", "Перу")), evidence=((50, 80),))


def scored(gold: list[Deal], predicted: list[Deal]) -> ArticleScore:
    score = ArticleScore("a")
    score_deals(Sample("", "a", deals=gold), Sample("", "a", deals=predicted), score)
    return score


def counts(gold: list[Deal], predicted: list[Deal], measure: str) -> list[float]:
    return scored(gold, predicted).counts[measure].as_list()


def test_the_same_deals() -> None:
    both = [PURCHASE, ORDER]
    assert counts(both, both, "deals") == [2, 2, 2, 2]
    assert counts(both, both, "slots") == [10, 10, 10, 10]  # 3 + 4 slots of the one, 2 + 1 of the other


def test_one_participant_makes_a_pair_and_the_rest_are_slots() -> None:
    predicted = Deal(
        "acquisition",
        "planned",
        (("buyer", "«Лотос»"), ("seller", "Камыш")),
        amount=(1_500_000_000, "USD"),
        stake=25.0,
    )
    score = scored([PURCHASE], [predicted])
    assert score.counts["deals"].as_list() == [1, 1, 1, 1]
    # right: buyer, stake; gold fills 3 participants and 4 more, the prediction 2 and 3 more
    assert score.counts["slots"].as_list() == [2, 2, 7, 5]
    assert score.counts["slots.kind.participant"].as_list() == [1, 1, 3, 2]
    assert score.counts["slots.kind.amount"].as_list() == [0, 0, 1, 1]
    assert score.counts["slots.kind.stake"].as_list() == [1, 1, 1, 1]
    assert score.counts["slots.kind.date"].as_list() == [0, 0, 1, 0]
    assert score.counts["slots.kind.status"].as_list() == [0, 0, 1, 1]
    assert score.counts["slots.type.acquisition"].as_list() == [2, 2, 7, 5]


@pytest.mark.parametrize(
    "predicted",
    [
        replace(PURCHASE, type="investment"),
        replace(PURCHASE, participants=(("seller", "Лотос"), ("target", "Аист"))),
        replace(PURCHASE, participants=(("buyer", "Цапля"),)),
    ],
)
def test_type_role_and_name_make_the_pair(predicted: Deal) -> None:
    assert counts([PURCHASE], [predicted], "deals") == [0, 0, 1, 1]
    assert counts([PURCHASE], [predicted], "slots")[0] == 0
    assert counts([PURCHASE], [predicted], "slots")[2] == 7


def test_deals_are_paired_for_the_greatest_total() -> None:
    first = Deal("loan", "agreed", (("lender", "Аист"), ("borrower", "Лотос")), date="2021")
    second = Deal("loan", "agreed", (("lender", "Аист"), ("borrower", "Камыш")), date="2022")
    assert counts([first, second], [second, first], "slots") == [8, 8, 8, 8]


def test_one_prediction_finds_one_deal() -> None:
    assert counts([ORDER, ORDER], [ORDER], "deals") == [1, 1, 2, 1]
    assert counts([ORDER], [ORDER, ORDER], "deals") == [1, 1, 1, 2]


def test_optional_deals_count_neither_way() -> None:
    optional = replace(ORDER, optional=True)
    assert counts([PURCHASE, optional], [PURCHASE], "deals") == [1, 1, 1, 1]
    assert counts([PURCHASE, optional], [PURCHASE, ORDER], "deals") == [1, 1, 1, 1]
    assert counts([PURCHASE, optional], [PURCHASE, ORDER], "slots") == [7, 7, 7, 7]
    assert counts([PURCHASE, optional], [PURCHASE, ORDER, ORDER], "deals") == [1, 1, 1, 2]


def test_each_party_is_found_once() -> None:
    gold = Deal("agreement", None, (("party", "Перу"), ("party", "Чили")))
    predicted = Deal("agreement", None, (("party", "Перу"), ("party", "Перу")))
    assert counts([gold], [predicted], "slots.kind.participant") == [1, 1, 2, 2]


def test_canonical_names_of_participants() -> None:
    predicted = replace(PURCHASE, participants=(("buyer", "Лотоса"), ("seller", "Аист")))
    assert counts([PURCHASE], [predicted], "names.participant") == [1, 1, 2, 2]


@pytest.mark.parametrize(
    ("predicted", "cause"),
    [
        (replace(PURCHASE, type="investment"), "type wrong (investment)"),
        (replace(PURCHASE, participants=(("seller", "Лотос"),)), "role wrong (seller: Лотос)"),
        (replace(PURCHASE, participants=(("buyer", "Лотос Сервис"), ("seller", "Аист"))), None),
        (replace(PURCHASE, participants=(("target", "Камыш и Цапля"),)), None),
        (replace(PURCHASE, participants=(("buyer", "Серая Цапля"),)), "participant missed (buyer: Серая Цапля)"),
        (replace(ORDER, type="acquisition"), "role wrong (supplier: Камыш, customer: Перу)"),
    ],
)
def test_cause_of_a_missed_deal(predicted: Deal, cause: str | None) -> None:
    missed = [item for item in scored([PURCHASE], [predicted]).items if item.outcome == "missed"]
    assert [item.cause for item in missed if item.layer == "deals"] == ([cause] if cause else [])


def test_causes_within_a_pair() -> None:
    predicted = replace(
        PURCHASE,
        participants=(("buyer", "Лотос"), ("target", "Аист")),
        status="planned",
        stake=None,
        date="2024",
    )
    items = [item for item in scored([PURCHASE], [predicted]).items if item.layer == "slots"]
    assert [(item.outcome, item.cause) for item in items] == [
        ("missed", "role wrong (target)"),
        ("missed", "participant missed"),
        ("false", "role wrong (seller)"),
        ("missed", "stake missed"),
        ("missed", "date wrong"),
        ("missed", "status wrong"),
    ]
