"""`extract-ru schema`: what a record is."""

import json

from extract.cli.options import write


def schema() -> None:
    """Print the record's JSON Schema."""
    from extract.record import Record

    write(json.dumps(Record.model_json_schema(), ensure_ascii=False, indent=2))
