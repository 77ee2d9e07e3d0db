"""Dates written in all forms from their values, and read back.

`python tests/benchmarks/written_dates.py` writes 10,000, prints the share that is read as it was meant, by form, and
those that aren't. Names of months, weekdays and quarters, and intervals, come from Babel, ordinals from num2words;
what an expression means is counted with `datetime` alone.
"""

import argparse
import random
from calendar import monthrange
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from babel.dates import format_date, format_interval
from num2words import num2words
from spacy.language import Language

from extract.pipeline import build

SPACES = [" ", " ", " ", "\u00a0", "\u2009", "\u202f"]
DASHES = ["-", "–", "—", " – ", " — ", " - "]
QUOTES = ["«»", '""', "“”", "„“", ("''", "''")]
ROMAN = ["", "I", "II", "III", "IV"]
CENTURIES = {15: "XV", 16: "XVI", 17: "XVII", 18: "XVIII", 19: "XIX", 20: "XX", 21: "XXI"}
DECADES = {1960: "шестидесятых", 1970: "семидесятых", 1980: "восьмидесятых", 1990: "девяностых"}
DAYS = {"позавчера": -2, "вчера": -1, "сегодня": 0}
PAST_WEEKDAYS = [
    "прошлый понедельник", "прошлый вторник", "прошлую среду", "прошлый четверг", "прошлую пятницу",
    "прошлую субботу", "прошлое воскресенье",
]  # fmt: skip
STEPS = [("прошлой", "прошлом", -1), ("этой", "этом", 0), ("следующей", "следующем", 1)]
UNITS = {"day": ("день", "дня", "дней"), "week": ("неделю", "недели", "недель"),
         "month": ("месяц", "месяца", "месяцев"), "year": ("год", "года", "лет")}  # fmt: skip
COMPONENTS = ["ru_slovnet", "ru_lemmas", "ru_dates"]  # those that reading a date takes
WITH_DATE = [  # sentences that want a date in the genitive or in figures
    "Договор подписан {}.",
    "Акт от {} утерян при переезде.",
    "Стороны встретились {}, переговоры шли до ночи.",
    "Накладная ({}) приложена к делу.",
    "Завод, по его словам, открыли {} без объявлений.",
    "Собрание акционеров прошло {} в Туле.",
]
WITH_PHRASE = [  # those that want an expression with its preposition
    "Договор подписали {}.",
    "Прибыль завода выросла {} вдвое.",
    "Завод, по его словам, открыли {} без объявлений.",
    "Об этом сообщил директор, который {} ушел с поста.",
]
OF_THE_FUTURE = [
    "Договор подпишут {}.",
    "Завод, по его словам, откроют {} без объявлений.",
    "Об этом сообщил директор, который {} уйдет с поста.",
]


@dataclass(frozen=True)
class Written:
    """A date as it is written, and the value that must be read."""

    form: str
    text: str
    value: str
    published: date


def moment(chance: random.Random) -> tuple[date, date]:
    """A day between 1991 and 2035, and another on which the article was published."""
    first = date(1991, 1, 1).toordinal()
    return (
        date.fromordinal(chance.randrange(first, date(2035, 12, 31).toordinal())),
        date.fromordinal(chance.randrange(date(2005, 1, 1).toordinal(), date(2026, 12, 31).toordinal())),
    )


def name(that: date, pattern: str) -> str:
    """What Babel writes for a pattern of CLDR."""
    return str(format_date(that, pattern, locale="ru"))


def ordinal(number: int, case: str, gender: str = "n") -> str:
    return str(num2words(number, lang="ru", to="ordinal", case=case, gender=gender))


def year(chance: random.Random, number: int) -> str:
    """A year in the genitive."""
    forms = [f"{number} года", f"{number} г.", f"{number}г.", f"{number}-го", f"{number}-го года", str(number)]
    return chance.choice(forms)


def months(first: str, last: str, number: int) -> str:
    return f"{number}-{first}/{number}-{last}"


# ---- days ----


