"""Plain sentences to learn from: `python training/templates.py WORK` renders those of `training/templates`.

Each template is written with its usual names and with others, in some of the ways of `tests/metamorphic/variants.py`,
and some in pairs. WORK gets `examples-templates.jsonl`, a text a line. What a template leaves open is not learnt:
values, posts, and whether a sentence beside the one that names most parties tells of the deal too.
"""

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from examples import examples

from extract.learned.pieces import Pieces

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent / "tests" / "metamorphic"))
if True:  # these are there
    from variants import Styles, Told, Variant, sentences, styles, together, variants

PUBLISHED = "2024-03-12"
EACH, EACH_LONG = 9, 4  # variants of a template, of one of several sentences
LONG = 250  # characters
Json = dict[str, Any]


def chosen(rng: random.Random) -> Iterator[Variant]:
    """Some variants of each template, the base among them, and the pairs."""
    every = sentences(HERE / "templates")
    names: Styles = styles(HERE / "templates" / "names.toml")
    for sentence in every:
        base, *others = variants(sentence, names)
        yield base
        each = EACH if len(base.text) < LONG else EACH_LONG
        yield from rng.sample(others, min(each - 1, len(others)))
    yield from together([sentence for sentence in every if len(sentence.text) < LONG], names)


def row_of(variant: Variant) -> Json:
    """A variant as annotated articles are written."""
    return {
        "id": f"template/{variant.id}",
        "text": variant.text,
        "published": PUBLISHED,
        "deals": [_deal(told, len(variant.text)) for told in variant.told],
    }


def _deal(told: Told, length: int) -> Json:
    parties = [
        {"role": slot.rstrip("0123456789"), "name": name.name}
        for slot, name in told.names.items()
        if not slot.startswith("bystander")
    ]
    return {
        "type": told.type,
        "status": told.status,
        "participants": parties,
        "evidence": [{"start": 0, "end": length}],
    }


def narrowed(example: Json) -> Json:
    """The example, each deal told where most of its parties are named."""
    unsure = []
    for deal in example["deals"]:
        named: dict[int, set[int]] = {sentence: set() for sentence in deal["sentences"]}
        for chunk in example["chunks"]:
            for thing, start, _, _ in chunk["mentions"]:
                number = next((n for n, a, b, _ in chunk["sentences"] if a <= start < b), -1)
                if number in named and thing in deal["roles"]:
                    named[number].add(thing)
        best = max(named, key=lambda number: (len(named[number]), -number), default=0)
        unsure += [(number, deal["type"]) for number in named if number != best]
        deal["sentences"] = [best]
    return {**example, "unsure": unsure, "open": True, "posts": [], "held": []}


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    options = parser.parse_args()
    vocabulary = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    pieces = Pieces(vocabulary["pieces"], vocabulary["scores"], vocabulary["unknown"])
    rows = [row_of(variant) for variant in chosen(random.Random(0))]
    parties = found = 0
    with (options.work / "examples-templates.jsonl").open("w", encoding="utf-8") as out:
        for example in map(narrowed, examples(rows, pieces)):
            out.write(json.dumps(example, ensure_ascii=False) + "\n")
            parties += sum(deal["parties"] for deal in example["deals"])
            found += sum(len(deal["roles"]) for deal in example["deals"])
    print(f"{len(rows)} texts, {found} of {parties} participants found")


if __name__ == "__main__":
    main()
