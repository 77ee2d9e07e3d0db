"""The component: what it sets, what it keeps with a Doc, what it may lean on."""

import ast
import tomllib
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract.annotations import positions_by_person
from extract.positions import lexicon
from extract.positions.component import post_reading

ROOT = Path(extract.__file__).parent
BELOW = (
    "extract.annotations",
    "extract.entities",
    "extract.grammar",
    "extract.language",
    "extract.learned",
    "extract.positions",
    "extract.relations.phrases",
    "extract.relations.predicates",
    "extract.rules",
)
TEXT = "Министр обороны Франции Анна Петрова встретилась с главой «Лукойла» Иваном Громовым."


def test_positions_name_their_holders(nlp: Language) -> None:
    doc = nlp(TEXT)
    names = {entity.id: entity.name for entity in doc._.entities}
    assert isinstance(doc._.positions, tuple)
    assert [(names[p.person], p.title, p.organization) for p in doc._.positions] == [
        ("Анна Петрова", "министр обороны", "Франция"),
        ("Иван Громов", "глава", "Лукойл"),
    ]


def test_positions_by_person(nlp: Language) -> None:
    doc = nlp(TEXT)
    found = positions_by_person(doc._.positions)
    assert [[position.title for position in positions] for positions in found.values()] == [
        ["министр обороны"],
        ["глава"],
    ]
    assert positions_by_person(None) == {}


def test_without_people_there_are_none(nlp: Language) -> None:
    assert nlp("Завод построят за год.")._.positions == ()
    assert nlp("")._.positions == ()


def test_positions_go_along_with_a_serialized_doc(nlp: Language) -> None:
    doc = nlp(TEXT)
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert list(back._.positions) == list(doc._.positions)


def test_a_serialized_doc_is_read_again(nlp: Language) -> None:
    doc = nlp(TEXT)
    back = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert post_reading(doc) is post_reading(doc)
    assert post_reading(back).posts == post_reading(doc).posts


def test_spacy_knows_what_the_component_needs(nlp: Language) -> None:
    meta = nlp.get_pipe_meta("ru_positions")
    assert meta.assigns == ["doc._.positions"]
    assert "doc._.entities" in meta.requires
    assert nlp.pipe_names.index("ru_aliases") < nlp.pipe_names.index("ru_positions")


@pytest.mark.parametrize("path", sorted((ROOT / "positions").glob("*.py")), ids=lambda path: path.stem)
def test_positions_lean_only_on_what_is_below(path: Path) -> None:
    tree = ast.parse(path.read_text("utf-8"))
    imported = [node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    own = [module for module in imported if module.startswith("extract")]
    assert all(module.startswith(BELOW) for module in own), own


@pytest.mark.parametrize(
    ("file", "kind", "apart"),
    [
        ("posts", lexicon.PostWords, {"state", "offices", "prefixes", "parts"}),
        ("bodies", lexicon.BodyWords, {"ministry_beginnings", "minister_beginnings"}),
        ("holders", lexicon.HolderWords, {"russian_endings"}),
        ("verbs", lexicon.PostVerbs, {"headed"}),
        ("function_words", lexicon.FunctionWords, {"prepositions"}),
    ],
)
def test_every_key_of_the_rules_is_read(file: str, kind: type[tuple], apart: set[str]) -> None:
    data = tomllib.loads((ROOT / "rules" / "positions" / f"{file}.toml").read_text("utf-8"))
    assert set(data) == (set(kind._fields) | apart) - {"heads"}


@pytest.mark.parametrize(("file", "key"), [("posts", "callings"), ("posts", "offices"), ("bodies", "organizations")])
def test_lists_are_sorted(file: str, key: str) -> None:
    words = tomllib.loads((ROOT / "rules" / "positions" / f"{file}.toml").read_text("utf-8"))[key]
    assert words == sorted(words)
    assert len(words) == len(set(words))
