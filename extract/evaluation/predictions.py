"""Predictions to score: made now, or records made earlier."""

import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path

from extract.evaluation.samples import GoldError, Sample, sample_of
from extract.extractor import Article, Extractor


def predict(extractor: Extractor, gold: Sequence[Sample], workers: int = 1) -> Iterator[Sample]:
    """Read the gold's own texts."""
    articles = (Article(sample.text, sample.id, sample.title, sample.published) for sample in gold)
    for record in extractor.pipe(articles, workers=workers):
        yield sample_of(record.model_dump(), record.id or "")


def load(path: Path, gold: Sequence[Sample]) -> list[Sample]:
    """Read the records of the gold's articles, `.jsonl` or `.jsonl.gz`, in the gold's order.

    A record belongs to the article that has its text, of several the one that has its id too.

    Raises:
        GoldError: an article has no record, or the file is no JSON Lines of records.
    """
    try:
        with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as file:
            records = [sample_of(json.loads(line), f"record-{n}") for n, line in enumerate(file, 1) if line.strip()]
    except OSError as error:
        raise GoldError(f"{path}: {error.strerror}") from None
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise GoldError(f"{path}: no records in JSON Lines: {error!r}") from None
    by_text = {record.text: record for record in records}
    exact = {(record.id, record.text): record for record in records}
    missing = [sample.id for sample in gold if sample.text not in by_text]
    if missing:
        raise GoldError(
            f"{path}: {len(missing)} of {len(gold)} articles have no record with their text, the first is "
            f"{missing[0]!r}"
        )
    return [exact.get((sample.id, sample.text), by_text[sample.text]) for sample in gold]