def by_babel(chance: random.Random) -> Written:
    """«6 марта 2026 г.», «6 мар. 2026 г.», «пт, 6 мар. 2026 г.», «06.03.2026»."""
    that, published = moment(chance)
    pattern = chance.choice([
        "short", "medium", "long", "full", "d MMM y", "d MMMM y", "EEE, d MMM y 'г'.", "dd/MM/yyyy", "y-MM-dd",
        "y/MM/dd", "y.MM.dd",
    ])  # fmt: skip
    return Written("Babel", name(that, pattern), that.isoformat(), published)


def in_figures(chance: random.Random) -> Written:
    """«06.03.26», «6.3.2026 г.», «06-03-2026», «06. 03. 2026»."""
    that, published = moment(chance)
    day, month = chance.choice([(f"{that.day:02}", f"{that.month:02}"), (str(that.day), str(that.month))])
    separator = chance.choice([".", ".", "/", "-", ". ", " . "])
    short = separator in "./" and len(day + month) == 4 and chance.random() < 0.4
    text = separator.join([day, month, f"{that.year % 100:02}" if short else str(that.year)])
    return Written("figures", text + chance.choice(["", "", " г.", " года", "г."]), that.isoformat(), published)


def in_full(chance: random.Random) -> Written:
    """«6-го марта 2026 года», «06 марта 2026-го», «6 МАРТА 2026 ГОДА»."""
    that, published = moment(chance)
    day = chance.choice([str(that.day), f"{that.day:02}", f"{that.day}-го", f"{that.day}го"])
    text = f"{day} {name(that, 'MMMM')} {year(chance, that.year)}"
    return Written("in full", text.upper() if chance.random() < 0.1 else text, that.isoformat(), published)


def by_hand(chance: random.Random) -> Written:
    """«« 06 » марта 2026 г.», as in contracts."""
    that, published = moment(chance)
    opening, closing = chance.choice(QUOTES)
    space = chance.choice(["", "", " "])
    day = chance.choice([f"{that.day:02}", str(that.day)])
    text = f"{opening}{space}{day}{space}{closing} {name(that, 'MMMM')} {that.year} {chance.choice(['г.', 'года'])}"
    return Written("by hand", text, that.isoformat(), published)


def in_words(chance: random.Random) -> Written:
    """«двадцать седьмого ноября 2021 года», «первого июня две тысячи двадцать второго года»."""
    that, published = moment(chance)
    number = year(chance, that.year) if chance.random() < 0.5 else f"{ordinal(that.year, 'g', 'm')} года"
    text = f"{ordinal(that.day, 'g')} {name(that, 'MMMM')} {number}"
    return Written("words", text, that.isoformat(), published)


def before_a_time(chance: random.Random) -> Written:
    """«7 октября 2008 14:20», «07.10.2008, 14:20», «2008-10-07T14:20:00»."""
    that, published = moment(chance)
    time = f"{chance.randrange(24)}:{chance.randrange(60):02}"
    text = chance.choice([
        f"{name(that, 'd MMMM y')} {time}", f"{name(that, 'd MMM y')} {time}", f"{name(that, 'd MMMM y')}, {time}",
        f"{name(that, 'dd.MM.y')} {time}", f"{name(that, 'dd.MM.y')}, {time}",
        f"{name(that, 'd MMMM y')} года в {time}", f"{that.isoformat()}T{time.zfill(5)}:00", f"{time} {that:%d.%m.%Y}",
    ])  # fmt: skip
    return Written("before a time", text, that.isoformat(), published)


def of_the_last_year(chance: random.Random) -> Written:
    """«6 марта», told in the past: the last such day before the publication."""
    _, published = moment(chance)
    that = published - timedelta(chance.randrange(1, 350))
    day = chance.choice([str(that.day), f"{that.day}-го", ordinal(that.day, "g")])
    return Written("without a year", f"{day} {name(that, 'MMMM')}", that.isoformat(), published)


