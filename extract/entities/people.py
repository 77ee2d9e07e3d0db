"""The pipeline component that mends the tagger's names of people: `CORRECTIONS` at the bottom, in their order."""

from collections.abc import Iterator
from itertools import pairwise

from spacy.language import Language
from spacy.tokens import Doc

from extract.entities.full_names import join_full_names, join_names_of_sons, join_surname_first
from extract.entities.mentions import Mentions, Name
from extract.entities.name_words import adjacent, cases_meet, free, is_name_word, may_be_name, opens_sentence
from extract.entities.person_names import (
    ASIAN_SURNAMES,
    ENDINGS,
    LAST,
    NAMES,
    PARTICLES,
    forms,
    is_first_name,
    is_initial,
    is_known_patronymic,
    is_patronymic,
    is_surname,
    is_surname_first,
    known_parses,
    looks_like_surname,
    titles,
)
from extract.language.inflection import lexicon
from extract.language.morphology import parses
from extract.language.resources import first_names, last_names
from extract.language.words import Words
from extract.rules import words_in

PER = "PER"
ENDS = frozenset("(),;:/•|!?…")  # marks that no name of a person goes across
VERBAL = frozenset({"VERB", "INFN", "GRND", "PRTS"})
HEAD = 2  # letters that all cases of a surname share: «Заяц», «Зайца»
LONGEST_BRACKET = 6  # tokens of a name in another script
ARTICLES = tuple(words_in("person_names", "words", "articles"))
SHORT_TITLES = words_in("person_names", "words", "short_titles")
LEADING_PARTICLES = words_in("person_names", "words", "leading_particles")


@Language.component("ru_people", assigns=["doc.ents"], requires=["doc.ents", "token.lemma"])
def find_people(doc: Doc) -> Doc:
    """Cut, extend, add and retag mentions of people in `doc.ents`."""
    names = Mentions(doc)
    for correct in CORRECTIONS:
        correct(names)
    names.write(doc)
    return doc


# --------------------------------------------------------------------------------------------------- rules


def cut_at_marks_and_lines(names: Mentions) -> None:
    """«Джон Смит (John Smith», «Иван Петров¶Главный редактор»: the parts are taken for themselves."""
    words = names.words
    for name in names.of(PER):
        pieces = list(_pieces(words, name))
        if pieces != [(name.start, name.end)]:
            names.drop(name)
            for number, (start, end) in enumerate(pieces):
                if number == 0 or any(may_be_name(words, i) for i in range(start, end)):
                    names.put(start, end, PER)


def _pieces(words: Words, name: Name) -> Iterator[tuple[int, int]]:
    start = name.start
    for i in range(name.start, name.end):
        parts = words.text[i] in ENDS or (
            words.pos[i] == "SPACE" and "\n" in words.text[i] and not _wrapped_name(words, name, i)
        )
        if parts or (i > start and words.sentence[i] != words.sentence[i - 1]):
            if start < i:
                yield _without_space(words, start, i)
            start = i + 1 if parts else i
    if start < name.end:
        yield _without_space(words, start, name.end)


