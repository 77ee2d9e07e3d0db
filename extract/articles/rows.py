"""Articles in rows: JSON, JSON lines, CSV, Parquet. Which field is what is given or guessed, and said."""

import csv
import gzip
import io
import json
import logging
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import IO, Any

from extract.articles.address import address_of
from extract.articles.article import Article
from extract.articles.encodings import encoding_of
from extract.articles.published import date_in_path, date_of, dateline
from extract.errors import ArticleError, MissingExtra
from extract.rules import table

log = logging.getLogger("extract")

PARTS = ("text", "title", "published", "id", "url")
LONGEST_LINE = 64_000_000  # bytes: a line without end must not fill the memory
BATCH = 200  # rows of a Parquet file read at a time


def rows_of_json(file: IO[bytes]) -> Iterator[Any]:
    """An object is a row; so is each item of a list, or of the first list of objects in an object."""
    data = json.loads(file.read().decode("utf-8-sig"))
    if isinstance(data, dict):
        lists = [value for value in data.values() if _is_rows(value)]
        yield from lists[0] if lists and not _has_text(data) else [data]
    elif isinstance(data, list):
        yield from data
    else:
        raise ValueError("neither an object nor a list of objects")


def _is_rows(value: Any) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def _has_text(row: dict[str, Any]) -> bool:
    names = {name.lower() for name, value in row.items() if isinstance(value, str)}
    return bool(names & set(table("articles")["fields"]["text"]))


def rows_of_json_lines(file: IO[bytes]) -> Iterator[Any]:
    """A row a line; empty lines are passed over."""
    while line := file.readline(LONGEST_LINE):
        if len(line) == LONGEST_LINE and not line.endswith(b"\n"):
            while (rest := file.readline(LONGEST_LINE)) and not rest.endswith(b"\n"):
                pass
            yield ValueError(f"a line of more than {LONGEST_LINE:,} bytes")
        elif line.strip():
            try:
                yield json.loads(line.decode("utf-8-sig"))
            except (ValueError, RecursionError) as error:
                yield ValueError(f"no JSON: {error}")


def rows_of_csv(file: IO[bytes]) -> Iterator[Any]:
    """The first line names the fields; comma, semicolon or tab between them, in whatever encoding."""
    head = file.read(1_000_000)
    encoding = encoding_of(head[: head.rfind(b"\n") + 1] or head)
    first = head.decode(encoding, "replace").partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LONGEST_LINE)
    text = io.TextIOWrapper(io.BufferedReader(_Joined(head, file)), encoding, "replace", newline="")
    yield from csv.DictReader((line.replace("\0", "") for line in text), delimiter=delimiter)


class _Joined(io.RawIOBase):
    """A file whose beginning was read already."""

    def __init__(self, head: bytes, rest: IO[bytes]) -> None:
        self._head = io.BytesIO(head)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._head.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(data)] = data
        return len(data)


def rows_of_parquet(file: IO[bytes]) -> Iterator[Any]:
    """The rows as dicts.

    Raises:
        MissingExtra: pyarrow isn't installed.
    """
    try:
        import pyarrow.parquet as parquet
    except ImportError:
        raise MissingExtra("Parquet files", "parquet") from None
    for batch in parquet.ParquetFile(file).iter_batches(batch_size=BATCH):
        yield from batch.to_pylist()


READERS = {
    ".json": rows_of_json,
    ".jsonl": rows_of_json_lines,
    ".ndjson": rows_of_json_lines,
    ".csv": rows_of_csv,
    ".tsv": rows_of_csv,
    ".parquet": rows_of_parquet,
}


@dataclass(slots=True)
class Wanted:
    """How rows are to be read.

    Attributes:
        fields: text, title, published, id, url → the name of the field; what isn't given, or isn't in a file, is
            guessed and logged.
        max_chars: the length of the longest text that is taken.
        told: what was logged; what holds for many files is told of the first.
    """

    fields: Mapping[str, str]
    max_chars: int
    told: set[str] = field(default_factory=set)


