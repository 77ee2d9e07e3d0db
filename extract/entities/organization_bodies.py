"""Rules for bodies: courts, ministries, police, armies, with the place that belongs to their names."""

from extract.entities.mentions import QUOTES, Mentions, Name
from extract.entities.organization_words import ORG, is_body, is_capital, listed
from extract.entities.places import country_of_adjective
from extract.language.morphology import possible_cases
from extract.language.words import Words
from extract.rules import key_of, table

GOVERNMENT = table("entities/organizations")["home"]["government"]
LONGEST_FIELD = 7
LONGEST_NAMESAKE = 7


def body_with_its_place(names: Mentions) -> None:
    """«Верховный суд Испании», «ГУ МВД по Москве»: the complement belongs to the name."""
    words = names.words
    for i in reversed(range(len(words))):  # the inner body first: «палата парламента Японии»
        if not is_body(words, i) or words.pos[i] in {"VERB", "ADJ"}:
            continue
        name = names.at(i)
        if name is None or name.label == "LOC":
            _new_body(names, i)
        elif name.label == ORG:
            end = _complement(names, name.end, i)
            if end > name.end:
                names.put(name.start, end, ORG)


def _new_body(names: Mentions, i: int) -> None:
    """Take a body that the tagger missed if a place follows, or a proper adjective stands before it."""
    words = names.words
    start = _adjectives_before(names, i)
    ranked = listed(words.lemma[i], "ranked")
    small = listed(words.lemma[i], "small") and (start < i or not ranked)
    if words.feats[i].get("Number") == "Plur" and not ranked:
        return
    end = _complement(names, i + 1, i)
    if end > i + 1 and (small or listed(words.lemma[i], "dealing") or is_capital(words, start)):
        names.put(start, end, ORG)
    elif small and start < i and is_capital(words, start) and not listed(words.lemma[start], "home", "adjectives"):
        names.put(start, i + 1, ORG)
    elif start == i and listed(words.lemma[i], "bare") and _of_a_country(names, i - 1):
        names.put(i - 1, i + 1, ORG)


def _of_a_country(names: Mentions, i: int) -> bool:
    """«японское» правительство: an adjective that tells the country."""
    words = names.words
    adjective = i >= 0 and words.pos[i] == "ADJ" and names.at(i) is None
    return adjective and country_of_adjective(words.lemma[i]) is not None


def _adjectives_before(names: Mentions, i: int) -> int:
    """The first of the adjectives that belong to the name of the body at `i`."""
    words = names.words
    first = words.sentences[words.sentence[i]][0]
    start = i
    while start > first and names.at(start - 1) is None and words.pos[start - 1] == "ADJ":
        proper = is_capital(words, start - 1) and start - 1 > first
        if not proper and not listed(words.lemma[start - 1], "ranks"):
            break
        start -= 1
    return start


def _complement(names: Mentions, end: int, head: int) -> int:
    """The end of a body's name with the place, the larger body and «имени» that belong to it."""
    while end < len(names.words):
        grown = next((grown for rule in COMPLEMENTS if (grown := rule(names, end, head))), 0)
        if not grown:
            break
        end = grown
    return end


def _larger_body(names: Mentions, i: int, head: int) -> int:
    """«управление ФСБ», «комитет Госдумы»: a body in the genitive right after its branch."""
    words = names.words
    whole = names.opening(i, ORG)
    if whole is None or words.text[i - 1] in QUOTES or not listed(words.lemma[head], "branches"):
        return 0
    cases = possible_cases(words.norm[i])
    return whole.end if not cases or "Gen" in cases else 0


def _place(names: Mentions, i: int, head: int) -> int:
    """«Испании», «города Самары»: a place in the genitive."""
    words = names.words
    if i == len(words):
        return 0
    at = _past_common_noun(words, i) if "Gen" in possible_cases(words.norm[i]) else i
    place = names.opening(at, "LOC")
    return place.end if place is not None and (at > i or _may_be_genitive(words, place)) else 0


def _past_common_noun(words: Words, i: int) -> int:
    """Past «города», «г.», «штата» in front of a place's name."""
    if words.lemma[i] not in key_of("entities/places", "nouns") or is_capital(words, i):
        return i
    return i + 2 if words.text[i + 1 : i + 2] == ["."] else i + 1


def _may_be_genitive(words: Words, name: Name) -> bool:
    """Whether the first word of a place's name can be in the genitive or doesn't decline."""
    cases = possible_cases(words.norm[name.start])
    return not cases or "Gen" in cases or words.pos[name.start] not in {"NOUN", "PROPN", "ADJ"}


def _leader(names: Mentions, i: int, head: int) -> int:
    """«администрация Байдена», «правительство президента Мадуро»."""
    words = names.words
    if not listed(words.lemma[head], "led") or i != head + 1:
        return 0
    at = i + 1 if listed(words.lemma[i], "led", "posts") else i
    leader = names.opening(at, "PER")
    if leader is None:
        return 0
    cases = possible_cases(words.norm[at])
    genitive = words.case(at) == "Gen" or "Nom" not in cases
    return leader.end if not cases or ("Gen" in cases and genitive) else 0


