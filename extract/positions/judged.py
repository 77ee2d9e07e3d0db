"""What the network says of who holds which post where, set against what the constructions say.

Constructions are right more often; where the network is sure of another reading, it is taken.
"""

from dataclasses import replace

from extract.annotations import Entity, Mention
from extract.learned.reader import Reading
from extract.positions.holders import Holder, Holding, PostReading
from extract.positions.mention_index import Body
from extract.positions.posts import Post

DOUBTED = 0.05  # a holder that a construction finds must be so probable
FOUND = 0.85  # so must one be that none finds
PLACED = 0.85  # and the body of a post of which the words around it name none
MOVED = 0.85  # and one that is to stand for the body that they name
RULE = "learned"


def judged(reading: PostReading, seen: Reading) -> PostReading:
    """The posts with holders and bodies as constructions and network together have them."""
    entities = {entity.id: entity for _, entity in reading.index.ordered}
    holders: dict[int, dict[str, float]] = {post: {} for post in seen.posts}
    bodies: dict[int, dict[str, float]] = {post: {} for post in seen.posts}
    for found, told in ((holders, seen.holders), (bodies, seen.bodies)):
        for post, ref, probability in told:
            found[post][ref] = max(probability, found[post].get(ref, 0.0))
    holdings = dict(reading.holdings)
    posts = list(reading.posts)
    for number in seen.posts:
        posts[number] = _placed(posts[number], bodies[number], entities)
        holding = _held(reading, number, holders[number], entities)
        holdings.pop(number, None)
        if holding is not None:
            holdings[number] = holding
    return replace(reading, posts=posts, holdings=dict(sorted(holdings.items())))


def _held(reading: PostReading, number: int, likely: dict[str, float], entities: dict[str, Entity]) -> Holding | None:
    """Who holds a post: those whom a construction finds and the network doesn't doubt, and those of whom it is sure."""
    found = reading.holdings.get(number)
    holders = [holder for holder in (found.holders if found else ()) if likely.get(holder.entity.id, 0.0) >= DOUBTED]
    known = {holder.entity.id for holder in holders}
    added = [
        Holder(entities[ref], _nearest(entities[ref], reading.posts[number]))
        for ref, probability in likely.items()
        if probability >= FOUND and ref not in known and ref in entities
    ]
    if not holders and not added:
        return None
    rule = found.rule if found and holders else RULE
    return Holding([*holders, *added], rule, bool(found and found.former))


def _nearest(person: Entity, post: Post) -> Mention:
    return min(person.mentions, key=lambda mention: (abs(mention.start - post.head), mention.start))


def _placed(post: Post, likely: dict[str, float], entities: dict[str, Entity]) -> Post:
    """A post with its body: the one that its words name, unless the network is sure of another."""
    best = max(likely, key=lambda ref: likely[ref], default="")
    if not best or best not in entities or any(body.ref == best for body in post.bodies) or len(post.bodies) > 1:
        return post
    needed = MOVED if post.bodies else PLACED
    if likely[best] < needed:
        return post
    return replace(post, bodies=[Body(entities[best].name, best)])