def rows_suffix(name: str) -> str | None:
    """The ending of a file of rows, with «.gz» if it is packed; None for other files."""
    plain = name.removesuffix(".gz")
    return next((name[len(plain) - len(suffix) :] for suffix in READERS if plain.endswith(suffix)), None)


def articles_of(id: str, suffix: str, file: IO[bytes], wanted: Wanted) -> Iterator[Article | ArticleError]:
    """Read a file's rows as articles.

    Args:
        id: the file's path, to which a row's number is added unless the row has an id of its own.
        suffix: of `READERS`, perhaps with «.gz» after it.
        file: the bytes.
        wanted: how rows are to be read.
    """
    if suffix.endswith(".gz"):
        suffix, file = suffix[:-3], gzip.GzipFile(fileobj=file)  # type: ignore[assignment]
    names: dict[str, str] = {}
    number = 0
    try:
        for number, row in enumerate(READERS[suffix](file), 1):
            if number == 1 and isinstance(row, dict):
                names = fields_of(row, {part: name for part, name in wanted.fields.items() if name in row})
                said = ", ".join(f"{part} from «{name}»" for part, name in names.items())
                if said and said not in wanted.told:
                    wanted.told.add(said)
                    log.info("%s: %s", id, said)
            yield _article(id, number, row, names, wanted.max_chars)
    except MissingExtra as error:
        yield ArticleError(id, "read", str(error))
    except (ValueError, OSError, EOFError, RecursionError, csv.Error, zlib.error) as error:
        yield ArticleError(id, "read", f"broken after row {number}: {error}" if number else f"broken: {error}")


def fields_of(row: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, str]:
    """Say which field is the text, the title, the publication date, the id and the address."""
    known = table("articles")["fields"]
    by_lower = {name.lower(): name for name in row if isinstance(name, str)}
    guessed = {part: next((by_lower[name] for name in known[part] if name in by_lower), None) for part in PARTS}
    return {part: name for part, name in (guessed | dict(given)).items() if name is not None}


def _article(id: str, number: int, row: Any, names: Mapping[str, str], max_chars: int) -> Article | ArticleError:
    own = f"{id}#{number}"
    if isinstance(row, ValueError):
        return ArticleError(own, "read", str(row))
    if not isinstance(row, dict):
        return ArticleError(own, "read", "no object with fields")
    return article_of(row, names, max_chars, own, id)


def article_of(
    row: Mapping[str, Any], names: Mapping[str, str], max_chars: int, id: str | None = None, path: str = ""
) -> Article | ArticleError:
    """Read a row as an article.

    Args:
        row: the values by the names of their fields.
        names: text, title, published, id, url → the name of the field.
        max_chars: the length of the longest text that is taken.
        id: of the article, if the row has none of its own.
        path: where a date is looked for, if the row has none.
    """
    own = id
    if names.get("id") and row.get(names["id"]) not in (None, ""):
        own = _sound(str(row[names["id"]]))
    if "text" not in names:
        return ArticleError(
            own, "read", f"none of the fields {_shown(row)} is known as the text; name it: --fields text=…"
        )
    text = row.get(names["text"])
    if not isinstance(text, str) or not text.strip():
        return ArticleError(own, "read", f"no text in the field «{names['text']}»")
    if len(text) > max_chars:
        return ArticleError(own, "read", f"too long: {len(text):,} characters; up to {max_chars:,} are taken")
    title = row.get(names.get("title", ""))
    published = date_of(row.get(names.get("published", ""))) or date_in_path(path) or dateline(text)
    title = _sound(title.strip()) or None if isinstance(title, str) else None
    return Article(text, own, title, published, address_of(row.get(names.get("url", ""))))


def _sound(text: str) -> str:
    """A text in which lone surrogates, of which no file can be made, stand as \\ud800."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _shown(names: Iterable[object]) -> str:
    return ", ".join(f"«{name}»" for name in names)[:200]
