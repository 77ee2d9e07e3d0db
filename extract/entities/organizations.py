"""The pipeline component that mends, adds and drops names of organizations in `doc.ents`.

The statistical tagger proposes; the rules at the bottom of the file, in this order, make of it what an analyst
would mark: the name alone, without quotes, legal form and generic word, and with the place or larger body that
belongs to it («Верховный суд Испании»).
"""

from spacy.language import Language
from spacy.tokens import Doc

from extract.entities.known import known_organizations
from extract.entities.lexicon import key_of, same_word, stems, words_in
from extract.entities.mentions import CLOSING, OPENING, QUOTES, Mentions, Name, trimmed
from extract.entities.places import country_of_adjective, known_places
from extract.language.morphology import parses, possible_cases
from extract.language.words import Words

ORG = "ORG"
EDGES = OPENING | CLOSING | frozenset("-–—,.:;/ ") | {"..."}
JOINERS = frozenset({"&", "+", "-", "–", "."})
LONGEST_NAME = 9
SPEECH = frozenset({"Plur"})


@Language.component("ru_organizations", assigns=["doc.ents"], requires=["doc.ents", "token.lemma"])
def find_organizations(doc: Doc) -> Doc:
    """Apply the rules to the proposed names."""
    names = Mentions(doc)
    for rule in RULES:
        rule(names)
    names.write(doc)
    return doc


def _generic() -> frozenset[str]:
    return words_in("organizations", "generic")


def _bodies() -> dict[str, str]:
    return key_of("organizations", "bodies")


def is_legal_form(words: Words, i: int) -> bool:
    """Whether a token is a legal form written in front of a name: «ООО», «ФГУП»."""
    return words.norm[i] in words_in("organizations", "legal_forms", "russian") and words.text[i].isupper()


def _capital(words: Words, i: int) -> bool:
    return words.text[i][:1].isupper()


def is_latin(words: Words, i: int) -> bool:
    """Whether a token is a word in Latin letters that begins with a capital or a digit."""
    text = words.text[i]
    return text.isascii() and text[0].isalnum() and any(character.isupper() for character in text)


def two_names_in_one(names: Mentions) -> None:
    """«Таджикистан Редкие Металлы» («ТаджРедМет») run together: cut at the bracket."""
    words = names.words
    for name in names.of(ORG):
        inside = range(name.start + 1, name.end)
        cut = next((i for i in inside if words.text[i] == "("), None)
        if cut is None:
            continue
        close = next((i for i in inside if words.text[i] == ")" and i > cut), name.end)
        names.put(name.start, cut, ORG)
        names.put(cut + 1, close, ORG)


def names_across_lines(names: Mentions) -> None:
    """A headline and the line after it, «РН Банка у BARN»: what lies on two sides of a break is two names."""
    words = names.words
    breaks = words_in("organizations", "between", "words")
    for name in names.of(ORG):
        inside = range(name.start + 1, name.end - 1)
        cut = next((i for i in inside if words.pos[i] == "SPACE" and "\n" in words.text[i] or words.text[i] in breaks), None)
        if cut is not None:
            names.put(name.start, cut, ORG)
            names.put(cut + 1, name.end, ORG)


def people_before_a_name(names: Mentions) -> None:
    """«Аналитики Альфа-банка» at the start of a sentence: people, then the name."""
    words = names.words
    for name in names.of(ORG):
        start = name.start
        if name.end - start > 1 and start == words.sentences[words.sentence[start]][0] and _are_people(words.norm[start]):
            names.move(name, start + 1, name.end)


def _are_people(norm: str) -> bool:
    tag = parses(norm)[0].tag
    return "anim" in tag and "plur" in tag and "NOUN" in tag and not {"Surn", "Name"} & tag.grammemes


def no_name_in_front(names: Mentions) -> None:
    """«IPO Saudi Aramco», «Совет директоров «Восхода»: the first word is no part of the name, or all is none."""
    words = names.words
    drop = words_in("organizations", "drop", "words")
    for name in names.of(ORG):
        phrase = " ".join(words.lemma[name.start : name.start + 2])
        if name.end - name.start > 1 and words.norm[name.start] in drop:
            names.move(name, name.start + 1, name.end)
        elif phrase in words_in("organizations", "organs", "words"):
            start, end = trimmed(words, name.start + 2, name.end, EDGES)
            names.move(name, start, end)


