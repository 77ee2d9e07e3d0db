"""Numbers in figures and words: «1 500 000», «1,5 млрд», «двадцать пять тысяч», «5–7 млн», «от 5 до 7»."""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from extract.entities.tokens import Line
from extract.entities.word_forms import by_form
from extract.rules import table, words_in

_FIGURES = re.compile(r"\d{1,15}(?:[.,]\d{1,15})?")
_GROUPED = re.compile(r"\d{1,3}(?:[.,]\d{3}){2,4}")
_RANGE = re.compile(r"(\d{1,15}(?:[.,]\d{1,15})?)[-–—−](\d{1,15}(?:[.,]\d{1,15})?)")
_HEAD_GROUP = re.compile(r"[1-9]\d{0,2}")
_GROUP = re.compile(r"\d{3}(?:[.,]\d+)?")
DASHES = frozenset("-–—−")
_POINTED = words_in("numerals", "pointed", "words")
_FROM = words_in("numerals", "range", "from")
_TO = words_in("numerals", "range", "to")


@dataclass(frozen=True, slots=True)
class Number:
    """A number read from the line; of a range the upper one.

    Attributes:
        value: the number, multipliers included.
        end: the position past its last word.
        multiplied: whether it ends in a multiplier such as «млн».
    """

    value: Decimal
    end: int
    multiplied: bool = False


@dataclass(frozen=True)
class Numerals:
    """`extract/rules/numerals.toml` by inflected form."""

    cardinals: dict[str, Decimal]
    multipliers: dict[str, Decimal]
    abbreviations: dict[str, Decimal]
    halves: dict[str, Decimal]
    plurals: frozenset[str]


@cache
def numerals() -> Numerals:
    """The number words."""
    data = table("numerals")
    cardinals = {**by_form(data["cardinals"]), **data["halves"]}
    singular = by_form(data["multipliers"], "sing")
    forms = by_form(data["multipliers"])
    return Numerals(
        cardinals={form: Decimal(str(n)) for form, n in cardinals.items()},
        multipliers={form: Decimal(n) for form, n in forms.items()},
        abbreviations={form: Decimal(n) for form, n in data["multiplier_abbreviations"].items()},
        halves={form: Decimal(n) for form, n in data["half_multipliers"].items()},
        plurals=frozenset(form for form in forms if form not in singular),
    )


def number_at(line: Line, i: int) -> Number | None:
    """The number that begins at a position, with its multipliers: «2 млн 500 тыс.» is one."""
    number = _range_words(line, i) or _with_multipliers(line, i)
    if number is None:
        return None
    if line.norm[number.end] in DASHES:
        upper = _with_multipliers(line, number.end + 1)
        if upper is not None and upper.multiplied >= number.multiplied and upper.value > number.value:
            return upper
    return number


def _range_words(line: Line, i: int) -> Number | None:
    """«5 до 7 млн» after «от» or «с»."""
    if i == 0 or line.norm[i - 1] not in _FROM:
        return None
    lower = _plain(line, i)
    if lower is None or line.norm[lower.end] not in _TO:
        return None
    return _with_multipliers(line, lower.end + 1)


def _with_multipliers(line: Line, i: int) -> Number | None:
    words = numerals()
    half = words.halves.get(line.norm[i])
    if half is not None:
        return Number(half, i + 1, True)
    first = _plain(line, i)
    if first is None:
        if line.norm[i] not in words.multipliers or line.norm[i] in words.plurals:
            return None
        return Number(words.multipliers[line.norm[i]], i + 1, True)
    multiplier, end = _multiplier(line, first.end)
    if multiplier is None:
        return first
    total = first.value * multiplier
    following = _plain(line, end)
    while following is not None:
        smaller, past = _multiplier(line, following.end)
        if smaller is None or smaller >= multiplier or not _adjoins(line, end):
            break
        total, end, multiplier = total + following.value * smaller, past, smaller
        following = _plain(line, end)
    return Number(total, end, True)


def _adjoins(line: Line, i: int) -> bool:
    """«2 млн 500 тыс.»: the second figure stands right after the first multiplier, no sign between."""
    return line.norm[i - 1] != "." or line.norm[i - 2] in numerals().abbreviations


def _multiplier(line: Line, i: int) -> tuple[Decimal | None, int]:
    words = numerals()
    multiplier = words.multipliers.get(line.norm[i])
    if multiplier is not None:
        return multiplier, i + 1
    multiplier = words.abbreviations.get(line.norm[i])
    if multiplier is None:
        return None, i
    return multiplier, i + 1 + _takes_point(line, i)


def _takes_point(line: Line, i: int) -> bool:
    """Whether the point after an abbreviation is its own: it is always written, or the sentence goes on."""
    if line.norm[i + 1] != ".":
        return False
    return line.norm[i] in _POINTED or not ends_sentence(line, i + 1)


def ends_sentence(line: Line, i: int) -> bool:
    """Whether a word is the last of its sentence."""
    words = line.words
    at = line.at[i]
    return at + 1 >= words.sentences[words.sentence[at]][1]


def _plain(line: Line, i: int) -> Number | None:
    """A number without multipliers: «1 500 000», «2,5», «5–7», «двадцать пять», «полтора»."""
    norm = line.norm[i]
    if not norm[0].isdigit():
        return in_words(line, i)
    if (match := _RANGE.fullmatch(norm)) is not None:
        return Number(_decimal(match[2]), i + 1)
    if _GROUPED.fullmatch(norm) is not None:
        return Number(Decimal(re.sub("[.,]", "", norm)), i + 1)
    if _HEAD_GROUP.fullmatch(norm) is not None:
        end = i + 1
        digits = norm
        while len(digits) < 15 and _GROUP.fullmatch(line.norm[end]) and "," not in digits and _one_space(line, end):
            digits += line.norm[end].replace(".", ",")
            end += 1
        return Number(_decimal(digits), end)
    if _FIGURES.fullmatch(norm) is not None:
        return Number(_decimal(norm), i + 1)
    return None


def _one_space(line: Line, i: int) -> bool:
    """A group of three figures goes on with the number where one blank, of any kind, stands before it."""
    words = line.words
    return words.start[line.at[i]] - words.end[line.at[i - 1]] <= 1


def _decimal(figures: str) -> Decimal:
    return Decimal(figures.replace(",", "."))


def in_words(line: Line, i: int) -> Number | None:
    """«двадцать пять», «сто двадцать»: each word of a lower order than the last."""
    cardinals = numerals().cardinals
    total = Decimal(0)
    order = 4
    start = i
    while (number := cardinals.get(line.norm[i])) is not None and _order(number) < order:
        total, order = total + number, _order(number)
        i += 1
    return Number(total, i) if i > start else None


def _order(number: Decimal) -> int:
    """Hundreds 3, tens 2, units and teens 1."""
    return 3 if number >= 100 else 2 if number >= 20 else 1


def simple(value: Decimal) -> int | float:
    """The value as an int where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