def days_away(chance: random.Random) -> Written:
    """«вчера», «в прошлый вторник», «три дня назад»."""
    _, published = moment(chance)
    way = chance.randrange(3)
    if way == 0:
        text = chance.choice(list(DAYS))
        return Written("days away", text, (published + timedelta(DAYS[text])).isoformat(), published)
    if way == 1:
        weekday = chance.randrange(7)
        back = (published.weekday() - weekday) % 7 or 7
        text = f"в {PAST_WEEKDAYS[weekday]}"
        return Written("days away", text, (published - timedelta(back)).isoformat(), published)
    count = chance.randrange(2, 40)
    return Written(
        "days away", f"{counted(chance, count, 'day')} назад", (published - timedelta(count)).isoformat(), published
    )


def counted(chance: random.Random, count: int, unit: str) -> str:
    """«три дня», «21 неделю»."""
    gender = "f" if unit == "week" else "m"
    number = num2words(count, lang="ru", case="a", gender=gender) if chance.random() < 0.5 else count
    form = 2 if 10 < count % 100 < 20 else {1: 0, 2: 1, 3: 1, 4: 1}.get(count % 10, 2)
    return f"{number} {UNITS[unit][form]}"


def ahead(chance: random.Random) -> Written:
    """«через три дня», «послезавтра», «6 марта», told of the future."""
    _, published = moment(chance)
    count = chance.randrange(2, 40)
    that = published + timedelta(count * 7)
    text, value = chance.choice([
        ("завтра", str(published + timedelta(1))), ("послезавтра", str(published + timedelta(2))),
        (f"через {counted(chance, count, 'day')}", str(published + timedelta(count))),
        (f"через {counted(chance, count, 'week')}", week(that)),
        (f"через {counted(chance, count, 'year')}", str(published.year + count)),
        ("через полтора года", f"{moved(published, 18):%Y-%m}"),
        (name(that, "d MMMM"), str(that)), ("до конца года", str(published.year)),
    ])  # fmt: skip
    return Written("ahead", text, value, published)


def wrapped(chance: random.Random) -> Written:
    """«6 марта↵2026 года», «с 3 по↵5 марта»: a line ends inside."""
    that = chance.choice([in_full, in_words, from_to, interval])(chance)
    words = that.text.split(" ")
    if len(words) == 1 or that.text.isupper():
        return that
    at = chance.randrange(1, len(words))
    return replace(that, form="wrapped", text=f"{' '.join(words[:at])}\n{' '.join(words[at:])}")


# ---- months, quarters, years and beyond ----


def month(chance: random.Random) -> Written:
    """«до марта 2026 года», «за март 2026 г.», «за 03.2026», «за мар. 2026 г.», «в 20-х числах марта 2026 года»."""
    that, published = moment(chance)
    genitive, nominative, number = name(that, "MMMM"), name(that, "LLLL"), year(chance, that.year)
    text = chance.choice([
        f"до {genitive} {number}", f"за {nominative} {number}", f"за {that:%m.%Y}", f"за {name(that, 'LLL y')} г.",
        f"за {nominative}-{that.year}", f"в 20-х числах {genitive} {number}", f"в начале {genitive} {number}",
        f"в последней декаде {genitive} {number}",
    ])  # fmt: skip
    return Written("month", text, f"{that:%Y-%m}", published)


def quarter(chance: random.Random) -> Written:
    """«1-й квартал 2026 г.», «I кв. 2026 года», «1К26», «1 кв. 2026», «первый квартал 2026 года»."""
    that, published = moment(chance)
    number = (that.month + 2) // 3
    text = chance.choice([
        name(that, "QQQQ y 'г'."), name(that, "QQQ y 'г'."), f"{ROMAN[number]} квартал {that.year} года",
        f"{ROMAN[number]} кв. {that.year} г.", f"{number} кв. {that.year}", f"{number}кв{that.year}",
        f"{number}К{that.year % 100:02}", f"{number}К {that.year}", f"Q{number} {that.year}",
        f"{ordinal(number, 'n', 'm')} квартал {that.year} года", f"{number}-й квартал {that.year}-го",
    ])  # fmt: skip
    return Written("quarter", f"за {text}", f"{that.year}-Q{number}", published)


