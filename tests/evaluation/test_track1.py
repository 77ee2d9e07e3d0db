import re

import pytest

from extract.evaluation.samples import Sample, Span, TokenSet
from extract.evaluation.scores import ArticleScore
from extract.evaluation.track1 import score_track1

TEXT = "мэрия города Омска и банк Сокол"
WORDS = {match.group(): match.span() for match in re.finditer(r"\w+", TEXT)}


def mention(type: str, tokens: str, named: str = "") -> TokenSet:
    return TokenSet(
        type, frozenset(WORDS[word] for word in tokens.split()), frozenset(WORDS[word] for word in named.split())
    )


def span(type: str, surface: str) -> Span:
    start = TEXT.index(surface)
    return Span(start, start + len(surface), type)


def counts(gold: list[TokenSet], predicted: list[Span], measure: str = "track1") -> list[float]:
    score = ArticleScore("a")
    sample = Sample(TEXT, "a", spans=[], tokens=list(WORDS.values()), token_sets=gold)
    score_track1(sample, Sample(TEXT, "a", spans=predicted), score)
    return score.counts[measure].as_list()


BANK = mention("ORG", "банк Сокол", "Сокол")


@pytest.mark.parametrize(("surface", "worth"), [("Сокол", 1), ("банк Сокол", 1), ("и банк Сокол", 1 / 2), ("банк", 0)])
def test_a_descriptor_may_be_left_out(surface: str, worth: float) -> None:
    assert counts([BANK], [span("ORG", surface)]) == pytest.approx([worth, worth, 1, 1])


def test_other_type_is_no_match() -> None:
    assert counts([BANK], [span("LOC", "Сокол")]) == [0, 0, 1, 1]
    assert counts([BANK], [span("LOC", "Сокол")], "track1.LOC") == [0, 0, 0, 1]


def test_what_lies_within_another_is_left_out_on_both_sides() -> None:
    office, city = mention("ORG", "мэрия города Омска", "Омска"), mention("LOC", "города Омска", "Омска")
    assert counts([office, city], []) == [0, 0, 1, 0]
    assert counts([office, city], [span("LOC", "Омска")]) == [0, 0, 1, 0]
    assert counts([office, city], [span("ORG", "мэрия города Омска")]) == [1, 1, 1, 1]


def test_unnamed_is_left_out() -> None:
    assert counts([mention("ORG", "мэрия")], []) == [0, 0, 0, 0]
    assert counts([mention("ORG", "мэрия")], [span("ORG", "мэрия")]) == [0, 0, 0, 0]


def test_of_a_place_and_organization_at_once_the_one_found_counts() -> None:
    both = [mention("LOC", "Сокол", "Сокол"), mention("ORG", "Сокол", "Сокол")]
    assert counts(both, [span("LOC", "Сокол")], "track1.LOC") == [1, 1, 1, 1]
    assert counts(both, [span("ORG", "Сокол")], "track1.LOC") == [0, 0, 0, 0]
    assert counts(both, [], "track1.LOC") == [0, 0, 0, 0]
