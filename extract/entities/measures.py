"""Currencies, coins and units, and how they are named: «руб.», «канадских долларов», «у. е.», «коп.», «куб. м»."""

from dataclasses import dataclass
from functools import cache

from extract.entities.numbers import ends_sentence
from extract.entities.tokens import Line
from extract.entities.word_forms import by_form, forms
from extract.rules import table, words_in

_POINTED = words_in("currencies", "pointed", "words")


@dataclass(frozen=True)
class Measures:
    """`currencies.toml` and `units.toml` by inflected form."""

    currencies: dict[str, str]
    nouns: dict[str, str]  # the dictionary word of a currency's form
    abbreviations: dict[str, str]
    symbols: dict[str, str]
    dollars: dict[str, str]
    minor: dict[str, tuple[str, int]]
    minor_abbreviations: dict[str, tuple[str, int]]
    of: dict[str, dict[str, str]]
    abbreviated: dict[str, str]
    adjectives: frozenset[str]
    codes: dict[str, str]
    phrases: dict[str, list[tuple[list[str], str]]]  # by their first word
    short_kinds: dict[str, str]
    singular: frozenset[str]  # genitives of currencies that fractions govern: «1,105 доллара»
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
    plain = codes.difference(money["ambiguous_codes"]["words"])
    return Measures(
        currencies=by_form(money["names"]),
        nouns=by_form({name: name for name in money["names"]}),
        abbreviations=money["abbreviations"],
        symbols=money["symbols"],
        dollars=money["dollar_prefixes"],
        minor=by_form({coin: (code, parts) for coin, (code, parts) in money["minor"].items()}),
        minor_abbreviations={coin: (code, parts) for coin, (code, parts) in money["minor_abbreviations"].items()},
        of=of,
        abbreviated=money["abbreviated"],
        adjectives=frozenset(form for kinds in of.values() for form in kinds),
        codes={code.lower(): code for code in plain} | {code.lower(): iso for code, iso in money["codes"].items()},
        phrases=_phrases(money["phrases"]),
        short_kinds=money["short_kinds"],
        singular=frozenset(by_form(money["names"], "sing")).difference(by_form(money["names"], "plur")),
        units=by_form(units["names"]),
        unit_abbreviations=units["abbreviations"],
        powers={word: powers[power] for word, power in units["powers"].items()},
        power_stems={stem: powers[power] for stem, power in units["power_stems"].items()},
        percents=forms(units["percents"]["noun"]),
        hedges=frozenset(units["hedges"]["words"]),
    )


def _phrases(codes: dict[str, str]) -> dict[str, list[tuple[list[str], str]]]:
    """Names of more than one word by the first of them."""
    found: dict[str, list[tuple[list[str], str]]] = {}
    for phrase, code in codes.items():
        words = phrase.split()
        found.setdefault(words[0], []).append((words, code))
    return found


def currency_at(line: Line, i: int) -> tuple[str, int] | None:
    """The currency named at a position, with its adjective or country, and the position past it."""
    table = measures()
    start = i
    kind, i = _kind_at(line, i)
    noun = table.nouns.get(line.norm[i])
    if noun is not None:
        kinds = table.of.get(noun, {})
        following = line.norm[i + 1]
        if following in kinds and kinds[following] == kinds.get(kind or following):
            return kinds[following], i + 2
        return kinds.get(kind or "", table.currencies[line.norm[i]]), i + 1
    if line.norm[i] in table.abbreviations:
        return _abbreviated(line, i, kind)
    return _signed(line, start)


def _kind_at(line: Line, i: int) -> tuple[str | None, int]:
    """The adjective that tells which of several currencies of one name, «гонконгских», «бел.»."""
    table = measures()
    kind = None
    last = i + 2
    while i < last and line.norm[i] in table.adjectives and line.norm[i] not in table.currencies:
        kind, i = line.norm[i], i + 1
    short = table.short_kinds.get(line.norm[i]) if kind is None else None
    if short is None:
        return kind, i
    return short, i + 1 + (line.norm[i + 1] == ".")


def _signed(line: Line, i: int) -> tuple[str, int] | None:
    """«₽», «USD», «у. е.»."""
    table = measures()
    norm = line.norm[i]
    if norm in table.symbols:
        return table.symbols[norm], i + 1
    if norm in table.codes:
        return table.codes[norm], i + 1
    for words, code in table.phrases.get(norm, ()):
        end = i + len(words)
        if line.norm[i:end] == words:
            return code, end + (line.norm[end] == ".")
    return None


def _abbreviated(line: Line, i: int, kind: str | None) -> tuple[str, int] | None:
    """«руб.», «долл. США», «бел. руб.»; «фр» needs its point."""
    table = measures()
    point = line.norm[i + 1] == "."
    if not point and line.norm[i] in _POINTED:
        return None
    code = table.abbreviations[line.norm[i]]
    end = i + 1 + point
    kinds = table.of.get(table.abbreviated.get(code, ""), {})
    if line.norm[end] in kinds and (code == "USD" or not (point and ends_sentence(line, end - 1))):
        return kinds[line.norm[end]], end + 1
    return kinds.get(kind or "", code), end


def coin_at(line: Line, i: int) -> tuple[tuple[str, int], int] | None:
    """The coins named at a position, as their currency and how many make one, and the position past them."""
    coin = measures().minor.get(line.norm[i])
    if coin is not None:
        return coin, i + 1
    coin = measures().minor_abbreviations.get(line.norm[i])
    if coin is None or (len(line.norm[i]) < 3 and line.norm[i + 1] != "."):
        return None
    return coin, i + 1 + (line.norm[i + 1] == ".")


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
