"""Records out of any file that `extract-ru run` wrote, but the flat CSV of deals."""

import gzip
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import ValidationError

from extract.errors import MissingExtra
from extract.record import Record

if TYPE_CHECKING:
    import duckdb

Json = dict[str, Any]

BATCH = 200  # articles held at a time
# What the tables of DuckDB hold, see extract/batch/tables.py.
ARTICLE = ("id", "title", "published", "url", "language", "text")
ENTITIES = {
    "organizations": ("id", "name", "aliases", "kind", "inn"),
    "people": ("id", "name", "first", "patronymic", "last", "aliases"),
    "locations": ("id", "name", "kind", "aliases"),
    "dates": ("id", "value", "start", "end", "grain"),
    "amounts": ("id", "kind", "value", "currency", "unit", "min", "max", "approximate"),
}
BOUNDS = ("min", "max", "approximate")
PLACE = ("start", "end", "text")
DEAL = ("id", "type", "status", "subject", "stake", "confidence", "rule")
VALUES = (
    *("amount", "currency", "amount_ref", "date", "date_ref"),
    *(f"{value}_{bound}" for value in ("amount", "stake") for bound in BOUNDS),
)
TRIGGER = ("trigger_start", "trigger_end", "trigger")
PARTY = ("role", "name", "ref")


class RecordsError(ValueError):
    """A file that holds no records; the message says where and what is wrong."""


def read_records(path: Path) -> Iterator[Record]:
    """Records of a `.jsonl`, `.jsonl.gz`, `.parquet` or `.duckdb` file, or of a folder of Parquet files.

    In Parquet that Spark, Ray or Dask wrote, the rows of articles that failed are passed over.

    Raises:
        RecordsError: what is there is no record, or no file of records.
        MissingExtra: the package that reads the format isn't installed.
        OSError: the file can't be read.
    """
    if path.suffix == ".csv":
        raise RecordsError(
            f"{path}: a .csv has the deals without their articles; "
            "give the records as .jsonl, .jsonl.gz, .parquet or .duckdb"
        )
    if path.is_dir() or path.suffix == ".parquet":
        yield from _of_parquet(path)
    elif path.suffix == ".duckdb":
        yield from _of_duckdb(path)
    else:
        yield from _of_lines(path)


def _of_lines(path: Path) -> Iterator[Record]:
    with gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else path.open(encoding="utf-8") as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    with _told(f"{path}, line {number}"):
                        yield Record.model_validate_json(line)
        except (UnicodeDecodeError, gzip.BadGzipFile, EOFError) as error:
            raise _no_records(path, error) from None


def _of_parquet(path: Path) -> Iterator[Record]:
    try:
        import pyarrow as pa
        from pyarrow import dataset
    except ModuleNotFoundError:
        raise MissingExtra("Parquet files", "parquet") from None
    number = 0
    try:
        files = dataset.dataset(path, format="parquet")
        if "schema_version" not in files.schema.names:
            raise RecordsError(f"{path}: no records in Parquet, but columns {', '.join(files.schema.names) or 'none'}")
        for batch in files.to_batches(batch_size=BATCH):
            for row in batch.to_pylist():
                number += 1
                if row.pop("error", None) is None:
                    with _told(f"{path}, row {number}"):
                        yield Record.model_validate(row)
    except pa.ArrowException as error:
        raise _no_records(path, error) from None


def _of_duckdb(path: Path) -> Iterator[Record]:
    try:
        import duckdb
    except ModuleNotFoundError:
        raise MissingExtra("DuckDB files", "duckdb") from None
    path.stat()  # that it isn't there is told as for other files
    try:
        with duckdb.connect(str(path), read_only=True) as database:
            [(count,)] = database.execute("SELECT count(*) FROM articles").fetchall()
            for first in range(1, count + 1, BATCH):
                for number, row in _articles(database, first):
                    with _told(f"{path}, article {number}"):
                        yield Record.model_validate(row)
    except duckdb.Error as error:
        raise _no_records(path, error) from None


