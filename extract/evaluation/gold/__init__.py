"""Readers of annotated samples, the format told by the content."""

import json
from pathlib import Path

from extract.evaluation.gold import brat, factrueval, records
from extract.evaluation.samples import Sample


def read(path: Path) -> list[Sample]:
    if path.is_dir():
        if any(path.glob("*.objects")):
            return factrueval.read(path)
        return brat.read(path)
    return records.read([json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()])
