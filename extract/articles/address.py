"""The address that an article was published at, as its source tells it."""

import re

LONGEST = 2_000  # characters
_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x1f\x7f\ud800-\udfff]+", re.IGNORECASE)


def address_of(value: object) -> str | None:
    """The address of a page on the web, or None for anything else: relative ones, other schemes, no strings."""
    address = value.strip() if isinstance(value, str) else ""
    return address if len(address) <= LONGEST and _ADDRESS.fullmatch(address) else None
