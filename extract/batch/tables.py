"""Records as tables: nested in Parquet, related in DuckDB."""

import json
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from itertools import islice
from pathlib import Path
from types import NoneType, UnionType
from typing import TYPE_CHECKING, Any, Literal, Union, get_args, get_origin

from extract.errors import MissingExtra

if TYPE_CHECKING:
    import pyarrow as pa
    from pydantic import BaseModel

BATCH = 1000  # records
EXACT = 15  # digits of a whole number that a fraction holds, too

ID = [("article", "int64"), ("id", "string")]
PLACE = [("start", "int64"), ("end", "int64"), ("text", "string")]
NOWHERE = dict.fromkeys(name for name, _ in PLACE)
NUMBERED = [("article", "int64"), ("deal", "string")]
BOUNDS = [("min", "float64"), ("max", "float64"), ("approximate", "bool")]
ENTITY = [*ID, ("name", "string"), ("kind", "string"), ("aliases", "list")]
TABLES: dict[str, list[tuple[str, str]]] = {
    "articles": [*ID, ("title", "string"), ("published", "string"), ("url", "string"),
                 ("language", "string"), ("text", "string")],
    "organizations": [*ENTITY, ("inn", "string")],
    "locations": ENTITY,
    "people": [*ID, ("name", "string"), ("first", "string"), ("patronymic", "string"), ("last", "string"),
               ("aliases", "list")],
    "dates": [*ID, ("value", "string"), ("start", "string"), ("end", "string"), ("grain", "string")],
    "amounts": [*ID, ("kind", "string"), ("value", "float64"), ("currency", "string"), ("unit", "string"), *BOUNDS],
    "mentions": [("article", "int64"), ("ref", "string"), *PLACE, ("anaphor", "bool")],
    "positions": [("article", "int64"), ("person", "string"), ("title", "string"), ("organization", "string"),
                  ("ref", "string"), ("former", "bool"), *PLACE],
    "deals": [*ID, ("type", "string"), ("status", "string"), ("subject", "string"), ("amount", "float64"),
              ("currency", "string"), ("amount_ref", "string"), ("stake", "float64"), ("date", "string"),
              ("date_ref", "string"), ("trigger", "string"), ("trigger_start", "int64"),
              ("trigger_end", "int64"), ("evidence", "string"), ("confidence", "float64"), ("rule", "string"),
              *((f"amount_{name}", kind) for name, kind in BOUNDS),
              *((f"stake_{name}", kind) for name, kind in BOUNDS)],
    "participants": [*NUMBERED, ("role", "string"), ("name", "string"), ("ref", "string"), *PLACE],
    "evidence": [*NUMBERED, *PLACE],
    "relations": [*ID, ("type", "string"), ("rule", "string"), *PLACE],
    "arguments": [("article", "int64"), ("relation", "string"), ("role", "string"), ("name", "string"),
                  ("ref", "string")],
}  # fmt: skip
KEYS = {name: "article, id" for name, columns in TABLES.items() if columns[:2] == ID} | {"articles": "article"}
OWNERS = {
    "positions": ("person", "people"),
    "participants": ("deal", "deals"),
    "evidence": ("deal", "deals"),
    "arguments": ("relation", "relations"),
}
SQL_TYPES = {"int64": "BIGINT", "string": "VARCHAR", "float64": "DOUBLE", "bool": "BOOLEAN", "list": "VARCHAR[]"}


def require(extra: str) -> None:
    """Make sure before hours of work that a format can be written.

    Raises:
        MissingExtra: its package isn't installed.
    """
    packages, what = {"parquet": (["pyarrow"], "Parquet files"), "duckdb": (["duckdb", "pyarrow"], "DuckDB files")}[
        extra
    ]
    if not all(map(find_spec, packages)):
        raise MissingExtra(what, extra)


def write_parquet(records: Iterable[bytes], path: Path) -> None:
    """One row a record, nested as the record is."""
    import pyarrow as pa
    import pyarrow.parquet as parquet

    schema = record_schema()
    with parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for batch in _batches(records):
            file.write_table(pa.Table.from_pylist(batch, schema))


def record_schema() -> "pa.Schema":
    """The record's typed schema in Arrow's terms."""
    import pyarrow as pa

    from extract.record import Record

    return pa.schema([pa.field(name, _arrow(field.annotation)) for name, field in Record.model_fields.items()])


