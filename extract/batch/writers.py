"""Ways out: a file of records made into the format that a name asks for."""

import csv
import gzip
import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from extract.batch.tables import require, write_duckdb, write_parquet

COLUMNS = [
    "article", "title", "published", "url", "deal", "type", "status", "participants", "subject", "amount", "currency",
    "stake", "date", "trigger", "evidence", "confidence", "rule", "amount_min", "amount_max", "amount_approximate",
    "stake_min", "stake_max", "stake_approximate",
]  # fmt: skip
BOUNDS = ("min", "max", "approximate")
Writer = Callable[[Iterable[bytes], Path], None]
"""Writes records, a JSON line each, into a file of its format."""

FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would work out instead of showing


def write_gzip(records: Iterable[bytes], path: Path) -> None:
    """A record a line, packed; the same bytes whenever it is made."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", 6, raw, mtime=0) as file:
        for record in records:
            file.write(record)


def write_csv(records: Iterable[bytes], path: Path) -> None:
    """A deal a row, in UTF-8 with a mark, which Excel needs."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        rows = csv.DictWriter(file, COLUMNS)
        rows.writeheader()
        for line in records:
            record = json.loads(line)
            for deal in record["deals"]:
                rows.writerow({name: _cell(value) for name, value in _row(record, deal).items()})


def _row(record: dict[str, Any], deal: dict[str, Any]) -> dict[str, Any]:
    amount, date, stake = deal["amount"] or {}, deal["date"] or {}, deal.get("stake_range") or {}
    return {
        "article": record["id"],
        "title": record["title"],
        "published": record["published"],
        "url": record["url"],
        "deal": deal["id"],
        "type": deal["type"],
        "status": deal["status"],
        "participants": "; ".join(f"{party['role']}: {party['name']}" for party in deal["participants"]),
        "subject": deal["subject"],
        "amount": amount.get("value"),
        "currency": amount.get("currency"),
        "stake": deal["stake"],
        "date": date.get("value"),
        "trigger": deal["trigger"]["text"] if deal["trigger"] else None,
        "evidence": deal["evidence"][0]["text"] if deal["evidence"] else None,
        "confidence": deal["confidence"],
        "rule": deal["rule"],
        **{f"amount_{name}": amount.get(name) for name in BOUNDS},
        **{f"stake_{name}": stake.get(name) for name in BOUNDS},
    }


def _cell(value: Any) -> Any:
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


WRITERS: dict[str, Writer | None] = {
    ".jsonl": None,  # what is written as it comes is the format itself
    ".jsonl.gz": write_gzip,
    ".parquet": write_parquet,
    ".duckdb": write_duckdb,
    ".csv": write_csv,
}


def writer_for(path: Path) -> Writer | None:
    """Choose the format by the file's name.

    Raises:
        ValueError: the name ends in none that is known.
        MissingExtra: the format needs a package that isn't installed.
    """
    for suffix, writer in WRITERS.items():
        if path.name.lower().endswith(suffix):
            if suffix in (".parquet", ".duckdb"):
                require(suffix[1:])
            return writer
    *others, last = WRITERS
    raise ValueError(f"{path}: the name must end in {', '.join(others)} or {last}")