def _without_space(words: Words, start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and words.pos[end - 1] == "SPACE":
        end -= 1
    return start, end


def _wrapped_name(words: Words, name: Name, i: int) -> bool:
    """A line break inside a sentence between the first and the last name."""
    if i + 1 >= name.end or words.sentence[i + 1] != words.sentence[i - 1]:
        return False
    return i - name.start == 1 and is_first_name(words.norm[name.start]) and is_surname(words.norm[i + 1])


def restate_in_brackets(names: Mentions) -> None:
    """«Джон Смит (John Smith)»: what stands in the brackets is the name in another script."""
    words = names.words
    for name in names.of(PER):
        at = name.end
        if at >= len(words) or words.text[at] != "(" or words.norm[name.start].isascii():
            continue
        stop = next(
            (i for i in range(at + 1, min(at + 2 + LONGEST_BRACKET, len(words))) if words.text[i] == ")"),
            None,
        )
        if stop is not None and stop > at + 1 and _foreign_name(words, at + 1, stop, name):
            names.put(at + 1, stop, PER)


def _foreign_name(words: Words, start: int, end: int, name: Name) -> bool:
    texts = [text for text in words.text[start:end] if text[0].isalnum()]
    if not texts or any(_is_cyrillic(text) or text[0].isdigit() for text in texts):
        return False
    if texts[0][0] > "\u2e7f":  # characters of East Asia
        return True
    as_many = abs(len(texts) - (name.end - name.start)) <= 1
    return as_many and texts[0][0].isupper() and not texts[0].isupper()


def _is_cyrillic(text: str) -> bool:
    return "а" <= text[0].lower() <= "ё"


def part_from_abbreviation(names: Mentions) -> None:
    """[ЕСПЧ Иван] Петров, [ЕСПЧ Иван Петров]: the organization ends with its abbreviation."""
    words = names.words
    for name in names.of("ORG"):
        first = name.start + 1
        if name.end - first not in (1, 2) or not words.text[name.start].isupper() or not is_name_word(words, first):
            continue
        if not is_first_name(words.norm[first]) or not _only_names(words.norm[first]):
            continue
        surname = names.opening(name.end, PER)
        if name.end - first == 2 and is_surname(words.norm[first + 1]) and cases_meet(words, first, first + 1):
            names.put(first, name.end, PER)
            names.put(name.start, first, "ORG")
        elif name.end - first == 1 and surname is not None and cases_meet(words, first, name.end):
            names.put(first, surname.end, PER)
            names.put(name.start, first, "ORG")


def part_from_arab_organization(names: Mentions) -> None:
    """[Аль-Каиды Усамы бин Ладена]: a name with the article before a first name is another's."""
    words = names.words
    for name in names.of(PER):
        after = name.start + 1
        if words.norm[name.start].startswith(ARTICLES) and name.end - after > 1 and is_first_name(words.norm[after]):
            names.put(after, name.end, PER)
            names.put(name.start, after, "ORG")


def part_from_ministry(names: Mentions) -> None:
    """[Минцифры Иван Петров], [Минцифры]: an abbreviation that ends in a genitive is no name."""
    words = names.words
    for name in names.of(PER):
        if words.norm[name.start] in lexicon().unchanging:
            names.put(name.start + 1, name.end, PER)
            names.put(name.start, name.start + 1, "ORG")


def drop_titles(names: Mentions) -> None:
    """«Принц Чарльз», «34-летний Иван», «Сын Петрова»: what comes before the name is no part of it."""
    words = names.words
    for name in names.of(PER):
        start = name.start
        while start < name.end - 1 and _is_title(words, start, name):
            start += 1
            while start < name.end - 1 and not words.text[start][0].isalnum():
                start += 1
        names.move(name, start, name.end)


def _is_title(words: Words, i: int, name: Name) -> bool:
    norm, text = words.norm[i], words.text[i]
    if is_short_title(words, i):
        return True
    if norm in PARTICLES or is_initial(text):
        return False
    if text[0].islower() or norm.endswith(ENDINGS["age"]):
        return True
    if i + 1 < name.end and words.norm[i + 1] in PARTICLES:
        return False  # Султан бен Хамад
    if norm in ASIAN_SURNAMES and is_surname_first(words.norm[i : name.end]):
        return False  # Пан Ги Мун
    if words.lemma[i] in titles() or words.lemma[i].rpartition("-")[2] in titles():
        return not _is_surname_of(words, i, name)
    if may_be_name(words, i) or _listed(norm):
        return False
    return opens_sentence(words, i) or all(parse.tag.POS in VERBAL for parse in parses(norm))


def _listed(norm: str) -> bool:
    return norm in first_names() or norm in last_names()


def _is_surname_of(words: Words, i: int, name: Name) -> bool:
    """«Князь Александр», «Король Сергей Иванович»: the title would be the surname only before a full name."""
    return (
        i + 1 < name.end
        and any(is_known_patronymic(words.norm[at]) for at in range(i + 1, name.end))
        and (words.text[i - 1] not in ".\n" and is_surname(words.norm[i]))
    )


def is_short_title(words: Words, i: int) -> bool:
    """«Проф.» before a name."""
    return words.norm[i] in SHORT_TITLES and i + 1 < len(words) and words.text[i + 1] == "."


def drop_common_words(names: Mentions) -> None:
    """«Супруга рассказала»: a word of the dictionary that is capital only because it opens the sentence."""
    words = names.words
    surnames = _surnames(names)
    for name in names.of(PER):
        norm = words.norm[name.start]
        if name.end - name.start > 1 or _matches(norm, surnames):
            continue
        if (
            len(norm) == 1
            or is_short_title(words, name.start)
            or (opens_sentence(words, name.start) and _is_common(words, name.start))
        ):
            names.drop(name)


def _is_common(words: Words, i: int) -> bool:
    return words.lemma[i] in titles() or not (may_be_name(words, i) or _listed(words.norm[i]))


def join_parts(names: Mentions) -> None:
    """«Радия» «Хабирова», «Дж» . «Коми»: two mentions are the parts of one name."""
    for name, after in pairwise(names.of(PER)):
        if names.at(name.start) == name and _are_parts(names.words, name, after):
            names.put(name.start, after.end, PER)


def _are_parts(words: Words, name: Name, after: Name) -> bool:
    between = words.text[name.end : after.start]
    if not between:
        return adjacent(words, after.start) and _continues(words, name, after)
    if between == ["."]:
        return name.end - name.start == 1 and is_initial(words.text[name.start])
    return len(between) == 1 and between[0] in PARTICLES


def _continues(words: Words, name: Name, after: Name) -> bool:
    before, first = words.norm[name.end - 1], words.norm[after.start]
    if all(is_initial(text) or text == "." for text in words.text[after.start : after.end]):  # «Котов» «А. Б.»
        return looks_like_surname(before) or not known_parses(before)
    if not cases_meet(words, name.end - 1, after.start):
        return False
    if is_patronymic(first) and is_first_name(before):
        return True
    lone = name.end - name.start == 1 and (is_first_name(before) and not is_surname(before))
    return (lone or is_known_patronymic(before)) and not is_first_name(first) and after.end - after.start == 1


def split_run_together(names: Mentions) -> None:
    """«Ивана Петрова Сергей Сидоров»: a first name after a surname opens another full name."""
    words = names.words
    for name in names.of(PER):
        for i in range(name.start + 2, name.end):
            if _opens_another(words, name, i):
                names.put(name.start, i, PER)
                names.put(i, name.end, PER)
                break


def _opens_another(words: Words, name: Name, i: int) -> bool:
    norm, before, first = words.norm[i], words.norm[i - 1], words.norm[name.start]
    if norm == before:  # «Иван Петров Петров отметил»: a caption runs into the sentence
        return True
    if i == name.end - 1:
        return False
    if norm in ASIAN_SURNAMES and not ASIAN_SURNAMES.isdisjoint((first, first[:-1])):  # «Кима Чен Ира Ким Ир Сен»
        return True
    if not is_first_name(norm) or is_surname(norm) or norm in ASIAN_SURNAMES or not is_surname(before):
        return False
    return is_first_name(first) and first not in ASIAN_SURNAMES and not is_known_patronymic(words.norm[i + 1])


def extend_to_first_name(names: Mentions) -> None:
    """«Мейв» [Кеннеди]: a first name right before a surname that stands alone, also one nobody knows."""
    words = names.words
    for name in names.of(PER):
        before = name.start - 1
        if not free(names, before) or not is_name_word(words, before) or not adjacent(words, name.start):
            continue
        if is_first_name(words.norm[name.start]) or is_initial(words.text[name.start]):
            continue
        if _gives_first_name(words, before, name) and cases_meet(words, before, name.start):
            names.put(before, name.end, PER)


def _gives_first_name(words: Words, i: int, name: Name) -> bool:
    norm = words.norm[i]
    if is_first_name(norm):
        return norm not in last_names() or is_known_patronymic(words.norm[name.start])
    if known_parses(norm) or norm.isascii() or _is_title(words, i, name):
        return False
    return i == 0 or words.lemma[i - 1] not in words_in("entities/places", "nouns")  # «село Ивантеевка Петров»


def extend_by_particle(names: Mentions) -> None:
    """«фон» [Вайцзеккер], «ибн» [Эзра]."""
    words = names.words
    for name in names.of(PER):
        before = name.start - 1
        while free(names, before) and words.norm[before] in LEADING_PARTICLES and adjacent(words, before + 1):
            before -= 1
        if before + 1 < name.start:
            names.put(before + 1, name.end, PER)


def extend_to_surname(names: Mentions) -> None:
    """[Иван] «Петров»: a patronymic or surname right after a first name that stands alone."""
    words = names.words
    for name in names.of(PER):
        after, last = name.end, name.end - 1
        if not free(names, after) or not is_name_word(words, after) or not adjacent(words, after):
            continue
        if not is_first_name(words.norm[last]) or (is_surname(words.norm[last]) and name.end - name.start > 1):
            continue
        norm = words.norm[after]
        if (is_patronymic(norm) or is_surname(norm)) and may_be_name(words, after) and cases_meet(words, last, after):
            names.put(name.start, after + 1, PER)


def extend_to_initials(names: Mentions) -> None:
    """«И. И.» [Петров], [Петров] «И. И.», [Петров] «В. В»: the point of an initial belongs to the name."""
    words = names.words
    for name in names.of(PER):
        start, end = name.start, name.end
        while _initial_ends(words, start - 1) and free(names, start - 1) and free(names, start - 2):
            start -= 2
        if is_initial(words.text[end - 1]) and end < len(words) and words.text[end] == "." and start < end - 1:
            end += 1
        while end + 1 < len(words) and _initial_ends(words, end + 1) and free(names, end) and free(names, end + 1):
            if start != name.start or is_initial(words.text[name.start]) or _name_follows(words, end + 2):
                break
            end += 2
        if (start, end) != (name.start, name.end):
            names.put(start, end, PER)


def _initial_ends(words: Words, i: int) -> bool:
    """Whether token `i` is the point of an initial."""
    return 0 < i < len(words) and words.text[i] == "." and is_initial(words.text[i - 1]) and len(words.text[i - 1]) < 3


def _name_follows(words: Words, i: int) -> bool:
    """Whether the initials rather belong to what comes after them."""
    if i >= len(words) or words.sentence[i] != words.sentence[i - 1]:
        return False
    return (is_name_word(words, i) or _initial_ends(words, i + 1)) and words.text[i] != "."


def add_full_names(names: Mentions) -> None:
    """«Дмитрий Дедов», «Ли Пэн», «А. С. Иванов» that the tagger didn't see."""
    words = names.words
    for i in range(1, len(words)):
        if not words.text[i][0].isupper() or not free(names, i) or not is_name_word(words, i):
            continue
        if _initial_ends(words, i - 1) and free(names, i - 1) and free(names, i - 2) and is_surname(words.norm[i]):
            start = i - 2
            while _initial_ends(words, start - 1) and free(names, start - 1) and free(names, start - 2):
                start -= 2
            names.put(start, i + 1, PER)
        elif free(names, i - 1) and is_name_word(words, i - 1) and _is_full_name(words, i - 1):
            names.put(i - 1, i + 1, PER)


def _is_full_name(words: Words, i: int) -> bool:
    first, last = words.norm[i], words.norm[i + 1]
    if not adjacent(words, i + 1) or "ё" in first or first.isascii() or last.isascii():
        return False
    if first in ASIAN_SURNAMES:
        return not known_parses(last) and words.pos[i] == "PROPN"
    if not is_first_name(first) or not _only_names(first) or not cases_meet(words, i, i + 1):
        return False
    return is_surname(last) and may_be_name(words, i + 1)


def _only_names(norm: str) -> bool:
    """Whether all that the dictionary knows a word as is a name of a person."""
    readings = known_parses(norm)
    return bool(readings) and all(NAMES & parse.tag.grammemes for parse in readings)


def add_known_surnames(names: Mentions) -> None:
    """«Дом отметил»: the surname, in any case, of a person whom the article names in full."""
    words = names.words
    surnames = _surnames(names)
    heads = frozenset(surname[:HEAD] for surname in surnames)
    for i, norm in enumerate(words.norm):
        if norm[:HEAD] not in heads or not is_name_word(words, i) or not _matches(norm, surnames):
            continue
        owner = names.at(i)
        mistaken = owner is not None and owner[1:] == (i + 1, "LOC") and not _names_place(words, i)
        if mistaken or (owner is None and _stands_as_name(words, i)):
            names.put(i, i + 1, PER)


def _surnames(names: Mentions) -> frozenset[str]:
    """The surnames of the people named in full, in all nominatives that they can come from."""
    words = names.words
    found: set[str] = set()
    for name in names.of(PER):
        last = name.end - 1
        if name.end - name.start > 1 and is_name_word(words, last) and not is_known_patronymic(words.norm[last]):
            found.update(_nominatives(words.norm[last]))
    return frozenset(found)


def _nominatives(norm: str) -> frozenset[str]:
    return frozenset(form.nominative for ends in forms(norm, LAST).values() for form in ends)


def _matches(norm: str, surnames: frozenset[str]) -> bool:
    return not surnames.isdisjoint(_nominatives(norm))


def _stands_as_name(words: Words, i: int) -> bool:
    """Whether a capital word that is also a common one stands where only a name can."""
    if words.pos[i] == "ADJ" and i + 1 < len(words) and words.pos[i + 1] in ("NOUN", "ADJ"):
        return False
    if (i and words.text[i - 1] in '«"“„') or (i + 1 < len(words) and words.text[i + 1] in '»"”'):
        return False
    if opens_sentence(words, i) and not may_be_name(words, i):
        return i + 1 < len(words) and words.pos[i + 1] == "VERB"
    return True


def _names_place(words: Words, i: int) -> bool:
    """«Острова Кука», «улицы Королева»: a place called after someone; or a place by the dictionary."""
    return _is_place(words.norm[i]) or (i > 0 and words.lemma[i - 1] in words_in("entities/places", "nouns"))


def _is_place(norm: str) -> bool:
    return any("Geox" in parse.tag for parse in known_parses(norm))


def retag_places(names: Mentions) -> None:
    """«Калуга», «Лаосу»: one word that is a place by the dictionary and nobody's name."""
    words = names.words
    surnames = _surnames(names)
    places = {words.lemma[name.start] for name in names.of("LOC")}
    for name in names.of(PER):
        norm = words.norm[name.start]
        if name.end - name.start > 1 or not _is_place(norm) or may_be_name(words, name.start):
            continue
        if _matches(norm, surnames):
            continue
        if words.lemma[name.start] in places or last_names().isdisjoint(_nominatives(norm)):
            names.put(name.start, name.end, "LOC")


CORRECTIONS = [
    cut_at_marks_and_lines,
    part_from_abbreviation,
    part_from_arab_organization,
    part_from_ministry,
    drop_titles,
    join_names_of_sons,
    join_full_names,
    join_parts,
    join_surname_first,
    split_run_together,
    extend_by_particle,
    extend_to_first_name,
    extend_to_surname,
    extend_to_initials,
    restate_in_brackets,
    add_full_names,
    retag_places,
    drop_common_words,
    add_known_surnames,
    extend_to_first_name,
]