def nationality_in_front(names: Mentions) -> None:
    """«Австрийская Raiffeisen» at the start of a sentence: the adjective is no part of the name."""
    words = names.words
    for name in names.of(ORG):
        after = name.start + 1
        if (
            name.end > after
            and country_of_adjective(words.lemma[name.start]) is not None
            and (is_latin(words, after) or words.text[after] in OPENING)
        ):
            start, end = trimmed(words, after, name.end, EDGES)
            names.move(name, start, end)


def bank_taken_for_a_place(names: Mentions) -> None:
    """«Локо-банка»: a name that ends in «банк» is no place and no person."""
    words = names.words
    for name in [*names.of("LOC"), *names.of("PER")]:
        last = words.norm[name.end - 1]
        if last.endswith(("-банк", "-банка", "-банку", "-банком", "-банке", "банк")):
            names.put(name.start, name.end, ORG)


def numbered_body(names: Mentions) -> None:
    """«47-й авиаремонтный завод», «1-я танковая армия»: the number belongs to the name."""
    words = names.words
    for i, text in enumerate(words.text):
        if not text[0].isdigit() or not text[-1].isalpha() or "-" not in text:
            continue
        end = i + 1
        while end < len(words) and words.pos[end] == "ADJ":
            end += 1
        if end >= len(words) or words.lemma[end] not in words_in("organizations", "numbered", "words"):
            continue
        name = names.at(end)
        if name is None or name.label == ORG:
            names.put(i, max(end + 1, name.end if name else 0), ORG)


def listed_between_names(names: Mentions) -> None:
    """«Весна», «Лето» и «Осень»: a quotation between two named organizations in a list names one, too."""
    words = names.words
    ends = {close: opens for opens, close in names.quotes}
    for opens, close in sorted(names.quotes):
        if close - opens > 5 or not _capital(words, opens + 1) or any(names.at(i) for i in range(opens, close)):
            continue
        before = opens - 1 if words.norm[opens - 1] in {",", "и"} else -1
        after = close + 1
        left = before > 0 and _organization_ends(names, before, ends)
        right = after + 1 < len(words) and words.norm[after] in {",", "и"} and _organization_begins(names, after + 1)
        if left and right or (left and words.norm[before] == "и") or (right and words.norm[after] == "и"):
            names.put(opens + 1, close, ORG)


def _organization_ends(names: Mentions, i: int, ends: dict[int, int]) -> bool:
    name = names.at(i - 2 if i - 1 in ends else i - 1)
    return name is not None and name.label == ORG


def _organization_begins(names: Mentions, i: int) -> bool:
    at = i + 1 if names.words.text[i] in QUOTES else i
    return names.opening(at, ORG) is not None


def dotted_name(names: Mentions) -> None:
    """«Kassir.ru», «Корреспондент.нет», «CM.Expert»: a point without spaces joins."""
    words = names.words
    for name in names.of(ORG):
        end = name.end
        while (
            end + 1 < len(words)
            and words.text[end] == "."
            and words.end[end - 1] == words.start[end]
            and words.end[end] == words.start[end + 1]
            and words.text[end + 1][0].isalpha()
        ):
            end += 2
        if end > name.end and len(words.text[end - 1]) == 1 and words.text[end : end + 1] == ["."]:
            end += 1  # «B.V.»
        names.move(name, name.start, end)


def names_across_quotes(names: Mentions) -> None:
    """«Лукойл» и «Башнефть» run together: cut where one quotation ends and another begins."""
    words = names.words
    for name in names.of(ORG):
        ends = [close for _, close in names.quotes if name.start < close < name.end - 1]
        for close in ends[:1]:
            if any(close < opens < name.end for opens, _ in names.quotes):
                names.put(name.start, close, ORG)
                names.put(close + 1, name.end, ORG)


def marks_at_the_edges(names: Mentions) -> None:
    """Quotes, punctuation and legal forms are no part of the name: ООО «Ромашка», ПАО «НК «Роснефть»."""
    words = names.words
    for name in names.of(ORG):
        start, end = trimmed(words, name.start, name.end, EDGES)
        while start < end - 1 and (is_legal_form(words, start) or words.text[start] in QUOTES):
            start += 1
        start, end = trimmed(words, start, end, EDGES)
        names.move(name, start, end)


