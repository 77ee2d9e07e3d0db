"""Dates in paths."""

import pytest

from extract.articles.published import date_in_path


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
