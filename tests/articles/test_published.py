"""Dates in paths."""

from datetime import date, datetime

import pytest

from extract.articles.published import date_in_path, date_of, dateline


@pytest.mark.parametrize(
    ("path", "date"),
    [
        ("news/2023-07-14/a.txt", "2023-07-14"),
        ("2023-07-14.txt", "2023-07-14"),
        ("20230714_sdelka.txt", "2023-07-14"),
        ("crawl/20230714T093000_1.txt", "2023-07-14"),
        ("crawl/20230714093000.txt", "2023-07-14"),
        ("2023_07_14-bank.txt", "2023-07-14"),
        ("2023.07.14/bank.txt", "2023-07-14"),
        ("site/2023/07/14/bank.html", "2023-07-14"),
        ("14.07.2023/bank.txt", "2023-07-14"),
        ("news_14-07-2023.txt", "2023-07-14"),
        ("2023-07-14/obnovleno-2023-07-16.txt", "2023-07-16"),  # the one nearest to the name
        ("dump-2024-01-01/2023-07-14/a.txt", "2023-07-14"),
        ("2024-02-29.txt", "2024-02-29"),
        ("2023-02-29.txt", None),  # no such day
        ("2023-13-01.txt", None),
        ("2023-07/a.txt", None),
        ("64ae20230714a794.txt", None),  # part of a number or a key
        ("120230714.txt", None),
        ("articles/kazatomprom.txt", None),
        ("1899-07-14.txt", None),
        ("", None),
    ],
)
def test_date_in_path(path: str, date: str | None) -> None:
    assert date_in_path(path) == date


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-07-14", "2023-07-14"),
        ("2023-07-14T10:00:00+03:00", "2023-07-14"),
        ("2023-07-14 10:00", "2023-07-14"),
        ("20230714", "2023-07-14"),
        ("14.07.2023 10:00", "2023-07-14"),
        ("14 июля 2023", "2023-07-14"),
        ("14 мая 2023 г., 10:00", "2023-05-14"),
        ("Fri, 14 Jul 2023 10:00:00 +0300", "2023-07-14"),
        (1689325200, "2023-07-14"),
        (1689325200000, "2023-07-14"),
        ("1689325200", "2023-07-14"),
        (datetime(2023, 7, 14, 10), "2023-07-14"),
        (date(2023, 7, 14), "2023-07-14"),
        ("вчера", None),
        ("", None),
        ("31 февраля 2023", None),
        (None, None),
        (True, None),
        (17, None),
        (1e300, None),
        (float("nan"), None),
        (["2023-07-14"], None),
    ],
)
def test_dates_of_metadata(value: object, day: str | None) -> None:
    assert date_of(value) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("ТУЛА, 14 июля 2023 г. — Завод продан.", "2023-07-14"),
        ("Завод продан\n\nТула. 14.07.2023. Агентство «Ока»", "2023-07-14"),
        ("Нижний Тагил, 14 июля 2023 года, агентство «Урал». Завод продан.", "2023-07-14"),
        ("Завод продан\n14.07.2023 10:30\nСделка закрыта.", "2023-07-14"),
        ("14 июля 2023, 10:30\nЗавод продан", "2023-07-14"),
        ("Завод продан\n\n14 июля 2023 года завод в Туле продан.", None),
        ("Завод продан\n\nВ Туле 14 июля 2023 года продан завод.", None),
        ("Тула, 14 июля. Завод продан.", None),  # no year
        ("Завод продан. " * 40 + "\n14.07.2023\n", None),  # far down
        ("", None),
    ],
)
def test_datelines(text: str, day: str | None) -> None:
    assert dateline(text) == day
