"""Numbers and sums of money written in all forms from their values, and read back.

`python tests/benchmarks/written_numbers.py` writes 10,000, prints the share that is read as it was meant, by form, and
those that aren't. Numbers in words and nouns of currencies come from num2words, signs and names from Babel.
"""

import argparse
import random
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from babel.numbers import format_currency, get_currency_name
from num2words import num2words
from num2words.lang_RU import Num2Word_RU
from spacy.language import Language

from extract.annotations import Amount
from extract.pipeline import build

SPACES = [" ", "\u00a0", "\u2009", "\u202f"]
DASHES = ["-", "–", "—", " – ", " — "]
SIGNS = {"RUB": "₽", "USD": "$", "EUR": "€", "GBP": "£", "KZT": "₸", "UAH": "₴", "TRY": "₺", "GEL": "₾"}
SHORT = {"RUB": ["руб.", "р.", "руб"], "USD": ["долл.", "долл. США"], "UAH": ["грн"]}
NOUNS = {code: Num2Word_RU.CURRENCY_FORMS[code] for code in ("RUB", "USD", "EUR", "UAH", "KZT", "UZS")}
NAMED = ["RUB", "USD", "EUR", "GBP", "CNY", "KZT", "UZS", "BYN", "AMD", "GEL", "KGS", "AZN", "TRY", "JPY", "CHF", "INR"]
SCALES = {  # multiplier: nominative singular, genitive singular and plural, abbreviations
    1_000: ("тысяча", "тысячи", "тысяч", ("тыс.", "тыс")),
    1_000_000: ("миллион", "миллиона", "миллионов", ("млн", "млн.")),
    1_000_000_000: ("миллиард", "миллиарда", "миллиардов", ("млрд", "млрд.")),
    1_000_000_000_000: ("триллион", "триллиона", "триллионов", ("трлн",)),
}
TONS = {  # after 1, 2 and 5 in each case
    "n": ("тонна", "тонны", "тонн"),
    "g": ("тонны", "тонн", "тонн"),
    "d": ("тонне", "тоннам", "тоннам"),
    "a": ("тонну", "тонны", "тонн"),
    "i": ("тонной", "тоннами", "тоннами"),
    "p": ("тонне", "тоннах", "тоннах"),
}
MIN, MAX, ABOUT = "min", "max", "approximate"
BOUNDS = {
    "более": MIN, "свыше": MIN, "не менее": MIN, "от": MIN, "больше": MIN, "не меньше": MIN, "чуть более": MIN,
    "менее": MAX, "до": MAX, "не более": MAX, "не свыше": MAX, "не больше": MAX,
    "около": ABOUT, "порядка": ABOUT,
}  # fmt: skip
LOOSE = {"примерно": ABOUT, "почти": ABOUT, "приблизительно": ABOUT, "как минимум": MIN, "максимум": MAX}
COMPONENTS = ["ru_slovnet", "ru_lemmas", "ru_dates", "ru_amounts"]  # those that reading a sum takes
SENTENCES = [
    "Сумма договора — {}, срок — год.",
    "Стороны назвали цену: {}.",
    "Истец требует {} за простой.",
    "Взнос завода ({}) внесён в мае.",
    "Банк перечислил «Кедру» {} на прошлой неделе.",
]


@dataclass(frozen=True)
class Written:
    """A sum, percentage or quantity as it is written, and what must be read; `unit` is a currency, «%» or «т»."""

    form: str
    text: str
    value: Decimal
    unit: str
    min: Decimal | None = None
    max: Decimal | None = None
    approximate: bool | None = None

    @property
    def meant(self) -> tuple[float, str, float | None, float | None, bool | None]:
        bounds = [None if bound is None else float(bound) for bound in (self.min, self.max)]
        return float(self.value), self.unit, bounds[0], bounds[1], self.approximate


def noun(code: str, number: int) -> str:
    """The currency's noun after a whole number in the nominative."""
    return str(NOUNS[code][0][plural_form(number)])


def plural_form(number: int) -> int:
    """0 for «1 рубль», 1 for «2 рубля», 2 for «5 рублей»."""
    if 10 < number % 100 < 20:
        return 2
    return {1: 0, 2: 1, 3: 1, 4: 1}.get(number % 10, 2)


def named(chance: random.Random, number: int) -> tuple[str, str]:
    """A currency after a whole number: its noun or its full name."""
    if chance.random() < 0.5:
        code = chance.choice(list(NOUNS))
        return noun(code, number), code
    code = chance.choice(NAMED)
    return get_currency_name(code, count=number, locale="ru"), code


