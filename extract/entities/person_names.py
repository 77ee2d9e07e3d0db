"""One name of a person: its parts, its gender and its nominative.

A name declines as a whole: its words stand in one case and gender. For every word the dictionary (pymorphy3)
and guessed paradigms (`rules/person_names.toml`) tell which nominatives it can come from in each case and
gender; `readings` weighs the combinations by the tags in the sentence and the preposition before the name.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import product
from math import prod
from typing import Any, NamedTuple

from extract.language.inflection import QUOTES, lexicon, with_ending
from extract.language.morphology import CACHED_RARE, CASES, parses, possible_cases
from extract.language.resources import first_names, last_names
from extract.language.surnames import RUSSIAN
from extract.language.words import Words
from extract.rules import key_of, table, words_in

DECLENSION = ("Nom", "Gen", "Dat", "Acc", "Ins", "Loc")
MASC, FEMN = "masc", "femn"
NAMES = frozenset({"Name", "Surn", "Patr"})
GENDERS = (MASC, FEMN)
ALTERNATIVES = 3  # nominatives kept of a word form for each case and gender
COMBINATIONS = 1000  # of them that are weighed for one name
ATTESTED = 0.3  # what it adds to a guess that a list of names has it
NOMINAL = frozenset({"NOUN", "PROPN", "X"})
BREAKS = frozenset({"ADP", "VERB", "AUX", "CCONJ", "SCONJ", "SPACE"})  # no title stands across these
SUBJECTS = frozenset({"nsubj", "nsubj:pass"})
LIST_MARKS = frozenset({",", "и", "."})
LONGEST_LIST = 30  # tokens of a list of names to either side of one
LONGEST_LISTED = 3  # words and initials of a name in such a list
TITLE_REACH = 7  # tokens between a title and the name: its organization
_CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}

# What a word of a name is.
FIRST, PATRONYMIC, LAST, INITIAL, PARTICLE = "first", "patronymic", "last", "initial", "particle"
SON = "son"  # «Али», «оглы» in «Гейдар Али оглы»: a patronymic that doesn't decline
UNCHANGING = frozenset({INITIAL, PARTICLE, SON})


class Paradigm(NamedTuple):
    """A guessed declension; `endings` in the order of `DECLENSION`, `stem` what the stem ends in."""

    gender: str
    stem: re.Pattern[str]
    endings: tuple[str, ...]
    weight: float
    adjectival: bool


class Form(NamedTuple):
    """A nominative from which a word form can come, and how likely that is."""

    nominative: str
    weight: float


class Reading(NamedTuple):
    """A whole name read in one case and gender: its words in the nominative, folded (lower case, ё as е)."""

    score: float
    words: tuple[str, ...]
    gender: str
    case: str


class Name(NamedTuple):
    """A mention of a person by name: tokens `start` to `end`, their parts, and the readings, best first.

    `parts` pairs the position of each token that counts with what it is.
    """

    start: int
    end: int
    parts: tuple[tuple[int, str], ...]
    readings: tuple[Reading, ...]

    def positions(self, part: str) -> list[int]:
        """Where in `parts` and in a reading's words this part of the name stands."""
        return [i for i, (_, kind) in enumerate(self.parts) if kind == part]


def _paradigm(row: dict[str, Any]) -> Paradigm:
    stem = re.compile(rf".*{row['stem']}")
    return Paradigm(row["gender"], stem, tuple(row["endings"]), row["weight"], row.get("adjectival", False))


def _patronymics(rows: list[dict[str, Any]]) -> list[tuple[re.Pattern[str], str]]:
    """A pattern with the stem as its group, and the ending of the nominative."""
    return [(re.compile(rf"({row['stem']})(?:{'|'.join(row['endings'])})"), row["endings"][0]) for row in rows]


_DATA = table("person_names")
PARADIGMS = tuple(map(_paradigm, _DATA["paradigm"]))
PATRONYMICS = _patronymics(_DATA["patronymic"])
GENERATION = _DATA["generation"]
ENDINGS = {name: tuple(endings) for name, endings in _DATA["endings"].items()}
PARTICLES = words_in("person_names", "words", "particles")
SONS = key_of("person_names", "sons")  # with their gender
LONG_INITIALS = words_in("person_names", "words", "long_initials")
ASIAN_SURNAMES = words_in("person_names", "words", "asian_surnames")
KIN = words_in("person_names", "words", "kin")


