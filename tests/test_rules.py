"""The loader of the rules' data."""

import re

import pytest

from extract.rules import alternatives, key_of, words_in


@pytest.mark.parametrize(("written", "found"), [("года, в среду", "года"), ("год", "год"), ("г.", "г."), ("г", None)])
def test_alternatives_are_tried_longest_first_and_as_written(written: str, found: str | None) -> None:
    match = re.match(alternatives("articles", "dateline", "year_words"), written)
    assert (match and match.group()) == found


def test_several_lists_are_read_as_one_or_told_apart() -> None:
    assert {"без", "благодаря"} < words_in("inflection", "prepositions")
    assert key_of("inflection", "prepositions")["за"] == "Acc"
