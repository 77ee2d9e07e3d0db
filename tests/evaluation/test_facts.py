import pytest

from extract.evaluation.facts import facts_of, quality, score_facts
from extract.evaluation.samples import Argument, Deal, Fact, Position, Sample
from extract.evaluation.scores import ArticleScore


def fact(type: str, unreal: bool = False, difficult: bool = False, **arguments: str) -> Fact:
    return Fact(
        type,
        tuple(Argument(name, tuple(value.split("|"))) for name, value in arguments.items()),
        unreal,
        difficult,
    )


POST = fact("occupation", who="Анна Громова|Громова", position="директора|директор", where="Лотос")


@pytest.mark.parametrize(
    ("predicted", "worth"),
    [
        (fact("occupation", who="Громова", position="директор", where="«Лотос»"), 1),
        (fact("occupation", who="Громова", where="Лотос"), 2 / 2.5),
        (fact("occupation", who="Громова", position="бухгалтер", where="Лотос"), 2 / 3),
        (fact("occupation", who="Громова", position="директор"), 1.5 / 2.5),
        (fact("occupation", who="Громова", position="директор", where="Камыши"), 1.5 / 3.5),
        (fact("occupation", who="Громов", position="директор"), 1.5 / 2.5),
        (fact("occupation", who="Сомов", position="директор"), 0),
    ],
)
def test_position_weighs_half_and_makes_no_match(predicted: Fact, worth: float) -> None:
    assert quality(POST, predicted) == pytest.approx(worth)


def scored(gold: list[Fact], predicted: list[Fact]) -> ArticleScore:
    score = ArticleScore("a")
    score_facts(Sample("", "a", facts=gold), Sample("", "a", facts=predicted), score)
    return score


def test_difficult_facts_are_left_out_in_easy_mode() -> None:
    hard = fact("ownership", difficult=True, owner="Лотос", property="Камыш")
    score = scored([POST, hard], [POST, hard])
    assert score.counts["facts.easy"].as_list() == [1, 1, 1, 1]
    assert score.counts["facts.hard"].as_list() == [2, 2, 2, 2]
    assert scored([POST, hard], []).counts["facts.easy"].as_list() == [0, 0, 1, 0]


def test_unreal_facts_are_left_out_in_hard_mode() -> None:
    possible = fact("meeting", unreal=True, participant="Перу")
    score = scored([POST, possible], [POST])
    assert score.counts["facts.easy"].as_list() == [1, 1, 2, 1]
    assert score.counts["facts.hard"].as_list() == [1, 1, 1, 1]


def test_phase_counts_half_in_hard_mode_only() -> None:
    gold = Fact("occupation", (*POST.arguments, Argument("фаза", ("конец",))))
    score = scored([gold], [POST])
    assert score.counts["facts.easy"].f1 == 1
    assert score.counts["facts.hard"].f1 == pytest.approx(2.5 / 3)


def test_predictions_become_facts() -> None:
    sample = Sample(
        "",
        "a",
        positions=[Position("Анна Громова", "директор", "Лотос", former=True)],
        deals=[
            Deal("acquisition", "planned", (("buyer", "Лотос"), ("target", "Камыш"), ("seller", "Лотос"))),
            Deal("memorandum", "agreed", (("party", "Лотос"),)),
        ],
    )
    assert facts_of(sample) == [
        fact("occupation", who="Анна Громова", position="директор", where="Лотос", фаза="конец"),
        Fact(
            "deal",
            (
                Argument("participant", ("Лотос",)),
                Argument("participant", ("Камыш",)),
                Argument("type", ("купля/продажа",)),
            ),
            unreal=True,
        ),
    ]


@pytest.mark.parametrize(
    ("position", "occupation"),
    [
        (
            Position("Анна Громова", "мэр", "Российская Федерация", named="РФ"),
            fact("occupation", who="Анна Громова", position="мэр", where="РФ"),
        ),
        (Position("Анна Громова", "юрист", None), None),
        (Position("Анна Громова", "основатель", "Лотос"), None),
        (Position("Анна Громова", "главный акционер", "Лотос"), None),
    ],
)
def test_occupations_are_held_somewhere(position: Position, occupation: Fact | None) -> None:
    found = facts_of(Sample("", "a", positions=[position]))
    assert found == ([occupation] if occupation else [])
