"""The component that finds amounts: money, percentages, and quantities with a unit."""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Amount, Mention
from extract.entities.bounds import bound_after, bound_before, changes
from extract.entities.figures import Number
from extract.entities.measures import coin_at, currency_at, measures, unit_at
from extract.entities.numbers import DASHES, in_one_word, number_at, numerals, restated, simple
from extract.entities.tokens import Line
from extract.entities.word_forms import forms
from extract.language.words import words_of
from extract.rules import table, words_in

_PERCENTS, _POINTS = table("units")["percents"], table("units")["points"]
_PERCENTAL = re.compile(rf"(\d{{1,6}}(?:[.,]\d{{1,6}})?)-?{_PERCENTS['stem']}\w+")
_WHOLE, _HALF = forms(_PERCENTS["whole"]), frozenset(_PERCENTS["half"])
_PER = words_in("units", "per", "words")
_NEGATIONS = words_in("units", "hedges", "negations")
_PARTED = re.compile(rf"-|{_PERCENTS['stem']}")
_AND = words_in("currencies", "coins", "and")
_BETWEEN_SUMS = words_in("currencies", "between", "words")
_ISO = re.compile("[A-Z]{3,4}")
_UPPER = {  # the word before the lower end of a range → those between its ends
    **dict.fromkeys(words_in("numerals", "range", "from") - words_in("numerals", "range", "change"),
                    words_in("numerals", "range", "to")),
    **dict.fromkeys(words_in("numerals", "range", "between"), words_in("numerals", "range", "and")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount as read: tokens up to `end` of the line state it; of a range `value` is the upper end, `low` the lower.

    `bound` is «min», «max» or «about» where the text says that it is no exact amount, else "".
    """

    kind: str
    value: Decimal
    end: int
    currency: str | None = None
    unit: str | None = None
    low: Decimal | None = None
    bound: str = ""

    @property
    def key(self) -> tuple[str, Decimal, str | None, Decimal | None, str]:
        """What equal amounts have in common."""
        return self.kind, self.value, self.currency or self.unit, self.low, self.bound


def _money(number: Number, currency: str, end: int) -> Reading:
    return Reading("money", number.value, end, currency, low=number.low, bound=number.bound)


def _percent(number: Number, end: int) -> Reading:
    return Reading("percent", number.value, end, low=number.low, bound=number.bound)


def _quantity(number: Number, unit: str, end: int) -> Reading:
    if number.thousands == "likely":
        number = number.in_thousands()
    return Reading("quantity", number.value, end, unit=unit, low=number.low, bound=number.bound)


# ---- the cases ----


def sign_before(line: Line, i: int) -> Reading | None:
    """«$2,1 млрд», «₽300 тыс.», «US$5 млн», «USD 1,5 млн»."""
    table = measures()
    norm = line.norm[i]
    currency = table.symbols.get(norm)
    start = i + 1
    if norm in table.dollars and line.norm[i + 1] == "$" and line.joined(i + 1):
        currency, start = table.dollars[norm], i + 2
    elif currency is None and norm in table.codes and _ISO.fullmatch(line.words.text[line.at[i]]):
        currency = table.codes[norm]
    if currency is None:
        return None
    number = number_at(line, start, whole=False)
    if number is None:
        return None
    return _money(number.in_thousands() if number.thousands else number, currency, number.end)


def currency_after(line: Line, number: Number) -> Reading | None:
    """«1,5 млрд руб.», «25 тысяч евро», «100 млн гонконгских долларов», «300 тыс. ₽», «5 млн USD»."""
    found = currency_at(line, number.end + _point_before_code(line, number.end))
    if found is None:
        return _currency_in_brackets(line, number)
    currency, end = found
    if number.thousands and not (number.thousands == "possible" and line.norm[number.end] in measures().singular):
        number = number.in_thousands()
    end = _past_words(line, number, end)
    reading = _money(number, currency, end)
    return _with_coins(line, reading)


def _point_before_code(line: Line, i: int) -> bool:
    """Whether the point of «5 млн. USD» stands here, taken for the end of a sentence since a capital follows."""
    return line.norm[i] == "." and line.norm[i - 1] in numerals().abbreviations and line.norm[i + 1] in measures().codes


def _currency_in_brackets(line: Line, number: Number) -> Reading | None:
    """«500 000 (пятьсот тысяч рублей)»."""
    again = number_at(line, number.bracket + 1) if number.bracket is not None else None
    named = currency_after(line, again) if again is not None else None
    if named is None or named.currency is None or named.end >= number.end:
        return None
    return _money(replace(number, value=number.value + named.value % 1), named.currency, number.end)


def _past_words(line: Line, number: Number, end: int) -> int:
    """Past the brackets of «500 000 рублей (пятьсот тысяч рублей) 50 копеек», if coins follow them."""
    past = restated(line, replace(number, end=end)).end
    return past if past > end and line.norm[past][0].isdigit() else end


def _with_coins(line: Line, reading: Reading) -> Reading:
    """«3 рубля 50 копеек», «5 рублей и 20 коп.»: whatever coins are named after a sum are those of its currency."""
    number = number_at(line, reading.end + (line.norm[reading.end] in _AND))
    coin = coin_at(line, number.end) if number is not None else None
    if number is None or coin is None:
        return reading
    (_, parts), end = coin
    return replace(reading, value=reading.value + number.value / parts, end=end)


def coins(line: Line, number: Number) -> Reading | None:
    """«40 центов», «5 копеек»."""
    coin = coin_at(line, number.end)
    if coin is None or len(line.norm[number.end]) == 1:
        return None
    (currency, parts), end = coin
    low = None if number.low is None else number.low / parts
    return Reading("money", number.value / parts, end, currency, low=low, bound=number.bound)


def money_of_pair(line: Line, number: Number) -> Reading | None:
    """The «2,1 млрд» of «с 2,1 млрд до 3 млрд руб.»: its currency is that of the other end."""
    if not number.multiplied or line.norm[number.end] not in _BETWEEN_SUMS:
        return None
    other = number_at(line, number.end + 1)
    upper = currency_after(line, other) if other is not None and other.multiplied else None
    if upper is None or upper.currency is None:
        return None
    return _money(number, upper.currency, number.end)


def elliptic(line: Line, i: int, before: str) -> Reading | None:
    """The «16,6 трлн» of «вырос на 362 млрд рублей, до 16,6 трлн»: the currency is understood."""
    number = number_at(line, i, whole=False)
    if number is None or not number.multiplied or number.value < MILLION or not _stands_alone(line, number.end):
        return None
    return _money(number, before, number.end)


MILLION = 1_000_000
HALF = Decimal("0.5")


def _stands_alone(line: Line, end: int) -> bool:
    """Whether no noun follows that the number counts: punctuation, a preposition, a verb, the end."""
    if not line.norm[end][0].isalpha():
        return line.norm[end] not in ("«", "%")
    return line.words.pos[line.at[end]] in ("ADP", "CCONJ", "SCONJ", "VERB", "ADV", "AUX")


def percent(line: Line, number: Number) -> Reading | None:
    """«25%», «25,5 процента», «5–7%»; percentage points are a quantity."""
    end = number.end
    if line.norm[end] == "%" and line.norm[end - 1] != "%":
        hyphenated = line.norm[end + 1] == "-" and line.joined(end + 1) and line.norm[end + 2][0] == "н"
        return _percent(number, end + (3 if hyphenated else 1))
    if line.norm[end] in measures().percents:
        return _percent(number, end + 1)
    if line.norm[end].startswith(_PERCENTS["stem"]) and not line.norm[end + 1].startswith(_POINTS["stem"]):
        return _percent(number, end + 1)
    return None


def percental(line: Line, i: int) -> Reading | None:
    """«25-процентный», «стопроцентная», «двадцатипятипроцентный», «полпроцента»."""
    norm = line.norm[i]
    glued, stem, ending = norm.partition(_PERCENTS["stem"])
    if stem and glued and ending and (value := in_one_word(glued)) is not None:
        return Reading("percent", value, i + 1)
    match = _PERCENTAL.fullmatch(norm)
    if match is not None:
        return Reading("percent", Decimal(match[1].replace(",", ".")), i + 1)
    if norm in _WHOLE:
        return Reading("percent", Decimal(100), i + 1)
    return Reading("percent", HALF, i + 1) if norm in _HALF else None


def percentage_points(line: Line, number: Number) -> Reading | None:
    """«2,2 процентного пункта», «0,5 п. п.»."""
    end = number.end
    if line.norm[end].startswith(_PERCENTS["stem"]) and line.norm[end + 1].startswith(_POINTS["stem"]):
        return _quantity(number, _POINTS["unit"], end + 2)
    if line.norm[end : end + 3] == _POINTS["abbreviation"]:
        return _quantity(number, _POINTS["unit"], end + 3 + (line.norm[end + 3] == "."))
    return None


def quantity(line: Line, number: Number) -> Reading | None:
    """«3 тыс. тонн», «25 км», «40 кв. м», «1,8 млн баррелей»."""
    found = unit_at(line, number.end)
    if found is None:
        return None
    unit, end = found
    if line.norm[end] == "/" and line.norm[end + 1] in _PER:
        return _quantity(number, f"{unit}/{line.norm[end + 1]}", end + 2)
    return _quantity(number, unit, end)


NumberRule = Callable[[Line, Number], Reading | None]
NUMBER_RULES: tuple[NumberRule, ...] = (
    currency_after,
    coins,
    money_of_pair,
    percentage_points,
    percent,
    quantity,
)


@cache
def _openings() -> frozenset[str]:
    """The words, signs and codes that can open an amount; numbers in figures are not among them."""
    table, words = measures(), numerals()
    counted = (*words.cardinals, *words.multipliers, *words.halves, *words.parts, *_WHOLE, *_HALF)
    return frozenset((*table.symbols, *table.dollars, *table.codes, *counted))


@Language.component("ru_amounts", assigns=["doc._.amounts"])
def find_amounts(doc: Doc) -> Doc:
    """Set `doc._.amounts`; equal amounts are one with several mentions."""
    line = Line(words_of(doc))
    found: dict[tuple[str, Decimal, str | None, Decimal | None, str], Amount] = {}
    for start, reading in readings(line):
        if reading.kind != "quantity":
            start = hedged(line, start)
        mention = Mention(line.at[start], line.at[reading.end - 1] + 1)
        if reading.key in found:
            found[reading.key].mentions.append(mention)
            continue
        found[reading.key] = amount_of(reading, f"amount-{len(found) + 1}")
        found[reading.key].mentions.append(mention)
    doc._.amounts = list(found.values())
    return doc


def amount_of(reading: Reading, id: str) -> Amount:
    """A reading as the Doc's annotation, without mentions."""
    value = simple(reading.value)
    low, high = (value if reading.bound == "min" else None), (value if reading.bound == "max" else None)
    if reading.low is not None:
        low, high = simple(reading.low), value
    return Amount(
        id,
        reading.kind,
        value,
        reading.currency,
        reading.unit,
        min=low,
        max=high,
        approximate=True if reading.bound == "about" else None,
    )


def readings(line: Line) -> list[tuple[int, Reading]]:
    """All amounts of a line with the position of their first word."""
    openings = _openings()
    found: list[tuple[int, Reading]] = []
    currency: tuple[int, str | None] = (-1, None)  # of the last sum, with the number of its sentence
    past = 0
    for i, norm in enumerate(line.norm):
        if i < past or not (norm in openings or norm[0].isdigit() or (_PARTED.search(norm) and _compound(norm))):
            continue
        reading = reading_at(line, i)
        sentence = line.words.sentence[line.at[i]]
        if reading is None and currency[1] and sentence - currency[0] <= 1:
            reading = elliptic(line, i, currency[1])
        if reading is None:
            continue
        if reading.currency is not None:
            currency = sentence, reading.currency
        reading = _bounded(line, i, _to_upper(line, i, reading))
        found.append((i, reading))
        past = reading.end
    return found


def _compound(norm: str) -> bool:
    """«два-три», «двадцатипроцентный»."""
    first, dash, _ = norm.partition("-")
    counts = dash and (first in numerals().cardinals or first in numerals().multipliers)
    return bool(counts) or _PERCENTS["stem"] in norm


def reading_at(line: Line, i: int) -> Reading | None:
    """The amount that begins at a position."""
    reading = sign_before(line, i) or percental(line, i)
    if reading is not None:
        return reading
    number = number_at(line, i)
    if number is None:
        return None
    if number.partial:
        return percent(line, number)
    return next((found for rule in NUMBER_RULES if (found := rule(line, number)) is not None), None)


def _to_upper(line: Line, i: int, lower: Reading) -> Reading:
    """Both ends with their unit: «$3–$5 млн», «3%–5%», «от 500 тыс. рублей до 2 млн рублей»."""
    if lower.low is not None or lower.bound or not _leads_on(line, i, lower.end):
        return lower
    upper = reading_at(line, lower.end + 1)
    if upper is None or (upper.kind, upper.currency, upper.unit) != (lower.kind, lower.currency, lower.unit):
        return lower
    scale = _scale(line, lower.end + 1)
    low = lower.value * scale if _scale(line, i) == 1 and lower.value * scale < upper.value else lower.value
    return replace(upper, low=low) if upper.low is None and low < upper.value else lower


def _leads_on(line: Line, i: int, end: int) -> bool:
    """Whether a dash follows, or the «до» of «от … до», the «и» of «между … и»."""
    before = line.norm[i - 1] if i else ""
    return line.norm[end] in DASHES or line.norm[end] in _UPPER.get(before, ())


def _scale(line: Line, i: int) -> Decimal:
    """The multiplier of the number at a position or after its sign."""
    number = number_at(line, i) or number_at(line, i + 1)
    return number.scale if number is not None else Decimal(1)


def _bounded(line: Line, i: int, reading: Reading) -> Reading:
    """A reading with the bound that the words around it state; a range has its own."""
    bound = bound_before(line, i) or bound_after(line, reading.end) or reading.bound
    if reading.low is None:
        return replace(reading, bound=bound)
    low = None if changes(line, i) else reading.low
    return replace(reading, low=low, bound="about" if bound == "about" else "")


def hedged(line: Line, start: int) -> int:
    """The start of a sum with the word that makes it a bound or a guess: «более $2 млрд», «не менее 5%»."""
    if start and line.norm[start - 1] in measures().hedges:
        start -= 1
        if start and line.norm[start - 1] in _NEGATIONS:
            start -= 1
    return start
