import random

import pytest
import spacy
from spacy.scorer import Scorer
from spacy.tokens import Span as SpacySpan
from spacy.training import Example

from extract.evaluation.entities import outermost, score_dates, score_mentions, score_names, trimmed
from extract.evaluation.samples import DateMention, Entity, Sample, Span
from extract.evaluation.scores import ArticleScore, Counts

TEXT = "Глава компании «Лотос» Анна Громова прилетела в Омск 3 мая."


def sample(text: str, *spans: Span, types: str = "PER ORG LOC DATE MONEY") -> Sample:
    return Sample(text, "a", spans=list(spans), span_types=frozenset(types.split()))


def at(text: str, surface: str, type: str, ignored: bool = False) -> Span:
    start = text.index(surface)
    return Span(start, start + len(surface), type, ignored)


def counts(gold: Sample, predicted: Sample, measure: str) -> list[float]:
    score = ArticleScore("a")
    score_mentions(gold, predicted, score)
    return score.counts.get(measure, Counts()).as_list()


@pytest.mark.parametrize(
    ("surface", "rest"),
    [
        ("«Лотос»", "Лотос"),
        ("в начале мая", "начале мая"),
        ("до 5 млн руб.", "5 млн руб"),
        ("около 40 тысяч тенге", "40 тысяч тенге"),
        ("«Лотос", "Лотос"),
        ("с 1 по 3 июня,", "1 по 3 июня"),
        ("Вологда", "Вологда"),
        ("Сочи", "Сочи"),
        ("»", "»"),
    ],
)
def test_edges_are_trimmed(surface: str, rest: str) -> None:
    text = f"так {surface} вот"
    span = trimmed(text, Span(4, 4 + len(surface), "ORG"))
    assert text[span.start : span.end] == rest


def test_quotes_make_no_difference() -> None:
    gold, predicted = sample(TEXT, at(TEXT, "«Лотос»", "ORG")), sample(TEXT, at(TEXT, "Лотос", "ORG"))
    assert counts(gold, predicted, "entities.exact") == [1, 1, 1, 1]


def test_overlap_needs_the_type() -> None:
    gold = sample(TEXT, at(TEXT, "Анна Громова", "PER"), at(TEXT, "Омск", "LOC"))
    predicted = sample(TEXT, at(TEXT, "Громова", "PER"), at(TEXT, "Омск", "ORG"))
    assert counts(gold, predicted, "entities.exact") == [0, 0, 2, 2]
    assert counts(gold, predicted, "entities.overlap") == [1, 1, 2, 2]
    assert counts(gold, predicted, "entities.overlap.PER") == [1, 1, 1, 1]


def test_nested_gold() -> None:
    text = "Верховный суд Омской области"
    whole, part = at(text, text, "ORG"), at(text, "Верховный суд", "ORG")
    assert counts(sample(text, whole, part), sample(text, part), "entities.exact.ORG") == [0, 1, 1, 1]
    assert counts(sample(text, whole, part), sample(text, whole), "entities.exact.ORG") == [1, 1, 1, 1]
    assert counts(sample(text, whole, at(text, "Омской области", "LOC")), sample(text), "entities.exact.LOC") == [
        0,
        0,
        1,
        0,
    ]


def test_outermost_is_within_a_type() -> None:
    spans = [Span(0, 9, "ORG"), Span(0, 4, "ORG"), Span(5, 9, "LOC")]
    assert outermost(spans) == [spans[0], spans[2]]


def test_organizations_without_a_capital_are_left_out() -> None:
    text = "банки и Сбыт ждут"
    gold = sample(text, at(text, "банки", "ORG"), at(text, "Сбыт", "ORG"))
    assert counts(gold, sample(text, at(text, "банки", "ORG")), "entities.exact.ORG") == [0, 0, 1, 0]


def test_anaphors_are_left_out() -> None:
    gold = sample(TEXT, at(TEXT, "Анна Громова", "PER"))
    predicted = sample(TEXT, at(TEXT, "Анна Громова", "PER"), at(TEXT, "Глава", "PER", ignored=True))
    assert counts(gold, predicted, "entities.exact.PER") == [1, 1, 1, 1]


def test_types_that_gold_lacks_are_not_scored() -> None:
    gold = sample(TEXT, at(TEXT, "Омск", "LOC"), types="LOC")
    predicted = sample(TEXT, at(TEXT, "Омск", "LOC"), at(TEXT, "Анна Громова", "PER"))
    assert counts(gold, predicted, "entities.exact") == [1, 1, 1, 1]


def test_causes() -> None:
    gold = sample(TEXT, at(TEXT, "Анна Громова", "PER"), at(TEXT, "Омск", "LOC"), at(TEXT, "3 мая", "DATE"))
    predicted = sample(TEXT, at(TEXT, "Громова", "PER"), at(TEXT, "Омск", "ORG"))
    score = ArticleScore("a")
    score_mentions(gold, predicted, score)
    causes = {(item.outcome, item.type): item.cause for item in score.items}
    assert causes == {
        ("missed", "PER"): "entity boundary",
        ("false", "PER"): "entity boundary",
        ("missed", "LOC"): "type wrong",
        ("false", "ORG"): "type wrong",
        ("missed", "DATE"): "",
    }


