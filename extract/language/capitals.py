"""The case that words all in capitals would have: «ДИРЕКТОР ИВАН ПЕТРОВ УШЕЛ» reads «Директор Иван Петров ушел».

The models and the rules know names by their capitals, which a sentence all in capitals hides. Every word of such a
sentence is taken as the rest of the article writes it, else as the dictionary tells: `WAYS` at the bottom, in their
order. In other sentences only names of people are put right («Иван ПЕТРОВ»).
"""

from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from extract.language.alphabet import VOWELS, has_cyrillic
from extract.language.morphology import CACHED_RARE, parses
from extract.language.normalize import lookup
from extract.language.resources import last_names
from extract.language.surnames import RUSSIAN, is_listed_surname
from extract.rules import table, words_in

NAMES = frozenset({"Name", "Surn", "Patr"})
PROPER = NAMES | {"Geox", "Orgn"}
FUNCTION = frozenset({"PREP", "CONJ", "PRCL", "NPRO"})
OPENING = frozenset("«“„\"'(")
QUOTES = OPENING | frozenset("»”'")
SHARE = 0.8  # of a sentence's words that are in capitals where it is written so
PLAIN_WORDS = 2  # of the dictionary that it has at least: «ПАО «ГАЗПРОМ»» may be written so in any text
SHORT = 3  # letters of an abbreviation that could be read as a word
LONGEST_ABBREVIATION = 5
SURNAME_STEM = 4  # letters by which a surname is known again in another case


class Sentence(NamedTuple):
    """A sentence that is put right: all words, their look-up forms, tokens `start` to `end`, and how the rest of the
    article writes words."""

    text: Sequence[str]
    norm: Sequence[str]
    start: int
    end: int
    elsewhere: dict[str, str]


def in_ordinary_case(text: Sequence[str], norm: Sequence[str], sentences: Sequence[tuple[int, int]]) -> list[str]:
    """The words of a text, those that are in capitals without being abbreviations in the case usual in running text.

    Args:
        text: the words.
        norm: their look-up forms.
        sentences: the (first, past the last) word of each.
    """
    cased = list(text)
    capital = [i for i, word in enumerate(text) if len(word) > 1 and word.isupper() and has_cyrillic(word)]
    if not capital:
        return cased
    shouted = _shouted(text, sentences, capital)
    if shouted:
        elsewhere = _elsewhere(text, norm, sentences, frozenset(shouted))
        for start, end in shouted:
            sentence = Sentence(text, norm, start, end, elsewhere)
            for i in range(start, end):
                cased[i] = _ordinary(sentence, i)
    for i in _names_in_capitals(cased, norm, capital):
        cased[i] = capitalized(cased[i])
    return cased


def capitalized(word: str) -> str:
    """A word with a capital at its head and at those of its parts: «Ростов-на-Дону»."""
    linking = words_in("inflection", "linking")
    parts = word.lower().split("-")
    return "-".join(part if at and part in linking else part.capitalize() for at, part in enumerate(parts))


def _shouted(
    text: Sequence[str], sentences: Sequence[tuple[int, int]], capital: Sequence[int]
) -> list[tuple[int, int]]:
    """The sentences in capitals, the short ones beside them among them: «СРОЧНО!»."""
    starts = [start for start, _ in sentences]
    counts = Counter(bisect_right(starts, i) - 1 for i in capital)
    found = {
        number
        for number, count in counts.items()
        if count >= PLAIN_WORDS and _is_shouted(text[slice(*sentences[number])])
    }
    for number in sorted(found):
        for beside in (number - 1, number + 1):
            if 0 <= beside < len(sentences) and all(map(_is_no_small_word, text[slice(*sentences[beside])])):
                found.add(beside)
    return [sentences[number] for number in sorted(found)]


def _is_no_small_word(word: str) -> bool:
    return word.isupper() or not word.isalpha()


