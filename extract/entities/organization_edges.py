"""Rules that cut what the tagger ran together and what is no part of an organization's name."""

from collections.abc import Iterable

from extract.annotations import Mention
from extract.entities.mentions import OPENING, QUOTES, Mentions, trimmed
from extract.entities.organization_words import (
    EDGES,
    ORG,
    is_body,
    is_capital,
    is_generic,
    is_latin,
    is_legal_form,
    listed,
)
from extract.entities.places import country_of_adjective, known_places
from extract.language.morphology import parses, possible_cases
from extract.language.words import Words
from extract.rules import words_in


def names_across_lines(names: Mentions) -> None:
    """A headline and the line after it, «РН Банка у BARN»: what lies on two sides of a break is two names."""
    words = names.words
    for name in names.of(ORG):
        inside = range(name.start + 1, name.end - 1)
        cut = next((i for i in inside if "\n" in words.text[i] or listed(words.text[i], "between")), None)
        if cut is not None:
            names.put(name.start, cut, ORG)
            names.put(cut + 1, name.end, ORG)


def two_names_in_one(names: Mentions) -> None:
    """«Уральские редкие металлы» («УралРедМет») run together: cut at the bracket."""
    words = names.words
    for name in names.of(ORG):
        inside = range(name.start + 1, name.end)
        cut = next((i for i in inside if words.text[i] == "("), None)
        if cut is not None:
            close = next((i for i in inside if words.text[i] in {")", ","} and i > cut), name.end)
            names.put(name.start, cut, ORG)
            names.put(cut + 1, close, ORG)


def names_across_quotes(names: Mentions) -> None:
    """«Лукойл» и «Башнефть» run together: cut where one quotation ends and another begins."""
    for name in names.of(ORG):
        close = next((close for _, close in names.quotes if name.start < close < name.end - 1), None)
        if close is not None and any(close < opens < name.end for opens, _ in names.quotes):
            names.put(name.start, close, ORG)
            names.put(close + 1, name.end, ORG)


def no_sum_behind(names: Mentions, amounts: Iterable[Mention]) -> None:
    """«ВТБ 45%»: the number counts what follows it."""
    ends = {mention.start: mention.end for mention in amounts}
    for name in names.of(ORG):
        cut = next((i for i in range(name.start + 1, name.end) if ends.get(i, 0) > name.end), name.end)
        names.move(name, name.start, cut)


def two_known_names(names: Mentions) -> None:
    """«приобретение UBS Credit Suisse»: two names that the article has apart."""
    words = names.words
    known = {tuple(words.text[name.start : name.end]): name for name in names.of(ORG)}
    for name in names.of(ORG):
        for cut in range(name.start + 1, name.end):
            if {tuple(words.text[name.start : cut]), tuple(words.text[cut : name.end])} <= known.keys():
                names.put(name.start, cut, ORG)
                names.put(cut, name.end, ORG)
                break


def people_before_a_name(names: Mentions) -> None:
    """«Аналитики Альфа-банка» at the start of a sentence: people, then the name."""
    words = names.words
    for name in names.of(ORG):
        start = name.start
        opens = start == words.sentences[words.sentence[start]][0]
        if not opens or name.end - start == 1:
            continue
        if _are_people(words.norm[start]) or (_is_apposed(words, start + 1) and _is_common_noun(words, start)):
            names.move(name, start + 1, name.end)


def _are_people(norm: str) -> bool:
    tag = parses(norm)[0].tag
    return "anim" in tag and "plur" in tag and "NOUN" in tag and not {"Surn", "Name"} & tag.grammemes


def _is_common_noun(words: Words, i: int) -> bool:
    """Whether a word in front of a name in capitals or Latin letters is a thing («Флаг ИГИЛ»), no part of it."""
    reading = parses(words.norm[i])[0]
    shown = words.text[i + 1].isupper() or words.text[i + 1].isascii()
    return shown and reading.is_known and reading.tag.POS == "NOUN" and not is_body(words, i)


def no_name_in_front(names: Mentions) -> None:
    """«IPO Saudi Aramco», «Совет директоров «Восхода»: the first word is no part of the name, or all is none."""
    words = names.words
    for name in names.of(ORG):
        phrase = " ".join(words.lemma[name.start : name.start + 2])
        quoted = words.text[name.start - 1] in QUOTES
        if name.end - name.start > 1 and not quoted and listed(words.norm[name.start], "drop"):
            names.move(name, name.start + 1, name.end)
        elif listed(phrase, "organs"):
            names.move(name, *trimmed(words, name.start + 2, name.end, EDGES))


