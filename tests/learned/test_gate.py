"""Which sentences the network reads."""

from spacy.language import Language

from extract.deals.rulebook import load_rules
from extract.language.words import words_of
from extract.learned.chunks import things_of
from extract.learned.gate import SIGNS, traits_of
from extract.learned.network import network


def test_what_the_gate_knows_of_a_sentence(nlp: Language) -> None:
    doc = nlp("Холдинг «Заречье» купил завод за 5 млн руб. Погода была ясной.")
    first, second = traits_of(words_of(doc), things_of(doc))
    signs = {lemma: SIGNS[sign] for lemma, sign in zip(first.lemmas, first.signs, strict=True)}
    assert signs["купить"] == ""
    assert signs["заречье"] == "*ORG"
    assert signs["млн"] == "*money"
    assert "." not in first.lemmas
    assert "погода" in second.lemmas
    assert not any(second.signs)


def test_sentences_that_cannot_hold_a_deal_stay_out(nlp: Language) -> None:
    doc = nlp("Холдинг «Заречье» купил завод «Прогресс» за 5 млн руб. Погода была ясной.")
    gate = network().gate
    assert gate is not None
    assert gate.passing(words_of(doc), things_of(doc)) == {0}


def test_sentences_that_prove_frames_pass(nlp: Language) -> None:
    texts = [proof.text for frame in load_rules().frames for proof in frame.yes]
    gate = network().gate
    assert gate is not None
    passed = [bool(gate.passing(words_of(doc), things_of(doc))) for doc in nlp.pipe(texts)]
    assert len(texts) > 100
    assert sum(passed) >= 0.98 * len(texts)
