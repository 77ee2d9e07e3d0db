"""Numbers in figures and words: «1 500 000», «1,5 млрд», «двадцать пять тысяч», «5–7 млн», «от 5 до 7»."""

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from extract.entities.figures import Number, figures_at
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms
from extract.rules import table, words_in

DASHES = frozenset("-‑–—−")
ELLIPSES = frozenset({"…", "...", ".."})
FEW = 4  # what «миллиона» can stand beside
BRACKET = 30  # tokens: the longest sum in words
_POINTED = words_in("numerals", "pointed", "words")
_FROM = words_in("numerals", "range", "from")
_TO = words_in("numerals", "range", "to")
_BETWEEN = words_in("numerals", "range", "between")
_AND = words_in("numerals", "range", "and")
_WITH = words_in("numerals", "and_parts", "words")
_AND_DECIMALS = words_in("numerals", "wholes", "and")
_THOUSANDS = words_in("numerals", "thousands", "short")
_THOUSANDS_OF_ROUBLES = words_in("numerals", "thousands", "of_roubles")
_AFTER_THOUSANDS = words_in("numerals", "thousands", "before")
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE_YEARS = words_in("numerals", "range", "years_after")
CHANGING = words_in("numerals", "range", "change")


@dataclass(frozen=True)
class Numerals:
    """`extract/rules/numerals.toml` by inflected form."""

    cardinals: dict[str, Decimal]
    nominatives: frozenset[str]
    multipliers: dict[str, Decimal]
    collectives: dict[str, Decimal]
    abbreviations: dict[str, Decimal]
    glued: dict[str, Decimal]
    halves: dict[str, Decimal]
    parts: dict[str, Decimal]
    plurals: frozenset[str]
    wholes: frozenset[str]
    decimals: dict[str, Decimal]
    odd: tuple[list[str], ...]


@cache
def numerals() -> Numerals:
    """The number words."""
    data = table("numerals")
    cardinals = {**by_form(data["cardinals"]), **data["halves"]}
    counting = data["multipliers"] | data["collectives"]
    singular, every = by_form(counting, "sing"), by_form(counting)
    return Numerals(
        cardinals=_decimals(cardinals),
        nominatives=frozenset((*data["cardinals"], *data["halves"], *counting, *data["nominatives"]["words"])),
        multipliers=_decimals(every),
        collectives=_decimals(by_form(data["collectives"])),
        abbreviations=_decimals(data["multiplier_abbreviations"]),
        glued=_decimals(data["glued_multipliers"]),
        halves=_decimals(data["half_multipliers"]),
        parts=_decimals(by_form(data["parts"], "sing") | dict.fromkeys(data["half"]["words"], 0.5)),
        plurals=frozenset(form for form in every if form not in singular),
        wholes=forms(data["wholes"]["noun"]),
        decimals=_decimals(by_form(data["decimals"])),
        odd=tuple(phrase.split() for phrase in data["odd"]["phrases"]),
    )


def _decimals(values: dict[str, float]) -> dict[str, Decimal]:
    return {form: Decimal(str(value)) for form, value in values.items()}


def number_at(line: Line, i: int, *, whole: bool = True) -> Number | None:
    """The number that begins at a position, with its multipliers: «2 млн 500 тыс.» is one.

    Args:
        line: the words.
        i: where it begins.
        whole: False where what follows the last multiplier is no part of it: «$2 млн 15 компаниям».
    """
    number = _bounds_in_words(line, i) or exact(line, i, whole=whole)
    if number is None or number.low is not None:
        return number
    if (line.norm[number.end] in DASHES or line.norm[number.end] in ELLIPSES) and not _dates(line, i):
        upper = exact(line, number.end + 1)
        if upper is not None and upper.multiplied >= number.multiplied:
            return joined(number, upper) or number
    return number


def _dates(line: Line, i: int) -> bool:
    """«в 2019 — 2500 рублей»: a year, and what was in it."""
    return i > 0 and _YEAR.fullmatch(line.norm[i]) is not None and line.norm[i - 1] in _BEFORE_YEARS


def _bounds_in_words(line: Line, i: int) -> Number | None:
    """«5 до 7 млн» after «от» or «с», «5 и 7 млн» after «между»; «с 5 млн до 7 млн» is a change of one sum."""
    before = line.norm[i - 1] if i else ""
    if before not in _FROM and before not in _BETWEEN:
        return None
    lower = exact(line, i)
    if lower is None or line.norm[lower.end] not in (_AND if before in _BETWEEN else _TO):
        return None
    upper = exact(line, lower.end + 1)
    if upper is None or (lower.multiplied and (before in CHANGING or not upper.multiplied)):
        return None
    return joined(lower, upper) or (None if lower.multiplied else upper)


