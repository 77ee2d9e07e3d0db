"""`extract-ru eval --html`: gold beside prediction."""

from collections import Counter
from pathlib import Path

import pytest

import extract
from extract.evaluation.gold import read
from extract.evaluation.predictions import predict
from extract.evaluation.samples import Deal, Sample, Span
from extract.evaluation.scoring import Evaluation, score
from extract.pages.errors import write_errors
from extract.pages.labels import labels

GOLD = Path(__file__).parents[2] / "corpus" / "gold.jsonl"


@pytest.fixture(scope="module")
def evaluation(extractor: extract.Extractor) -> Evaluation:
    samples = read(GOLD)
    return score(samples, predict(extractor, samples))


@pytest.fixture(scope="module")
def errors(evaluation: Evaluation, tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("errors") / "errors.html"
    write_errors(evaluation, read(GOLD), out)
    return out


def test_every_cause_has_a_name(evaluation: Evaluation) -> None:
    causes = {item.cause.split(" (")[0] for article in evaluation.articles for item in article.items}
    assert causes - {""} <= set(labels()["causes"])


def test_misses_and_false_alarms_are_counted_and_filtered(look, errors: Path, evaluation: Evaluation) -> None:
    page = look(errors)
    items = [item for article in evaluation.articles for item in article.items]
    deals = Counter(item.outcome for item in items if item.layer == "deals")
    assert page.inner_text("#found").endswith(f"пропущено: {deals['missed']}, лишнего: {deals['false']}")
    page.select_option("[name=layer]", "")
    page.select_option("[name=outcome]", "missed")
    cause = Counter(item.cause.split(" (")[0] for item in items if item.outcome == "missed" and item.cause).most_common(
        1
    )
    page.select_option("[name=cause]", cause[0][0])
    assert f"пропущено: {cause[0][1]}," in page.inner_text("#found")
    assert page.locator(".judged li.false").count() == 0
    assert page.locator(".judged li.missed").count() > 0
    page.click("[type=reset]")
    page.wait_for_timeout(100)
    wrong = Counter(item.outcome for item in items)
    assert f"пропущено: {wrong['missed']}, лишнего: {wrong['false']}" in page.inner_text("#found")


def test_an_error_leads_to_its_place(look, errors: Path) -> None:
    page = look(errors)
    page.locator(".judged li .link").first.click()
    mark = page.locator("mark:focus")
    assert mark.count() == 1
    assert mark.is_visible()


def test_phone_width(look, errors: Path) -> None:
    page = look(errors, 390, 800)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_hostile_gold_runs_nothing(look, tmp_path: Path) -> None:
    name = "</script><img src=x onerror=alert(1)>"
    gold = Sample(
        f"{name} купил завод.", name, title=name, spans=[Span(0, len(name), "ORG")], span_types=frozenset({"ORG"})
    )
    gold.deals = [Deal("acquisition", "completed", (("buyer", name),), evidence=((0, len(name)),), rule=name)]
    predicted = Sample(gold.text, name, spans=[], span_types=gold.span_types, deals=[])
    out = tmp_path / "errors.html"
    write_errors(score([gold], [predicted]), [gold], out)
    page = look(out)
    assert page.inner_text(".judged h2") == name
    assert name in page.inner_text(".judged li.missed")
    assert page.locator("body img").count() == 0
