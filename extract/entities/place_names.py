"""Mentions of one place joined under the name that is usual in the news."""

from extract.annotations import Entity, Mention
from extract.entities.lexicon import key_of, same_word
from extract.entities.places import Place, known_places
from extract.language.inflection import nominative
from extract.language.words import Words

CUT = frozenset({"город", "г", "село", "поселок", "деревня"})


def link_places(words: Words, spans: list[tuple[int, int]]) -> list[Entity]:
    """Join the mentions of places; the entities have no ids yet."""
    entities: list[Entity] = []
    forms: list[list[tuple[str, ...]]] = []
    for start, end in spans:
        known = _known(words, start, end)
        form = tuple(words.norm[start:end])
        name = known.name if known else nominative(words, start, end)
        entity = next(
            (e for e, fs in zip(entities, forms, strict=True) if e.name == name or any(_same(form, f) for f in fs)), None
        )
        if entity is None:
            entity = Entity("", "LOC", name, kind=known.kind if known else kind_of_place(words, start, end))
            entities.append(entity)
            forms.append([])
        forms[entities.index(entity)].append(form)
        alias = nominative(words, start, end)
        if alias != entity.name and alias not in entity.aliases and (known or _fold(alias) != _fold(entity.name)):
            entity.aliases.append(alias)
        entity.mentions.append(Mention(start, end))
    return entities


def _fold(name: str) -> str:
    return name.lower().replace("ё", "е")


def _same(form: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return len(form) == len(other) and all(same_word(a, b) for a, b in zip(form, other, strict=True))


def _known(words: Words, start: int, end: int) -> Place | None:
    match = known_places().match(words, start)
    return match[1] if match is not None and match[0] == end else None


def kind_of_place(words: Words, start: int, end: int) -> str:
    """country, city, region or other, by the words of the name and the one before it."""
    nouns = key_of("places", "nouns")
    before = [words.lemma[start - 1]] if start and words.pos[start - 1] == "NOUN" else []
    for lemma in (*words.lemma[start:end], *before):
        if lemma in nouns:
            return "region" if lemma == "республика" else nouns[lemma]
    return "city"
