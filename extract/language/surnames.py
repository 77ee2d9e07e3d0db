"""Surnames by their form and by the list of last names, which has many a common word, too: «банка», «учитель»."""

import re
from functools import lru_cache

from extract.language.morphology import CACHED_RARE, parses
from extract.language.resources import last_names
from extract.rules import table

RUSSIAN = re.compile(table("person_names")["russian_surnames"])  # the forms in all cases


@lru_cache(maxsize=CACHED_RARE)
def is_listed_surname(norm: str) -> bool:
    """Say whether the list has a word, and neither its form nor the dictionary speaks against a surname."""
    return norm in last_names() and (RUSSIAN.fullmatch(norm) is not None or not parses(norm)[0].is_known)