def months_of_a_year(chance: random.Random) -> Written:
    """«первое полугодие 2026 года», «9М 2026», «9 мес. 2026 г.», «январь–март 2026 года», «янв.–мар. 2026 г.»."""
    that, published = moment(chance)
    count = chance.randrange(2, 12)
    dash = chance.choice(["-", "–", "—", " — "])
    last = that.replace(day=1, month=count)
    start = that.replace(day=1, month=chance.randrange(1, count))
    value = months("01", f"{count:02}", that.year)
    spoken = num2words(count, lang="ru", case="a")
    text, value = chance.choice([
        (f"{count}М {that.year}", value),
        (f"{count}М{that.year}", value),
        (f"{count} мес. {that.year} г.", value),
        (f"{spoken} {UNITS['month'][1 if count < 5 else 2]} {that.year} года", value),
        (f"{name(start, 'LLLL')}{dash}{name(last, 'LLLL')} {that.year} года", f"{start:%Y-%m}/{last:%Y-%m}"),
        (format_interval(start, last, "yMMM", locale="ru"), f"{start:%Y-%m}/{last:%Y-%m}"),
        (f"{name(start, 'MMM')}–{name(last, 'MMM')} {that.year} г.", f"{start:%Y-%m}/{last:%Y-%m}"),
        (f"первое полугодие {that.year} года", months("01", "06", that.year)),
        (f"II полугодие {that.year} г.", months("07", "12", that.year)),
        (f"2П{that.year % 100:02}", months("07", "12", that.year)),
    ])  # fmt: skip
    return Written("months", f"за {text}", value, published)


def whole_year(chance: random.Random) -> Written:
    """«в 2026 году», «в 2026-м», «в две тысячи двадцать шестом году», «в 2026 финансовом году»."""
    that, published = moment(chance)
    number = that.year
    text = chance.choice([
        f"в {number} году", f"в {number}-м", f"в {number}-м году", f"в {number} г.", f"к концу {number} года",
        f"в {ordinal(number, 'p', 'm')} году", f"в {number} финансовом году", f"за {number} ф. г.", f"за FY{number}",
    ])  # fmt: skip
    return Written("year", text, str(number), published)


def ages(chance: random.Random) -> Written:
    """«в XIX веке», «в девятнадцатом веке», «в 1990-х годах», «в девяностых», «в 60-х годах XIX века»."""
    _, published = moment(chance)
    number, decade = chance.choice(list(CENTURIES)), chance.choice(list(DECADES))
    century = f"{100 * number - 99}/{100 * number}"
    spoken = ordinal(number, "p", "m")
    start = 100 * (number - 1) + 60
    text, value = chance.choice([
        (f"в {CENTURIES[number]} веке", century), (f"в начале {CENTURIES[number]} века", century),
        (f"в {spoken} веке", century), (f"в {number}-м веке", century),
        (f"во второй половине {CENTURIES[number]} века", century),
        (f"в {decade}-х годах", f"{decade}/{decade + 9}"), (f"в {decade % 100}-х", f"{decade}/{decade + 9}"),
        (f"в {DECADES[decade]}", f"{decade}/{decade + 9}"), (f"в {decade}-е", f"{decade}/{decade + 9}"),
        (f"в 60-х годах {CENTURIES[number]} века", f"{start}/{start + 9}"),
    ])  # fmt: skip
    return Written("ages", text, value, published)


def periods_away(chance: random.Random) -> Written:
    """«на прошлой неделе», «в следующем квартале», «пять месяцев назад», «полтора года назад»."""
    _, published = moment(chance)
    feminine, masculine, step = chance.choice(STEPS)
    count = chance.randrange(2, 12)
    text, value = chance.choice([
        (f"на {feminine} неделе", week(published + timedelta(7 * step))),
        (f"в {masculine} месяце", f"{moved(published, step):%Y-%m}"),
        (f"в {masculine} квартале", quarter_of(moved(published, 3 * step))),
        (f"в {masculine} году", str(published.year + step)),
        (f"{counted(chance, count, 'week')} назад", week(published - timedelta(7 * count))),
        (f"{counted(chance, count, 'month')} назад", f"{moved(published, -count):%Y-%m}"),
        (f"{counted(chance, count, 'year')} назад", str(published.year - count)),
        ("полтора года назад", f"{moved(published, -18):%Y-%m}"),
        (f"{num2words(count, lang='ru')} с половиной лет назад", f"{moved(published, -12 * count - 6):%Y-%m}"),
        ("полгода назад", f"{moved(published, -6):%Y-%m}"),
    ])  # fmt: skip
    return Written("periods away", text, value, published)


