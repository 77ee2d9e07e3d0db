"""The pipeline component that mends, adds and drops names of places in `doc.ents`."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.entities.mentions import CLOSING, OPENING, Mentions, trimmed
from extract.entities.places import country_of_adjective, country_of_people, known_places
from extract.language.morphology import parses
from extract.rules import key_of, words_in

LOC = "LOC"
BREAKS = words_in("entities/places", "breaks", "words")
EDGES = OPENING | CLOSING | frozenset("-–—,.:;/")


@Language.component("ru_locations", assigns=["doc.ents"], requires=["doc.ents", "token.lemma"])
def find_locations(doc: Doc) -> Doc:
    """Apply the rules to the proposed names."""
    names = Mentions(doc)
    for rule in LOCATION_RULES:
        rule(names)
    names.write(doc)
    return doc


def marks_at_the_edges(names: Mentions) -> None:
    """Quotes and punctuation are no part of the name."""
    for name in names.of(LOC):
        start, end = trimmed(names.words, name.start, name.end, EDGES)
        names.move(name, start, end)


def place_and_more(names: Mentions) -> None:
    """«США (CDC», «Токмак» and the next line: what follows a bracket or a line break is no part of the name."""
    words = names.words
    for name in names.of(LOC):
        inside = range(name.start + 1, name.end)
        cut = next((i for i in inside if words.text[i] in BREAKS or "\n" in words.text[i]), name.end)
        start, end = trimmed(words, name.start, cut, EDGES)
        while start < end and words.pos[start] == "ADP":
            start += 1
        names.move(name, start, end)


def city_before_its_name(names: Mentions) -> None:
    """«Город Павия»: the generic word in front is no part of the name."""
    words = names.words
    cities = words_in("entities/places", "nouns", "city")
    for name in names.of(LOC):
        start = name.start
        if name.end - start > 1 and words.lemma[start] in cities:
            start += 2 if words.text[start + 1] == "." else 1
            names.move(name, min(start, name.end), name.end)


def known_place(names: Mentions) -> None:
    """Names of countries that the tagger missed: «ФРГ», «Соединенное Королевство»."""
    words = names.words
    places = known_places()
    for i, text in enumerate(words.text):
        if not text[:1].isupper() or names.at(i) is not None:
            continue
        match = places.match(words, i)
        if match is None or match[1].kind != "country" or any(names.at(at) for at in range(i, match[0])):
            continue
        if words.pos[i] not in {"VERB", "ADV", "PART"} and (text.isupper() or len(text) > 3):
            names.put(i, match[0], LOC)


def no_place(names: Mentions) -> None:
    """«Россияне», «Белый дом», «Страна» at the start of a sentence: no names of places."""
    words = names.words
    nouns = key_of("entities/places", "nouns")
    for name in names.of(LOC):
        first, alone = name.start, name.end - name.start == 1
        phrase = " ".join(words.lemma[first : name.end])
        noun = words.lemma[first] in nouns and known_places().match(words, first) is None
        common = alone and (noun or country_of_people(words.lemma[first]) is not None)
        common = common or (
            alone and first == words.sentences[words.sentence[first]][0] and _is_common(words.norm[first])
        )
        common = common or (alone and country_of_adjective(words.lemma[first]) is not None)
        small = not any(text[:1].isupper() for text in words.text[first : name.end])
        if common or small or phrase in words_in("entities/places", "drop", "words"):
            names.drop(name)


def _is_common(norm: str) -> bool:
    """Whether a word is known, and as anything but a place's name."""
    readings = parses(norm)
    return readings[0].is_known and not any({"Geox", "Surn", "Name"} & parse.tag.grammemes for parse in readings)


LOCATION_RULES = [marks_at_the_edges, place_and_more, city_before_its_name, no_place, known_place]
