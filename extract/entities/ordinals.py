"""Ordinals in words and Roman numerals: «седьмого», «двадцать седьмого», «две тысячи двадцать второго», «XIX»."""

from decimal import Decimal
from functools import cache

from extract.entities.numbers import numerals
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms_of
from extract.rules import table, words_in

THOUSANDS = forms_of(words_in("entities/dates", "years", "thousand_lemmas"))


@cache
def ordinals() -> dict[str, int]:
    """The simple ordinals by inflected form."""
    return by_form(table("numerals")["ordinals"])


@cache
def roman() -> dict[str, int]:
    """Roman numerals, folded for look-up."""
    found: dict[str, int] = table("numerals")["roman"]
    return found


def ordinal_in_words(line: Line, i: int) -> tuple[int, int] | None:
    """«седьмого», «двадцать седьмого», «две тысячи двадцать второго»: number and position past its last word."""
    total, end = _thousands(line, i)
    order = 4
    while True:
        last = ordinals().get(line.norm[end])
        if last is not None:
            return (total + last, end + 1) if _order(last) < order or not total else None
        tens = numerals().cardinals.get(line.norm[end])
        if tens is None or tens < 20 or _order(int(tens)) >= order:
            return None
        total, order, end = total + int(tens), _order(int(tens)), end + 1


def _thousands(line: Line, i: int) -> tuple[int, int]:
    """«две тысячи», «одна тысяча», «тысяча»: their number and the position past them; 0 where there are none."""
    if line.norm[i] in THOUSANDS:
        return 1000, i + 1
    count = numerals().cardinals.get(line.norm[i], Decimal(0))
    if line.norm[i + 1] in THOUSANDS and count in (1, 2):
        return int(count) * 1000, i + 2
    return 0, i


def _order(number: int) -> int:
    """Thousands 4, hundreds 3, tens 2, units and teens 1."""
    return 4 if number >= 1000 else 3 if number >= 100 else 2 if number >= 20 else 1
