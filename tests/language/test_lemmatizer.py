"""Lemmas that agree with the tags."""

import pytest
from spacy.language import Language

from extract.language import morphology


@pytest.mark.parametrize(
    ("text", "lemmas"),
    [
        ("Компании подписали договоры.", "компания подписать договор ."),
        ("Он купил акции банков.", "он купить акция банк ."),
        ("Подписанный документ вступил в силу.", "подписать документ вступить в сила ."),  # a participle
        ("Сделка одобрена, покупая завод.", "сделка одобрить , покупать завод ."),
        ("Суд в Твери оштрафовал «Кедр».", "суд в тверь оштрафовать « кедр » ."),
        ("Ёлки и мёд", "елка и мед"),
        ("IBM купила Red Hat за $34 млрд", "ibm купить red hat за $ 34 млрд"),
        ("Cбepбaнк выдал кре\u00adдиты", "сбербанк выдать кредит"),
    ],
)
def test_lemmas(nlp: Language, text: str, lemmas: str) -> None:
    assert [token.lemma_ for token in nlp(text) if not token.is_space] == lemmas.split()


@pytest.mark.parametrize(
    ("word", "pos", "features", "lemma"),
    [
        ("стали", "VERB", "Number=Plur|Tense=Past|VerbForm=Fin", "стать"),
        ("стали", "NOUN", "Case=Gen|Gender=Fem|Number=Sing", "сталь"),
        ("банка", "NOUN", "Case=Gen|Gender=Masc|Number=Sing", "банк"),
        ("банка", "NOUN", "Case=Nom|Gender=Fem|Number=Sing", "банка"),
        ("доли", "NOUN", "Case=Gen|Gender=Fem|Number=Sing", "доля"),
        ("купленный", "VERB", "Case=Nom|VerbForm=Part", "купить"),
        ("мёда", "NOUN", "Case=Gen|Gender=Masc|Number=Sing", "мед"),
    ],
)
def test_the_tag_decides_between_readings(word: str, pos: str, features: str, lemma: str) -> None:
    assert morphology.lemma(word, pos, features) == lemma


@pytest.mark.parametrize(
    ("word", "cases"),
    [
        ("завод", {"Nom", "Acc"}),
        ("заводу", {"Dat"}),
        ("лесу", {"Dat", "Loc"}),
        ("компании", {"Gen", "Dat", "Loc", "Nom", "Acc"}),
        ("купил", set()),
    ],
)
def test_possible_cases(word: str, cases: set[str]) -> None:
    assert morphology.possible_cases(word) >= cases
    assert bool(morphology.possible_cases(word)) == bool(cases)


def test_inner_white_space_and_signs_are_their_own_lemmas(nlp: Language) -> None:
    assert [token.lemma_ for token in nlp("25% — 1,5")] == ["25", "%", "—", "1,5"]