def _by_place(names: Mentions, i: int, head: int) -> int:
    """«по Москве», «по Тверской области» after a branch of a body, «в Токио» after an embassy."""
    words = names.words
    heads = key_of("entities/organizations", "placing").get(words.norm[i])
    if heads is None or i + 1 >= len(words) or not listed(words.lemma[head], heads):
        return 0
    place = names.opening(_past_common_noun(words, i + 1), "LOC")
    return place.end if place is not None else 0


def _namesake(names: Mentions, i: int, head: int) -> int:
    """«имени Баумана», «им. М. В. Ломоносова»."""
    words = names.words
    if not listed(words.norm[i], "namesakes"):
        return 0
    end = i + 1
    while end < min(len(words), i + LONGEST_NAMESAKE + 1) and (words.text[end] == "." or is_capital(words, end)):
        end += 1
    while words.text[end - 1] == ".":
        end -= 1
    return end if end > i + 1 else 0


def _field(names: Mentions, i: int, head: int) -> int:
    """«культуры» in «министерство культуры Польши»: what a body deals with, if a place follows."""
    words = names.words
    if not listed(words.lemma[head], "dealing") or is_capital(words, head):
        return 0
    end = i
    while end < min(len(words), i + LONGEST_FIELD) and names.at(end) is None and not is_capital(words, end):
        genitive = words.pos[end] in {"NOUN", "ADJ"} and "Gen" in possible_cases(words.norm[end])
        if not genitive and (end == i or words.norm[end] not in {"и", ","}):
            break
        end += 1
    return end if end > i and (_place(names, end, head) or _larger_body(names, end, head)) else 0


def _matters(names: Mentions, i: int, head: int) -> int:
    """«по обороне» in «комитет Госдумы по обороне»: a noun in the dative with its genitives."""
    words = names.words
    if not listed(words.norm[i], "dealing", "prepositions") or not listed(words.lemma[head], "dealing", "committees"):
        return 0
    at = i + 1
    while at < len(words) and words.pos[at] == "ADJ" and "Dat" in possible_cases(words.norm[at]):
        at += 1
    if at >= len(words) or words.pos[at] != "NOUN" or "Dat" not in possible_cases(words.norm[at]):
        return 0
    end = at + 1
    while (
        end < len(words)
        and words.case(end) == "Gen"
        and words.pos[end] in {"NOUN", "ADJ"}
        and not is_capital(words, end)
    ):
        end += 1
    while words.pos[end - 1] == "ADJ":
        end -= 1
    return end if not is_capital(words, at) else 0


COMPLEMENTS = [_larger_body, _place, _leader, _by_place, _namesake, _field, _matters]


def body_without_a_name(names: Mentions) -> None:
    """«Правительство выделит средства»: a body that the article takes for granted.

    Only where it opens a sentence, or is «правительство» and no government is named: else the small word refers
    back to a named body.
    """
    words = names.words
    named = {words.lemma[i] for name in names.of(ORG) for i in range(name.start, name.end)}
    for i, lemma in enumerate(words.lemma):
        if not listed(lemma, "bare") or names.at(i) is not None or words.feats[i].get("Number") == "Plur":
            continue
        opens = i == words.sentences[words.sentence[i]][0]
        alone = lemma == GOVERNMENT and lemma not in named and not (i and words.pos[i - 1] in {"ADJ", "DET"})
        if (opens or alone) and not _told(words, i + 1):
            names.put(i, i + 1, ORG)
            named.add(lemma)


def _told(words: Words, i: int) -> bool:
    """Whether a noun or adjective in the genitive follows: «правительство страны»."""
    if i >= len(words) or words.pos[i] not in {"NOUN", "PROPN", "ADJ"}:
        return False
    return words.case(i) == "Gen" and "Gen" in possible_cases(words.norm[i])


def numbered_body(names: Mentions) -> None:
    """«47-й авиаремонтный завод», «1-я танковая армия»: the number belongs to the name."""
    words = names.words
    for i, text in enumerate(words.text):
        if not text[0].isdigit() or not text[-1].isalpha() or "-" not in text:
            continue
        end = i + 1
        while end < len(words) and words.pos[end] == "ADJ":
            end += 1
        if end >= len(words) or not listed(words.lemma[end], "numbered"):
            continue
        name = names.at(end)
        if name is None or name.label == ORG:
            names.put(i, max(end + 1, name.end if name else 0), ORG)


def building_or_body(names: Mentions) -> None:
    """«Белый дом сообщил» is a body, «встреча в Белом доме» a building."""
    words = names.words
    for name in names.of(ORG):
        if name.start == 0 or not listed(" ".join(words.lemma[name.start : name.end]), "buildings"):
            continue
        before = words.norm[name.start - 1]
        if listed(before, "buildings", "near") or (before == "в" and not _speaks(words, name)):
            names.drop(name)


def _speaks(words: Words, name: Name) -> bool:
    """Whether people «в Кремле» say or think something."""
    first, last = words.sentences[words.sentence[name.start]]
    if name.start <= first + 1:
        return True
    near = range(max(first, name.start - 4), min(last, name.end + 4))
    return any(listed(words.lemma[i], "buildings", "verbs") for i in near)
