"""How words are cut in pieces, and articles in chunks."""

import pytest
from spacy.language import Language

from extract.learned.chunks import CONTEXT, LONGEST, chunks_of, things_of
from extract.learned.pieces import LONGEST_WORD, Pieces

VOCABULARY = {"▁завод": -3.0, "▁за": -2.0, "вод": -2.5, "ы": -1.0, "▁": -4.0, "а": -4.0, "з": -5.0}


@pytest.fixture(scope="module")
def pieces() -> Pieces:
    return Pieces(["", *VOCABULARY], [0.0, *VOCABULARY.values()], unknown=0)


@pytest.mark.parametrize(
    ("word", "begins", "expected"),
    [
        ("завод", True, ["▁завод"]),  # likelier than its parts
        ("заводы", True, ["▁завод", "ы"]),
        ("завод", False, ["з", "а", "вод"]),
        ("заёа", True, ["▁за", "", "а"]),
        ("", False, []),
    ],
)
def test_the_likeliest_cut(pieces: Pieces, word: str, begins: bool, expected: list[str]) -> None:
    names = ["", *VOCABULARY]
    assert [names[id] for id in pieces.of(word, begins)] == expected


def test_a_monster_of_a_word_is_cut_off(pieces: Pieces) -> None:
    assert len(pieces.of("щ" * 100_000, True)) <= LONGEST_WORD + 1


def test_chunks_hold_each_sentence_once_as_their_own(nlp: Language, pieces: Pieces) -> None:
    text = "Новости дня\n\n" + "Завод «Прогресс» купил холдинг «Заречье» за 5 млн руб. в мае. " * 40
    doc = nlp(text)
    things = things_of(doc)
    chunks = list(chunks_of(doc, things, pieces))
    own = [sentence.number for chunk in chunks for sentence in chunk.sentences if sentence.own]
    assert own == sorted(set(own))
    assert len(chunks) > 1
    for chunk in chunks:
        assert len(chunk.ids) == len(chunk.tokens) <= LONGEST
        repeated = [sentence for sentence in chunk.sentences if not sentence.own]
        assert sum(sentence.end - sentence.start for sentence in repeated) <= CONTEXT
        for mention in chunk.mentions:
            token = chunk.tokens[mention.start]
            assert token in {place.start for place in things[mention.thing].mentions}
    assert {thing.kind for thing in things} >= {"ORG", "money", "date"}


def test_an_empty_article_has_no_chunks(nlp: Language, pieces: Pieces) -> None:
    doc = nlp("")
    assert not list(chunks_of(doc, things_of(doc), pieces))