def legal_form_in_words(names: Mentions) -> None:
    """«Общество с ограниченной ответственностью «Ромашка»: the name is in the quotes."""
    words = names.words
    for name in names.of(ORG):
        for form in words_in("organizations", "legal_forms", "long"):
            length = form.count(" ") + 1
            if " ".join(words.norm[name.start : name.start + length]) == form and name.end - name.start > length:
                start, end = trimmed(words, name.start + length, name.end, EDGES)
                names.move(name, start, end)
                break


def generic_word_before_quotes(names: Mentions) -> None:
    """«Торговый дом «Весна»: where a generic word stands before the quotes, the name is in them."""
    words = names.words
    for name in names.of(ORG):
        opens = next((i for i in range(name.start + 1, name.end - 1) if words.text[i] in OPENING), None)
        if opens is None or words.text[opens] == "(":
            continue
        if words.lemma[opens - 1] in _generic() or words.lemma[opens - 1] in {"дом", "банк"}:
            start, end = trimmed(words, opens, name.end, EDGES)
            names.move(name, start, end)


def generic_word_before_name(names: Mentions) -> None:
    """«Компания ДТЭК», «авиакомпания Победа»: a generic word and a name in the nominative or in capitals."""
    words = names.words
    cut = words_in("organizations", "cut", "words")
    for name in names.of(ORG):
        start = name.start
        while start < name.end - 1 and words.lemma[start] in cut and _is_apposed(words, start + 1):
            start += 1
        names.move(name, start, name.end)


def _is_apposed(words: Words, i: int) -> bool:
    """Whether a token reads as a name put beside a generic word, not as its complement in the genitive."""
    if not _capital(words, i) and not words.text[i][:1].isdigit():
        return False
    if words.text[i].isascii() or (words.text[i].isupper() and len(words.text[i]) > 1):
        return known_places().match(words, i) is None
    return words.pos[i] != "ADJ" and "Nom" in possible_cases(words.norm[i]) and known_places().match(words, i) is None


def name_in_quotes(names: Mentions) -> None:
    """«Компания «X», ООО «X», «банки «X» и «Y»: what the word before the quotes says decides what they name."""
    words = names.words
    kinds: dict[int, bool] = {}  # closing mark → whether an organization was named before it
    for opens, close in sorted(names.quotes):
        sort = _named_by(words, opens - 1) if opens else None
        if sort is None and opens >= 2 and words.norm[opens - 1] in {",", "и", "или"}:
            sort = kinds.get(opens - 2)
        if sort is None and opens >= 1:
            sort = kinds.get(-opens) if words.text[opens - 1] in QUOTES else None
        if sort is None:
            continue
        kinds[close] = sort
        start, end = trimmed(words, opens + 1, close, EDGES)
        if not sort:
            _drop_within(names, opens, close)
        elif start < end <= start + LONGEST_NAME and (_capital(words, start) or words.text[start][:1].isdigit()):
            _put_quoted(names, start, end)


def _named_by(words: Words, i: int) -> bool | None:
    """What a word before quotes names: an organization (True), something else (False) or it doesn't tell."""
    lemma = words.lemma[i]
    if words.text[i] in {"(", ","} or not words.text[i][0].isalpha():
        return None
    if is_legal_form(words, i) or lemma in _generic():
        return True
    if lemma in words_in("organizations", "not_names", "words"):
        return False
    return None


def _put_quoted(names: Mentions, start: int, end: int) -> None:
    words = names.words
    while start < end - 1 and (is_legal_form(words, start) or words.text[start] in QUOTES):
        start += 1
    start, end = trimmed(words, start, end, EDGES)
    inner = [name for name in map(names.at, range(start, end)) if name is not None]
    if any(name.label == ORG and name.start <= start and name.end >= end for name in inner):
        return
    if any(words.pos[i] in {"VERB", "AUX"} and words.norm[i].islower() and not _capital(words, i) for i in range(start, end)) and end - start > 3:
        return
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
        if name is None or name.end >= close or close - opens > 6:
            continue
        rest = range(name.end, close)
        if all(words.pos[i] not in {"VERB", "AUX", "PUNCT", "ADP", "PRON"} for i in rest):
            names.put(opens + 1, close, ORG)