def joined(lower: Number, upper: Number) -> Number | None:
    """Two numbers as a range; the lower has the upper one's multiplier where it has none of its own."""
    low = lower.value if lower.multiplied or not upper.multiplied else lower.value * upper.scale
    return replace(upper, low=low) if low < upper.value else None


def exact(line: Line, i: int, *, whole: bool = True) -> Number | None:
    """A number of one or more parts, each of a lower order than the last: «три миллиона сорок тысяч пять»."""
    half = numerals().halves.get(line.norm[i])
    if half is not None:
        return Number(half, i + 1, half)
    first = _part(line, i) or _inverted(line, i) or _one_or_more(line, i) or _bare_multiplier(line, i)
    if first is None or first.low is not None or not first.multiplied or first.bound:
        return first
    total, end, scale = first.value, first.end, first.scale
    while _adjoins(line, end):
        part = _part(line, end) or _bare_multiplier(line, end)
        if part is None or part.value >= scale or part.low is not None:
            break
        if not part.multiplied and not (whole and _counts_units(part)):
            break
        total, end, scale = total + part.value, part.end, part.scale
    return restated(line, replace(first, value=total, end=end))


def _counts_units(part: Number) -> bool:
    """Whether a part without a multiplier can end a number: «сорок тысяч пятьсот», not «5 млн 1,5»."""
    return part.value == part.value.to_integral_value()


def _part(line: Line, i: int) -> Number | None:
    """A plain number with its multipliers, and what stands between: «2 (два) млн», «пять с лишним тысяч»."""
    number = _fraction(line, i) or plain(line, i)
    if number is None:
        return None
    number = _multiplied(line, _with_odds(line, restated(line, _with_fraction(line, number))))
    return _with_odds(line, restated(line, _with_fraction(line, number))) if number.multiplied else number


def _fraction(line: Line, i: int) -> Number | None:
    """«четверть», «три четверти», «пара» of a multiplier or a percent."""
    words = numerals()
    part = words.parts.get(line.norm[i])
    if part is not None:
        return Number(part, i + 1, bound="about" if part > 1 else "", partial=True)
    count, part = words.cardinals.get(line.norm[i]), words.parts.get(line.norm[i + 1])
    if count is None or part is None or part > 1:
        return None
    return Number(count * part, i + 2, partial=True)


def _multiplied(line: Line, number: Number) -> Number:
    """«пять тысяч», «три десятка миллионов», «тысяча миллиардов»: each further multiplier is larger."""
    while True:
        multiplier, end = _multiplier(line, number.end)
        if multiplier is None or multiplier <= number.scale:
            return number
        bound = number.bound or ("about" if line.norm[number.end] in numerals().collectives else "")
        number = replace(number.times(multiplier), end=end, bound=bound)


def _bare_multiplier(line: Line, i: int) -> Number | None:
    """«миллион рублей», «миллион двести тысяч»."""
    words = numerals()
    if line.norm[i] not in words.multipliers or line.norm[i] in words.plurals:
        return None
    return _with_odds(line, restated(line, _with_fraction(line, _multiplied(line, Number(Decimal(1), i)))))


def _inverted(line: Line, i: int) -> Number | None:
    """«тысяч пять», «миллиона два-три»: about so many."""
    words = numerals()
    multiplier = words.multipliers.get(line.norm[i])
    if multiplier is None or line.norm[i] in words.nominatives:
        return None
    count = spelled(line, i + 1)
    if count is None or not set(line.norm[i + 1].split("-")) <= words.nominatives:
        return None
    if line.norm[i] not in words.plurals and count.value > FEW:
        return None
    return replace(count.times(multiplier), bound="about")


def _one_or_more(line: Line, i: int) -> Number | None:
    """«миллион-полтора», «тысяча-две»."""
    first, _, second = line.norm[i].partition("-")
    multiplier, more = numerals().multipliers.get(first), numerals().cardinals.get(second)
    if multiplier is None or more is None:
        return None
    low = Number(Decimal(1), i + 1, low=Decimal(1))
    return replace(low, value=more).times(multiplier)


def _with_fraction(line: Line, number: Number) -> Number:
    """«два с половиной», «миллион с четвертью»: a part of the last multiplier."""
    if line.norm[number.end] not in _WITH or number.low is not None:
        return number
    part = numerals().parts.get(line.norm[number.end + 1])
    if part is None or part >= 1:
        return number
    return replace(number, value=number.value + part * number.scale, end=number.end + 2)


