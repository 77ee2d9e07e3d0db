"""Plain sentences and their variants: a fixed sample; `measure.py` tries them all."""

from collections import Counter
from itertools import groupby

import pytest
from forms import agreeing
from outcomes import Outcome, outcome, outcomes
from variants import Told, Variant, every_variant, sentences, styles

import extract
from extract.deals.rulebook import load_rules
from extract.record import Deal, Participant, Record

SAMPLE = 2000
LEAST_BASES = 0.77  # of the sentences right
LEAST_KEPT = 0.82  # of the variants of these


@pytest.fixture(scope="module")
def every() -> list[Variant]:
    return every_variant()


def test_variants_are_many_and_of_all_types(every: list[Variant]) -> None:
    assert len(every) >= 20_000
    assert len(sentences()) >= 300
    known = {name for name, kind in load_rules().types.items() if not kind.relation}
    assert {sentence.type for sentence in sentences()} == known
    assert len({variant.id for variant in every}) == len(every)


def test_plain_sentences_stay_right(every: list[Variant], extractor: extract.Extractor) -> None:
    bases = [variant for variant in every if variant.change == "base"]
    others = [variant for variant in every if variant.change != "base"]
    chosen = bases + others[:: len(others) // (SAMPLE - len(bases)) + 1]
    found = list(outcomes(extractor, chosen))
    right = {variant.base for variant, what in found if variant.change == "base" and what == "right"}
    kept = [what for variant, what in found if variant.change != "base" and variant.base in right]
    assert len(right) / len(bases) >= LEAST_BASES, Counter(what for v, what in found if v.change == "base")
    assert kept.count("right") / len(kept) >= LEAST_KEPT, Counter(kept)


@pytest.mark.parametrize(
    ("name", "case", "form"),
    [
        ("«Онежские верфи»", "gent", "«Онежских верфей»"),
        ("компания «Кедр»", "datv", "компании «Кедр»"),
        ("ООО «Бежецкий молочный завод»", "ablt", "ООО «Бежецкий молочный завод»"),
        ("крупнейший в регионе производитель мебели «Лад»", "gent", "крупнейшего в регионе производителя мебели «Лад»"),
        ("Иван Петров", "datv", "Ивану Петрову"),
    ],
)
def test_names_are_inflected(name: str, case: str, form: str) -> None:
    found = next(one for group in styles().values() for one in group if one.form("nomn") == name)
    assert found.form(case) == form


@pytest.mark.parametrize(
    ("lemma", "form", "agrees", "word"),
    [
        ("купить", "past", "plur", "купили"),
        ("купить", "prts", "femn", "куплена"),
        ("купить", "futr", "neut", "купит"),
        ("намеренный", "adjs", "plur", "намерены"),
        ("купивший", "nomn", "femn", "купившая"),
    ],
)
def test_words_agree(lemma: str, form: str, agrees: str, word: str) -> None:
    assert agreeing(lemma, form, agrees) == word


def _record(*deals: tuple[str, dict[str, str]]) -> Record:
    told = [
        Deal.model_construct(
            type=type, participants=[Participant.model_construct(role=r, name=n) for n, r in who.items()]
        )
        for type, who in deals
    ]
    return Record.model_construct(deals=told)


@pytest.mark.parametrize(
    ("deals", "expected"),
    [
        ([("acquisition", {"Кедр": "buyer", "Сосна": "target"})], "right"),
        ([("acquisition", {"Сосна": "buyer", "Кедр": "target"})], "roles mixed"),
        ([("acquisition", {"Кедр": "buyer"})], "partly"),
        ([("supply", {"Кедр": "supplier", "Сосна": "customer"})], "another type"),
        ([], "missed"),
        ([("acquisition", {"Кедр": "buyer", "Сосна": "target"}), ("loan", {"Кедр": "borrower"})], "one too many"),
    ],
)
def test_outcomes(deals: list[tuple[str, dict[str, str]]], expected: Outcome) -> None:
    names = {name.name: name for group in styles().values() for name in group}
    told = Told("acquisition", "completed", {"buyer": names["Кедр"], "target": names["Сосна"]})
    assert outcome(Variant("1", "1", "base", "", (told,)), _record(*deals)) == expected


def test_swapped_names_swap_in_the_text(every: list[Variant]) -> None:
    for _, group in groupby((v for v in every if v.change in {"base", "names swapped"}), lambda v: v.base):
        base, *swapped = group
        assert all(variant.text != base.text for variant in swapped)