@lru_cache(maxsize=CACHED_RARE)
def known_parses(norm: str) -> tuple[Any, ...]:
    """The readings of a word form that the dictionary has; none of a word that it can only guess."""
    readings = parses(norm)
    return readings if readings[0].is_known else ()


@cache
def titles() -> frozenset[str]:
    """Nouns that stand before names, as lemmas: posts, ranks, kin."""
    posts = words_in("positions/posts", "state") | words_in("positions/posts", "offices")
    return posts | callings() | words_in("person_names", "words", "titles") | KIN


def callings() -> frozenset[str]:
    """Professions and callings, as lemmas: «бизнесмен», «футболист»."""
    return words_in("positions/posts", "callings")


@cache
def relations() -> frozenset[str]:
    """Nouns that a name complements: «адвокат Петрова», «отец Ивана»."""
    return words_in("positions/posts", "relational") | KIN


@lru_cache(maxsize=CACHED_RARE)
def is_first_name(norm: str) -> bool:
    """Say whether a word form can be of a known first name."""
    if norm in first_names():
        return True
    return any(
        "Name" in parse.tag
        or (parse.tag.POS == "NOUN" and "Surn" not in parse.tag and _fold(parse.normal_form) in first_names())
        for parse in known_parses(norm)
    )


@lru_cache(maxsize=CACHED_RARE)
def is_surname(norm: str) -> bool:
    """Say whether a word form is a surname by the dictionary, or looks like a Russian one."""
    return any("Surn" in parse.tag for parse in parses(norm))


@lru_cache(maxsize=CACHED_RARE)
def is_patronymic(norm: str) -> bool:
    """Say whether a word form can be a patronymic by its ending: «Вучевич» can, too."""
    return _whole_patronymic(norm) is not None


def _whole_patronymic(norm: str) -> str | None:
    """The nominative of what is a patronymic by its ending: the dictionary has «Михаилович» for «Михайловича»."""
    for pattern, ending in PATRONYMICS:
        match = pattern.fullmatch(norm)
        if match is not None:
            return f"{match.group(1)}{ending}"
    return None


@lru_cache(maxsize=CACHED_RARE)
def is_known_patronymic(norm: str) -> bool:
    """Say whether the dictionary has a patronymic."""
    return any("Patr" in parse.tag for parse in known_parses(norm))


@lru_cache(maxsize=CACHED_RARE)
def looks_like_surname(norm: str) -> bool:
    """Say whether a word form is a surname, or has the form of one: «Сомовой», a form of «сом» by the dictionary."""
    own = norm.rpartition("-")[2]
    return is_surname(own) or _is_russian_surname(own)


def _is_russian_surname(norm: str) -> bool:
    """«Лапин», whatever else the dictionary takes it for; not «магазина»."""
    nouns = {_fold(parse.normal_form) for parse in known_parses(norm) if parse.tag.gender == MASC}
    surname = any("Surn" in parse.tag for parse in known_parses(norm))
    return surname or (RUSSIAN.fullmatch(norm) is not None and not any(map(RUSSIAN.fullmatch, nouns)))


def is_initial(text: str) -> bool:
    """«И», «Дж» of an abbreviated first name; the point is a token of its own."""
    return text[:1].isupper() and (len(text) == 1 or text.lower() in LONG_INITIALS)


def _fold(word: str) -> str:
    return word.lower().replace("ё", "е")


# ---------------------------------------------------------------------------------------------- word forms


@lru_cache(maxsize=CACHED_RARE)
def forms(norm: str, kind: str) -> dict[tuple[str, str], tuple[Form, ...]]:
    """The nominatives of a word form in each (case, gender), the likeliest first.

    Args:
        norm: the form, folded.
        kind: the part of the name that it is.
    """
    if not norm[-1:].isalpha() or norm.isascii():
        return {}
    if "-" in norm:
        return _hyphenated(norm, kind)
    weights: dict[tuple[str, str], dict[str, float]] = {}
    unchanged = [
        (case, gender, norm, _unchanged(norm, kind, gender, case)) for case, gender in product(DECLENSION, GENDERS)
    ]
    for case, gender, nominative, weight in (*_known(norm, kind), *_guessed(norm, kind), *unchanged):
        if weight > 0:
            own = weights.setdefault((case, gender), {})
            own[nominative] = max(own.get(nominative, 0), weight)
    return {
        key: tuple(sorted(map(Form._make, own.items()), key=_weight, reverse=True)[:ALTERNATIVES])
        for key, own in weights.items()
    }


