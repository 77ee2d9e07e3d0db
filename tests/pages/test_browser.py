"""The pages in a real browser, as somebody uses them. Every page is also asserted to say nothing on its console.

`REPORT_RECORDS=records.jsonl` runs the tests of the report on those records instead of the corpus.
"""

import csv
import io
import os
import time
from collections import Counter
from pathlib import Path

import pytest

from extract.pages.labels import labels
from extract.pages.records import read_records
from extract.pages.report import write_report
from extract.record import Record

ROWS = "#deals tbody tr"
HOSTILE = [
    "<script>hit('script')</script>",
    "</script><script>hit('closed')</script>",
    "<img src=x onerror=\"hit('image')\">",
    "javascript:hit('address')",
    "\"><svg onload=hit('svg')>",
    "{{constructor.constructor('hit()')()}}",
    "<!--<script>",
    "${hit('template')}",
    "__proto__",
]


@pytest.fixture(scope="session")
def shown(request) -> list[Record]:
    given = os.environ.get("REPORT_RECORDS")
    return list(read_records(Path(given))) if given else request.getfixturevalue("records")


@pytest.fixture(scope="session")
def report(shown: list[Record], tmp_path_factory) -> Path:
    out = tmp_path_factory.mktemp("report") / "report.html"
    write_report(shown, out)
    return out


def found(page) -> int:
    """The number of deals that the page says it shows, once it has settled."""
    page.wait_for_timeout(250)
    text = page.inner_text("#found").replace("\xa0", "").split()[0]
    return int(text) if text.isdigit() else 0


