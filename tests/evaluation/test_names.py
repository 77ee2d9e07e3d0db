import pytest

from extract.evaluation.names import names_match, people_match, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Вымпел", "«Вымпел»"),
        ("Берёзовая роща", "березовая роща"),
        ("ПАО «Северсвязь»", "Северсвязь"),
        ("компания «Лотос»", "Лотос"),
        ("группа компаний «Лотос»", "Лотос"),
        ("Acme Holdings Ltd.", "Acme Holdings"),
        ("Минтранс", "Минтранс Казахстана"),
        ("Петротранс", "Петротрансу"),
        ("банк", "Банк"),
    ],
)
def test_one_name(one: str, other: str) -> None:
    assert names_match(one, other)
    assert names_match(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Вымпел", "Вектор"),
        ("компания «Лотос»", "компания «Аист»"),
        ("Банк Востока", "Банк Севера"),
        ("Россия", "Руанда"),
        ("", "Лотос"),
    ],
)
def test_two_names(one: str, other: str) -> None:
    assert not names_match(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("Анна Громова", "Громова", True),
        ("Анна Громова", "Анна Сергеевна Громова", True),
        ("А. Громова", "Анна Громова", True),
        ("Анна Громова", "Ольга Громова", False),
        ("Пётр Семёнов", "Петр Семенов", True),
        ("Пётр Семёнов", "Пётр Иванов", False),
        ("Петра Семёнова", "Пётр Семёнов", True),
    ],
)
def test_people(one: str, other: str, same: bool) -> None:
    assert people_match(one, other) == same


def test_canonical_form_counts_inflection() -> None:
    assert same_name("«Северсвязь»", "северсвязь")
    assert not same_name("Северсвязи", "Северсвязь")