def _arrow(kind: Any) -> "pa.DataType":
    import pyarrow as pa

    if get_origin(kind) is Literal:
        return pa.string()
    if get_origin(kind) is list:
        return pa.list_(_arrow(get_args(kind)[0]))
    if get_origin(kind) in (Union, UnionType):
        options = [option for option in get_args(kind) if option is not NoneType]
        return pa.float64() if set(options) == {int, float} else _arrow(options[0])
    plain = {str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64()}
    return plain[kind] if kind in plain else _struct(kind)


def _struct(model: "type[BaseModel]") -> "pa.DataType":
    import pyarrow as pa

    return pa.struct([pa.field(name, _arrow(field.annotation)) for name, field in model.model_fields.items()])


def write_duckdb(records: Iterable[bytes], path: Path) -> None:
    """Related tables; `article` is an article's number in the order of the input."""
    import duckdb
    import pyarrow as pa

    path.unlink(missing_ok=True)
    types = {"int64": pa.int64(), "string": pa.string(), "float64": pa.float64(), "bool": pa.bool_()}
    schemas = {
        name: pa.schema([(column, types.get(kind, pa.list_(pa.string()))) for column, kind in columns])
        for name, columns in TABLES.items()
    }
    with duckdb.connect(str(path)) as database:
        for name in TABLES:
            database.execute(_create(name))
        number = 0
        for batch in _batches(records):
            rows: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
            for record in batch:
                number += 1
                for name, row in rows_of(record, number):
                    rows[name].append(row)
            for name, schema in schemas.items():
                database.register("batch", pa.Table.from_pylist(rows[name], schema))
                database.execute(f'INSERT INTO "{name}" SELECT * FROM batch')


def _create(name: str) -> str:
    columns = [f'"{column}" {SQL_TYPES[kind]}' for column, kind in TABLES[name]]
    if name in KEYS:
        columns.append(f"PRIMARY KEY ({KEYS[name]})")
    if name in OWNERS:
        column, owner = OWNERS[name]
        columns.append(f'FOREIGN KEY (article, "{column}") REFERENCES "{owner}" (article, id)')
    elif name != "articles":
        columns.append("FOREIGN KEY (article) REFERENCES articles (article)")
    return f'CREATE TABLE "{name}" ({", ".join(columns)})'


def rows_of(record: dict[str, Any], number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    """Take a record apart into (table, row)."""
    yield "articles", {"article": number, **record}
    for table in ("organizations", "locations", "people", "dates", "amounts"):
        for found in record[table]:
            yield table, {"article": number, **found}
            for mention in found["mentions"]:
                yield "mentions", {"article": number, "ref": found["id"], **mention}
    for person in record["people"]:
        for position in person["positions"]:
            yield "positions", {"article": number, "person": person["id"], **position, **position["evidence"]}
    for deal in record["deals"]:
        yield from _rows_of_deal(deal, number)
    for count, relation in enumerate(record["relations"], 1):
        id = f"rel-{count}"
        yield "relations", {"article": number, "id": id, **relation, **relation["evidence"]}
        for argument in relation["arguments"]:
            yield "arguments", {"article": number, "relation": id, **argument}


def _rows_of_deal(deal: dict[str, Any], number: int) -> Iterator[tuple[str, dict[str, Any]]]:
    amount, date, trigger = deal["amount"] or {}, deal["date"] or {}, deal["trigger"] or {}
    stake = deal.get("stake_range") or {}
    flat = {
        **{f"amount_{name}": amount.get(name) for name, _ in BOUNDS},
        **{f"stake_{name}": stake.get(name) for name, _ in BOUNDS},
        "amount": amount.get("value"),
        "currency": amount.get("currency"),
        "amount_ref": amount.get("ref"),
        "date": date.get("value"),
        "date_ref": date.get("ref"),
        "trigger": trigger.get("text"),
        "trigger_start": trigger.get("start"),
        "trigger_end": trigger.get("end"),
        "evidence": deal["evidence"][0]["text"] if deal["evidence"] else None,
    }
    yield "deals", {"article": number, **deal, **flat}
    for participant in deal["participants"]:
        yield (
            "participants",
            {"article": number, "deal": deal["id"], **participant, **(participant["mention"] or NOWHERE)},
        )
    for place in deal["evidence"]:
        yield "evidence", {"article": number, "deal": deal["id"], **place}


def _batches(records: Iterable[bytes]) -> Iterator[list[dict[str, Any]]]:
    lines = iter(records)
    while batch := [json.loads(line, parse_int=_number) for line in islice(lines, BATCH)]:
        yield batch


def _number(digits: str) -> int | float:
    """A number, where a column's type may be too small for it as a fraction: there sums are fractions."""
    return int(digits) if len(digits) <= EXACT else float(digits)