def nationality_in_front(names: Mentions) -> None:
    """«Австрийская Raiffeisen», «Московский «Спартак»: the adjective is no part of the name."""
    words = names.words
    for name in names.of(ORG):
        after = name.start + 1
        if after >= name.end or words.pos[name.start] != "ADJ":
            continue
        foreign = country_of_adjective(words.lemma[name.start]) is not None
        if words.text[after] in QUOTES or (foreign and is_latin(words, after)):
            names.move(name, *trimmed(words, after, name.end, EDGES))


def marks_at_the_edges(names: Mentions) -> None:
    """Quotes, punctuation and legal forms are no part of the name: ООО «Ромашка», ПАО «НК «Восход»."""
    words = names.words
    for name in names.of(ORG):
        start, end = trimmed(words, name.start, name.end, EDGES)
        names.move(name, *trimmed(words, past_legal_forms(words, start, end), end, EDGES))


def past_legal_forms(words: Words, start: int, end: int) -> int:
    """The first token of a name after its legal forms and the quotes between them."""
    while start < end - 1 and (is_legal_form(words, start) or words.text[start] in QUOTES):
        start += 1
    return start


def legal_form_in_words(names: Mentions) -> None:
    """«Общество с ограниченной ответственностью «Ромашка»: the name is in the quotes."""
    words = names.words
    for name in names.of(ORG):
        for form in words_in("entities/organizations", "legal_forms", "long"):
            length = form.count(" ") + 1
            written = " ".join(words.norm[name.start : name.start + length])
            if written == form and name.end - name.start > length:
                names.move(name, *trimmed(words, name.start + length, name.end, EDGES))
                break


def generic_word_before_quotes(names: Mentions) -> None:
    """«Торговый дом «Весна»: where a generic word stands before the quotes, the name is in them."""
    words = names.words
    for name in names.of(ORG):
        opens = next((i for i in range(name.start + 1, name.end - 1) if words.text[i] in OPENING), None)
        if opens is not None and words.text[opens] != "(" and is_generic(words.lemma[opens - 1]):
            names.move(name, *trimmed(words, opens, name.end, EDGES))


def generic_word_before_name(names: Mentions) -> None:
    """«Компания ДТЭК», «авиакомпания Победа»: a generic word and a name in the nominative or in capitals."""
    words = names.words
    for name in names.of(ORG):
        start = name.start
        if words.text[start - 1] in QUOTES:
            continue  # «Группа Восход» is the whole name
        while start < name.end - 1 and listed(words.lemma[start], "cut") and _is_apposed(words, start + 1):
            start += 1
        names.move(name, start, name.end)


def _is_apposed(words: Words, i: int) -> bool:
    """Whether a token reads as a name put beside a generic word, not as its complement in the genitive."""
    text = words.text[i]
    if not (is_capital(words, i) or text[0].isdigit()) or known_places().match(words, i) is not None:
        return False
    if text.isascii() or (text.isupper() and len(text) > 1):
        return True
    return words.pos[i] != "ADJ" and "Nom" in possible_cases(words.norm[i])


def adjective_without_its_noun(names: Mentions) -> None:
    """«Львовский областной» театр: where the tagger stopped at an adjective, its noun belongs to the name."""
    words = names.words
    for name in names.of(ORG):
        last, end = name.end - 1, name.end
        if end >= len(words) or words.pos[last] != "ADJ" or name.end - name.start == 1 or names.at(end) is not None:
            continue
        if words.pos[end] in {"NOUN", "PROPN"} and words.case(end) == words.case(last):
            names.put(name.start, end + 1, ORG)


def dotted_name(names: Mentions) -> None:
    """«Kassir.ru», «Корреспондент.нет», «B.V.»: a point without spaces joins."""
    words = names.words
    for name in names.of(ORG):
        end = name.end
        while end + 1 < len(words) and words.text[end + 1][0].isalpha() and _point_joins(words, end):
            end += 2
        if words.text[end - 2] == "." and len(words.text[end - 1]) == 1 and words.text[end : end + 1] == ["."]:
            end += 1
        names.move(name, name.start, end)


def _point_joins(words: Words, i: int) -> bool:
    return words.text[i] == "." and words.end[i - 1] == words.start[i] and words.end[i] == words.start[i + 1]