def known_name(names: Mentions) -> None:
    """«ЕС», «Еврокомиссия», «Белый дом»: names that the lexicon holds, also where the tagger saw a place."""
    words = names.words
    lexicon = known_organizations()
    quoted = {opens + 1 for opens, _ in names.quotes}
    i = 0
    while i < len(words):
        match = lexicon.match(words, i) if _capital(words, i) else None
        if match is None:
            i += 1
            continue
        end, known = match
        covering = names.at(i)
        if (covering is None or covering.label != ORG) and known.doubtful and i not in quoted:
            i = end
            continue
        if covering is None or (covering.label != ORG and covering.start >= i and covering.end <= end) or (covering.start == i and covering.end < end):
            names.put(i, end, ORG)
        i = end


def building_or_body(names: Mentions) -> None:
    """«Белый дом сообщил» is a body, «встреча в Белом доме» a building."""
    words = names.words
    for name in names.of(ORG):
        phrase = " ".join(words.lemma[name.start : name.end])
        if phrase not in words_in("organizations", "buildings", "words") or name.start == 0:
            continue
        before = words.norm[name.start - 1]
        if before in words_in("organizations", "buildings", "near"):
            names.drop(name)
        elif before == "в" and not _speaks(words, name):
            names.drop(name)


def _speaks(words: Words, name: Name) -> bool:
    """Whether people «в Кремле» say something: a verb of the third person plural near by."""
    first, last = words.sentences[words.sentence[name.start]]
    if name.start - 1 <= first + 1:
        return True
    near = range(max(first, name.start - 4), min(last, name.end + 4))
    return any(words.pos[i] == "VERB" and words.feats[i].get("Number") == "Plur" for i in near)


def body_with_its_place(names: Mentions) -> None:
    """«Верховный суд Испании», «правительство Германии», «ГУ МВД по Москве»: the complement belongs to the name."""
    words = names.words
    for i, lemma in enumerate(words.lemma):
        if lemma not in _bodies() or words.pos[i] in {"VERB", "ADJ"}:
            continue
        name = names.at(i)
        if name is not None and name.label == ORG:
            end = _complement(names, name.end, i)
            if end > name.end and name.start <= i:
                names.put(name.start, end, ORG)
        elif name is None or name.label == "LOC":
            _new_body(names, i)


def _new_body(names: Mentions, i: int) -> None:
    words = names.words
    start = _adjectives_before(names, i)
    if start is None:
        return
    small = words.lemma[i] in words_in("organizations", "small", "words") | words_in("organizations", "dealing", "words")
    end = _complement(names, i + 1, i)
    if end > i + 1 and (small or _capital(words, start)):
        names.put(start, end, ORG)
    elif start < i and _capital(words, start) and words.lemma[i] in words_in("organizations", "small", "words"):
        if words.lemma[i] == "суд" or words.lemma[start] not in {"российский"}:
            names.put(start, i + 1, ORG)


def _adjectives_before(names: Mentions, i: int) -> int | None:
    """The first of the adjectives that belong to the name of the body at `i`."""
    words = names.words
    start = i
    while start > 0 and names.at(start - 1) is None:
        lemma = words.lemma[start - 1]
        named = _capital(words, start - 1) and words.pos[start - 1] == "ADJ" and start - 1 > words.sentences[words.sentence[i]][0]
        if lemma in words_in("organizations", "ranks", "words") or named:
            start -= 1
        else:
            break
    return start


def _complement(names: Mentions, end: int, head: int) -> int:
    """The end of a body's name with the place, the larger body and «имени» that belong to it."""
    words = names.words
    while end < len(words):
        grown = (
            _larger_body(names, end, head)
            or _place(names, end)
            or _leader(names, end, head)
            or _by_place(names, end, head)
            or _named_after(words, end)
            or _field(names, end, head)
            or _matters(words, end, head)
        )
        if not grown:
            break
        end = grown
    return end