def _known(norm: str, kind: str) -> list[tuple[str, str, str, float]]:
    """What the dictionary says: first names, patronymics and surnames before other words."""
    wanted = {FIRST: "Name", PATRONYMIC: "Patr", LAST: "Surn"}.get(kind, "Surn")
    kinds = ("NOUN",) if kind == FIRST else ("NOUN", "ADJF")
    found = []
    for parse in known_parses(norm):
        tag = parse.tag
        if tag.POS not in kinds or tag.number != "sing" or tag.case not in _CASE or "Poss" in tag:
            continue
        weight = 1.0 if wanted in tag else 0.6 if NAMES & tag.grammemes else 0.3
        weight -= 0.15 * ("Fixd" in tag)  # «Анне» is a name, too
        common = "ms-f" in tag.grammemes
        for gender in GENDERS if common else (tag.gender,):
            nominative = _nominative(parse, None if common else gender)
            if nominative is not None:
                found.append((_CASE[tag.case], gender, nominative, weight + parse.score / 10))
    return found


def _nominative(parse: Any, gender: str | None) -> str | None:
    if parse.tag.case == "nomn":
        return _fold(parse.word)
    if "Patr" in parse.tag and (whole := _whole_patronymic(_fold(parse.word))) is not None:
        return whole
    if gender == MASC and NAMES & parse.tag.grammemes:
        return _fold(parse.normal_form)
    form = parse.inflect({"nomn", "sing"} if gender is None else {"nomn", "sing", gender})
    return None if form is None else _fold(form.word)


def _guessed(norm: str, kind: str) -> list[tuple[str, str, str, float]]:
    """What the paradigms allow; a nominative that the lists of names know is believed more."""
    found = []
    attested = first_names() if kind == FIRST else last_names()
    for paradigm in PARADIGMS:
        if kind == FIRST and paradigm.adjectival:
            continue
        for case, ending in zip(DECLENSION, paradigm.endings, strict=True):
            if not norm.endswith(ending):
                continue
            stem = norm[: len(norm) - len(ending)]
            if paradigm.stem.fullmatch(stem):
                nominative = stem + paradigm.endings[0]
                weight = paradigm.weight + ATTESTED * (nominative in attested)
                weight -= 0.1 * (kind == FIRST and norm.endswith("и"))  # «Назели» more often than «Назеля»
                found.append((case, paradigm.gender, nominative, weight))
    return found


def _unchanged(norm: str, kind: str, gender: str, case: str) -> float:
    """How likely a form doesn't decline: «Шойгу», «Ирины Ким», «Черных»; 0 if it would."""
    attested = ATTESTED * (norm in (first_names() if kind == FIRST else last_names()))
    if kind == LAST and norm in ASIAN_SURNAMES:  # «Ким Чен Ыном»
        return 1.2
    if kind == LAST and norm.endswith(ENDINGS["oblique_russian"]):
        return 0.0
    if norm.endswith(ENDINGS["oblique"]) or (kind == FIRST and _is_oblique(norm)):
        return 0.1
    if norm.endswith(ENDINGS["invariable"]):
        return 0.7 + attested
    if norm.endswith(ENDINGS["foreign"]):
        return (0.2 if norm.endswith(ENDINGS["doubtful"]) else 0.4) + attested
    if norm.endswith(ENDINGS["declining"]):
        return 0.3 + attested if case == "Nom" else 0.0
    if gender == FEMN:
        return 0.2 if norm.endswith(ENDINGS["masculine"]) else 0.5 + attested
    return 0.5 + attested if case == "Nom" else 0.0


@lru_cache(maxsize=CACHED_RARE)
def _is_oblique(norm: str) -> bool:
    """«Марии»: of a first name that the dictionary knows, but not in the nominative."""
    cases = [parse.tag.case for parse in known_parses(norm) if "Name" in parse.tag]
    return bool(cases) and "nomn" not in cases


def _hyphenated(norm: str, kind: str) -> dict[tuple[str, str], tuple[Form, ...]]:
    """«Анны-Марии», «Салтыкова-Щедрина» decline in both parts, «Касым-Жомарта», «ас-Сиси» in the last."""
    *before, last = norm.split("-")
    generation = next(filter(last.startswith, GENERATION["stems"]), None)
    if generation is not None:
        return _with_generation("-".join(before), generation, kind)
    return {key: tuple(_compound(before, key, kind, form) for form in ends) for key, ends in forms(last, kind).items()}


