"""Gold in the record's own shape: JSON Lines or one JSON list."""

from collections.abc import Mapping
from typing import Any

from extract.evaluation.samples import Sample, sample_of


def read(rows: list[Mapping[str, Any]]) -> list[Sample]:
    """Read annotated records; a key that is absent is a layer that isn't annotated."""
    return [sample_of(row, f"article-{number}") for number, row in enumerate(rows, 1)]
