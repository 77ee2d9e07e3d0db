"""Full names in any order that the tagger took apart or didn't see: «Ковалёва Ирина Сергеевна», «Мамедов Али оглы»."""

from extract.entities.mentions import Mentions
from extract.entities.name_words import adjacent, is_name_word, may_be_name, name_words
from extract.entities.person_names import (
    ASIAN_SURNAMES,
    FIRST,
    LAST,
    SONS,
    forms,
    is_first_name,
    is_known_patronymic,
    is_patronymic,
    is_surname,
    known_parses,
    looks_like_surname,
    relations,
    titles,
)
from extract.language.words import Words

PER = "PER"
LIKELY = 0.45  # a nominative less likely than this doesn't show that two words agree
BEFORE_SON = 3  # words of a name before «оглы»


def join_names_of_sons(names: Mentions) -> None:
    """«Мамедов» «Гейдар» «Али» оглы: the father's name, the words before it, a surname after it."""
    words = names.words
    for i in range(2, len(words)):
        if words.norm[i] not in SONS or not adjacent(words, i) or not is_name_word(words, i - 1):
            continue
        start = i - 1
        while i - start < BEFORE_SON and start and _before_son(names, start - 1):
            start -= 1
        last = i - start == 2 and i + 1 < len(words) and adjacent(words, i + 1) and _is_surname_word(words, i + 1)
        if i - start > 1:
            names.put(start, i + 2 if last else i + 1, PER)


def _before_son(names: Mentions, i: int) -> bool:
    words = names.words
    if not is_name_word(words, i) or not adjacent(words, i + 1) or words.lemma[i] in titles():
        return False
    return _is_person(names, i) or is_first_name(words.norm[i]) or is_surname(words.norm[i])


def join_full_names(names: Mentions) -> None:
    """«Ирина Сергеевна» with the surname before or after it."""
    words = names.words
    for i in name_words(words):
        norm = words.norm[i]
        if not is_patronymic(norm) or not _is_given(words, i - 1):
            continue
        start, end = i - 1, i + 1
        if end < len(words) and adjacent(words, end) and _is_surname_word(words, end):
            end += 1
        elif start and adjacent(words, start) and _is_surname_before(words, start - 1, start):
            start -= 1
        elif not is_known_patronymic(norm) or (names.at(start) is None and names.at(i) is None):
            continue
        _put(names, start, end)


def join_surname_first(names: Mentions) -> None:
    """«Лапин» «Сергей»: a surname before a first name that no other surname follows."""
    words = names.words
    for i in name_words(words):
        if not (_is_person(names, i - 1) or _is_person(names, i)) or not adjacent(words, i):
            continue
        followed = i + 1 < len(words) and is_name_word(words, i + 1) and adjacent(words, i + 1)
        if followed or not _is_given(words, i) or is_surname(words.norm[i]):
            continue
        if _is_surname_before(words, i - 1, i):
            _put(names, i - 1, i + 1)


def _is_person(names: Mentions, i: int) -> bool:
    owner = names.at(i)
    return owner is not None and owner.label == PER


def _put(names: Mentions, start: int, end: int) -> None:
    """Take words for one name, unless a mention of more than them holds them; «Пай» in [Пай Ивана Котова] is none."""
    owners = [owner for i in range(start, end) if (owner := names.at(i)) is not None]
    first = min((owner.start for owner in owners), default=start)
    common = first == start - 1 and names.words.pos[first] == "NOUN" and not may_be_surname(names.words.norm[first])
    if all((start <= owner.start or common) and owner.end <= end for owner in owners):
        names.put(start, end, PER)


def may_be_surname(norm: str) -> bool:
    """Whether a word can be a surname for all that the dictionary and its form tell."""
    return not known_parses(norm) or is_surname(norm) or is_first_name(norm)


def _is_given(words: Words, i: int) -> bool:
    """A first name that stands as one."""
    return is_name_word(words, i) and is_first_name(words.norm[i]) and words.lemma[i] not in titles()


def _is_surname_word(words: Words, i: int) -> bool:
    """A word that can be a surname and no name of another kind."""
    norm = words.norm[i]
    if not is_name_word(words, i) or norm.isascii() or not may_be_name(words, i):
        return False
    return not is_first_name(norm) or looks_like_surname(norm)


def _is_surname_before(words: Words, i: int, first: int) -> bool:
    """«Сухово-Зимин», «Михайлович»: what looks like a surname and agrees with the first name after it."""
    norm = words.norm[i]
    if not is_name_word(words, i) or norm in ASIAN_SURNAMES or words.lemma[i] in titles():
        return False
    if not (looks_like_surname(norm) or is_patronymic(norm)) or (is_first_name(norm) and not any_surname(norm)):
        return False
    another = i > 0 and words.lemma[i - 1] in relations() and words.case(i) == "Gen" != words.case(first)
    return not another and _agree(norm, words.norm[first])  # «вдова Котова Анна»: two people


def any_surname(norm: str) -> bool:
    """Whether the dictionary has a surname, be it a first name, too."""
    return any("Surn" in parse.tag for parse in known_parses(norm))


def _agree(surname: str, first: str) -> bool:
    """Whether the two can stand in one case and gender."""
    cases = [
        {key for key, ends in forms(norm, kind).items() if ends[0].weight >= LIKELY}
        for norm, kind in ((surname, LAST), (first, FIRST))
    ]
    return not cases[0].isdisjoint(cases[1])
