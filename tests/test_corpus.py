"""The corpus of our own: the annotation is true to the texts and legal by the types."""

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, get_args

import pytest

from extract.deals.rulebook import load_rules
from extract.record import LocationKind, OrganizationKind

CORPUS = Path(__file__).parents[1] / "corpus"
GOLD = [json.loads(line) for line in (CORPUS / "gold.jsonl").read_text("utf-8").splitlines()]
DEALS = [deal for article in GOLD for deal in article["deals"]]

each_article = pytest.mark.parametrize("article", GOLD, ids=[article["id"] for article in GOLD])


def places(article: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for layer in ("organizations", "people", "locations", "dates", "amounts"):
        for found in article[layer]:
            assert found["mentions"], found
            yield from found["mentions"]
    for deal in article["deals"]:
        assert deal["evidence"], deal
        yield from deal["evidence"]
    for relation in article["relations"]:
        yield relation["evidence"]


def names(article: dict[str, Any]) -> set[str]:
    return {found["name"] for layer in ("organizations", "people", "locations") for found in article[layer]}


def test_every_article_is_annotated_once() -> None:
    files = sorted(path.stem for path in (CORPUS / "articles").glob("*.txt"))
    assert [article["id"] for article in GOLD] == files
    assert len(files) >= 40


@each_article
def test_the_text_is_the_file(article: dict[str, Any]) -> None:
    text = (CORPUS / "articles" / f"{article['id']}.txt").read_bytes().decode()
    assert article["text"] == text
    assert 600 <= len(text) <= 2500
    assert date.fromisoformat(article["published"]).isoformat() == article["id"][:10]


@each_article
def test_every_offset_is_true(article: dict[str, Any]) -> None:
    for place in places(article):
        assert article["text"][place["start"] : place["end"]] == place["text"]


@each_article
def test_deals_are_legal(article: dict[str, Any]) -> None:
    known = load_rules()
    entities = names(article)
    for deal in article["deals"]:
        assert deal["status"] in known.statuses
        assert deal["participants"]
        for participant in deal["participants"]:
            assert participant["role"] in known.types[deal["type"]].roles
            assert participant["name"] in entities
        if deal["amount"]:
            assert deal["amount"]["value"] > 0
            assert len(deal["amount"]["currency"]) == 3


@each_article
def test_entities_are_legal(article: dict[str, Any]) -> None:
    assert all(found["kind"] in get_args(OrganizationKind) for found in article["organizations"])
    assert all(found["kind"] in get_args(LocationKind) for found in article["locations"])
    assert all(found["kind"] in ("money", "percent", "quantity") for found in article["amounts"])
    assert all(position["title"] for person in article["people"] for position in person["positions"])


def test_every_type_and_status_is_there() -> None:
    types = Counter(deal["type"] for deal in DEALS)
    assert all(types[name] >= 2 for name in load_rules().types)
    assert {deal["status"] for deal in DEALS} == set(load_rules().statuses)
    assert sum(not article["deals"] for article in GOLD) >= 8