def _is_shouted(words: Sequence[str]) -> bool:
    letters = [word for word in words if len(word) > 1 and word.isalpha() and has_cyrillic(word)]
    capital = [word for word in letters if word.isupper()]
    if len(capital) < max(PLAIN_WORDS, SHARE * len(letters)):
        return False
    return sum(len(word) > SHORT and _is_plain(lookup(word)) for word in capital) >= PLAIN_WORDS


@lru_cache(maxsize=CACHED_RARE)
def _is_plain(norm: str) -> bool:
    """Whether the dictionary has a word, and not as an abbreviation."""
    first = parses(norm)[0]
    return bool(first.is_known) and "Abbr" not in first.tag


def _elsewhere(
    text: Sequence[str], norm: Sequence[str], sentences: Sequence[tuple[int, int]], shouted: frozenset[tuple[int, int]]
) -> dict[str, str]:
    """How words are written inside the sentences that aren't in capitals."""
    seen: dict[str, Counter[str]] = {}
    for start, end in sentences:
        if (start, end) not in shouted:
            for i in range(start + 1, end):
                if text[i - 1] not in OPENING:
                    seen.setdefault(norm[i], Counter())[text[i]] += 1
    return {word: forms.most_common(1)[0][0] for word, forms in seen.items()}


def _names_in_capitals(text: Sequence[str], norm: Sequence[str], capital: Sequence[int]) -> Iterator[int]:
    """«Иван ПЕТРОВ», «И. И. ПЕТРОВ»; then «ПЕТРОВА» wherever it stands."""
    found = [i for i in capital if text[i].isupper() and _is_persons(text, norm, i)]
    yield from found
    stems = {norm[i][:SURNAME_STEM] for i in found}
    for i in capital:
        if text[i].isupper() and norm[i][:SURNAME_STEM] in stems and _may_be_name(norm[i]):
            yield i


def _is_persons(text: Sequence[str], norm: Sequence[str], i: int) -> bool:
    """Whether a name of a person stands beside a first name, a patronymic or initials."""
    if len(text[i]) < SHORT or not _may_be_name(norm[i]):
        return False
    for j in (i - 1, i + 1):
        if 0 <= j < len(text) and text[j].istitle() and len(text[j]) >= SHORT and _is_given(norm[j]):
            return True
    for j in (i - 1, i + 1):
        both = 0 <= j < len(text) and text[j].isupper() and len(text[j]) >= SHORT and _may_be_name(norm[j])
        if both and (_is_given(norm[i]) or _is_given(norm[j])):
            return True
    return _is_initial(text, i - 2) or _is_initial(text, i + 1)


def _is_initial(text: Sequence[str], i: int) -> bool:
    return 0 <= i < len(text) - 1 and len(text[i]) == 1 and text[i].isupper() and text[i + 1] == "."


@lru_cache(maxsize=CACHED_RARE)
def _may_be_name(norm: str) -> bool:
    """Whether a word can be a person's name, and no abbreviation: «МИД», «БРИКС», «ГАЗ» look like surnames."""
    readings = parses(norm)
    first = readings[0].tag.grammemes
    if "Abbr" in first or len(norm) <= SHORT:
        return bool(readings[0].is_known and NAMES & first) and "Abbr" not in first
    if readings[0].is_known and any(NAMES & parse.tag.grammemes for parse in readings):
        return True
    return len(norm) > LONGEST_ABBREVIATION and ("Surn" in first or RUSSIAN.fullmatch(norm) is not None)


@lru_cache(maxsize=CACHED_RARE)
def _is_given(norm: str) -> bool:
    """A first name or patronymic before all else."""
    first = parses(norm)[0]
    return bool(first.is_known) and bool({"Name", "Patr"} & first.tag.grammemes)


# ------------------------------------------------------------------------------------- sentences in capitals


def _ordinary(sentence: Sentence, i: int) -> str:
    word = sentence.text[i]
    if not word.isupper() or not has_cyrillic(word):
        return word
    cased = next((form for way in WAYS if (form := way(sentence, i)) is not None), word.lower())
    return cased[:1].upper() + cased[1:] if _opens(sentence, i) else cased


