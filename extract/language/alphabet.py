"""Letters."""

import re

_CYRILLIC = re.compile("[\u0430-\u044f\u0451]", re.IGNORECASE)


def has_cyrillic(text: str) -> bool:
    """Whether a text has a letter of the Russian alphabet."""
    return _CYRILLIC.search(text) is not None