def _articles(database: "duckdb.DuckDBPyConnection", first: int) -> Iterator[tuple[int, Json]]:
    """The articles from a number on, put together as `extract.batch.tables.rows_of` took them apart."""

    def rows(table: str, columns: tuple[str, ...], owner: str = "") -> dict[tuple[Any, ...], list[Json]]:
        """The table's rows in their order, by article and owner."""
        keys = ("article", owner) if owner else ("article",)
        there = {name for name, *_ in database.execute(f'DESCRIBE "{table}"').fetchall()}
        # records of 1.0 have no triggers, no mentions of participants and no bounds
        names = ", ".join(f'"{name}"' if name in there else "NULL" for name in (*keys, *columns))
        found = database.execute(
            f'SELECT {names} FROM "{table}" WHERE article BETWEEN ? AND ? ORDER BY rowid', [first, first + BATCH - 1]
        )
        grouped = defaultdict(list)
        for row in found.fetchall():
            grouped[row[: len(keys)]].append(dict(zip(columns, row[len(keys) :], strict=True)))
        return grouped

    articles = rows("articles", ARTICLE)
    things = {table: rows(table, columns) for table, columns in ENTITIES.items()}
    mentions = rows("mentions", (*PLACE, "anaphor"), "ref")
    positions = rows("positions", ("title", "organization", "ref", "former", *PLACE), "person")
    deals = rows("deals", (*DEAL, *TRIGGER, *VALUES))
    participants, evidence = rows("participants", (*PARTY, *PLACE), "deal"), rows("evidence", PLACE, "deal")
    relations, arguments = rows("relations", ("id", "type", "rule", *PLACE)), rows("arguments", PARTY, "relation")

    for key, [article] in articles.items():
        for table, found in things.items():
            article[table] = [{**thing, "mentions": mentions[*key, thing["id"]]} for thing in found[key]]
        for person in article["people"]:
            person["positions"] = [_with_evidence(position) for position in positions[*key, person["id"]]]
        article["deals"] = [
            _deal(deal, participants[*key, deal["id"]], evidence[*key, deal["id"]]) for deal in deals[key]
        ]
        article["relations"] = [
            {"arguments": arguments[*key, relation.pop("id")], **_with_evidence(relation)}
            for relation in relations[key]
        ]
        yield key[0], article


def _with_evidence(row: Json) -> Json:
    return {name: row[name] for name in row if name not in PLACE} | {"evidence": {name: row[name] for name in PLACE}}


def _deal(row: Json, participants: list[Json], evidence: list[Json]) -> Json:
    bounds = {value: {bound: row[f"{value}_{bound}"] for bound in BOUNDS} for value in ("amount", "stake")}
    amount = {"value": row["amount"], "currency": row["currency"], "ref": row["amount_ref"], **bounds["amount"]}
    date = {"value": row["date"], "ref": row["date_ref"]}
    return {
        **{name: row[name] for name in DEAL},
        "participants": [
            {**{name: party[name] for name in PARTY}, "mention": _place(*(party[name] for name in PLACE))}
            for party in participants
        ],
        "trigger": _place(*(row[name] for name in TRIGGER)),
        "amount": None if row["amount"] is None else amount,
        "stake_range": None if set(bounds["stake"].values()) == {None} else bounds["stake"],
        "date": None if row["date"] is None else date,
        "evidence": evidence,
    }


def _place(start: int | None, end: int | None, text: str | None) -> Json | None:
    return None if start is None else {"start": start, "end": end, "text": text}


@contextmanager
def _told(place: str) -> Iterator[None]:
    """Say which record is none."""
    try:
        yield
    except ValidationError as error:
        first = error.errors()[0]
        field = ".".join(map(str, first["loc"]))
        reason = f"{field}: {first['msg']}" if field else first["msg"]
        raise RecordsError(f"{place}: no record of extract-ru run: {reason}") from None


def _no_records(path: Path, error: Exception) -> RecordsError:
    return RecordsError(f"{path}: no file of records: {error}; give what `extract-ru run -o` wrote")
