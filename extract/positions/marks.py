"""Quotes and dashes around posts and names."""

OPENING, CLOSING = frozenset("«“„\"'"), frozenset("»”“\"'")
QUOTES = OPENING | CLOSING
DASHES = frozenset("—–-")
