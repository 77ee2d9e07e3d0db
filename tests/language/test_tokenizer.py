"""Tokens and sentences: the Doc's text is the article's, whatever is in it."""

import pytest
import razdel
from hypothesis import given
from hypothesis import strategies as st
from spacy.language import Language

from extract.language import tokenizer
from extract.language.tokenizer import LONGEST_BLOCK, LONGEST_SENTENCE, blocks


def tokens(nlp: Language, text: str) -> list[str]:
    return [token.text for token in nlp.make_doc(text) if not token.is_space]


def sentences(nlp: Language, text: str) -> list[str]:
    return [sentence.text.strip() for sentence in nlp.make_doc(text).sents]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ООО «Кедр-2» купило 25,5% акций.", "ООО|«|Кедр-2|»|купило|25,5|%|акций|."),
        ("кредит на $20 млн", "кредит|на|$|20|млн"),
        ("«Кедр» — банк,а «Ель»– нет…", "«|Кедр|»|—|банк|,|а|«|Ель|»|–|нет|…"),
        ("5\u00a0млн\u00a0руб.", "5|млн|руб|."),
        ("убыток -5,3 и $500, 10 евро, 5- 7 шт., 2 млн₽", "убыток|-|5,3|и|$|500|,|10|евро|,|5|-|7|шт|.|,|2|млн|₽"),
        ("14.07.2023", "14.07.2023"),
        ("из-за Ростова-на-Дону", "из-за|Ростова-на-Дону"),
        ("ком\u00adпания «Лю\u00adтик»", "ком\u00adпания|«|Лю\u00adтик|»"),
        ("бои\u0306цы", "бои\u0306цы"),
        ("👍🏽 «Кедр»", "👍🏽|«|Кедр|»"),
    ],
)
def test_tokens(nlp: Language, text: str, expected: str) -> None:
    assert tokens(nlp, text) == expected.split("|")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Банк выдал кредит. Сумма не названа.", ["Банк выдал кредит.", "Сумма не названа."]),
        ("Сумма — 5 млн руб. Срок — год.", ["Сумма — 5 млн руб.", "Срок — год."]),
        ("Об этом сказал А. С. Лапин в г. Туле.", ["Об этом сказал А. С. Лапин в г. Туле."]),
        (
            "Банк «Заречье» купит «Кедр»\n\nСделку закроют в мае.",
            ["Банк «Заречье» купит «Кедр»", "Сделку закроют в мае."],
        ),
        (
            "Банк «Заречье» купит «Кедр»\nСделку закроют в мае.",
            ["Банк «Заречье» купит «Кедр»", "Сделку закроют в мае."],
        ),
        ("Банк «Заречье»\r\n\r\nСделка", ["Банк «Заречье»", "Сделка"]),
        ("Банк сообщил, что\nкупит «Кедр».", ["Банк сообщил, что\nкупит «Кедр»."]),  # broken by width
        (
            "Как сообщила во вторник пресс-служба банка, переговоры с компанией\n"
            "«Кедр» о покупке лесопилки в Вологде завершены, и договор подписан.",
            [
                "Как сообщила во вторник пресс-служба банка, переговоры с компанией",
                "«Кедр» о покупке лесопилки в Вологде завершены, и договор подписан.",
            ],
        ),
        ("", []),
        (" \n", [""]),
    ],
)
def test_sentences(nlp: Language, text: str, expected: list[str]) -> None:
    assert sentences(nlp, text) == expected


@given(st.text("аБ Ёй.,!«»—-1%$a\u0306\u00ad\u00a0\u200b👍\r\n\t", max_size=120))
def test_the_text_is_kept(nlp: Language, text: str) -> None:
    doc = nlp.make_doc(text)
    assert doc.text == text
    assert [text[token.idx : token.idx + len(token)] for token in doc] == [token.text for token in doc]
    assert all(token.text.strip() == token.text for token in doc if token.norm_ != " ")


def test_norms_are_mended_and_folded(nlp: Language) -> None:
    doc = nlp.make_doc("Ком\u00adпания Cбepбaнк, бои\u0306 и Ёлка")
    assert [token.norm_ for token in doc] == ["компания", "сбербанк", ",", "бой", "и", "елка"]


def test_a_lone_surrogate_is_refused(nlp: Language) -> None:
    with pytest.raises(ValueError, match="lone surrogate at offset 5"):
        nlp.make_doc("Банк \udcff")


def test_a_sentence_without_end_is_cut(nlp: Language) -> None:
    doc = nlp.make_doc("банк, " * 1000)
    assert max(len(sentence) for sentence in doc.sents) <= LONGEST_SENTENCE


def test_a_text_without_line_breaks_is_cut_between_sentences(nlp: Language) -> None:
    sentence = "Банк выдал кредит на год. "
    doc = nlp.make_doc(sentence * (3 * LONGEST_BLOCK // len(sentence)))
    assert {found.text for found in doc.sents} == {sentence.strip()}


@given(st.text("аБ.\n ", max_size=60))
def test_blocks_leave_out_nothing_but_white_space(text: str) -> None:
    end = 0
    for start, stop in blocks(text):
        assert not text[end:start].strip()
        assert text[start:stop].strip()
        end = stop
    assert not text[end:].strip()


@given(st.text(st.sampled_from("аБёaZ19-–_.,/\\!?«»()Δ№ \t\n\u00a0:ЪK"), max_size=30))
def test_tokens_are_razdels(text: str) -> None:
    assert list(tokenizer.tokens(text)) == [(token.start, token.stop, token.text) for token in razdel.tokenize(text)]


@given(st.text(max_size=30))
def test_tokens_of_any_text_are_razdels(text: str) -> None:
    assert list(tokenizer.tokens(text)) == [(token.start, token.stop, token.text) for token in razdel.tokenize(text)]
