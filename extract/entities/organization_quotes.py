"""Rules for organizations named in quotes and brackets."""

from extract.entities.lexicon import same_word
from extract.entities.mentions import QUOTES, Mentions, Name, trimmed
from extract.entities.organization_edges import past_legal_forms
from extract.entities.organization_words import (
    EDGES,
    ORG,
    is_capital,
    is_generic,
    is_latin,
    is_legal_form,
    listed,
)
from extract.entities.places import known_places
from extract.language.morphology import possible_cases
from extract.language.words import Words

DOUBLED = frozenset("'`")
LONGEST_NAME = 9
LONGEST_LISTED = 4
LONGEST_REST = 5
LONGEST_BRACKETS = 10
LONGEST_DEALER = 3
LONGEST_GOODS = 5
ACTORS = frozenset({"nsubj", "nsubj:pass", "obl:agent", "iobj"})
INTRODUCING = frozenset({"VERB", "AUX", "ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "PART", "SPACE", "PRON"})


def name_in_quotes(names: Mentions) -> None:
    """«Компания «X», ООО «X», «банки «X» и «Y»: the word before the quotes says what they name."""
    words = names.words
    kinds: dict[int, bool] = {}  # closing mark → whether what it closes is an organization
    for opens, close in sorted(names.quotes):
        before = opens - 1
        while before > 0 and words.text[before] in DOUBLED:
            before -= 1
        sort = _named_by(words, before, opens + 1) if opens else None
        if sort is None and opens >= 2 and listed(words.norm[opens - 1], "conjunctions"):
            sort = kinds.get(opens - 2)
        if sort is None:
            continue
        kinds[close] = sort
        start, end = trimmed(words, opens + 1, close, EDGES)
        if not sort:
            _drop_within(names, opens, close)
        elif start < end <= start + LONGEST_NAME and (is_capital(words, start) or words.text[start][0].isdigit()):
            _put_quoted(names, *trimmed(words, past_legal_forms(words, start, end), end, EDGES))


def _named_by(words: Words, i: int, quoted: int) -> bool | None:
    """What a word before quotes names: an organization (True), something else (False), or it doesn't tell.

    «рейтинг «Восхода»: in the genitive, the name is of whom the thing belongs to.
    """
    code = listed(words.norm[i], "legal_forms", "codes") and i and words.text[i - 1][0] in "0123456789."
    if not words.text[i][0].isalpha() or code:
        return None  # «ст. 159 УК «Мошенничество»
    if is_legal_form(words, i) or is_generic(words.lemma[i]) or _told_by_generic(words, i):
        return True
    cases = possible_cases(words.norm[quoted])
    return False if listed(words.lemma[i], "not_names") and (not cases or "Nom" in cases) else None


def _told_by_generic(words: Words, i: int) -> bool:
    """«производитель детской мебели «Лад»»: between the quotes and the generic word stands what is made or sold."""
    first = words.sentences[words.sentence[i]][0]
    at = i
    while at > max(first, i - LONGEST_GOODS) and words.pos[at] in {"NOUN", "ADJ"} and words.case(at) == "Gen":
        at -= 1
    plural = words.feats[i].get("Number") == "Plur"
    return at < i and plural and is_generic(words.lemma[at]) and words.pos[i] == "NOUN"


def named_otherwise(names: Mentions) -> None:
    """«Аврора» after «танкер «Аврора»: what the article calls something else is no organization later, either."""
    words = names.words
    sorts: dict[bool | None, list[Name]] = {True: [], False: [], None: []}
    for opens, close in names.quotes:
        if opens and opens + 1 < close:
            sorts[_named_by(words, opens - 1, opens + 1)].append(Name(opens + 1, close, ORG))
    if not sorts[False]:
        return
    for name in names.of(ORG):
        quoted = words.text[name.start - 1] in QUOTES
        if quoted and _among(words, name, sorts[False]) and not _among(words, name, sorts[True]):
            names.drop(name)


def _among(words: Words, name: Name, others: list[Name]) -> bool:
    return any(_same_words(words, name.start, name.end, other) for other in others)


def _put_quoted(names: Mentions, start: int, end: int) -> None:
    """Take a quotation for a name, unless a longer one holds it or it is a sentence."""
    words = names.words
    covering = names.at(start)
    if covering is not None and covering.label == ORG and covering.start <= start and covering.end >= end:
        return
    spoken = any(words.pos[i] in {"VERB", "AUX"} and not is_capital(words, i) for i in range(start, end))
    if not spoken or end - start <= 3:
        names.put(start, end, ORG)


def _drop_within(names: Mentions, start: int, end: int) -> None:
    for name in {name for name in map(names.at, range(start, end)) if name is not None}:
        if name.label == ORG and start <= name.start and name.end <= end:
            names.drop(name)


def rest_of_the_quotes(names: Mentions) -> None:
    """«Системы Капитал Плюс»: where the tagger stopped short, a short quotation is named as a whole."""
    words = names.words
    for opens, close in names.quotes:
        name = names.opening(opens + 1, ORG)
        if name is None or name.end >= close or close - opens > LONGEST_REST + 1:
            continue
        if all(words.pos[i] not in {"VERB", "AUX", "PUNCT", "ADP", "PRON"} for i in range(name.end, close)):
            names.put(opens + 1, close, ORG)


def quoted_before(names: Mentions) -> None:
    """«акции «Восхода»: a name in quotes that is an organization elsewhere in the article, in any case."""
    words = names.words
    known: dict[str, list[Name]] = {}
    for name in names.of(ORG):
        known.setdefault(words.norm[name.start][:3], []).append(name)
    for opens, close in names.quotes:
        first = opens + 1
        if first == close or not is_capital(words, first) or any(map(names.at, range(opens, close))):
            continue
        if any(_same_words(words, first, close, name) for name in known.get(words.norm[first][:3], ())):
            names.put(first, close, ORG)


def _same_words(words: Words, start: int, end: int, name: Name) -> bool:
    return name.end - name.start == end - start and all(
        same_word(words.norm[a], words.norm[b])
        for a, b in zip(range(start, end), range(name.start, name.end), strict=True)
    )


def dealing_in_quotes(names: Mentions) -> None:
    """««Железный мост» купил «Тихую гавань»»: what is bought, sells, signs or owes is an organization.

    Only a quotation that no noun introduces: «фильм «Тихая гавань» купил канал». Where the tagger saw a place or a
    person that is all of the quotation, it named the organization after it.
    """
    words = names.words
    for opens, close in sorted(names.quotes):
        start, end = opens + 1, close
        if not 0 < end - start <= LONGEST_DEALER or not is_capital(words, start) or words.text[start].isdigit():
            continue
        inside = {names.at(i) for i in range(start, end)}
        covering = names.at(start)
        whole = covering is not None and (covering.start, covering.end) == (start, end) and covering.label != ORG
        spoken = any(words.pos[i] in {"VERB", "AUX", "PUNCT", "ADP"} for i in range(start, end))
        spoken = spoken or not any(words.pos[i] in {"NOUN", "PROPN"} for i in range(start, end))
        if (inside == {None} or whole) and not spoken and _deals(words, opens, close):
            names.put(start, end, ORG)


def _deals(words: Words, opens: int, close: int) -> bool:
    """Does a quotation stand by itself, or after a word of dealing, in a clause that tells of dealings?"""
    first, end = words.sentences[words.sentence[opens]]
    before = opens - 1
    alone = opens == first or words.pos[before] in INTRODUCING or words.text[before] == "%"
    if not alone and not _is_trading(words, before):
        return False
    around = [i for i in range(first, end) if not opens <= i <= close]
    if any(_is_trading(words, i) for i in around):
        return True
    inside = range(opens + 1, close)
    acting = {words.head[i] for i in inside if words.dep[i] in ACTORS and words.head[i] not in inside}
    acting |= {i for i in (opens - 1, close + 1) if first <= i < end}
    return any(listed(words.lemma[i], "trading", "acting") for i in acting)


def _is_trading(words: Words, i: int) -> bool:
    return listed(words.lemma[i], "trading", "nouns" if words.pos[i] == "NOUN" else "verbs")


def listed_between_names(names: Mentions) -> None:
    """«Весна», «Лето» и «Осень»: a quotation in a list of named organizations names one, too."""
    words = names.words
    closing = {close for _, close in names.quotes}
    for opens, close in sorted(names.quotes):
        if close - opens > LONGEST_LISTED + 1 or not is_capital(words, opens + 1):
            continue
        if any(map(names.at, range(opens, close))):
            continue
        before, after = words.norm[opens - 1] if opens else "", words.norm[close + 1 : close + 2]
        left = before in {",", "и"} and _ends_an_organization(names, opens - 2, closing)
        right = after in ([","], ["и"]) and _begins_an_organization(names, close + 2)
        if (left and right) or (left and before == "и") or (right and after == ["и"]):
            names.put(opens + 1, close, ORG)


def _ends_an_organization(names: Mentions, i: int, closing: set[int]) -> bool:
    name = names.at(i - 1 if i in closing else i)
    return name is not None and name.label == ORG


def _begins_an_organization(names: Mentions, i: int) -> bool:
    words = names.words
    at = i + 1 if i < len(words) and words.text[i] in QUOTES else i
    return names.opening(at, ORG) is not None


def short_name_in_brackets(names: Mentions) -> None:
    """«Федеральная налоговая служба (ФНС)»: a name in brackets right after a name."""
    words = names.words
    for name in names.of(ORG):
        at = name.end
        while at < len(words) and words.text[at] in QUOTES:
            at += 1
        if words.text[at : at + 1] != ["("]:
            continue
        inside = range(at + 1, min(at + LONGEST_BRACKETS, len(words)))
        close = next((i for i in inside if words.text[i] in {")", ",", ";"}), None)
        if close is not None:
            _put_declared(names, at + 1, close)


def _put_declared(names: Mentions, start: int, end: int) -> None:
    words = names.words
    while start < end and listed(words.norm[start], "declaring"):
        start += 1
    start, end = trimmed(words, start, end, EDGES)
    if start >= end or known_places().match(words, start) is not None or listed(words.norm[start], "drop"):
        return
    covering = names.at(start)
    if covering is not None and covering.label != ORG:
        return
    if is_latin(words, start - 2) and words.text[start - 1] == "(" and end > start + 1:
        return  # «Time Out (John Smith)»
    short = end == start + 1 and words.text[start].isupper() and len(words.text[start]) > 1
    quoted = words.text[start - 1] in QUOTES and is_capital(words, start)
    latin = is_latin(words, start) and all(words.text[i].isascii() for i in range(start, end))
    if short or quoted or (latin and not words.text[start].isdigit()):
        names.put(start, end, ORG)
