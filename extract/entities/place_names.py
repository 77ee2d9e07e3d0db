"""Mentions of one place joined under the name that is usual in the news."""

from extract.annotations import Entity, Mention
from extract.entities.lexicon import key_of, same_word
from extract.entities.places import known_places
from extract.language.inflection import nominative
from extract.language.normalize import lookup
from extract.language.words import Words


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
    match = known_places().match(words, start)
    known = match[1] if match is not None and match[0] == end else None
    alias = known.alias if known else nominative(words, start, end)
    name = known.name if known else alias
    entity = by_name.get(lookup(name))
    if entity is None:
        kind = known.kind if known else kind_of_place(words, start, end)
        entity = by_name[lookup(name)] = Entity("", "LOC", name, kind=kind)
    if alias not in (entity.name, *entity.aliases):
        entity.aliases.append(alias)
    return entity


def _same(form: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return (
        len(form) == len(other)
        and form[0][:2] == other[0][:2]
        and all(same_word(a, b) for a, b in zip(form, other, strict=True))
    )


def kind_of_place(words: Words, start: int, end: int) -> str:
    """country, city, region or other, by the words of the name and the one before it."""
    nouns = key_of("places", "nouns")
    before = [words.lemma[start - 1]] if start and words.pos[start - 1] == "NOUN" else []
    for lemma in (*words.lemma[start:end], *before):
        if lemma in nouns:
            return "region" if lemma == "республика" else nouns[lemma]
    return "city"