def week(that: date) -> str:
    number = that.isocalendar()
    return f"{number.year}-W{number.week:02}"


def quarter_of(that: date) -> str:
    return f"{that.year}-Q{(that.month + 2) // 3}"


def moved(that: date, months: int) -> date:
    """The first day of the month so many months later."""
    number, month = divmod(that.year * 12 + that.month - 1 + months, 12)
    return date(number, month + 1, 1)


# ---- ranges ----


def interval(chance: random.Random) -> Written:
    """As CLDR writes them: «6—9 мар. 2026 г.», «6 мар. — 9 мая 2026 г.», «06.03.2026—09.03.2026»."""
    first, last, published = stretch(chance)
    text = format_interval(first, last, chance.choice(["yMMMd", "yMd"]), locale="ru")
    return Written("interval", str(text), f"{first}/{last}", published)


def from_to(chance: random.Random) -> Written:
    """«с 3 по 5 марта 2026 года», «с 30 марта 2026 г. по 2 мая 2027 г.», «с третьего по пятое марта 2026 года»."""
    first, last, published = stretch(chance)
    number, dash = year(chance, last.year), chance.choice(DASHES)
    forms = [
        f"с {name(first, 'd MMMM y')} года по {name(last, 'd MMMM')} {number}",
        f"с {first:%d.%m.%Y} по {last:%d.%m.%Y}",
        f"{first:%d.%m.%Y}{dash}{last:%d.%m.%Y}",
    ]
    if first.year == last.year:
        forms += [
            f"с {name(first, 'd MMMM')} по {name(last, 'd MMMM')} {number}",
            f"{name(first, 'd MMMM')}{dash}{name(last, 'd MMMM')} {number}",
            f"с {first:%d.%m} по {last:%d.%m.%Y}",
        ]
    if (first.year, first.month) == (last.year, last.month):
        spoken = f"с {ordinal(first.day, 'g')} по {ordinal(last.day, 'n')}"
        forms += [
            f"с {first.day} по {name(last, 'd MMMM')} {number}",
            f"{first.day}{dash}{name(last, 'd MMMM')} {number}",
            f"с {first.day}-го по {last.day}-е {name(last, 'MMMM')} {number}",
            f"{spoken} {name(last, 'MMMM')} {number}",
            f"{first:%d}–{last:%d.%m.%Y}",
        ]
    return Written("from to", chance.choice(forms), f"{first}/{last}", published)


def night(chance: random.Random) -> Written:
    """«в ночь с 4 на 5 марта 2026 года», «в ночь на 5 марта 2026 года»."""
    last, published = moment(chance)
    first = last - timedelta(1)
    number = year(chance, last.year)
    if chance.random() < 0.4:
        return Written("night", f"в ночь на {name(last, 'd MMMM')} {number}", last.isoformat(), published)
    if first.month == last.month:
        start = str(first.day)
    else:
        start = name(first, "d MMMM") if first.year == last.year else f"{name(first, 'd MMMM y')} года"
    text = f"в ночь с {start} на {name(last, 'd MMMM')} {number}"
    return Written("night", text, f"{first}/{last}", published)