def test_filter_by_type_and_status(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    deals = [deal for record in shown for deal in record.deals]
    assert found(page) == len(deals)
    kind = Counter(deal.type for deal in deals).most_common(1)[0][0]
    page.select_option("[name=type]", kind)
    assert found(page) == sum(deal.type == kind for deal in deals)
    status = next(deal.status for deal in deals if deal.type == kind)
    page.select_option("[name=status]", status)
    assert found(page) == sum((deal.type, deal.status) == (kind, status) for deal in deals)
    page.click("#filters [type=reset]")
    assert found(page) == len(deals)


def test_filter_by_participant_confidence_and_period(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    deals = [deal for record in shown for deal in record.deals]
    name = Counter(party.name for deal in deals for party in deal.participants).most_common(1)[0][0]
    page.fill("[name=party]", name.upper())
    assert found(page) >= sum(any(party.name == name for party in deal.participants) for deal in deals) > 0
    page.fill("[name=party]", "")
    page.fill("[name=confidence]", "0.7")
    assert found(page) == sum(deal.confidence >= 0.7 for deal in deals)
    page.fill("[name=confidence]", "0")
    page.fill("[name=from]", "2999-01-01")
    assert found(page) == 0
    assert "Снимите часть условий" in page.inner_text("#found")
    page.fill("[name=from]", "")
    page.fill("[name=to]", "2999-01-01")
    assert found(page) > 0


def test_sort_by_sum_puts_unknown_ones_last(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    head = page.locator("#deals thead th").nth(4)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    most = max(deal.amount.value for record in shown for deal in record.deals if deal.amount)
    first = page.locator(f"{ROWS} td:nth-child(5)").first
    assert int("".join(filter(str.isdigit, first.get_attribute("title").split(",")[0]))) == int(most)
    head.locator("button").click()
    assert head.get_attribute("aria-sort") == "ascending"
    assert page.locator(f"{ROWS} td:nth-child(5)").first.inner_text() != "—"


def test_deal_leads_to_its_evidence(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    page.locator(f"{ROWS} a").first.click()
    title = page.inner_text("#reader h2")
    record = next(record for record in shown if record.title == title and record.deals)
    evidence = page.locator("#reader .evidence")
    assert evidence.first.is_visible()
    read = "".join(evidence.all_inner_texts())
    assert any(place.text.split()[0] in read for deal in record.deals for place in deal.evidence)
    assert page.locator("#reader .card[aria-pressed=true]").count() == 1
    assert page.locator("#reader .filler").count() >= 1
    assert page.locator("#reader .lines path").count() >= 1 or page.locator("#reader .filler").count() == 1
    box, view = evidence.first.bounding_box(), page.viewport_size
    assert 0 <= box["y"] < view["height"]
    page.go_back()
    assert page.locator("#reader").is_hidden()


def test_search_finds_words_of_articles(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    word = "подписал"
    page.click("#tab-articles")
    page.fill("#search", word.upper())
    page.wait_for_timeout(300)
    count = int(page.inner_text("#tab-articles .count").replace("\xa0", ""))
    assert count == sum(word in f"{record.title} {record.text}".lower().replace("ё", "е") for record in shown)
    page.locator("#articles tbody a").first.click()
    assert page.locator("#reader article").is_visible()


def test_people_and_organizations(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    person = next(person for record in shown for person in record.people if person.positions)
    page.click("#tab-people")
    page.fill("#search", person.name)
    page.wait_for_timeout(300)
    assert person.positions[0].title in page.inner_text("#people tbody")
    page.fill("#search", "")
    page.click("#tab-organizations")
    page.wait_for_timeout(300)
    name = page.locator("#organizations tbody th").first.inner_text()
    page.locator("#organizations tbody .link").first.click()
    assert found(page) > 0
    assert all(name.lower() in row.lower() for row in page.locator(f"{ROWS} td:nth-child(4)").all_inner_texts())
    page.locator(".chip").click()
    assert found(page) == sum(len(record.deals) for record in shown)


def test_charts_are_drawn_and_lead_to_deals(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    page.click("#tab-charts")
    page.wait_for_selector(".chart.months canvas")
    assert page.locator(".chart canvas").count() == 4
    box = page.locator(".chart.active").bounding_box()
    page.locator(".chart.active canvas").click(position={"x": box["width"] * 0.35, "y": 20})
    assert page.locator("#tab-deals").get_attribute("aria-selected") == "true"
    assert page.locator(".chip").count() == 1
    assert 0 < found(page) < sum(len(record.deals) for record in shown)


def test_charts_follow_the_filter_and_have_tables(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    page.select_option("[name=type]", "acquisition")
    page.click("#tab-charts")
    page.locator("figure details summary").first.click()
    heads = page.locator("figure").first.locator("th").all_inner_texts()
    assert heads == ["Месяц", labels()["types"]["acquisition"][0], "Всего"]
    page.fill("[name=from]", "2999-01-01")
    page.wait_for_timeout(300)
    assert page.locator(".chart.empty").count() == 4


def test_filtered_rows_as_csv(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    page.select_option("[name=status]", "completed")
    count = found(page)
    with page.expect_download() as download:
        page.click("#csv")
    content = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    lines = list(csv.DictReader(io.StringIO(content, newline=""), delimiter=";"))
    assert len(lines) == count == sum(deal.status == "completed" for record in shown for deal in record.deals)
    first = lines[0]
    record = next(record for record in shown if record.id == first["статья"])
    assert first["цитата"].lstrip("'") in record.text


def test_keyboard_alone(look, report: Path) -> None:
    page = look(report)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.focus("#tab-deals")
    page.keyboard.press("ArrowRight")
    assert page.locator("#charts").is_visible()
    page.keyboard.press("ArrowLeft")
    page.locator(f"{ROWS} a").first.focus()
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second == page.locator(f"{ROWS} a").nth(1).get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_selector("#reader article")
    assert page.evaluate("document.activeElement.id") == "reader"
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # the next deal
    page.wait_for_timeout(200)
    assert page.evaluate("location.hash") != second
    page.keyboard.press("Escape")
    assert page.locator("#reader").is_hidden()
    assert page.evaluate("document.activeElement.tagName") == "A"
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.id") == "search"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_phone_width(look, report: Path, scheme: str) -> None:
    page = look(report, 390, 800, color_scheme=scheme, has_touch=True)
    for tab in ("deals", "charts", "organizations", "people", "articles"):
        page.click(f"#tab-{tab}")
        page.wait_for_timeout(100)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, tab
    page.click("#tab-deals")
    assert page.locator("#filters").is_hidden()
    page.locator("#filter-box summary").click()
    assert page.locator("#filters").is_visible()
    page.locator(f"{ROWS} a").first.click()
    assert page.locator("#reader").bounding_box()["width"] == 390
    assert page.evaluate("document.getElementById('reader').scrollWidth") <= 390
    page.locator("#reader .close").click()
    assert page.locator("#reader").is_hidden()


def test_prints_all_rows(look, report: Path, shown: list[Record]) -> None:
    page = look(report)
    found(page)
    page.emulate_media(media="print")
    page.evaluate("dispatchEvent(new Event('beforeprint'))")
    assert page.locator(ROWS).count() == sum(len(record.deals) for record in shown)
    assert page.locator("#filters").is_hidden()
    assert len(page.pdf()) > 10_000


def test_everything_has_a_name_for_screen_readers(look, report: Path) -> None:
    page = look(report)
    page.locator(f"{ROWS} a").first.click()
    nameless = page.evaluate(
        """[...document.querySelectorAll('button, input, select, a, [role=img], [role=tabpanel], aside')]
        .filter((node) =>
        !(node.ariaLabel || node.getAttribute('aria-labelledby') || node.labels?.length || node.textContent.trim()))
        .map((node) => node.outerHTML)"""
    )
    assert nameless == []


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_articles_run_nothing(look, make_record, tmp_path: Path, name: str) -> None:
    out = tmp_path / "report.html"
    write_report([make_record(buyer=name, target=f"цель {name}", title=name, id=name)], out)
    page = look(out)
    page.evaluate("window.hits = []; window.hit = (what) => { hits.push(what); }; null")
    page.locator(f"{ROWS} a").first.click()
    assert name in page.inner_text("#reader h2")
    for tab in ("charts", "organizations", "people", "articles", "deals"):
        page.click(f"#tab-{tab}")
    page.fill("#search", name)
    assert found(page) == 1
    assert page.evaluate("hits") == []
    assert page.locator("body img, body svg:not(.lines), body iframe").count() == 0
    assert not [
        href for href in page.evaluate("[...document.links].map((a) => a.href)") if not href.startswith("file:")
    ]


@pytest.mark.parametrize("start", "=+-@")
def test_no_cell_of_the_csv_is_a_formula(look, make_record, tmp_path: Path, start: str) -> None:
    out = tmp_path / "report.html"
    write_report([make_record(title=f'{start}cmd|" /C calc"!A0; "x"')], out)
    page = look(out)
    with page.expect_download() as download:
        page.click("#csv")
    content = Path(download.value.path()).read_bytes().decode("utf-8-sig")
    (line,) = csv.DictReader(io.StringIO(content, newline=""), delimiter=";")
    assert line["заголовок"] == f'\'{start}cmd|" /C calc"!A0; "x"'


def test_roles_sum_and_date_are_marked_with_lines(look, make_record, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    write_report([make_record(before="🚀 ")], out)
    page = look(out)
    page.locator(f"{ROWS} a").first.click()
    marks = page.locator("[data-role]").all()
    marked = {mark.get_attribute("data-role").replace("\xa0", " "): mark.inner_text() for mark in marks}
    assert marked == {"покупатель": "Лютик", "предмет сделки": "Василёк", "сумма": "5 млн рублей", "дата": "14 июля"}
    assert page.inner_text(".trigger") == "купил"
    assert page.locator(".lines path").count() == 4
    assert "acquisition/buy" in page.inner_text(".card")
    page.locator(".legend input").first.uncheck()
    assert page.locator(".text.show-organizations").count() == 0


@pytest.mark.parametrize("url", ["https://example.org/1?a=b", "javascript:alert(1)"])
def test_the_original_is_linked_to(look, make_record, tmp_path: Path, url: str) -> None:
    path = tmp_path / "report.html"
    write_report([make_record().model_copy(update={"url": url})], path)
    page = look(path)
    page.locator(f"{ROWS} a").first.click()
    links = page.locator("#reader a", has_text="оригинал")
    expected = [url] if url.startswith("https") else []
    assert [link.get_attribute("href") for link in links.all()] == expected


def test_no_records_of_deals(look, make_record, tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    write_report([make_record().model_copy(update={"deals": []})], out)
    page = look(out)
    assert found(page) == 0
    page.click("#tab-charts")
    page.click("#tab-articles")
    page.locator("#articles tbody a").click()
    assert "не найдено" in page.inner_text("#reader")


def test_index_leads_to_its_parts(look, make_record, tmp_path: Path) -> None:
    out = tmp_path / "мой отчёт & др.html"
    write_report([make_record(id=f"a{i}") for i in range(3)], out, articles=2)
    page = look(out)
    page.get_by_text("Часть 2").click()
    assert found(page) == 1
    page.get_by_text("все части").click()
    assert page.inner_text("h1") == "Отчёт по частям"


def test_two_and_a_half_thousand_articles(look, records: list[Record], tmp_path: Path) -> None:
    out = tmp_path / "report.html"
    many = [record.model_copy(update={"id": f"{i}/{record.id}"}) for i in range(50) for record in records]
    assert write_report(many, out) == [out]
    assert out.stat().st_size < 25_000_000
    begin = time.perf_counter()
    page = look(out)
    page.wait_for_selector(ROWS)
    assert time.perf_counter() - begin < (10 if "CI" in os.environ else 5)  # two seconds on a quiet machine
    page.fill("#search", "банк")
    assert 0 < found(page) < len(many)


def test_notebook_frame(look, make_record, tmp_path: Path) -> None:
    out = tmp_path / "notebook.html"
    out.write_text(f"<!doctype html><meta charset=utf-8>{make_record()._repr_html_()}", "utf-8")
    frame = look(out).frame_locator("iframe")
    assert frame.locator(".card[aria-pressed=true]").count() == 1
    assert frame.locator(".lines path").count() == 4
