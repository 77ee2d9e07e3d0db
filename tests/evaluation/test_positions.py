from dataclasses import replace

import pytest

from extract.evaluation.positions import last_noun, score_positions
from extract.evaluation.samples import Position, Sample
from extract.evaluation.scores import ArticleScore


@pytest.mark.parametrize(
    ("title", "noun"),
    [
        ("президент", "президент"),
        ("генеральный директор", "директор"),
        ("министр иностранных дел", "дело"),
        ("пресс-секретарь", "пресс-секретарь"),
        ("исполняющий обязанности губернатора", "губернатор"),
        ("", ""),
    ],
)
def test_last_noun(title: str, noun: str) -> None:
    assert last_noun(title) == noun


def positions(gold: list[Position], predicted: list[Position]) -> list[float]:
    score = ArticleScore("a")
    score_positions(Sample("", "a", positions=gold), Sample("", "a", positions=predicted), score)
    return score.counts["positions"].as_list()


def test_positions_are_triples() -> None:
    gold = Position("Анна Громова", "генеральный директор", "Лотос")
    assert positions([gold], [Position("Громова", "директор", "компания «Лотос»")]) == [1, 1, 1, 1]
    assert positions([gold], [Position("Громова", "директор", None)]) == [0, 0, 1, 1]
    assert positions([gold], [Position("Громова", "основатель", "Лотос")]) == [0, 0, 1, 1]
    assert positions([gold], [Position("Олег Громов", "директор", "Лотос")]) == [0, 0, 1, 1]
    assert positions([replace(gold, optional=True)], [gold]) == [0, 0, 0, 0]
    assert positions([replace(gold, organization=None)], [replace(gold, organization=None)]) == [1, 1, 1, 1]


@pytest.mark.parametrize(
    ("predicted", "cause"),
    [
        (Position("Громова", "директор", None), "organization wrong (Громова: директор, no organization)"),
        (Position("Громова", "основатель", "Лотос"), "title wrong (Громова: основатель, Лотос)"),
        (Position("Громова", "депутат", None), "title and organization wrong (Громова: депутат, no organization)"),
        (Position("Олег Сомов", "директор", "Лотос"), "person without position"),
    ],
)
def test_causes(predicted: Position, cause: str) -> None:
    gold = Position("Анна Громова", "директор", "Лотос")
    score = ArticleScore("a")
    score_positions(Sample("", "a", positions=[gold]), Sample("", "a", positions=[predicted]), score)
    assert [item.cause for item in score.items if item.outcome == "missed"] == [cause]


def test_a_missed_position_is_quoted_by_the_person_s_name() -> None:
    text = "Дождь. Приехал директор «Лотоса» Пётр Громов."
    score = ArticleScore("a")
    gold = Sample(text, "a", positions=[Position("Пётр Громов", "директор", "Лотос")])
    score_positions(gold, Sample(text, "a", positions=[]), score)
    assert score.items[0].start == text.index("Громов")
