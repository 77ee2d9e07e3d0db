"""Gold in the record's own shape."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.evaluation.samples import GoldError, Sample, sample_of

LAYERS = ("organizations", "people", "locations", "dates", "amounts", "deals", "relations")


def read(path: Path, rows: Sequence[Mapping[str, Any]]) -> list[Sample]:
    """Read annotated records; a key that is absent is a layer that isn't annotated.

    Raises:
        GoldError: a key is missing or its value is of another kind; names the article.
    """
    return [_sample(path, number, row) for number, row in enumerate(rows, 1)]


def _sample(path: Path, number: int, row: Mapping[str, Any]) -> Sample:
    where = f"{path}, record {number} ({row.get('id') or 'without id'})"
    try:
        return sample_of(row, f"record-{number}")
    except KeyError as error:
        raise GoldError(f"{where}: something in it lacks the key {error}") from None
    except (TypeError, AttributeError) as error:
        raise GoldError(f"{where}: not in the record's shape: {error}") from None
