"""Frames of relations: proven by their own sentences, and apart from those of deals."""

from pathlib import Path

from spacy.language import Language

import extract
from extract.deals.proving import failures
from extract.deals.rulebook import Rules, load_all

OWN = """\
[types.neighbours]
label = "соседство"
relation = true
roles = ["one", "other"]

[[frames]]
name = "border"
type = "neighbours"
verbs = ["граничить"]
requires = ["one", "other"]
[frames.roles]
one = ["subject"]
other = ["с ins"]
"""


def test_the_sentences_beside_the_frames_hold(nlp: Language) -> None:
    _, relations = load_all()
    assert [str(failure) for failure in failures(nlp, Rules(relations, relations))] == []


def test_relations_take_no_trigger_from_deals(nlp: Language) -> None:
    doc = nlp("Компания «Заря» купила 25% банка «Восход», который принадлежит Ивану Петрову.")
    assert [deal.type for deal in doc._.deals] == ["acquisition"]
    assert [relation.type for relation in doc._.relations] == ["ownership"]
    assert {candidate.type for candidate in doc._.proposed} == {"acquisition"}


def test_types_of_deals_and_relations_are_apart() -> None:
    deals, relations = load_all()
    assert set(relations.types) == {"meeting", "ownership", "part_of"}
    assert not set(deals.types) & set(relations.types)
    assert {frame.type for frame in relations.frames} == set(relations.types)


def test_a_users_relation_stands_under_relations(tmp_path: Path) -> None:
    path = tmp_path / "rules.toml"
    path.write_text(OWN, "utf-8")
    record = extract.load(rules=path).extract("Россия граничит с Китаем и Монголией.")
    assert record.deals == []
    told = {tuple(argument.name for argument in relation.arguments) for relation in record.relations}
    assert told == {("Россия", "Китай"), ("Россия", "Монголия")}