def _compound(before: list[str], key: tuple[str, str], kind: str, form: Form) -> Form:
    parts = []
    weight = form.weight
    for part in before:
        own = forms(part, kind).get(key, ()) if len(part) > 2 else ()
        declined = bool(own) and own[0].weight > 0.9
        parts.append(own[0].nominative if declined else part)
        weight += 0.1 * declined
    return Form("-".join([*parts, form.nominative]), weight)


def _with_generation(name: str, stem: str, kind: str) -> dict[tuple[str, str], tuple[Form, ...]]:
    """«Эллета-младшего» → «Эллет-младший»: both parts decline."""
    endings = GENERATION["nominative"]
    return {
        (case, gender): tuple(Form(f"{form.nominative}-{stem}{endings[gender]}", form.weight) for form in ends)
        for (case, gender), ends in forms(name, kind).items()
    }


# --------------------------------------------------------------------------------------------- whole names


def read_name(words: Words, start: int, end: int, kind: str | None = None) -> Name:
    """Take a mention of a person apart and put it in the nominative in all the ways that it can be read.

    Args:
        kind: what a single word is, where the article tells.
    """
    parts = _parts(words, start, end)
    if kind is not None:
        parts = tuple((i, kind) for i, _ in parts)
    return Name(start, end, parts, _readings(words, start, parts))


def _parts(words: Words, start: int, end: int) -> tuple[tuple[int, str], ...]:
    tokens = [i for i in range(start, end) if words.text[i][0].isalpha()]
    kinds = [_kind(words, i, i == tokens[-1]) for i in tokens]
    for n in range(2, len(tokens)):
        if words.norm[tokens[n]] in SONS:
            kinds[n - 1 : n + 1] = [SON, SON]
    names = [n for n, kind in enumerate(kinds) if kind == ""]
    patronymics = [n for n, kind in enumerate(kinds) if kind == PATRONYMIC]
    for n in patronymics:
        final = n == len(kinds) - 1 and n < 2 and not is_known_patronymic(words.norm[tokens[n]])
        if (
            n == 0 or kinds[n - 1] != "" or final or SON in kinds
        ):  # «Абрамович», «И. Вульфович», «Милош Вучевич»: surnames
            kinds[n] = LAST if n == 0 or final else ""
    patronymics = [n for n, kind in enumerate(kinds) if kind in (PATRONYMIC, SON)]
    if patronymics:  # Иван Иванович Иванов, Иванов Иван Иванович
        kinds[patronymics[0] - 1] = FIRST
    elif len(names) > 1 and INITIAL not in kinds:
        for n in _first_of(words, tokens, kinds, names):
            kinds[n] = FIRST
    elif len(names) > 1:  # Джордж У. Буш
        kinds[names[0]] = FIRST if names[0] < kinds.index(INITIAL) < names[-1] else LAST
    elif (
        len(names) == 1 and kinds.count(INITIAL) * kinds.index("") == 0 and is_first_name(words.norm[tokens[names[0]]])
    ):
        norm = words.norm[tokens[names[0]]]
        kinds[names[0]] = FIRST if not is_surname(norm) else LAST
    return tuple((i, kind or LAST) for i, kind in zip(tokens, kinds, strict=True))


def _kind(words: Words, i: int, is_last: bool) -> str:
    text, norm = words.text[i], words.norm[i]
    if is_initial(text) and (len(text) > 1 or _has_point(words, i)):
        return INITIAL
    if norm in PARTICLES and not is_last and (text[0].islower() or not is_first_name(norm)):
        return PARTICLE
    return PATRONYMIC if is_patronymic(norm) else ""


def _has_point(words: Words, i: int) -> bool:
    return i + 1 < len(words) and words.text[i + 1].startswith(".")


def _first_of(words: Words, tokens: list[int], kinds: list[str], names: list[int]) -> list[int]:
    """Which of a name's words, neither initials nor patronymics, are the first name."""
    norms = [words.norm[tokens[n]] for n in names]
    if PARTICLE in kinds:  # Урсула фон дер Ляйен
        return [n for n in names if n < kinds.index(PARTICLE)]
    if is_surname_first(norms) or (len(names) == 2 and _is_turned_round(*norms)):
        return names[1:]
    return names[:-1]


def _is_turned_round(first: str, second: str) -> bool:
    """«Иванов Иван», «Михайлович Иван»: a surname by the dictionary, then a first name that can't be a surname."""
    surname = _is_russian_surname(first.rpartition("-")[2]) or is_patronymic(first)
    surname = surname and not is_first_name(first)
    return surname and any("Name" in parse.tag for parse in known_parses(second)) and not is_surname(second)


