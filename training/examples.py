"""Turn annotated articles into what the network learns from: `python training/examples.py WORK NAME SAMPLES...`.

SAMPLES are JSON Lines in the record's shape, with texts (`join.py` puts them back to our annotations). The pipeline
finds the entities, sums and dates; an annotated participant is the entity whose name matches best. WORK gets
`examples-NAME.jsonl`, an article a line, and prints how many participants are among the entities.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

import extract
from extract.annotations import Amount, Date, Entity
from extract.articles.article import Article
from extract.evaluation.matching import assign
from extract.evaluation.names import any_match, people_match, same_name
from extract.evaluation.positions import last_noun
from extract.language.words import words_of
from extract.learned.chunks import chunks_of, things_of
from extract.learned.pieces import Pieces
from extract.positions.component import post_reading
from extract.positions.posts import Post

Json = dict[str, Any]
NEAR = 40  # tokens between a post and its holder


def examples(rows: list[Json], pieces: Pieces) -> Iterator[Json]:
    """An example for each article: its chunks, its things, and the annotated deals in their terms."""
    extractor = extract.load(model=False)
    docs = extractor.docs(Article(row["text"], row["id"], published=row.get("published")) for row in rows)
    for row, doc in zip(rows, docs, strict=True):
        things = things_of(doc)
        numbers = {thing.ref: number for number, thing in enumerate(things)}
        posts = post_reading(doc).posts
        yield {
            "id": row["id"],
            "things": [[thing.ref, thing.kind] for thing in things],
            "chunks": [
                {"ids": chunk.ids, "tokens": chunk.tokens, "sentences": chunk.sentences, "mentions": chunk.mentions}
                for chunk in chunks_of(doc, things, pieces)
            ],
            "deals": [_deal(doc, deal, numbers) for deal in row["deals"]],
            "posts": [[post.start, post.end] for post in posts],
            "held": list(_held(doc, posts, row.get("people") or [], numbers)),
        }


def _held(doc: Doc, posts: list[Post], people: list[Json], numbers: dict[str, int]) -> Iterator[Json]:
    """Who holds which post where: the annotated positions in terms of posts and things.

    Of several posts of the title the one nearest to a mention of the person is taken; what the others are is unknown.
    `body` is the thing where it is held, -1 for none, None if it isn't among the things.
    """
    entities: list[Entity] = doc._.entities
    for person in people:
        holder = next((e for e in entities if e.type == "PER" and people_match(person["name"], e.name)), None)
        if holder is None:
            continue
        for position in person["positions"]:
            title = last_noun(position["title"])
            alike = [number for number, post in enumerate(posts) if last_noun(post.title) == title]
            if not alike:
                continue
            near = min(alike, key=lambda number: _distance(posts[number], holder))
            yield {
                "post": near if _distance(posts[near], holder) <= NEAR else None,
                "alike": alike,
                "holder": numbers[holder.id],
                "body": _body(entities, position["organization"], numbers),
            }


def _distance(post: Post, entity: Entity) -> int:
    """Tokens between a post and the entity's nearest mention."""
    return min(max(mention.start - post.end, post.start - mention.end, 0) for mention in entity.mentions)


def _body(entities: list[Entity], name: str | None, numbers: dict[str, int]) -> int | None:
    if name is None:
        return -1
    fitting = (e for e in entities if e.type != "PER" and any_match(e.type, (name,), (e.name, *e.aliases)))
    return next((numbers[entity.id] for entity in fitting), None)


def _deal(doc: Doc, deal: Json, numbers: dict[str, int]) -> Json:
    """A deal with numbers of sentences and things: the first sentence is the trigger's, or the first evidence's."""
    places = [deal["trigger"], *deal["evidence"]] if deal.get("trigger") else deal["evidence"]
    sentences = [number for place in places for number in _sentences(doc, place)]
    roles = {numbers[entity.id]: role for entity, role in _fillers(doc, deal["participants"])}
    values = {
        slot: numbers[found.id]
        for slot, found in (("amount", _amount(doc, deal)), ("stake", _stake(doc, deal)), ("date", _date(doc, deal)))
        if found is not None
    }
    return {
        "type": deal["type"],
        "status": deal["status"],
        "optional": bool(deal.get("optional")),
        "trigger": _tokens(doc, deal.get("trigger") or deal["evidence"][0]),
        "sentences": list(dict.fromkeys(sentences)),
        "roles": roles,
        "values": values,
        "parties": len(deal["participants"]),
    }


def _tokens(doc: Doc, place: Json) -> tuple[int, int]:
    """The tokens that a stretch of the text touches."""
    inside = [token.i for token in doc if token.idx < place["end"] and token.idx + len(token) > place["start"]]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)


def _sentences(doc: Doc, place: Json) -> list[int]:
    words = words_of(doc)
    start, end = _tokens(doc, place)
    return sorted({words.sentence[i] for i in range(start, end) if words.pos[i] != "SPACE"})


def _fillers(doc: Doc, participants: list[Json]) -> list[tuple[Entity, str]]:
    entities: list[Entity] = doc._.entities
    weights: dict[tuple[int, int], float] = {}
    for i, participant in enumerate(participants):
        for j, entity in enumerate(entities):
            named = (entity.name, *entity.aliases)
            if any_match(entity.type, (participant["name"],), named):
                weights[i, j] = 1 + sum(0.1 * same_name(participant["name"], name) for name in named)
    return [(entities[j], participants[i]["role"]) for i, j in assign(weights)]


def _amount(doc: Doc, deal: Json) -> Amount | None:
    wanted = deal.get("amount")
    return next(
        (
            amount
            for amount in doc._.amounts
            if wanted and amount.currency == wanted["currency"] and _alike(amount.value, wanted["value"])
        ),
        None,
    )


def _stake(doc: Doc, deal: Json) -> Amount | None:
    wanted = deal.get("stake")
    return next(
        (
            amount
            for amount in doc._.amounts
            if wanted is not None and amount.kind == "percent" and _alike(amount.value, wanted)
        ),
        None,
    )


def _date(doc: Doc, deal: Json) -> Date | None:
    wanted = (deal.get("date") or {}).get("value")
    return next((date for date in doc._.dates if date.value == wanted), None)


def _alike(one: float, other: float) -> bool:
    return abs(one - other) <= 1e-6 * max(abs(one), abs(other))


def main() -> None:
    """Write the examples."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("name")
    parser.add_argument("samples", type=Path, nargs="+")
    options = parser.parse_args()
    vocabulary = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    pieces = Pieces(vocabulary["pieces"], vocabulary["scores"], vocabulary["unknown"])
    rows = [json.loads(line) for path in options.samples for line in path.read_text("utf-8").splitlines()]
    deals = parties = found = chunks = 0
    with (options.work / f"examples-{options.name}.jsonl").open("w", encoding="utf-8") as out:
        for example in examples(rows, pieces):
            out.write(json.dumps(example, ensure_ascii=False) + "\n")
            deals += len(example["deals"])
            parties += sum(deal["parties"] for deal in example["deals"])
            found += sum(len(deal["roles"]) for deal in example["deals"])
            chunks += len(example["chunks"])
    print(f"{len(rows)} articles, {chunks} chunks, {deals} deals, {found} of {parties} participants found")


if __name__ == "__main__":
    main()
