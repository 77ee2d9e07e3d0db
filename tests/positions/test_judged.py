"""Positions as constructions and network together have them."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.learned.reader import Reading
from extract.positions.component import find_positions

TEXT = "Директор завода «Прогресс» Иван Петров и банкир Анна Ким встретились в Вологде. Там работает компания «Веста»."


def read(nlp: Language) -> Doc:
    return nlp(TEXT)


def held(doc: Doc, reading: Reading | None) -> dict[str, list[tuple[str, str | None, str]]]:
    """Person → (title, organization, rule)."""
    doc._.read = reading
    find_positions(doc)
    names = {entity.id: entity.name for entity in doc._.entities}
    found: dict[str, list[tuple[str, str | None, str]]] = {}
    for position in doc._.positions:
        found.setdefault(names[position.person], []).append((position.title, position.organization, position.rule))
    return found


def post(doc: Doc, word: str) -> int:
    return next(number for number, place in enumerate(doc._.posts) if doc[place.start].lower_ == word)


def ref(doc: Doc, name: str) -> str:
    return next(entity.id for entity in doc._.entities if entity.name == name)


def reading(doc: Doc, holders: list[tuple[str, str, float]], bodies: list[tuple[str, str, float]]) -> Reading:
    posts = sorted({post(doc, word) for word, _, _ in (*holders, *bodies)})
    told = (tuple((post(doc, word), ref(doc, name), p) for word, name, p in pairs) for pairs in (holders, bodies))
    return Reading((), (), (), *told, tuple(posts))


def test_both_agree(nlp: Language) -> None:
    doc = read(nlp)
    without = held(doc, None)
    assert without["Иван Петров"][0][:2] == ("директор", "Прогресс")
    agreed = reading(doc, [("директор", "Иван Петров", 0.9)], [("директор", "Прогресс", 0.9)])
    assert held(doc, agreed) == without


def test_what_the_network_doubts_goes(nlp: Language) -> None:
    doc = read(nlp)
    doubted = reading(doc, [("директор", "Анна Ким", 0.02), ("директор", "Иван Петров", 0.04)], [])
    assert "Иван Петров" not in held(doc, doubted)


def test_what_the_network_is_sure_of_comes(nlp: Language) -> None:
    doc = read(nlp)
    sure = reading(doc, [("директор", "Иван Петров", 0.9), ("директор", "Анна Ким", 0.9)], [])
    assert ("директор", "Прогресс") in [found[:2] for found in held(doc, sure)["Анна Ким"]]
    moved = reading(doc, [("директор", "Иван Петров", 0.9)], [("директор", "Веста", 0.9)])
    assert held(doc, moved)["Иван Петров"][0][:2] == ("директор", "Веста")
    unsure = reading(doc, [("директор", "Иван Петров", 0.9)], [("директор", "Веста", 0.5)])
    assert held(doc, unsure)["Иван Петров"][0][:2] == ("директор", "Прогресс")


def test_a_post_of_nowhere_is_given_its_body(nlp: Language) -> None:
    doc = read(nlp)
    placed = reading(doc, [("банкир", "Анна Ким", 0.9)], [("банкир", "Веста", 0.9)])
    assert held(doc, placed)["Анна Ким"][0][:2] == ("банкир", "Веста")
