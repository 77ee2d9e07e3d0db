"""Let frames and network teach the next network: `python training/silver.py WORK ARTICLES... --without SAMPLES...`.

What both are sure of in articles that nobody has annotated is mostly right. WORK gets `examples-silver.jsonl`: the
chunks of ARTICLES (folders of .txt, or .jsonl with texts) in which they are sure of a deal, and the sentences that
prove the frames, as `examples.py` writes them. Where a telling is neither sure nor out of the question (`unsure`),
nothing is learnt. SAMPLES are annotated articles, all to be left out: those that are measured, held out or taught.
Without weights of an earlier network (`--no-model`), frames teach alone, and what they don't find is unsure everywhere.
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

SURE = {True: 0.65, False: 0.5}  # confidence with the network, and of the frames alone
UNLIKELY = 0.1  # what the network thinks less probable than this is not told
Json = dict[str, Any]


def silver(
    name: str, articles: list[str], pieces: Pieces, extractor: extract.Extractor, least: float
) -> Iterator[Json]:
    """An example for each article with deals that are as sure."""
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
            "deals": [_told(doc, deal, numbers) for deal in deals],
            "unsure": _unsure(doc, deals),
            "posts": [],
            "held": [],
        }


def _told(doc: Doc, deal: Candidate, numbers: dict[str, int]) -> Json:
    """A deal as if it had been annotated."""
    values = {"amount": deal.amount, "stake": deal.stake, "date": deal.date}
    sentences = deal.sentences(words_of(doc)) | (deal.partner.sentences(words_of(doc)) if deal.partner else set())
    return {
        "type": deal.type,
        "status": deal.status,
        "optional": False,
        "sentences": sorted(sentences),
        "roles": {numbers[argument.ref]: argument.role for argument in deal.arguments if argument.ref in numbers},
        "values": {slot: numbers[value.ref] for slot, value in values.items() if value is not None},
    }


def _unsure(doc: Doc, sure: list[Candidate]) -> list[tuple[int, str]] | None:
    """The sentences that may tell of deals of a type; None where no network has read the article: all may."""
    if doc._.read is None:
        return None
    words = words_of(doc)
    proposed = [deal for deal in doc._.judged if deal not in sure]
    maybe = {(telling.sentence, telling.type) for telling in doc._.read.tellings if telling.probability >= UNLIKELY}
    return sorted(maybe | {(sentence, deal.type) for deal in proposed for sentence in deal.sentences(words)})


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("articles", type=Path, nargs="+")
    parser.add_argument("--without", type=Path, nargs="+", required=True)
    parser.add_argument("--every", type=int, default=1, help="read one article of so many")
    parser.add_argument("--no-model", action="store_true", help="frames teach alone")
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
        extractor = extract.load(model=not options.no_model)
        news = silver(
            "news", list(islice(usable, 0, None, options.every)), pieces, extractor, SURE[not options.no_model]
        )
        proved = silver("proof", proofs, pieces, extract.load(model=False), 0.0)
        for example in chain(proved, news):
            out.write(json.dumps(example, ensure_ascii=False) + "\n")
            count, deals = count + 1, deals + len(example["deals"])
    print(f"{count} articles with {deals} tellings")


if __name__ == "__main__":
    main()