def _opens(sentence: Sentence, i: int) -> bool:
    """The first word of the sentence, or of a name in quotes."""
    if i and sentence.text[i - 1] in OPENING - {"("}:
        return i == sentence.start + 1 or any(mark in QUOTES for mark in sentence.text[i + 1 : sentence.end])
    return not any(word[0].isalnum() for word in sentence.text[sentence.start : i])


def single_letter(sentence: Sentence, i: int) -> str | None:
    """«И», «В» are words, «И.» is an initial."""
    if len(sentence.text[i]) > 1:
        return None
    return sentence.text[i] if _is_initial(sentence.text, i) else sentence.text[i].lower()


def as_elsewhere(sentence: Sentence, i: int) -> str | None:
    """As the rest of the article writes it."""
    form = sentence.elsewhere.get(sentence.norm[i])
    return form if form is not None and len(form) == len(sentence.text[i]) else None


def abbreviation(sentence: Sentence, i: int) -> str | None:
    """«ООО», «МВД», «МТПП»."""
    return sentence.text[i] if _is_abbreviation(sentence.norm[i]) else None


@lru_cache(maxsize=CACHED_RARE)
def _is_abbreviation(norm: str) -> bool:
    if norm in words_in("entities/organizations", "legal_forms", "russian"):
        return True
    first = parses(norm)[0]
    if first.is_known:
        return "Abbr" in first.tag and first.tag.POS not in FUNCTION
    if len(norm) > LONGEST_ABBREVIATION:
        return False
    return len(norm) <= SHORT or sum(letter in VOWELS for letter in norm) <= 1


def known_spelling(sentence: Sentence, i: int) -> str | None:
    """«ЛУКОЙЛ», «РБК»: as organizations that the news knows write themselves."""
    return _spellings().get(sentence.norm[i])


@cache
def _spellings() -> dict[str, str]:
    names = (name for row in table("entities/known_organizations")["organization"] for name in row["names"])
    return {lookup(name): name for name in names if " " not in name and not _is_plain(lookup(name))}


def person(sentence: Sentence, i: int) -> str | None:
    """A name of a person beside another one or initials: «РОМАН» in «РОМАН ОРЕЛ»."""
    text, norm = sentence.text, sentence.norm
    surname = norm[i] in last_names() or not parses(norm[i])[0].is_known
    after = i > sentence.start and _is_given(norm[i - 1]) and surname
    return capitalized(text[i]) if after or _is_persons(text, norm, i) else None


def proper(sentence: Sentence, i: int) -> str | None:
    """A name before all else by the dictionary, or a word that it doesn't have."""
    return capitalized(sentence.text[i]) if _is_proper(sentence.norm[i]) else None


@lru_cache(maxsize=CACHED_RARE)
def _is_proper(norm: str) -> bool:
    first = parses(norm)[0]
    if is_listed_surname(norm) and first.normal_form != norm:  # «Котов», as a word a genitive of «кот»
        return True
    if first.tag.POS != "NOUN" and not PROPER & first.tag.grammemes:
        return False
    guessed = not first.is_known and not any("Prefix" in type(step[0]).__name__ for step in first.methods_stack)
    return bool(PROPER & first.tag.grammemes) or guessed


def adjective_of_place(sentence: Sentence, i: int) -> str | None:
    """«НИЖНИЙ» in «НИЖНИЙ НОВГОРОД», «ТУЛЬСКАЯ» in «ТУЛЬСКАЯ ОБЛАСТЬ»."""
    after = sentence.norm[i + 1] if i + 1 < sentence.end else ""
    if not after or parses(sentence.norm[i])[0].tag.POS != "ADJF":
        return None
    lemma = lookup(parses(after)[0].normal_form)
    of_region = lemma in words_in("capitals", "regions")
    of_city = lookup(parses(sentence.norm[i])[0].normal_form) in words_in("capitals", "epithets") and _is_proper(after)
    return capitalized(sentence.text[i]) if of_region or of_city else None


WAYS = [
    single_letter,
    as_elsewhere,
    abbreviation,
    known_spelling,
    person,
    proper,
    adjective_of_place,
]
