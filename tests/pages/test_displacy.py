"""displaCy shows entities and deals."""

from spacy import displacy
from spacy.language import Language

from extract.pages.displacy import deal_spans

TEXT = "Компания «Лютик» купила у банка «Заречье» завод «Василёк» за 5 млн рублей."


def test_deals_are_spans(nlp: Language) -> None:
    doc = deal_spans(nlp(TEXT))
    found = {(span.text, span.label_) for span in doc.spans["sc"]}
    assert {("Лютик", "покупатель"), ("Заречье", "продавец"), ("Василёк", "предмет сделки")} <= found
    assert any(span.label_ == "покупка" for span in doc.spans["sc"])
    html = displacy.render(doc, style="span", jupyter=False)
    assert "покупатель" in html


def test_entities_are_shown_by_displacy_itself(nlp: Language) -> None:
    html = displacy.render(nlp(TEXT), style="ent", jupyter=False)
    assert "Заречье" in html and "ORG" in html


def test_no_deals_no_spans(nlp: Language) -> None:
    assert list(deal_spans(nlp("Дождь идёт."), key="deals").spans["deals"]) == []
