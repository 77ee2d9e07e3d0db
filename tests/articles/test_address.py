"""What counts as an article's address."""

import pytest

from extract.articles.address import address_of


@pytest.mark.parametrize("value", ["https://example.org/a?b=1#c", "HTTP://example.org", "https://пример.рф/новость"])
def test_addresses(value: str) -> None:
    assert address_of(f" {value}\n") == value


@pytest.mark.parametrize(
    "value",
    [None, 7, "", "/a.html", "ftp://example.org", "javascript:alert(1)", "https://", "https://a.org/ b",
     'https://a.org/"onclick="x', "https://a.org/<b>", "https://a.org/\x00", "https://" + "a" * 2_000],
)  # fmt: skip
def test_what_is_none(value: object) -> None:
    assert address_of(value) is None
