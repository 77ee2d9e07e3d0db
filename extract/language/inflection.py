"""Names and noun phrases in the nominative.

A phrase is put in the nominative by its head: the noun that the words before it agree with, which its own
words show better than the parser does. The head and the words that agree with it change, its complements
stay («обороны» in «Министерством обороны»). Letters that the ending leaves alone are kept as written.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import Any, NamedTuple

from spacy.tokens import Doc

from extract.language.alphabet import CAPITAL
from extract.language.morphology import CACHED_RARE, CASES, GENDERS, NUMBERS, parses
from extract.language.words import Words, words_of
from extract.rules import alternatives, table

OPENING = frozenset("«“„\"'‘(")
LONG = 6  # letters: from here on a word in capitals is no abbreviation
QUOTES = frozenset("«»“”„\"'‘’")
ADJECTIVES = frozenset({"ADJF", "PRTF"})
NOMINAL = frozenset({"NOUN", "ADJF", "PRTF", "NUMR"})
_CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}
_NUMBER = {grammeme: number for number, grammeme in NUMBERS.items()}
_ABBREVIATION = re.compile(rf"(.*[{CAPITAL}]{{2}}){alternatives('inflection', 'abbreviation_endings')}")
_LINKED = re.compile(rf"-{alternatives('inflection', 'linking')}-")


class Agreement(NamedTuple):
    """What a head and the words before it share; `gender` is None in the plural."""

    case: str
    number: str
    gender: str | None


class HeadReading(NamedTuple):
    """A candidate for a phrase's head, read in one way; the highest `score` is chosen."""

    score: float
    position: int
    agreement: Agreement
    parse: Any


class InflectionWords(NamedTuple):
    """What `rules/inflection.toml` holds."""

    generic: frozenset[str]
    apposing: frozenset[str]
    first_parts: frozenset[str]
    plural: frozenset[str]
    unchanging: frozenset[str]
    governed: dict[str, tuple[str, ...]]
    indeclinable_endings: tuple[str, ...]
    genitive_endings: tuple[str, ...]
    oblique_endings: tuple[str, ...]


@cache
def lexicon() -> InflectionWords:
    """Read `rules/inflection.toml` once."""
    data = table("inflection")
    governed: dict[str, tuple[str, ...]] = {}
    for case, prepositions in data["prepositions"].items():
        for preposition in prepositions:
            governed[preposition] = (*governed.get(preposition, ()), case)
    return InflectionWords(
        frozenset(data["generic"]),
        frozenset(data["apposing"]),
        frozenset(data["first_parts"]),
        frozenset(data["plural"]),
        frozenset(data["unchanging"]),
        governed,
        tuple(data["indeclinable_endings"]),
        tuple(data["genitive_endings"]),
        tuple(data["oblique_endings"]),
    )


def nominative(doc: Doc | Words, start: int, end: int) -> str:
    """The name or noun phrase in tokens `start` to `end` (half-open), in the nominative.

    A name in quotes right after a generic word («акции компании «Восход»») is taken to stand in the
    nominative already; after another word («акции «Восхода»») it is inflected.
    """
    words = doc if isinstance(doc, Words) else words_of(doc)
    forms = words.text[start:end]
    first = _first_word(words, start, end)
    if first < end and not _stands_in_nominative(words, first):
        for position, form in _changed(words, first, end):
            forms[position - start] = form
    return _join(words, forms, start)


def _first_word(words: Words, start: int, end: int) -> int:
    return next((i for i in range(start, end) if words.text[i][0].isalnum()), end)


def _stands_in_nominative(words: Words, first: int) -> bool:
    """Whether the name doesn't follow the case of its place in the sentence."""
    norm = words.norm[first]
    if norm in lexicon().unchanging or _named_in_quotes(words, first) or _is_indeclinable(norm):
        return True
    return first > 0 and words.lemma[first - 1] in lexicon().apposing and _may_be_nominative(norm)


def _is_indeclinable(norm: str) -> bool:
    """«Смолино»: a name that isn't in the dictionary."""
    ending = norm.endswith(lexicon().indeclinable_endings) and not norm.endswith(lexicon().genitive_endings)
    return ending and not parses(norm)[0].is_known


def _may_be_nominative(norm: str) -> bool:
    """«города Нальчик», «штата Невада»: the name of a place keeps its nominative after a generic word."""
    readings = parses(norm)
    if not readings[0].is_known:
        return not norm.endswith(lexicon().oblique_endings)
    return any(parse.tag.case == "nomn" and parse.tag.number == "sing" for parse in readings)


def _named_in_quotes(words: Words, first: int) -> bool:
    """«компании «Восход»»: a generic word, then the opening quote, then our name."""
    if first < 2 or words.text[first - 1] not in QUOTES:
        return False
    before = first - 2
    if words.text[before].isupper() and len(words.text[before]) > 1:  # ПАО, ООО, ТЦ
        return True
    return words.lemma[before] in lexicon().generic and not _known_oblique(words, first)