def years(chance: random.Random) -> Written:
    """«в 2020–2022 годах», «с 2020 по 2022 год», «в 2020/21 финансовом году»."""
    that, published = moment(chance)
    first, last = that.year, that.year + chance.randrange(1, 9)
    dash = chance.choice(["-", "–", "—"])
    text, end = chance.choice([
        (f"в {first}{dash}{last} годах", last), (f"в {first}{dash}{last} гг.", last),
        (f"с {first} по {last} год", last), (f"с {first}-го по {last}-й", last),
        (f"в {first}/{(first + 1) % 100:02} финансовом году", first + 1), (f"за {first}/{first + 1} ф. г.", first + 1),
    ])  # fmt: skip
    return Written("years", text, f"{first}/{end}", published)


def quarters(chance: random.Random) -> Written:
    """«в II–III кварталах 2026 года», «с первого по третий квартал 2026 года», «за 1–3 кв. 2026 г.»."""
    that, published = moment(chance)
    first = chance.randrange(1, 4)
    last = chance.randrange(first + 1, 5)
    text = chance.choice([
        f"в {ROMAN[first]}–{ROMAN[last]} кварталах {that.year} года",
        f"с {ordinal(first, 'g', 'm')} по {ordinal(last, 'n', 'm')} квартал {that.year} года",
        f"за {first}–{last} кв. {that.year} г.", f"за {ROMAN[first]}-{ROMAN[last]} кварталы {that.year} года",
    ])  # fmt: skip
    return Written("quarters", text, f"{that.year}-Q{first}/{that.year}-Q{last}", published)


def stretch(chance: random.Random) -> tuple[date, date, date]:
    """Two days, most often of one month or year, and that of the publication."""
    first, published = moment(chance)
    way = chance.randrange(3)
    left = monthrange(first.year, first.month)[1] - first.day
    reach = left if way == 0 else 366 - first.timetuple().tm_yday if way == 1 else 500
    return first, first + timedelta(chance.randrange(1, max(2, reach))), published


DATES = [
    by_babel, in_figures, in_full, by_hand, in_words, before_a_time, of_the_last_year, interval, from_to, wrapped,
]  # fmt: skip
PHRASES = [
    days_away, month, quarter, months_of_a_year, whole_year, ages, periods_away, night, years, quarters,
]  # fmt: skip
FORMS: list[Callable[[random.Random], Written]] = [*DATES, *PHRASES, ahead]


def written(count: int, seed: int = 16) -> Iterator[tuple[str, Written]]:
    """Sentences with a date each, all forms in turn."""
    chance = random.Random(seed)
    for number in range(count):
        form = FORMS[number % len(FORMS)]
        that = form(chance)
        sentences = WITH_DATE if form in DATES else WITH_PHRASE if form in PHRASES else OF_THE_FUTURE
        sentence = chance.choice(sentences).format(that.text)
        yield spaced(chance, sentence.replace("..", "."), that.text), that


def spaced(chance: random.Random, sentence: str, text: str) -> str:
    """The sentence with other blanks in its date, every second time."""
    start = sentence.find(text)
    if start < 0 or chance.random() < 0.5:
        return sentence
    blank = chance.choice(SPACES)
    return sentence[:start] + text.replace(" ", blank) + sentence[start + len(text) :]


def misread(nlp: Language, dates: list[tuple[str, Written]]) -> Iterator[tuple[str, Written, list[str]]]:
    """The dates that are not read, or not as they were meant, with what was read."""
    for text, that in dates:
        doc = nlp.make_doc(text)
        doc._.published = that.published.isoformat()
        found = [date.value for date in nlp(doc)._.dates]
        if found != [that.value]:
            yield text, that, found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=16)
    options = parser.parse_args()
    nlp = build(model=False)
    nlp.select_pipes(enable=COMPONENTS)
    dates = list(written(options.count, options.seed))
    wrong = list(misread(nlp, dates))
    for text, that, found in wrong:
        print(f"{that.form}: {text!r}, {that.published}: {that.value}, not {found}")
    total, failed = Counter(that.form for _, that in dates), Counter(that.form for _, that, _ in wrong)
    for form in total:
        print(f"{form}: {total[form] - failed[form]} of {total[form]}")
    print(f"{1 - len(wrong) / len(dates):.4f} of {len(dates)}")


if __name__ == "__main__":
    main()