def _leader(names: Mentions, i: int, head: int) -> int:
    """«администрация Байдена», «правительство президента Мадуро»."""
    words = names.words
    if words.lemma[head] not in words_in("organizations", "led", "words") or i != head + 1:
        return 0
    at = i + 1 if words.lemma[i] in {"президент", "премьер"} else i
    leader = names.opening(at, "PER")
    return leader.end if leader is not None and "Gen" in possible_cases(words.norm[at]) else 0


def _field(names: Mentions, i: int, head: int) -> int:
    """«культуры» in «министерство культуры Польши»: what a body deals with, when a place or larger body follows."""
    words = names.words
    if words.lemma[head] not in words_in("organizations", "dealing", "words") or _capital(words, head):
        return 0
    end = i
    while end < min(len(words), i + 7) and names.at(end) is None and not _capital(words, end):
        if words.pos[end] in {"NOUN", "ADJ"} and "Gen" in possible_cases(words.norm[end]):
            end += 1
        elif end > i and words.norm[end] in {"и", ","}:
            end += 1
        else:
            break
    return end if i < end and (_place(names, end) or _larger_body(names, end, head)) else 0


def _matters(words: Words, end: int, head: int) -> int:
    """«по обороне» in «комитет Госдумы по обороне»: a noun in the dative with its genitives."""
    if words.lemma[head] not in words_in("organizations", "dealing", "committees") or words.norm[end] != "по":
        return 0
    at = end + 1
    while at < len(words) and words.pos[at] == "ADJ" and "Dat" in possible_cases(words.norm[at]):
        at += 1
    if at >= len(words) or words.pos[at] != "NOUN" or "Dat" not in possible_cases(words.norm[at]) or _capital(words, at):
        return 0
    at += 1
    while at < len(words) and words.pos[at] in {"NOUN", "ADJ"} and words.case(at) == "Gen" and not _capital(words, at):
        at += 1
    while words.pos[at - 1] == "ADJ":
        at -= 1
    return at


def _place(names: Mentions, i: int) -> int:
    """The end of a place in the genitive that begins at `i`, «города» before it included; 0 if there is none."""
    words = names.words
    nouns = key_of("places", "nouns")
    at = i
    if at + 1 < len(words) and words.lemma[at] in nouns and not _capital(words, at) and "Gen" in possible_cases(words.norm[at]):
        at += 1
        if words.text[at] == "." and at + 1 < len(words):
            at += 1
    place = names.opening(at, "LOC")
    if place is not None and (at > i or _may_be_genitive(words, place)):
        return place.end
    return 0


def _may_be_genitive(words: Words, name: Name) -> bool:
    last = name.start
    for i in range(name.start, name.end):
        if words.pos[i] != "ADP" and words.text[i][0].isalpha():
            last = i
            cases = possible_cases(words.norm[i])
            if cases and "Gen" not in cases and words.pos[i] in {"NOUN", "PROPN", "ADJ"}:
                return i > name.start
            break
    return words.pos[last] != "VERB"


def _by_place(names: Mentions, i: int, head: int) -> int:
    """«по Москве», «по Тверской области» after a branch of a body, «в Токио» after an embassy."""
    words = names.words
    heads = {"по": "branches", "в": "abroad"}.get(words.norm[i])
    if heads is None or i + 1 >= len(words) or words.lemma[head] not in words_in("organizations", heads, "words"):
        return 0
    at = i + 1
    if words.lemma[at] in key_of("places", "nouns") and not _capital(words, at):
        at += 2 if at + 1 < len(words) and words.text[at + 1] == "." else 1
    place = names.opening(at, "LOC")
    return place.end if place is not None else 0


def _larger_body(names: Mentions, i: int, head: int) -> int:
    """«управление ФСБ», «комитет Госдумы»: a body in the genitive right after its branch."""
    words = names.words
    if words.lemma[head] not in words_in("organizations", "branches", "words"):
        return 0
    whole = names.opening(i, ORG)
    if whole is None or words.text[i - 1] in QUOTES:
        return 0
    cases = possible_cases(words.norm[i])
    return whole.end if not cases or "Gen" in cases else 0