def marked(chance: random.Random) -> tuple[str, str]:
    """A currency after any number: its sign, abbreviation or code."""
    way = chance.randrange(3)
    if way == 0:
        code = chance.choice(list(SIGNS))
        return SIGNS[code], code
    if way == 1:
        code = chance.choice(list(SHORT))
        return chance.choice(SHORT[code]), code
    code = chance.choice(["RUB", "USD", "EUR", "CNY", "KZT", "BYN"])
    return code, code


def figures(chance: random.Random, value: int, cents: int | None = None) -> str:
    """A number in figures, its thousands parted in one of the ways."""
    part = chance.choice(["", *SPACES, *SPACES, "'", "’", "."])
    point = chance.choice([",", "."]) if part != "." else ","
    text = f"{value:,}".replace(",", part)
    return text if cents is None else f"{text}{point}{cents:02}"


def whole(chance: random.Random) -> int:
    """A whole number between 1 and a trillion; small ones and round ones are as likely as others."""
    number = int(10 ** chance.uniform(0, 11))
    digits = chance.randrange(0, max(1, len(str(number)) - 1))
    return max(1, number // 10**digits * 10**digits) if chance.random() < 0.6 else number


def scaled(chance: random.Random, low: int = 1, high: int = 999) -> tuple[Decimal, int]:
    """A factor with at most three decimals, and its multiplier."""
    decimals = chance.choice([0, 0, 1, 1, 2, 3])
    factor = Decimal(chance.randrange(low * 10**decimals, high * 10**decimals)) / 10**decimals
    return factor.normalize(), chance.choice(list(SCALES))


def plain(number: Decimal, point: str = ",") -> str:
    return f"{number:f}".replace(".", point)


def scale_word(chance: random.Random, factor: Decimal, scale: int) -> str:
    one, few, many, short = SCALES[scale]
    if chance.random() < 0.6:
        return chance.choice(short)
    if factor != factor.to_integral_value():
        return few
    return (one, few, many)[plural_form(int(factor))]


def words(number: int, case: str = "n", gender: str = "m") -> str:
    return str(num2words(number, lang="ru", case=case, gender=gender))


# ---- the forms ----


def in_figures(chance: random.Random) -> Written:
    """«1 234 567,89 руб.», «1’234’567 ₽»."""
    value, cents = whole(chance), chance.choice([None, None, chance.randrange(100)])
    mark, code = marked(chance)
    text = f"{figures(chance, value, cents)}{chance.choice([' ', SPACES[1]])}{mark}"
    return Written("figures", text, value + Decimal(cents or 0) / 100, code)


def in_figures_with_noun(chance: random.Random) -> Written:
    """«1 234 567 рублей», «1 234 армянских драма»."""
    value = whole(chance)
    name, code = named(chance, value)
    text = f"{value:,}".replace(",", chance.choice(["", *SPACES]))
    return Written("figures and noun", f"{text} {name}", Decimal(value), code)


def by_babel(chance: random.Random) -> Written:
    """As CLDR writes it: «1 234 567,50 ₽», «1 234,00 KZT»."""
    value, code = (
        Decimal(whole(chance)) + Decimal(chance.randrange(100)) / 100,
        chance.choice(["RUB", "USD", "EUR", "KZT"]),
    )
    return Written("Babel", format_currency(value, code, locale="ru"), value, code)


def with_multiplier(chance: random.Random) -> Written:
    """«1,5 млн руб.», «25 тысяч евро»."""
    factor, scale = scaled(chance)
    mark, code = marked(chance) if chance.random() < 0.6 else named(chance, 5)
    number = plain(factor, chance.choice([",", ",", "."]))
    space = chance.choice([" ", " ", SPACES[1], ""])
    return Written("multiplier", f"{number}{space}{scale_word(chance, factor, scale)} {mark}", factor * scale, code)


def with_sign_before(chance: random.Random) -> Written:
    """«$2,1 млрд», «USD 1 500», «€25 тыс.»."""
    code = chance.choice(list(SIGNS))
    sign = SIGNS[code] if code == "TRY" or chance.random() < 0.8 else f"{code} "  # «TRY» is a word of many headlines
    if chance.random() < 0.3:
        value = whole(chance)
        return Written("sign before", f"{sign}{figures(chance, value)}", Decimal(value), code)
    factor, scale = scaled(chance)
    return Written("sign before", f"{sign}{plain(factor)} {scale_word(chance, factor, scale)}", factor * scale, code)


def in_words(chance: random.Random) -> Written:
    """«шесть миллионов двести тридцать тысяч триста сорок рублей»."""
    value = whole(chance)
    code = chance.choice(["RUB", "USD", "EUR", "KZT", "UZS"])
    return Written("words", f"{words(value)} {noun(code, value)}", Decimal(value), code)


def in_words_inflected(chance: random.Random) -> Written:
    """«трёхсот сорока тысяч пятисот рублей» after «около»."""
    value = whole(chance) * 10
    code = chance.choice(["RUB", "USD", "EUR"])
    text = f"около {words(value, 'g')} {NOUNS[code][0][2]}"
    return Written("words, genitive", text, Decimal(value), code, approximate=True)


def with_coins(chance: random.Random) -> Written:
    """«1 200 руб. 50 коп.», «две тысячи рублей, пять копеек»."""
    value, cents = whole(chance), chance.randrange(1, 100)
    total = value + Decimal(cents) / 100
    if chance.random() < 0.4:
        text = num2words(total, lang="ru", to="currency", currency="RUB")
        return Written("coins in words", str(text), total, "RUB")
    rubles = figures(chance, value).replace(".", " ")
    text = f"{rubles} руб. {cents:02} коп." if chance.random() < 0.5 else f"{rubles} рублей {cents} копеек"
    return Written("coins", text, total, "RUB")


def restated(chance: random.Random) -> Written:
    """«1 250 000 (Один миллион двести пятьдесят тысяч) рублей 00 копеек»."""
    value, code = whole(chance), chance.choice(["RUB", "USD", "EUR"])
    number, spelled, name = f"{value:,}".replace(",", " "), words(value), noun(code, value)
    spelled = spelled.capitalize() if chance.random() < 0.5 else spelled
    forms = [f"{number} ({spelled}) {name}", f"{number} ({spelled} {name})", f"{spelled} ({number}) {name}"]
    text = chance.choice(forms)
    coins = code == "RUB" and text == forms[0] and chance.random() < 0.5
    return Written("restated", f"{text} 00 копеек" if coins else text, Decimal(value), code)


def mixed(chance: random.Random) -> Written:
    """«2 млн 500 тыс. рублей», «1 миллиард 200 миллионов рублей»."""
    scale = chance.choice([1_000_000, 1_000_000_000])
    first, second = chance.randrange(1, 1000), chance.randrange(1, 1000)
    text = (
        f"{first} {scale_word(chance, Decimal(first), scale)} "
        f"{second} {scale_word(chance, Decimal(second), scale // 1000)} рублей"
    )
    return Written("mixed", text, Decimal(first * scale + second * scale // 1000), "RUB")


def with_half(chance: random.Random) -> Written:
    """«два с половиной миллиона рублей», «полтора миллиарда», «полмиллиона», «четверть миллиарда»."""
    scale = chance.choice([1_000_000, 1_000_000_000])
    few = SCALES[scale][1]
    number = chance.randrange(2, 30)
    noun = SCALES[scale][plural_form(number)]
    text, factor = chance.choice([
        (f"{words(number)} с половиной {noun}", number + Decimal("0.5")),
        (f"{number} с половиной {few}", number + Decimal("0.5")),
        (f"полтора {few}", Decimal("1.5")),
        (f"пол{few}", Decimal("0.5")),
        (f"четверть {few}", Decimal("0.25")),
        (f"{words(number % 9 + 1, gender='f')} целых {words(number, gender='f')} сотых {few}",
         number % 9 + 1 + Decimal(number) / 100),
    ])  # fmt: skip
    return Written("halves", f"{text} рублей", factor * scale, "RUB")


def ranged(chance: random.Random) -> Written:
    """«от 3 до 5 млрд руб.», «2–3 млн евро», «$3–5 млн», «от двух до трёх миллионов рублей», «два-три миллиона»."""
    scale = chance.choice(list(SCALES))
    low = chance.randrange(1, 500)
    high = low + chance.randrange(1, 400)
    short, mark_code = chance.choice(SCALES[scale][3]), marked(chance)
    many, dash = SCALES[scale][2], chance.choice(DASHES)
    mark, code = mark_code
    forms = [
        (f"от {low} до {high} {short} {mark}", code),
        (f"{low}{dash}{high} {short} {mark}", code),
        (f"от {low} {short} до {high} {short} {mark}", code),
        (f"от {low} {many} рублей до {high} {many} рублей", "RUB"),
        (f"между {low} и {high} {short} {mark}", code),
        (f"${low}–{high} {short}", "USD"),
        (f"${low}–${high} {short}", "USD"),
        (f"от ${low} {short} до ${high} {short}", "USD"),
        (f"от {words(low, 'g', 'f' if scale == 1000 else 'm')} до {words(high, 'g')} {many} рублей", "RUB"),
        (f"{low} {short} – {high} {short} {mark}", code),
    ]
    text, code = chance.choice(forms)
    return Written("range", text, Decimal(high * scale), code, min=Decimal(low * scale), max=Decimal(high * scale))


def two_words(chance: random.Random) -> Written:
    """«два-три миллиона рублей», «двадцать-тридцать тысяч долларов»."""
    low, high = chance.choice([(2, 3), (3, 4), (5, 6), (7, 8), (10, 15), (10, 12), (20, 30), (40, 50), (100, 200)])
    scale = chance.choice([1_000_000, 1_000_000_000])
    text = f"{words(low)}-{words(high)} {SCALES[scale][1 + (high > 4)]} рублей"
    return Written("two words", text, Decimal(high * scale), "RUB", min=Decimal(low * scale), max=Decimal(high * scale))


def percentage(chance: random.Random) -> Written:
    """«12,5%», «семи процентов», «две целых пять десятых процента», «полтора процента», «40 (сорок) процентов»."""
    number, tenths = chance.randrange(1, 100), chance.randrange(1, 10)
    fraction = number + Decimal(tenths) / 10
    noun = ("процент", "процента", "процентов")[plural_form(number)]
    text, value = chance.choice([
        (f"{plain(fraction)}{chance.choice(['', ' ', SPACES[0]])}%", fraction),
        (f"{number} ({words(number)}) {noun}", Decimal(number)),
        (f"{words(number)} {noun}", Decimal(number)),
        (f"{num2words(float(fraction), lang='ru')} процента", fraction),
        (f"{words(number)} с половиной процентов", number + Decimal("0.5")),
    ])  # fmt: skip
    return Written("percentage", text, value, "%")


def in_any_case(chance: random.Random) -> Written:
    """«тремястами двадцатью тоннами», «трёхсот двадцати тонн»."""
    value, case = whole(chance), chance.choice(list(TONS))
    text = f"{words(value, case, 'f')} {TONS[case][plural_form(value)]}"
    return Written("any case", text, Decimal(value), "т")


def bounded(chance: random.Random) -> Written:
    """«не менее 5 млн руб.», «до $3 млрд», «почти 2 млн евро»."""
    sum = chance.choice([in_figures, with_multiplier, with_sign_before])(chance)
    word, bound = chance.choice([*BOUNDS.items(), *LOOSE.items()])
    stated = {MIN: {"min": sum.value}, MAX: {"max": sum.value}, ABOUT: {"approximate": True}}[bound]
    return replace(sum, form="bound", text=f"{word} {sum.text}", **stated)


def odd(chance: random.Random) -> Written:
    """«пять с лишним миллионов рублей», «тысяч двадцать рублей»."""
    number, scale = chance.randrange(5, 20), chance.choice(list(SCALES))
    many, value = SCALES[scale][2], Decimal(number * scale)
    if chance.random() < 0.5:
        return Written("odd", f"{words(number)} с лишним {many} рублей", value, "RUB", min=value)
    return Written("inverted", f"{many} {words(number)} рублей", value, "RUB", approximate=True)


FORMS: list[Callable[[random.Random], Written]] = [
    in_figures,
    in_figures_with_noun,
    by_babel,
    with_multiplier,
    with_sign_before,
    in_words,
    in_words_inflected,
    with_coins,
    restated,
    mixed,
    with_half,
    ranged,
    two_words,
    percentage,
    in_any_case,
    bounded,
    odd,
]


def written(count: int, seed: int = 16) -> Iterator[tuple[str, Written]]:
    """Sentences with a sum each, all forms in turn."""
    chance = random.Random(seed)
    for number in range(count):
        sum = FORMS[number % len(FORMS)](chance)
        yield chance.choice(SENTENCES).format(sum.text), sum


def misread(nlp: Language, sums: list[tuple[str, Written]]) -> Iterator[tuple[str, Written, list[object]]]:
    """The sums that are not read, or not as they were meant, with what was read."""
    docs = nlp.pipe(text for text, _ in sums)
    for doc, (text, sum) in zip(docs, sums, strict=True):
        found = [
            (float(amount.value), unit_of(amount), *_floats(amount.min, amount.max), amount.approximate)
            for amount in doc._.amounts
        ]
        if found != [sum.meant]:
            yield text, sum, [*found]


def unit_of(amount: Amount) -> str:
    return "%" if amount.kind == "percent" else str(amount.currency or amount.unit)


def _floats(*values: float | None) -> list[float | None]:
    return [None if value is None else float(value) for value in values]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    nlp = build(model=False)
    nlp.select_pipes(enable=COMPONENTS)
    sums = list(written(options.count, options.seed))
    wrong = list(misread(nlp, sums))
    for text, sum, found in wrong:
        print(f"{sum.form}: {text!r}: {found}")
    total, failed = Counter(sum.form for _, sum in sums), Counter(sum.form for _, sum, _ in wrong)
    for form in total:
        print(f"{form}: {total[form] - failed[form]} of {total[form]}")
    print(f"{1 - len(wrong) / len(sums):.4f} of {len(sums)}")


if __name__ == "__main__":
    main()
