"""Let the frames teach the network roles: `python training/silver.py WORK ARTICLES... --without SAMPLES...`.

Frames find few deals, but mostly tell rightly who does what in them. WORK gets `examples-silver.jsonl`: the chunks of
ARTICLES (folders of .txt, or .jsonl with texts) in which frames are sure of a deal, and the sentences that prove the
frames, as `examples.py` writes them. Of such
examples the network learns only what is told there, never that something isn't. SAMPLES are annotated articles that are
to be left out: those that are measured.
"""

import argparse
import json
from collections.abc import Iterator
from itertools import chain, islice
from pathlib import Path
from typing import Any

from spacy.tokens import Doc
from vocabulary import texts

import extract
from extract.articles.article import Article
from extract.deals.candidate import Candidate
from extract.deals.judge import confidence
from extract.deals.rulebook import load_rules
from extract.language.normalize import plain_spaces
from extract.language.words import words_of
from extract.learned.chunks import chunks_of, things_of
from extract.learned.pieces import Pieces

SURE = 0.5  # confidence of the frames
Json = dict[str, Any]


def silver(name: str, articles: list[str], pieces: Pieces, least: float) -> Iterator[Json]:
    """An example for each article with deals of which the frames are as sure."""
    extractor = extract.load(model=False)
    for number, doc in enumerate(extractor.docs(Article(text) for text in articles)):
        deals = [deal for deal in doc._.judged if confidence(deal) >= least]
        if not deals:
            continue
        things = things_of(doc)
        numbers = {thing.ref: at for at, thing in enumerate(things)}
        yield {
            "id": f"{name}-{number}",
            "silver": True,
            "things": [[thing.ref, thing.kind] for thing in things],
            "chunks": [
                {"ids": chunk.ids, "tokens": chunk.tokens, "sentences": chunk.sentences, "mentions": chunk.mentions}
                for chunk in chunks_of(doc, things, pieces)
            ],
            "deals": [_told(doc, telling, numbers) for deal in deals for telling in deal.told],
            "posts": [],
            "held": [],
        }


def _told(doc: Doc, telling: Candidate, numbers: dict[str, int]) -> Json:
    """A deal as one sentence tells it."""
    values = {"amount": telling.amount, "stake": telling.stake, "date": telling.date}
    return {
        "type": telling.type,
        "status": telling.status,
        "optional": False,
        "sentences": [words_of(doc).sentence[telling.word]],
        "roles": {numbers[argument.ref]: argument.role for argument in telling.arguments if argument.ref in numbers},
        "values": {slot: numbers[value.ref] for slot, value in values.items() if value is not None},
    }


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="+", required=True)
    parser.add_argument("--every", type=int, default=1, help="read one article of so many")
    options = parser.parse_args()
    vocabulary = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    pieces = Pieces(vocabulary["pieces"], vocabulary["scores"], vocabulary["unknown"])
    measured = {
        plain_spaces(json.loads(line)["text"]).strip()
        for path in options.without
        for line in path.read_text("utf-8").splitlines()
    }
    usable = (text for text in texts(options.articles) if plain_spaces(text).strip() not in measured)
    count = deals = 0
    with (options.work / "examples-silver.jsonl").open("w", encoding="utf-8") as out:
        proofs = [proof.text for frame in load_rules().frames for proof in frame.yes]
        told = silver("news", list(islice(usable, 0, None, options.every)), pieces, SURE)
        for example in chain(silver("proof", proofs, pieces, 0.0), told):
            out.write(json.dumps(example, ensure_ascii=False) + "\n")
            count, deals = count + 1, deals + len(example["deals"])
    print(f"{count} articles with {deals} tellings")


if __name__ == "__main__":
    main()