def _known_oblique(words: Words, i: int) -> bool:
    """«группа «Газпрома»»: a word of the dictionary that has no such nominative."""
    readings = parses(words.norm[i])
    if not readings[0].is_known:
        return False
    return not any(_CASE.get(parse.tag.case) == "Nom" for parse in readings if parse.tag.POS in NOMINAL)


def _changed(words: Words, first: int, end: int) -> Iterator[tuple[int, str]]:
    """The positions and nominative forms of the words that change."""
    bare = _ABBREVIATION.fullmatch(words.text[first])
    if bare is not None:
        yield first, bare.group(1)
        return
    head = _head(words, first, end)
    if head is None or (head.agreement.case == "Nom" and head.agreement == _agreement(head.parse)):
        return
    for i in range(first, head.position):
        modifier = _agreeing(words.norm[i], head.agreement)
        if modifier is not None:
            yield i, inflect(words.text[i], modifier, head.agreement)
    yield head.position, inflect(words.text[head.position], head.parse, head.agreement)
    yield from _apposed(words, head, end)


def _apposed(words: Words, head: HeadReading, end: int) -> Iterator[tuple[int, str]]:
    """«города Москвы»: the name after the head that stands in the same case."""
    after = head.position + 1
    if after >= end or words.lemma[head.position] not in lexicon().apposing:
        return
    inner = _head(words, after, end)
    if inner is not None and inner.position == after and inner.agreement.case == head.agreement.case:
        yield after, inflect(words.text[after], inner.parse, inner.agreement)


def _head(words: Words, first: int, end: int) -> HeadReading | None:
    """The noun with which all the words before it agree, read in the likeliest way.

    The farthest such noun is the head: «Русский» in «Русского музея» could be a noun, but «музея» agrees.
    """
    governed = _governed(words, first)
    best: HeadReading | None = None
    for position in range(first, min(end, first + 6)):
        if not words.text[position][0].isalpha() or _is_abbreviation(words, position):
            break
        best = max(_heads(words, first, position, governed), default=best)
        if _invariable(words, position):
            continue
        if not _is_modifier(words.norm[position]) or _is_noun(words, best, position):
            break
    return best


def _is_noun(words: Words, head: HeadReading | None, position: int) -> bool:
    """«сборной России»: what could be an adjective as well."""
    noun = head is not None and head.position == position and head.parse.tag.POS == "NOUN"
    return noun and words.pos[position] == "NOUN"


def _is_abbreviation(words: Words, i: int) -> bool:
    """«АБ» is no form of «аба», «АЛРОСА» none of a guessed word."""
    text = words.text[i]
    if not text.isupper() or _invariable(words, i):
        return False
    return len(text) < LONG or not parses(words.norm[i])[0].is_known


def _heads(words: Words, first: int, position: int, governed: tuple[str, ...]) -> Iterator[HeadReading]:
    readings = parses(words.norm[position])
    noun = words.pos[position] != "ADJ" and any(parse.tag.POS == "NOUN" for parse in readings)
    for order, parse in enumerate(readings):
        agreement = _agreement(parse)
        if agreement is None or (noun and parse.tag.POS in ADJECTIVES):
            continue
        if "Geox" in parse.tag and position > first and _invariable(words, position - 1):  # «Почта России»
            continue
        shared = [own for own in (agreement, _of_one(parse, agreement)) if _all_agree(words, first, position, own)]
        if shared:
            score = _score(words, first, position, parse, shared[0], governed)
            yield HeadReading(score - order / 1000, position, shared[0], parse)


def _of_one(parse: Any, agreement: Agreement) -> Agreement:
    """«Минской и Брестской областях»: the last adjective of several is in the singular."""
    return Agreement(agreement.case, "Sing", parse.tag.gender)


def _all_agree(words: Words, first: int, position: int, agreement: Agreement) -> bool:
    between = range(first, position)
    return all(_invariable(words, i) or _agreeing(words.norm[i], agreement) is not None for i in between)


def _agreement(parse: Any) -> Agreement | None:
    tag = parse.tag
    if tag.POS not in ("NOUN", "ADJF", "PRTF") or tag.case is None or tag.number is None:
        return None
    gender = tag.gender if tag.number == "sing" else None
    return Agreement(_CASE.get(tag.case, ""), _NUMBER[tag.number], gender)


def _score(
    words: Words, first: int, position: int, parse: Any, agreement: Agreement, governed: tuple[str, ...]
) -> float:
    """How well a reading of the head agrees with the tags, the preposition and the rest of the article."""
    score = float(parse.score)
    for i in range(first, position + 1):
        score += 2 * (words.feats[i].get("Case") == agreement.case)
    feats = words.feats[position]
    score += feats.get("Number") == agreement.number
    score += 0.5 * (agreement.gender is not None and GENDERS.get(feats.get("Gender", "")) == agreement.gender)
    score += 2 * (agreement.case in governed) - 2 * (agreement.case == "Nom" and bool(governed))
    return score + _likelihood(words, position, parse, agreement)