def is_surname_first(norms: list[str]) -> bool:
    """«Си Цзиньпин», «Ким Чен Ын»: an Asian surname first, and nothing after it that is one of ours."""
    if norms[0] not in ASIAN_SURNAMES or len(norms) not in (2, 3):
        return False
    return not any(is_surname(norm) or "-" in norm or _is_ordinary(norm) for norm in norms[1:])


def _is_ordinary(norm: str) -> bool:
    """A Russian word that is too long for a syllable or two of an Asian name: «Ян Непомнящий»."""
    return len(norm) > 6 and bool(known_parses(norm))


def _readings(words: Words, start: int, parts: tuple[tuple[int, str], ...]) -> tuple[Reading, ...]:
    """All cases and genders in which the words agree, the likeliest first."""
    governed = _governed(words, start)
    tags = tuple((words.norm[i], kind, words.case(i), words.feats[i].get("Gender")) for i, kind in parts)
    last = parts[-1][0] if parts else start
    while parts and last + 1 < len(words) and words.text[last + 1] == "." and is_initial(words.text[last]):
        last += 1
    subject = _subject(words, start, last) if parts else ("", 0.0)
    listed = _list_cases(words, start, last) if parts and len(parts) <= LONGEST_LISTED else frozenset()
    if not listed and _is_subject(words, start, last, parts):
        listed = frozenset({"Nom"})
    return _weighed(tags, governed, subject, _title_cases(words, start), listed)


@lru_cache(maxsize=CACHED_RARE)
def _weighed(
    tags: tuple[tuple[str, str, str | None, str | None], ...],
    governed: tuple[str, ...],
    subject: tuple[str, float],
    titled: tuple[tuple[str, float], ...],
    listed: frozenset[str],
) -> tuple[Reading, ...]:
    found = []
    for case, gender in product(DECLENSION, GENDERS):
        score = 0.4 * (case in governed) - 0.4 * (case == "Nom" and bool(governed))
        score += subject[1] * (subject[0] == gender and case == "Nom")
        score += 1.3 * (case in listed)
        score += max((weight for title_case, weight in titled if title_case == case), default=0.0)
        choices = []
        for place, (norm, kind, tagged, tagged_gender) in enumerate(tags):
            final = place == len(tags) - 1 and not (place and tags[place - 1][1] == PARTICLE)
            choices.append(_choices(norm, kind, case, gender, final))
            if kind not in UNCHANGING:
                score += 0.7 * (tagged == case) + 0.3 * (_GENDERS.get(tagged_gender or "") == gender)
        if prod(map(len, choices)) > COMBINATIONS:  # many names run together
            choices = [ways[:1] for ways in choices]
        for chosen in product(*choices):
            weight = score + sum(form.weight for form in chosen)
            found.append(Reading(weight, tuple(form.nominative for form in chosen), gender, case))
    return tuple(sorted(found, reverse=True))


def _choices(norm: str, kind: str, case: str, gender: str, is_last: bool) -> tuple[Form, ...]:
    """The nominatives of one word of a name; what can't stand in the case stays, at a price."""
    if kind in UNCHANGING or norm.isascii():
        return (Form(norm, -3.0 * (SONS.get(norm, gender) != gender)),)
    found = forms(norm, kind)
    if (case, gender) in found:
        return found[case, gender]
    return (Form(norm, -2.0),) if is_last else (Form(_best(norm, kind, gender), -0.3),)


@lru_cache(maxsize=CACHED_RARE)
def _best(norm: str, kind: str, gender: str) -> str:
    """The likeliest nominative of a word form in a gender, whatever the case."""
    found = (form for (_, own), ends in forms(norm, kind).items() if own == gender for form in ends)
    return max(found, default=Form(norm, 0.0), key=_weight).nominative


def _weight(form: Form) -> float:
    return form.weight


_GENDERS = {"Masc": MASC, "Fem": FEMN}


def _governed(words: Words, start: int) -> tuple[str, ...]:
    return lexicon().governed.get(words.norm[start - 1], ()) if start else ()


def title_before(words: Words, start: int) -> int | None:
    """Where the title of the name at `start` stands: «министра» in «министра обороны Ивана Петрова»."""
    return next(_titles_before(words, start), None)


