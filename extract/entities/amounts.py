"""The component that finds amounts: money, percentages, and quantities with a unit."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Amount, Mention
from extract.entities.numbers import number_at, numerals, simple
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms
from extract.language.words import words_of
from extract.rules import table, words_in

_PERCENTS, _POINTS = table("units")["percents"], table("units")["points"]
_PERCENTAL = re.compile(rf"(\d{{1,6}}(?:[.,]\d{{1,6}})?)-?{_PERCENTS['stem']}\w+")
_WHOLE = forms(_PERCENTS["whole"])
_PER = words_in("units", "per", "words")
_NEGATIONS = words_in("units", "hedges", "negations")
_BETWEEN_SUMS = words_in("currencies", "between", "words")
_ISO = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Reading:
    """An amount as read: tokens up to `end` of the line state it."""

    kind: str
    value: Decimal
    end: int
    currency: str | None = None
    unit: str | None = None


@dataclass(frozen=True)
class Measures:
    """`currencies.toml` and `units.toml` by inflected form."""

    currencies: dict[str, str]
    nouns: dict[str, str]  # the dictionary word of a currency's form
    abbreviations: dict[str, str]
    symbols: dict[str, str]
    dollars: dict[str, str]
    minor: dict[str, tuple[str, int]]
    of: dict[str, dict[str, str]]
    abbreviated: dict[str, str]
    adjectives: frozenset[str]
    codes: frozenset[str]
    units: dict[str, str]
    unit_abbreviations: dict[str, str]
    powers: dict[str, dict[str, str]]
    power_stems: dict[str, dict[str, str]]
    percents: frozenset[str]
    hedges: frozenset[str]


@cache
def measures() -> Measures:
    """The currencies and units."""
    money = table("currencies")
    units = table("units")
    of = {noun: by_form(kinds) for noun, kinds in money["of"].items()}
    powers = {power: by_form(units[power]) for power in ("squares", "cubes")}
    codes = {*money["names"].values(), *(code for kinds in money["of"].values() for code in kinds.values())}
    return Measures(
        currencies=by_form(money["names"]),
        nouns=by_form({name: name for name in money["names"]}),
        abbreviations=money["abbreviations"],
        symbols=money["symbols"],
        dollars=money["dollar_prefixes"],
        minor=by_form({coin: (code, parts) for coin, (code, parts) in money["minor"].items()}),
        of=of,
        abbreviated=money["abbreviated"],
        adjectives=frozenset(form for kinds in of.values() for form in kinds),
        codes=frozenset(code.lower() for code in codes.difference(money["ambiguous_codes"]["words"])),
        units=by_form(units["names"]),
        unit_abbreviations=units["abbreviations"],
        powers={word: powers[power] for word, power in units["powers"].items()},
        power_stems={stem: powers[power] for stem, power in units["power_stems"].items()},
        percents=forms(_PERCENTS["noun"]),
        hedges=frozenset(units["hedges"]["words"]),
    )


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
        currency = norm.upper()
    if currency is None:
        return None
    number = number_at(line, start)
    if number is None:
        return None
    return Reading("money", number.value, number.end, currency)


def currency_after(line: Line, i: int) -> Reading | None:
    """«1,5 млрд руб.», «25 тысяч евро», «100 млн гонконгских долларов», «300 тыс. ₽», «5 млн USD»."""
    number = number_at(line, i)
    if number is None:
        return None
    found = currency_at(line, number.end)
    if found is None:
        return None
    currency, end = found
    value, end = _with_coins(line, number.value, currency, end)
    return Reading("money", value, end, currency)


def currency_at(line: Line, i: int) -> tuple[str, int] | None:
    """The currency named at a position, with its adjective or country, and the position past it."""
    table = measures()
    norm = line.norm[i]
    kind = None
    start = i
    while line.norm[i] in table.adjectives and i < start + 2 and line.norm[i] not in table.currencies:
        kind, i = line.norm[i], i + 1
    noun = table.nouns.get(line.norm[i])
    if noun is not None:
        kinds = table.of.get(noun, {})
        following = line.norm[i + 1]
        if following in kinds and kind is None:
            return kinds[following], i + 2
        return kinds.get(kind or "", table.currencies[line.norm[i]]), i + 1
    norm = line.norm[i]
    if norm in table.abbreviations:
        return _abbreviated(line, i, kind)
    if i == start and norm in table.symbols:
        return table.symbols[norm], i + 1
    if i == start and norm in table.codes and _ISO.fullmatch(line.words.text[line.at[i]]):
        return norm.upper(), i + 1
    return None


def _abbreviated(line: Line, i: int, kind: str | None) -> tuple[str, int] | None:
    """«руб.», «долл. США», «бел. руб.»; «р» needs its point."""
    table = measures()
    point = line.norm[i + 1] == "."
    if len(line.norm[i]) < 3 and not point:
        return None
    code = table.abbreviations[line.norm[i]]
    end = i + 1 + point
    kinds = table.of.get(table.abbreviated.get(code, ""), {})
    if code == "USD" and line.norm[end] in kinds:
        return kinds[line.norm[end]], end + 1
    return kinds.get(kind or "", code), end


def _with_coins(line: Line, value: Decimal, currency: str, end: int) -> tuple[Decimal, int]:
    """«3 рубля 50 копеек»."""
    number = number_at(line, end) if line.norm[end][0].isdigit() else None
    coin = measures().minor.get(line.norm[number.end]) if number is not None else None
    if number is None or coin is None or coin[0] != currency:
        return value, end
    return value + number.value / coin[1], number.end + 1


def coins(line: Line, i: int) -> Reading | None:
    """«40 центов», «5 копеек»."""
    number = number_at(line, i)
    coin = measures().minor.get(line.norm[number.end]) if number is not None else None
    if number is None or coin is None:
        return None
    return Reading("money", number.value / coin[1], number.end + 1, coin[0])


def money_of_pair(line: Line, i: int) -> Reading | None:
    """The «2,1 млрд» of «с 2,1 млрд до 3 млрд руб.»: its currency is that of the other end."""
    number = number_at(line, i)
    if number is None or not number.multiplied or line.norm[number.end] not in _BETWEEN_SUMS:
        return None
    upper = currency_after(line, number.end + 1)
    if upper is None or not _has_multiplier(line, number.end + 1):
        return None
    return Reading("money", number.value, number.end, upper.currency)


def _has_multiplier(line: Line, i: int) -> bool:
    number = number_at(line, i)
    return number is not None and number.multiplied


def elliptic(line: Line, i: int, before: str) -> Reading | None:
    """The «16,6 трлн» of «вырос на 362 млрд рублей, до 16,6 трлн»: the currency is understood."""
    number = number_at(line, i)
    if number is None or not number.multiplied or number.value < MILLION or not _stands_alone(line, number.end):
        return None
    return Reading("money", number.value, number.end, before)


MILLION = 1_000_000


def _stands_alone(line: Line, end: int) -> bool:
    """Whether no noun follows that the number counts: punctuation, a preposition, a verb, the end."""
    if not line.norm[end][0].isalpha():
        return line.norm[end] not in ("«", "%")
    return line.words.pos[line.at[end]] in ("ADP", "CCONJ", "SCONJ", "VERB", "ADV", "AUX")


def percent(line: Line, i: int) -> Reading | None:
    """«25%», «25,5 процента», «5–7%»; percentage points are a quantity."""
    number = number_at(line, i)
    if number is None:
        return None
    end = number.end
    if line.norm[end] == "%" and line.norm[end - 1] != "%":
        hyphenated = line.norm[end + 1] == "-" and line.joined(end + 1) and line.norm[end + 2][0] == "н"
        return Reading("percent", number.value, end + (3 if hyphenated else 1))
    if line.norm[end] in measures().percents:
        return Reading("percent", number.value, end + 1)
    return None


def percental(line: Line, i: int) -> Reading | None:
    """«25-процентный», «25 процентным», «стопроцентная»."""
    norm = line.norm[i]
    match = _PERCENTAL.fullmatch(norm)
    if match is not None:
        return Reading("percent", Decimal(match[1].replace(",", ".")), i + 1)
    if norm in _WHOLE:
        return Reading("percent", Decimal(100), i + 1)
    if not line.norm[i + 1].startswith(_PERCENTS["stem"]) or line.norm[i + 2].startswith(_POINTS["stem"]):
        return None
    number = number_at(line, i)
    return Reading("percent", number.value, i + 2) if number is not None and number.end == i + 1 else None


def percentage_points(line: Line, i: int) -> Reading | None:
    """«2,2 процентного пункта», «0,5 п. п.»."""
    number = number_at(line, i)
    if number is None:
        return None
    end = number.end
    if line.norm[end].startswith(_PERCENTS["stem"]) and line.norm[end + 1].startswith(_POINTS["stem"]):
        return Reading("quantity", number.value, end + 2, unit=_POINTS["unit"])
    if line.norm[end : end + 3] == _POINTS["abbreviation"]:
        return Reading("quantity", number.value, end + 3 + (line.norm[end + 3] == "."), unit=_POINTS["unit"])
    return None


def quantity(line: Line, i: int) -> Reading | None:
    """«3 тыс. тонн», «25 км», «40 кв. м», «1,8 млн баррелей»."""
    number = number_at(line, i)
    if number is None:
        return None
    found = unit_at(line, number.end)
    if found is None:
        return None
    unit, end = found
    if line.norm[end] == "/" and line.norm[end + 1] in _PER:
        return Reading("quantity", number.value, end + 2, unit=f"{unit}/{line.norm[end + 1]}")
    return Reading("quantity", number.value, end, unit=unit)


def unit_at(line: Line, i: int) -> tuple[str, int] | None:
    """The unit named at a position and the position past it."""
    table = measures()
    norm = line.norm[i]
    for stem, powers in table.power_stems.items():
        if norm.startswith(stem) and line.norm[i + 1] in powers:
            return powers[line.norm[i + 1]], i + 2
    if norm in table.powers:
        powers, after = table.powers[norm], i + 1 + (line.norm[i + 1] == ".")
        if line.norm[after] in powers:
            return powers[line.norm[after]], after + 1
    if norm in table.units:
        return table.units[norm], i + 1
    if norm in table.unit_abbreviations and not (line.norm[i + 1] == "." and line.norm[i + 2] == "е"):
        return table.unit_abbreviations[norm], i + 1
    return None


Rule = Callable[[Line, int], Reading | None]
SIGN_RULES: tuple[Rule, ...] = (sign_before,)
NUMBER_RULES: tuple[Rule, ...] = (
    percental,
    currency_after,
    coins,
    money_of_pair,
    percent,
    percentage_points,
    quantity,
)


@cache
def _openings() -> dict[str, tuple[Rule, ...]]:
    """The rules that a word, sign or code can open, by its form; numbers in figures are not in it."""
    table, words = measures(), numerals()
    spelled = (*words.cardinals, *words.multipliers, *words.halves, *_WHOLE)
    openings = dict.fromkeys((*table.symbols, *table.dollars, *table.codes), SIGN_RULES)
    return openings | dict.fromkeys(spelled, NUMBER_RULES)


@Language.component("ru_amounts", assigns=["doc._.amounts"])
def find_amounts(doc: Doc) -> Doc:
    """Set `doc._.amounts`; equal amounts are one with several mentions."""
    line = Line(words_of(doc))
    found: dict[tuple[str, Decimal, str | None], Amount] = {}
    for start, reading in readings(line):
        if reading.kind != "quantity":
            start = hedged(line, start)
        mention = Mention(line.at[start], line.at[reading.end - 1] + 1)
        key = (reading.kind, reading.value, reading.currency or reading.unit)
        if key in found:
            found[key].mentions.append(mention)
            continue
        name = f"amount-{len(found) + 1}"
        found[key] = Amount(
            name, reading.kind, simple(reading.value), reading.currency, reading.unit, mentions=[mention]
        )
    doc._.amounts = list(found.values())
    return doc


def readings(line: Line) -> list[tuple[int, Reading]]:
    """All amounts of a line with the position of their first word."""
    openings = _openings()
    found: list[tuple[int, Reading]] = []
    currency: tuple[int, str | None] = (-1, None)  # of the last sum, with the number of its sentence
    past = 0
    for i, norm in enumerate(line.norm):
        rules = openings.get(norm) or (NUMBER_RULES if norm[0].isdigit() else None)
        if rules is None or i < past:
            continue
        reading = _first(rules, line, i)
        sentence = line.words.sentence[line.at[i]]
        if reading is None and rules is NUMBER_RULES and currency[1] and sentence - currency[0] <= 1:
            reading = elliptic(line, i, currency[1])
        if reading is None:
            continue
        if reading.currency is not None:
            currency = sentence, reading.currency
        found.append((i, reading))
        past = reading.end
    return found


def hedged(line: Line, start: int) -> int:
    """The start of a sum with the word that makes it a bound or a guess: «более $2 млрд», «не менее 5%»."""
    if start and line.norm[start - 1] in measures().hedges:
        start -= 1
        if start and line.norm[start - 1] in _NEGATIONS:
            start -= 1
    return start


def _first(rules: tuple[Rule, ...], line: Line, i: int) -> Reading | None:
    for rule in rules:
        found = rule(line, i)
        if found is not None:
            return found
    return None