def _likelihood(words: Words, position: int, parse: Any, agreement: Agreement) -> float:
    """What the word itself speaks for: places and organizations, names in the plural, attested nominatives."""
    points = 0.2 * bool({"Geox", "Orgn"} & parse.tag.grammemes) - 0.2 * ("Name" in parse.tag or "Abbr" in parse.tag)
    if agreement.number == "Sing" and parse.normal_form in lexicon().plural and words.text[position][0].isupper():
        points -= 2  # «РИА Новости»
    if parse.is_known:
        return points
    points -= "Fixd" in parse.tag  # a guess at «Москве-Сити»
    if agreement.case == "Nom":
        return points
    if agreement.number == "Plur" and words.feats[position].get("Number") != "Plur":
        points -= 2  # «Ростех» is no genitive of «Ростехи»
    return points + 1.5 * (parse.normal_form in words.norm)


def _governed(words: Words, first: int) -> tuple[str, ...]:
    """The cases that the preposition right before the phrase allows; none without one."""
    before = first - 1
    while before >= 0 and words.text[before] in OPENING:
        before -= 1
    return lexicon().governed.get(words.norm[before], ()) if before >= 0 else ()


@lru_cache(maxsize=CACHED_RARE)
def _is_modifier(norm: str) -> bool:
    return any(parse.tag.POS in ADJECTIVES and "Poss" not in parse.tag for parse in parses(norm))


def _invariable(words: Words, i: int) -> bool:
    """The unchanging first part of a name: «Газпром нефти», «РИА Новостей»; not «МВД России»."""
    return words.norm[i] in lexicon().first_parts


@lru_cache(maxsize=CACHED_RARE)
def _agreeing(norm: str, agreement: Agreement) -> Any | None:
    """The adjective reading of a form in this case, number and gender."""
    for parse in parses(norm):
        if parse.tag.POS not in ADJECTIVES:
            continue
        own = _agreement(parse)
        if own is not None and own[:2] == agreement[:2] and agreement.gender in (None, own.gender):
            return parse
    return None


def inflect(text: str, parse: Any, agreement: Agreement) -> str:
    """A form as written, read as `parse`, in the nominative of its number; unchanged if it has none."""
    linked = _LINKED.search(text.lower())
    if linked is not None:  # «Ростова-на-Дону»
        return nominative_word(text[: linked.start()], agreement) + text[linked.start() :]
    wanted = {"nomn", "plur"} if agreement.number == "Plur" else {"nomn", "sing"}
    if agreement.gender is not None and parse.tag.POS in ADJECTIVES:
        wanted.add(agreement.gender)
    form = parse.inflect(wanted)
    if form is None:
        return text
    if "Supr" in parse.tag:  # «Высшая школа», no «Высочайшая»
        form = max(_forms(parse, wanted), key=lambda other: _shared(text.lower(), other.word))
    return with_ending(text, form.word)


def _forms(parse: Any, wanted: set[str]) -> list[Any]:
    return [form for form in parse.lexeme if wanted <= form.tag.grammemes]


def nominative_word(text: str, agreement: Agreement) -> str:
    """A single word in the nominative, read in the way that agrees."""
    for parse in parses(text.lower()):
        if _agreement(parse) == agreement:
            return inflect(text, parse, agreement)
    return text


def with_ending(text: str, form: str) -> str:
    """The letters of `text` as far as `form` has the same, then `form`'s, in upper case if the word is.

    ё and е count as the same letter: the text's own spelling is kept, no ё comes from the dictionary. The parts
    of a compound («Москву-Сити») are taken one by one.
    """
    if "-" in text:
        texts, forms = text.split("-"), form.split("-")
        if len(texts) == len(forms):
            return "-".join(map(with_ending, texts, forms))
    folded = text.lower().replace("ё", "е")
    target = form.replace("ё", "е")
    same = _shared(folded, target)
    ending = target[same:]
    if len(text) > 1 and text.isupper():
        ending = ending.upper()
    elif same == 0:
        ending = ending.capitalize() if text[:1].isupper() else ending
    return text[:same] + ending


def _shared(one: str, other: str) -> int:
    """How many letters two words share from the beginning."""
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return length


def _join(words: Words, forms: list[str], start: int) -> str:
    parts: list[str] = []
    for i, form in enumerate(forms, start):
        if i > start and words.start[i] > words.end[i - 1]:
            parts.append(" ")
        parts.append(" " if words.pos[i] == "SPACE" else form)
    return re.sub(r"\s+", " ", "".join(parts)).strip()