def _titles_before(words: Words, start: int) -> Iterator[int]:
    """The titles from the nearest on: «министра», «заместитель» in «заместитель министра Иван Петров»."""
    for i in range(start - 1, max(-1, start - 1 - TITLE_REACH), -1):
        if words.pos[i] in BREAKS or (words.pos[i] == "PUNCT" and words.text[i] not in QUOTES):
            return
        if words.pos[i] == "NOUN" and words.lemma[i] in titles() and words.feats[i].get("Number") != "Plur":
            yield i
            if "Gen" not in possible_cases(words.norm[i]):
                return


def _title_cases(words: Words, start: int) -> tuple[tuple[str, float], ...]:
    """The cases of the titles before the name, with weights: «премьер-министра Косово Альбина Курти».

    A form that stands in one case alone decides more than a tag; the instrumental may be a predicate («назначил
    директором Ивана»). Right after a noun of relation the name is rather its complement («адвокат Петрова»,
    «отец Ивана»), and so it is after any other noun.
    """
    places = list(_titles_before(words, start))
    if not places:
        return (("Gen", 0.4),) if start and words.pos[start - 1] in NOMINAL else ()
    if places[0] == start - 1 and words.case(start) == "Gen" and words.lemma[start - 1] in relations():
        return ()
    return tuple({_title_case(words, i) for i in places})


def _title_case(words: Words, i: int) -> tuple[str, float]:
    cases = possible_cases(words.norm[i])
    plain = len(cases) == 1 or cases == {"Gen", "Acc"}
    if cases == {"Ins"}:
        plain = any("Ins" in lexicon().governed.get(norm, ()) for norm in words.norm[max(0, i - 2) : i])
    return (min(cases) if len(cases) == 1 else words.case(i) or ""), 2.5 if plain else 0.8


def _subject(words: Words, start: int, last: int) -> tuple[str, float]:
    """The gender of the past-tense verb beside the name, and its weight: «Ким заявила», «заявила адвокат Рыбина»."""
    woman = start > 1 and words.lemma[start - 1] in titles() and words.feats[start - 2].get("Gender") == "Fem"
    for verb, weight in ((last + 1, 1.3), (start - 1, 0.5), *(((start - 2, 1.6),) if woman else ())):
        if 0 <= verb < len(words) and words.pos[verb] == "VERB" and words.feats[verb].get("VerbForm") == "Fin":
            gender = _GENDERS.get(words.feats[verb].get("Gender", ""))
            if gender is not None:
                return gender, weight
    return "", 0.0


def _is_subject(words: Words, start: int, last: int, parts: tuple[tuple[int, str], ...]) -> bool:
    """«Об этом пишет Е. Рыбина»: the parser's subject of the verb beside it."""
    beside = any(0 <= i < len(words) and words.feats[i].get("VerbForm") == "Fin" for i in (start - 1, last + 1))
    if not beside or not any(words.dep[i] in SUBJECTS for i, _ in parts):
        return False
    names = [(words.norm[i], kind) for i, kind in parts if kind not in UNCHANGING]
    return all(
        any(case == "Nom" and ends[0].weight > ATTESTED for (case, _), ends in forms(*name).items()) for name in names
    )


def _list_cases(words: Words, start: int, last: int) -> frozenset[str]:
    """The cases that the other names of a list with initials leave: «Котов А. Б.» in «Рыбина О. П. и Котов А. Б.»."""
    left = _listed(words, range(start - 1, max(-1, start - LONGEST_LIST), -1))
    right = _listed(words, range(last + 1, min(len(words), last + LONGEST_LIST)))
    found = [
        frozenset(case for (case, _), ends in forms(words.norm[i], LAST).items() if ends[0].weight >= ATTESTED + 0.2)
        for i in (*left, *right)
    ]
    shared = frozenset.intersection(*found) if found else frozenset()
    return shared if len(shared) == 1 else frozenset()


def _listed(words: Words, places: range) -> Iterator[int]:
    """The surnames of a list beside a name, up to the first word that belongs to no list of names."""
    for i in places:
        text = words.text[i]
        if len(text) > 1 and text[0].isupper() and looks_like_surname(words.norm[i]):
            yield i
        elif text not in LIST_MARKS and not is_initial(text):
            return


def as_written(words: Words, name: Name, forms: tuple[str, ...]) -> list[str]:
    """The words of a reading with the letters of the text where these are the same."""
    return [with_ending(words.text[i], form) for (i, _), form in zip(name.parts, forms, strict=True)]