def _named_after(words: Words, i: int) -> int:
    """«имени Баумана», «им. М. В. Ломоносова»."""
    if words.norm[i] not in {"им", "имени"}:
        return 0
    end = i + 1
    while end < len(words) and end <= i + 7 and (words.text[end] == "." or _capital(words, end)):
        end += 1
    while end > i + 1 and words.text[end - 1] == ".":
        end -= 1
    return end if end > i + 1 else 0


def short_name_in_brackets(names: Mentions) -> None:
    """«Федеральная налоговая служба (ФНС)»: a name in brackets right after a name."""
    words = names.words
    for name in names.of(ORG):
        at = name.end
        while at < len(words) and words.text[at] in QUOTES:
            at += 1
        if at + 2 >= len(words) or words.text[at] != "(":
            continue
        close = next((i for i in range(at + 1, min(at + 10, len(words))) if words.text[i] == ")"), None)
        if close is not None:
            _put_declared(names, at + 1, close)


def _put_declared(names: Mentions, start: int, end: int) -> None:
    words = names.words
    if words.norm[start] in {"далее", "сокращенно", "ранее", "бывший", "экс"}:
        start += 1
    start, end = trimmed(words, start, end, EDGES)
    comma = next((i for i in range(start, end) if words.text[i] in {",", ";"}), end)
    start, end = trimmed(words, start, comma, EDGES)
    if start >= end or names.at(start) is not None and names.at(start).label == "PER":  # type: ignore[union-attr]
        return
    if known_places().match(words, start) is not None or (names.at(start) is not None and names.at(start).label == "LOC"):  # type: ignore[union-attr]
        return
    if words.text[start].isupper() and end == start + 1 and len(words.text[start]) > 1:
        names.put(start, end, ORG)
    elif (words.text[start - 1] in QUOTES and _capital(words, start)) or all(
        is_latin(words, i) or (words.text[i].isascii() and words.text[i][0].isalpha()) for i in range(start, end)
    ) and is_latin(words, start):
        if not words.text[start].isdigit():
            names.put(start, end, ORG)


def latin_name(names: Mentions) -> None:
    """«Fusion Factor Fintech»: capitalized Latin words beside an organization in Latin letters belong to it."""
    words = names.words
    for name in names.of(ORG):
        if not is_latin(words, name.end - 1):
            continue
        end = _latin_run(names, name.end)
        start = name.start
        while start > 0 and is_latin(words, start - 1) and names.at(start - 1) is None and words.sentence[start - 1] == words.sentence[start]:
            start -= 1
        names.move(name, start, end)


def _latin_run(names: Mentions, end: int) -> int:
    words = names.words
    while end < len(words) and words.sentence[end] == words.sentence[end - 1]:
        if is_latin(words, end) and names.at(end) is None and not words.text[end][0].isdigit():
            end += 1
        elif (
            words.text[end] in JOINERS
            and words.text[end] != "."
            and end + 1 < len(words)
            and is_latin(words, end + 1)
            and names.at(end + 1) is None
        ):
            end += 2
        else:
            break
    return end


def latin_name_after_generic_word(names: Mentions) -> None:
    """«компания Baykar», «платформа JustGiving» that the tagger missed."""
    words = names.words
    for i in range(1, len(words)):
        if names.at(i) is None and is_latin(words, i) and words.lemma[i - 1] in _generic() and not words.text[i][0].isdigit():
            if len(words.text[i]) > 1 and words.lemma[i - 1] not in words_in("organizations", "not_names", "words"):
                names.put(i, _latin_run(names, i + 1), ORG)


def written_in_a_network(names: Mentions) -> None:
    """«написал в Twitter»: a place to write in, not a company that acts."""
    words = names.words
    networks = words_in("organizations", "networks", "words")
    for name in names.of(ORG):
        if name.end - name.start > 1 or stems(words.norm[name.start]).isdisjoint(networks):
            continue
        at = name.start - 1
        while at > 0 and (words.text[at] in QUOTES or words.lemma[at] in words_in("organizations", "networks", "nouns")):
            at -= 1
        if at >= 0 and words.lemma[at] in words_in("organizations", "networks", "before"):
            names.drop(name)


