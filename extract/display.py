"""How a record shows itself in a notebook: set by `extract/__init__.py`, as records needn't know of pages."""

from collections.abc import Callable
from typing import Any

html: Callable[[Any], str]
"""A record → its article view."""
