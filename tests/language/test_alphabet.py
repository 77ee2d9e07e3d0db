"""What is a Russian letter."""

import pytest

from extract.language.alphabet import has_cyrillic


@pytest.mark.parametrize(
    ("text", "russian"), [("Ёлка", True), ("ЗАО", True), ("BMW", False), ("BМW", True), ("№ 5", False), ("", False)]
)
def test_a_russian_letter_is_seen(text: str, russian: bool) -> None:
    assert has_cyrillic(text) is russian
