"""What `extract-ru explain` tells of an article."""

import extract
from extract.deals.explain import explain


def told(extractor: extract.Extractor, text: str) -> str:
    return explain(extractor.doc(extract.Article(text)), extractor.nlp)


def test_paths_to_roles(extractor: extract.Extractor) -> None:
    text = told(extractor, "Холдинг «Заречье» купил завод «Прогресс» у группы «Веста».")
    assert "✓ acquisition/buy" in text
    assert "buyer: Заречье — subject, по дереву: Холдинг —nsubj→ купил" in text
    assert "seller: Веста — у gen" in text


def test_why_frames_lose(extractor: extract.Extractor) -> None:
    text = told(extractor, "Компания «Заречье» приобрела популярность.")
    assert "✗ acquisition/buy: рядом слово «популярность» из without" in text
    assert text.endswith("нет")


def test_deals_below_the_threshold_are_told(extractor: extract.Extractor) -> None:
    text = told(extractor, "В городе обсуждали поставки «Сосны».")
    assert "не попадает" in text or text.endswith("нет")