@pytest.mark.parametrize("seed", range(20))
def test_counts_agree_with_spacy_on_flat_untrimmed_spans(seed: int) -> None:
    draw = random.Random(seed)
    nlp = spacy.blank("ru")
    golds, preds, examples = [], [], []
    for number in range(5):
        doc = nlp(" ".join(draw.choice(["Омск", "Лотос", "Громова", "вчера"]) for _ in range(12)))
        gold_doc, predicted_doc = doc.copy(), doc.copy()
        for copy, samples in ((gold_doc, golds), (predicted_doc, preds)):
            copy.ents = _flat_spans(copy, draw)
            spans = [Span(span.start_char, span.end_char, span.label_) for span in copy.ents]
            samples.append(Sample(doc.text, str(number), spans=spans, span_types=frozenset({"PER", "LOC"})))
        examples.append(Example(predicted_doc, gold_doc))
    total = ArticleScore("all")
    for gold, predicted in zip(golds, preds, strict=True):
        score_mentions(gold, predicted, total, trim=False)
    theirs = Scorer.score_spans(examples, "ents")
    ours = total.counts["entities.exact"]
    assert ours.precision == pytest.approx(theirs["ents_p"])
    assert ours.recall == pytest.approx(theirs["ents_r"])
    assert ours.f1 == pytest.approx(theirs["ents_f"])
    for type, figures in theirs["ents_per_type"].items():
        assert total.counts[f"entities.exact.{type}"].f1 == pytest.approx(figures["f"])


def _flat_spans(doc: spacy.tokens.Doc, draw: random.Random) -> list[SpacySpan]:
    starts = sorted(draw.sample(range(0, 12, 2), 4))
    return [SpacySpan(doc, start, start + draw.choice([1, 2]), draw.choice(["PER", "LOC"])) for start in starts]


def test_names_pair_entities_by_their_mentions() -> None:
    gold = Sample("", "a", entities=[Entity("PER", ("Анна Громова", "Громова Анна"), ((0, 5),))])
    for name, right in (("Анна Громова", 1), ("Громова", 1), ("Громову", 1), ("Олег Сомов", 0)):
        score = ArticleScore("a")
        score_names(gold, Sample("", "a", entities=[Entity("PER", (name,), ((3, 9),))]), score)
        assert score.counts["names.PER"].as_list() == [right, right, 1, 1]


def test_one_thing_taken_for_two_is_one_name_too_many() -> None:
    gold = Sample("", "a", entities=[Entity("ORG", ("Лотос",), ((0, 5), (10, 15)))])
    predicted = Sample(
        "", "a", entities=[Entity("ORG", ("Лотос",), ((0, 5),)), Entity("ORG", ("Лотоса",), ((10, 15),))]
    )
    score = ArticleScore("a")
    score_names(gold, predicted, score)
    assert score.counts["names"].as_list() == [1, 1, 1, 2]


def dates(gold: list[DateMention], predicted: list[DateMention], text: str = "") -> list[float]:
    score = ArticleScore("a")
    score_dates(Sample(text, "a", dates=gold), Sample(text, "a", dates=predicted), score)
    return score.counts["dates"].as_list()


def test_dates_need_an_overlap_and_the_value() -> None:
    gold = [DateMention(5, 10, "2023-05-03")]
    assert dates(gold, [DateMention(3, 10, "2023-05-03")]) == [1, 1, 1, 1]
    assert dates(gold, [DateMention(3, 10, "2023-05")]) == [0, 0, 1, 1]
    assert dates(gold, [DateMention(10, 12, "2023-05-03")]) == [0, 0, 1, 1]
    assert dates(gold, [DateMention(3, 7, "2023-05-03"), DateMention(8, 10, "2023-05-03")]) == [1, 1, 1, 2]


def test_optional_dates_count_neither_way() -> None:
    gold = [DateMention(0, 4, "2023", optional=True)]
    assert dates(gold, []) == [0, 0, 0, 0]
    assert dates(gold, [DateMention(0, 4, "2023")]) == [0, 0, 0, 0]
    assert dates(gold, [DateMention(0, 4, "2024")]) == [0, 0, 0, 1]


def test_dates_of_an_unannotated_headline_are_left_out() -> None:
    text = "Итоги 2023 года\n\nВ 2023 году выпал снег."
    headline, body = DateMention(6, 15, "2023"), DateMention(19, 28, "2023")
    assert dates([body], [headline, body], text) == [1, 1, 1, 1]
    assert dates([headline, body], [body], text) == [1, 1, 2, 1]
