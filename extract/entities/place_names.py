"""Mentions of one place joined under the name that is usual in the news."""

from extract.annotations import Entity, Mention
from extract.entities.lexicon import same_word
from extract.entities.place_inflection import place_nominative
from extract.entities.places import country_of_capital, known_places
from extract.language.inflection import with_ending
from extract.language.morphology import parses
from extract.language.normalize import lookup
from extract.language.words import Words
from extract.rules import key_of, words_in

LIST_WORDS = words_in("entities/places", "lists", "between")
LONGEST_LIST = 24  # tokens from an adjective to the noun that it shares with others


def link_places(words: Words, spans: list[tuple[int, int]]) -> list[Entity]:
    """Join the mentions of places; the entities have no ids yet."""
    by_name: dict[str, Entity] = {}
    by_form: dict[tuple[str, ...], Entity] = {}
    for start, end in spans:
        form = tuple(words.norm[start:end])
        if form not in by_form:
            by_form[form] = _entity(words, start, end, form, by_name, by_form)
        by_form[form].mentions.append(Mention(start, end))
    return list(by_name.values())


def _entity(
    words: Words,
    start: int,
    end: int,
    form: tuple[str, ...],
    by_name: dict[str, Entity],
    by_form: dict[tuple[str, ...], Entity],
) -> Entity:
    """The entity that a new form names: one seen in another form or under another name, or a new one."""
    entity = next((by_form[other] for other in by_form if _same(form, other)), None)
    if entity is not None:
        return entity
    shared = _shared_noun(words, start, end)
    if shared is not None:
        return _by_name(shared, kind_of_noun(shared.split()[-1]), by_name)
    match = known_places().match(words, start)
    known = match[1] if match is not None and match[0] == end else None
    alias = known.alias if known else place_nominative(words, start, end)
    name = known.name if known else alias
    kind = known.kind if known else kind_of_place(words, start, end)
    entity = _by_name(name, kind, by_name)
    if alias not in (entity.name, *entity.aliases):
        entity.aliases.append(alias)
    return entity


def _by_name(name: str, kind: str, by_name: dict[str, Entity]) -> Entity:
    return by_name.setdefault(lookup(name), Entity("", "LOC", name, kind=kind))


def _shared_noun(words: Words, start: int, end: int) -> str | None:
    """«Курской» in «в Курской, Тульской и Брянской областях»: the name with the noun that the list shares."""
    if words.pos[start] != "ADJ" or end - start > 2:
        return None
    at = end - 1 if end - start == 2 else end
    while at < len(words) and at < end + LONGEST_LIST and (words.pos[at] == "ADJ" or words.norm[at] in LIST_WORDS):
        at += 1
    if at >= len(words) or words.lemma[at] not in key_of("entities/places", "nouns"):
        return None
    if not _is_plural(words.norm[at]) and not any(words.norm[i] in LIST_WORDS for i in range(start, at)):
        return None
    noun = parses(words.lemma[at])[0]
    for parse in parses(words.norm[start]):
        if parse.tag.POS == "ADJF" and parse.tag.number == "sing":
            form = parse.inflect({"nomn", "sing", noun.tag.gender})
            return f"{with_ending(words.text[start], form.word)} {words.lemma[at]}" if form else None
    return None


def _is_plural(norm: str) -> bool:
    return all(parse.tag.number == "plur" for parse in parses(norm))


def kind_of_noun(lemma: str) -> str:
    """The kind of a place by its common noun; a republic is a region but where it is known as a country."""
    if lemma in words_in("entities/places", "republics", "nouns"):
        return "region"
    return key_of("entities/places", "nouns").get(lemma, "city")


def _same(form: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return (
        len(form) == len(other)
        and form[0][:2] == other[0][:2]
        and all(same_word(a, b) for a, b in zip(form, other, strict=True))
    )


def kind_of_place(words: Words, start: int, end: int) -> str:
    """country, city, region or other, by the words of the name and the one before it."""
    nouns = key_of("entities/places", "nouns")
    for lemma in words.lemma[start:end]:
        if lemma in nouns:
            return kind_of_noun(lemma)
    if end == start + 1 and words.pos[start] == "ADJ":
        return "other"  # «Тверская»: a street, a station
    broader = known_places().match(words, end - 1) if end - start > 1 else None
    if broader is not None and broader[1].kind in {"other", "region"}:
        return broader[1].kind  # «Восточная Азия», «Южная Калифорния»
    apposed = start > 0 and words.pos[start - 1] == "NOUN" and words.case(start) != "Gen"
    if country_of_capital(words.lemma[start]) is not None or not apposed:
        return "city"
    return kind_of_noun(words.lemma[start - 1])
