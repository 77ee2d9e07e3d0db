"""Put the texts back to the annotations: `python training/join.py ARTICLES ANNOTATIONS > gold.jsonl`.

ARTICLES is a JSON Lines file, gzipped or not, with the `id` and `text` of each article, or a folder of `.txt`, where
an article's id is its path. What comes out is in the record's shape, as `extract-ru eval` and the training read it.
"""

import gzip
import hashlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

Json = dict[str, Any]


def lines(path: Path) -> Iterator[str]:
    """The lines of a file, gzipped or not."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        yield from file


def texts(path: Path) -> dict[str, str]:
    """The text of each article by its id."""
    if path.is_dir():
        files = sorted(path.rglob("*.txt"))
        return {file.relative_to(path).with_suffix("").as_posix(): file.read_text("utf-8") for file in files}
    return {row["id"]: row["text"] for row in map(json.loads, lines(path))}


def joined(annotations: Path, articles: dict[str, str]) -> Iterator[Json]:
    """The annotated articles with their texts.

    Raises:
        ValueError: an article is missing, or its text is another one than was annotated.
    """
    for line in annotations.read_text("utf-8").splitlines():
        row = json.loads(line)
        text = articles.get(row["id"])
        if text is None or hashlib.sha256(text.encode()).hexdigest() != row.pop("sha256"):
            raise ValueError(f"{annotations}: the text of {row['id']} is missing or isn't the one that was annotated")
        for deal in row["deals"]:
            deal["trigger"] = _place(text, deal["trigger"])
            deal["evidence"] = [_place(text, span) for span in deal["evidence"]]
        yield {**row, "text": text}


def _place(text: str, span: list[int]) -> Json:
    start, end = span
    return {"start": start, "end": end, "text": text[start:end]}


def main() -> None:
    """Print the joined rows."""
    articles = texts(Path(sys.argv[1]))
    for path in sys.argv[2:]:
        for row in joined(Path(path), articles):
            print(json.dumps(row, ensure_ascii=False))


if __name__ == "__main__":
    main()