def _with_odds(line: Line, number: Number) -> Number:
    """«пять с лишним», «5+»: more than that."""
    end = number.end
    if line.norm[end] == "+" and line.joined(end):
        return replace(number, end=end + 1, bound="min")
    for phrase in numerals().odd:
        if line.norm[end : end + len(phrase)] == phrase:
            return replace(number, end=end + len(phrase), bound="min")
    return number


def restated(line: Line, number: Number) -> Number:
    """«1 250 000 (один миллион двести пятьдесят тысяч)»: the number once more, in the other notation."""
    start = number.end
    if line.norm[start] != "(":
        return number
    close = next((at for at in range(start + 1, min(start + BRACKET, len(line))) if line.norm[at] == ")"), None)
    again = exact(line, start + 1)
    if close is None or again is None:
        return number
    spelled_out = line.norm[start - 1][0].isdigit() and not line.norm[start + 1][0].isdigit()
    if again.value != number.value and not spelled_out:
        return number
    return replace(number, end=close + 1, bracket=start)


def _adjoins(line: Line, i: int) -> bool:
    """«2 млн 500 тыс.»: the second figure stands right after the first multiplier, no sign between."""
    return line.norm[i - 1] != "." or line.norm[i - 2] in numerals().abbreviations


def _multiplier(line: Line, i: int) -> tuple[Decimal | None, int]:
    words = numerals()
    norm = line.norm[i]
    if (multiplier := words.multipliers.get(norm)) is not None:
        return multiplier, i + 1
    if (multiplier := words.abbreviations.get(norm)) is not None:
        return multiplier, i + 1 + _takes_point(line, i)
    if norm in _THOUSANDS and line.norm[i + 1] == "." and line.norm[i + 2] in _AFTER_THOUSANDS:
        return Decimal(1000), i + 2
    if norm in _THOUSANDS_OF_ROUBLES:
        return Decimal(1000), i
    if norm in words.glued and line.joined(i):
        return words.glued[norm], i + 1
    return None, i


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


def plain(line: Line, i: int) -> Number | None:
    """A number without multipliers: «1 500 000», «2,5», «5–7», «двадцать пять», «полтора», «две целых одна десятая»."""
    if line.norm[i][0].isdigit():
        return figures_at(line, i)
    number = spelled(line, i)
    if number is None or line.norm[number.end] not in numerals().wholes:
        return number
    start = number.end + 1 + (line.norm[number.end + 1] in _AND_DECIMALS)
    numerator = in_words(line, start)
    denominator = numerals().decimals.get(line.norm[numerator.end]) if numerator else None
    if numerator is None or denominator is None:
        return replace(number, end=number.end + 1)
    return Number(number.value + numerator.value / denominator, numerator.end + 1)


def spelled(line: Line, i: int) -> Number | None:
    """A number below a thousand in words, or two of them with a dash: «два-три», «сто двадцать — сто тридцать»."""
    lower, end = _sum_of_words(line, i, Decimal(0))
    first, dash, second = line.norm[end].partition("-")
    cardinals = numerals().cardinals
    if dash and first in cardinals and second in cardinals and (end == i or _order(cardinals[first]) < _order(lower)):
        upper, end = _sum_of_words(line, end + 1, cardinals[second])
        lower += cardinals[first]
        return Number(upper, end, low=lower if lower < upper else None)
    return Number(lower, end) if end > i else None


def in_words(line: Line, i: int) -> Number | None:
    """«двадцать пять», «сто двадцать»."""
    total, end = _sum_of_words(line, i, Decimal(0))
    return Number(total, end) if end > i else None


def in_one_word(word: str) -> Decimal | None:
    """The number that stands first in an adjective: «двадцатипяти», «полутора»."""
    cardinals = numerals().cardinals
    if word in cardinals:
        return cardinals[word]
    for cut in range(1, len(word)):
        tens, units = cardinals.get(word[:cut]), cardinals.get(word[cut:])
        if tens is not None and units is not None and _order(tens) > _order(units):
            return tens + units
    return None


def _sum_of_words(line: Line, i: int, total: Decimal) -> tuple[Decimal, int]:
    """Add up words, each of a lower order than the last; `total` is of what stands before."""
    cardinals = numerals().cardinals
    order = _order(total) if total else 4
    while (number := cardinals.get(line.norm[i])) is not None and _order(number) < order:
        total, order = total + number, _order(number)
        i += 1
    return total, i


def _order(number: Decimal) -> int:
    """Hundreds 3, tens 2, units and teens 1: that of the last word of a sum."""
    if number % 10 or 10 <= number % 100 < 20 or not number:
        return 1
    return 2 if number % 100 else 3


def simple(value: Decimal) -> int | float:
    """The value as an int where it is whole."""
    return int(value) if value == value.to_integral_value() else float(value)