def after_a_work_or_product(names: Mentions) -> None:
    """«фильм X», «препарат Y»: the noun before says that it is no organization."""
    words = names.words
    for name in names.of(ORG):
        before = name.start - 1
        if before < 0 or words.lemma[before] not in words_in("organizations", "not_names", "words"):
            continue
        if is_latin(words, name.start) and words.lemma[before] not in words_in("organizations", "owned", "words"):
            names.drop(name)


def work_with_its_year(names: Mentions) -> None:
    """«The Long Day (1997)»: a title and the year when it came out."""
    words = names.words
    for name in names.of(ORG):
        end = name.end
        if is_latin(words, name.start) and words.text[end : end + 1] == ["("] and words.text[end + 2 : end + 3] == [")"]:
            year = words.text[end + 1]
            if year.isdigit() and len(year) == 4:
                names.drop(name)


def no_organization(names: Mentions) -> None:
    """«СМИ», «COVID-19», «ТЭЦ», an adjective or a single letter: never a name."""
    words = names.words
    drop = words_in("organizations", "drop", "words")
    for name in names.of(ORG):
        first, alone = name.start, name.end - name.start == 1
        text = words.text[first]
        if alone and (words.norm[first] in drop or words.lemma[first] in drop or (len(text) == 1 and text not in "ЪX") or text.isdigit()):
            names.drop(name)
        elif alone and not text.isupper() and words.text[first - 1] not in QUOTES and _is_adjective(words.norm[first]):
            names.drop(name)
        elif not any(character.isupper() or character.isdigit() for i in range(first, name.end) for character in words.text[i]):
            names.drop(name)


def _is_adjective(norm: str) -> bool:
    return all(parse.tag.POS in {"ADJF", "PRTF"} for parse in parses(norm))


def quoted_before(names: Mentions) -> None:
    """«акции «Восхода»: a name in quotes that is an organization elsewhere in the article, in any case."""
    words = names.words
    known: dict[str, list[Name]] = {}
    for name in names.of(ORG):
        for stem in stems(words.norm[name.start]):
            known.setdefault(stem, []).append(name)
    for opens, close in names.quotes:
        if any(names.at(i) is not None for i in range(opens, close)):
            continue
        forms = words.norm[opens + 1 : close]
        for stem in stems(forms[0]) if forms and _capital(words, opens + 1) else ():
            if any(
                name.end - name.start == len(forms)
                and all(same_word(a, b) for a, b in zip(forms, words.norm[name.start : name.end], strict=True))
                for name in known.get(stem, ())
            ):
                names.put(opens + 1, close, ORG)
                break


def seen_before(names: Mentions) -> None:
    """A name that is an organization in one sentence is one in the others, where the tagger saw nothing."""
    words = names.words
    known: dict[str, list[tuple[str, ...]]] = {}
    for name in names.of(ORG):
        forms = tuple(words.text[name.start : name.end])
        if len(forms) > 1 or forms[0].isupper() or is_latin(words, name.start):
            known.setdefault(forms[0], []).append(forms)
    for i, text in enumerate(words.text):
        if text not in known:
            continue
        for forms in sorted(known[text], key=len, reverse=True):
            end = i + len(forms)
            if tuple(words.text[i:end]) == forms and all(_is_free(names, i, at, end) for at in range(i, end)):
                names.put(i, end, ORG)
                break


def _is_free(names: Mentions, start: int, i: int, end: int) -> bool:
    """Whether a token is in no mention, or in a place inside a longer name: «Голос Америки»."""
    name = names.at(i)
    return name is None or (name.label == "LOC" and start < name.start and name.end <= end)


RULES = [
    names_across_lines,
    two_names_in_one,
    names_across_quotes,
    people_before_a_name,
    no_name_in_front,
    nationality_in_front,
    bank_taken_for_a_place,
    marks_at_the_edges,
    legal_form_in_words,
    generic_word_before_quotes,
    generic_word_before_name,
    marks_at_the_edges,
    name_in_quotes,
    rest_of_the_quotes,
    known_name,
    building_or_body,
    latin_name,
    latin_name_after_generic_word,
    short_name_in_brackets,
    body_with_its_place,
    numbered_body,
    written_in_a_network,
    after_a_work_or_product,
    work_with_its_year,
    no_organization,
    dotted_name,
    quoted_before,
    listed_between_names,
    seen_before,
]
