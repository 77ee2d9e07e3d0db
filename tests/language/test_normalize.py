"""Look-up forms: what is mended, and where it stood."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.language.normalize import lookup, normalize, unify_scripts


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Банк «Заречье»", "Банк «Заречье»"),
        ("5\u00a0млн\u202fруб.", "5 млн руб."),  # no-break spaces
        ("ком\u00adпа\u00adния", "компания"),  # soft hyphens
        ("Зареч\u200bье\ufeff", "Заречье"),
        ("бои\u0306", "бой"),  # й as two characters
        ("Е\u0308лка", "Ёлка"),
        ("за\u0301мок", "замок"),  # a stress mark
        ("Cбepбaнк", "Сбербанк"),  # Latin look-alikes
        ("TEЛE", "ТЕЛЕ"),
        ("Аpple", "Apple"),  # a Cyrillic letter in a Latin word
        ("IT-компания", "IT-компания"),
        ("Boeing и «Лютик»", "Boeing и «Лютик»"),
        ("Zенит", "Zенит"),  # no look-alike: left alone
        ("\u0306", ""),
        ("", ""),
    ],
)
def test_form(text: str, form: str) -> None:
    assert normalize(text)[0] == form


@given(st.text("аА еЕёйbBoOpP1.\u0306\u0308\u0301\u00ad\u00a0\u200b\ufeff👍\r\n", max_size=80))
def test_offsets_point_at_what_each_character_stands_for(text: str) -> None:
    form, offsets = normalize(text)
    if offsets is None:
        assert len(form) == len(text)
        return
    assert len(offsets) == len(form) + 1
    assert offsets == sorted(set(offsets))
    assert offsets[-1] == len(text)
    for character, offset in zip(form, offsets, strict=False):
        original = unicodedata.normalize("NFC", text[offset : offset + 2])[0]
        assert unify_scripts(character) == character
        assert character.isspace() == original.isspace()


def test_an_untouched_text_needs_no_offsets() -> None:
    assert normalize("Банк «Заречье» выдал кредит.\n\nОб этом 👍") == (
        "Банк «Заречье» выдал кредит.\n\nОб этом 👍",
        None,
    )


@pytest.mark.parametrize(("word", "folded"), [("Ёлка", "елка"), ("ЗАО", "зао"), ("мёд", "мед"), ("IT", "it")])
def test_lookup(word: str, folded: str) -> None:
    assert lookup(word) == folded
