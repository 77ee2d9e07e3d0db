"""Train the network: `python training/train.py WORK --layers 12 --epochs 6`.

Reads `examples-train.jsonl`, `vocabulary.json` and `pretrained.safetensors` of WORK; writes `checkpoint.pt` after
each epoch, from which a run that was broken off goes on, and `network.safetensors` at the end. A tenth of the
articles, by the hash of their ids, is held out: their figures are printed, and thresholds are chosen by them.
"""

import argparse
import hashlib
import json
import math
import random
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import torch
import torch.nn.functional as F
from network import KINDS, STATUSES, VALUES, Network, Shape, distance_of, steps_of
from safetensors.torch import load_file, save_file
from torch import Tensor

Json = dict[str, Any]
BATCH = 8  # chunks
ENCODER_RATE, HEADS_RATE = 1e-4, 1e-3
UNKNOWN = -100  # a role of which nothing is learnt
POST_WEIGHT = 0.5
AMOUNTS = range(KINDS.index("money"), len(KINDS))
PERSON, BODIES = KINDS.index("PER"), (KINDS.index("ORG"), KINDS.index("LOC"))
WARM_UP = 0.1  # of all steps
TYPE_WEIGHT = 2.0  # of the loss of units beside the others
OTHERS = 0.5  # of the chunks without deals, how many an epoch sees
HELD_OUT = 10  # one article of so many


@dataclass
class Piece:
    """A chunk as the network learns from it.

    Attributes:
        ids: of its pieces.
        marks: of its pieces, see `MARKS`.
        spans: of its sentences, in pieces.
        own: indices of the sentences that are not only repeated.
        units: (sentence, type) → the deals that it tells of.
        ignored: units of optional deals, and of those that may be deals.
        mentions: (thing, start, end, kind, sentence).
        roles: deal → thing → role.
        statuses: of the deals.
        posts: (start, end) in pieces.
        holders: (post, thing) → 1 if that person holds it, 0 if not, -1 if unknown; all others don't.
        bodies: post → the thing where it is held, -1 for none.
        silver: whether a program made it: then of things that fill no role only those in the telling's sentence are
            learnt, and not which tellings are of one deal.
        open: whether nobody said what sums, stakes and dates belong to the deals.
    """

    ids: list[int]
    marks: list[int]
    spans: list[tuple[int, int]]
    own: list[int]
    mentions: list[tuple[int, int, int, int, int]]
    units: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    ignored: set[tuple[int, int]] = field(default_factory=set)
    roles: list[dict[int, int]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    posts: list[tuple[int, int]] = field(default_factory=list)
    holders: dict[tuple[int, int], int] = field(default_factory=dict)
    bodies: dict[int, int] = field(default_factory=dict)
    silver: bool = False
    open: bool = False


def pieces_of(example: Json, shape: Shape) -> Iterator[Piece]:
    """The chunks of an article with its deals in their terms."""
    for chunk in example["chunks"]:
        sentences = chunk["sentences"]
        at = {number: i for i, (number, _, _, _) in enumerate(sentences)}
        own = [i for i, (_, _, _, is_own) in enumerate(sentences) if is_own]
        mentions = []
        for thing, start, end, anaphor in chunk["mentions"]:
            inside = next((i for i, (_, a, b, _) in enumerate(sentences) if a <= start < b), 0)
            kind = 2 * KINDS.index(example["things"][thing][1]) + bool(anaphor)
            mentions.append((thing, start, end, kind, inside))
        marks = marks_of(len(chunk["ids"]), mentions)
        piece = Piece(chunk["ids"], marks, [(a, b) for _, a, b, _ in sentences], own, mentions)
        for number, deal in enumerate(example["deals"]):
            named = {**deal["roles"], **{str(thing): slot for slot, thing in deal["values"].items()}}
            piece.roles.append(
                {int(thing): shape.roles.index(role) for thing, role in named.items() if role in shape.roles}
            )
            piece.statuses.append(STATUSES.index(deal["status"]))
            if deal["type"] not in shape.types:
                continue
            for sentence in deal["sentences"]:
                unit = (at.get(sentence, -1), shape.types.index(deal["type"]))
                if unit[0] in own and deal["optional"]:
                    piece.ignored.add(unit)
                elif unit[0] in own:
                    piece.units.setdefault(unit, []).append(number)
        piece.silver, piece.open = "silver" in example, "open" in example
        if "unsure" in example:
            unsure = example["unsure"]
            everything = ((i, type) for i in own for type in range(len(shape.types)))
            known = [
                (at[sentence], shape.types.index(type))
                for sentence, type in unsure or ()
                if sentence in at and type in shape.types
            ]
            piece.ignored.update(everything if unsure is None else known)
        add_posts(piece, chunk, example)
        yield piece


def add_posts(piece: Piece, chunk: Json, example: Json) -> None:
    """The posts in a chunk's own sentences, and who holds them."""
    first = {token: at for at, token in reversed(list(enumerate(chunk["tokens"]))) if token >= 0}
    past = {token: at + 1 for at, token in enumerate(chunk["tokens"]) if token >= 0}
    own = [span for span, (_, _, _, is_own) in zip(piece.spans, chunk["sentences"], strict=True) if is_own]
    number: dict[int, int] = {}
    for post, (start, end) in enumerate(example["posts"]):
        if start in first and end - 1 in past and any(a <= first[start] < b for a, b in own):
            number[post] = len(piece.posts)
            piece.posts.append((first[start], past[end - 1]))
    there = {mention[0] for mention in piece.mentions}
    for held in example["held"]:
        for post in held["alike"]:
            if post in number:
                piece.holders.setdefault((number[post], held["holder"]), -1)
        if held["post"] in number:
            piece.holders[number[held["post"]], held["holder"]] = 1
            if held["body"] == -1 or held["body"] in there:
                piece.bodies[number[held["post"]]] = held["body"]


def marks_of(length: int, mentions: list[tuple[int, int, int, int, int]]) -> list[int]:
    """The marks of a chunk's pieces; where mentions lie within each other, the later in text order, and its first."""
    marks = [0] * length
    for _, start, end, kind, _ in mentions:
        marks[start:end] = [1 + 2 * (kind // 2), *[2 + 2 * (kind // 2)] * (end - start - 1)]
    return marks


def batch_of(pieces: list[Piece]) -> tuple[Tensor, Tensor, Tensor]:
    """Ids, marks and mask: [pieces, the longest]."""
    longest = max(len(piece.ids) for piece in pieces)
    ids, marks, mask = torch.ones(3, len(pieces), longest, dtype=torch.long)
    marks[:], mask[:] = 0, 0
    for i, piece in enumerate(pieces):
        ids[i, : len(piece.ids)] = torch.tensor(piece.ids)
        marks[i, : len(piece.ids)] = torch.tensor(piece.marks)
        mask[i, : len(piece.ids)] = 1
    return ids, marks, mask.bool()


def role_logits(
    network: Network, states: Tensor, vectors: Tensor, units: list[tuple[int, int]], piece: Piece
) -> tuple[list[int], Tensor]:
    """The things of a chunk, and what each does in each unit."""
    things = sorted({mention[0] for mention in piece.mentions})
    number = {thing: i for i, thing in enumerate(things)}
    chosen = torch.stack([vectors[sentence, type] for sentence, type in units])
    means = torch.stack([states[start:end].mean(0) for _, start, end, _, _ in piece.mentions])
    distances = [[distance_of(sentence, mention[4]) for mention in piece.mentions] for sentence, _ in units]
    logits = network.roles(
        chosen,
        torch.tensor([type for _, type in units]),
        means,
        torch.tensor([mention[3] for mention in piece.mentions]),
        torch.tensor(distances),
        torch.tensor([number[mention[0]] for mention in piece.mentions]),
    )
    return things, logits


def loss_of(network: Network, states: Tensor, piece: Piece) -> tuple[Tensor, int]:
    """The loss of a chunk, and the number of its units."""
    vectors, logits, _ = network.units(states, piece.spans)
    wanted, weight = torch.zeros_like(logits), torch.zeros_like(logits)
    weight[piece.own] = 1
    for unit in piece.ignored:
        weight[unit] = 0
    for unit in piece.units:
        wanted[unit] = weight[unit] = 1
    loss = TYPE_WEIGHT * F.binary_cross_entropy_with_logits(logits, wanted, weight, reduction="sum")
    units = list(piece.units)
    if units:
        chosen = torch.stack([vectors[unit] for unit in units])
        told = torch.tensor([piece.statuses[piece.units[unit][0]] for unit in units])
        loss = loss + F.cross_entropy(network.statuses(chosen).float(), told, reduction="sum")
        if piece.mentions:
            things, roles = role_logits(network, states, vectors, units, piece)
            right = [[_role(piece, unit, thing) for thing in things] for unit in units]
            if piece.silver:
                right = [
                    [
                        role if role or unit[0] in _sentences(piece, thing) else UNKNOWN
                        for thing, role in zip(things, row, strict=True)
                    ]
                    for unit, row in zip(units, right, strict=True)
                ]
            if piece.open:
                values = {mention[0] for mention in piece.mentions if mention[3] // 2 in AMOUNTS}
                right = [
                    [UNKNOWN if thing in values else role for thing, role in zip(things, row, strict=True)]
                    for row in right
                ]
            loss = loss + F.cross_entropy(
                roles.float().flatten(0, 1), torch.tensor(right).flatten(), reduction="sum", ignore_index=UNKNOWN
            )
        pairs = [(i, j) for i in range(len(units)) for j in range(i) if units[i][1] == units[j][1]]
        if pairs and not piece.silver:
            one, other = (chosen[[pair[side] for pair in pairs]] for side in (0, 1))
            same = [float(not set(piece.units[units[i]]).isdisjoint(piece.units[units[j]])) for i, j in pairs]
            loss = loss + F.binary_cross_entropy_with_logits(
                network.sameness(one, other).float(), torch.tensor(same), reduction="sum"
            )
    if piece.posts and any(mention[3] // 2 == PERSON for mention in piece.mentions):
        loss = loss + POST_WEIGHT * loss_of_posts(network, states, piece)
    return loss, len(units)


def post_logits(network: Network, states: Tensor, piece: Piece) -> tuple[list[int], Tensor, Tensor]:
    """The things of a chunk; how well each fits as holder of each post, [posts, things], and as its body.

    The last column of the bodies is «nowhere».
    """
    things = sorted({mention[0] for mention in piece.mentions})
    number = {thing: i for i, thing in enumerate(things)}
    posts = torch.stack([states[start:end].mean(0) for start, end in piece.posts])
    means = torch.stack([states[start:end].mean(0) for _, start, end, _, _ in piece.mentions])
    kinds = torch.tensor([mention[3] for mention in piece.mentions])
    steps = [[steps_of(post, mention[1], mention[2]) for mention in piece.mentions] for post in piece.posts]
    given = posts, means, kinds, torch.tensor(steps), torch.tensor([number[mention[0]] for mention in piece.mentions])
    return things, network.holder(*given), torch.cat([network.body(*given), network.nowhere(posts)], 1)


def loss_of_posts(network: Network, states: Tensor, piece: Piece) -> Tensor:
    """The loss of who holds which post where."""
    things, holders, bodies = post_logits(network, states, piece)
    kinds = {mention[0]: mention[3] // 2 for mention in piece.mentions}
    wanted, weight = torch.zeros_like(holders), torch.zeros_like(holders)
    weight[:, [i for i, thing in enumerate(things) if kinds[thing] == PERSON]] = 1
    for (post, thing), holds in piece.holders.items():
        if thing in kinds:
            at = post, things.index(thing)
            wanted[at], weight[at] = float(holds > 0), float(holds >= 0)
    loss = F.binary_cross_entropy_with_logits(holders.float(), wanted.float(), weight.float(), reduction="sum")
    if piece.bodies:
        fits = torch.tensor([kinds[thing] in BODIES for thing in things] + [True])
        told = bodies.float().masked_fill(~fits, -1e4)[list(piece.bodies)]
        right = [things.index(body) if body >= 0 else len(things) for body in piece.bodies.values()]
        loss = loss + F.cross_entropy(told, torch.tensor(right), reduction="sum")
    return loss


def _sentences(piece: Piece, thing: int) -> set[int]:
    """Where a thing is named."""
    return {mention[4] for mention in piece.mentions if mention[0] == thing}


def _role(piece: Piece, unit: tuple[int, int], thing: int) -> int:
    return next((piece.roles[deal][thing] for deal in piece.units[unit] if thing in piece.roles[deal]), 0)


def batches(pieces: list[Piece], rng: random.Random) -> list[list[Piece]]:
    """Chunks of like length together, in an order of chance: all that tell of deals, some of the others."""
    chosen = [piece for piece in pieces if piece.units or rng.random() < OTHERS]
    order = sorted(chosen, key=lambda piece: len(piece.ids) + rng.random() * 60)
    found = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(found)
    return found


def standardize(network: Network, pieces: list[Piece]) -> None:
    """Set mean and deviation of the final states from some chunks."""
    network.eval()
    states = []
    with torch.no_grad():
        for piece in pieces[:100]:
            states.append(network.encoder(*batch_of([piece]))[0].float())  # noqa: PERF401
    joined = torch.cat(states)
    network.mean.copy_(joined.mean(0))
    network.deviation.copy_(joined.std(0))


def measure(network: Network, pieces: list[Piece]) -> str:
    """F1 of units at several thresholds; of roles and statuses in the units that are annotated."""
    network.eval()
    found: list[tuple[float, bool]] = []
    missing = statuses = right_statuses = role_right = role_found = role_all = 0
    with torch.no_grad():
        for piece in pieces:
            states = network.encode(*batch_of([piece]))[0]
            vectors, logits, _ = network.units(states, piece.spans)
            for sentence in piece.own:
                for type, probability in enumerate(logits[sentence].float().sigmoid().tolist()):
                    if (sentence, type) not in piece.ignored:
                        found.append((probability, (sentence, type) in piece.units))
            units = list(piece.units)
            if not units:
                continue
            told = network.statuses(torch.stack([vectors[unit] for unit in units])).argmax(-1).tolist()
            statuses += len(units)
            right_statuses += sum(piece.statuses[piece.units[u][0]] == s for u, s in zip(units, told, strict=True))
            if piece.mentions:
                things, roles = role_logits(network, states, vectors, units, piece)
                for unit, given in zip(units, roles.argmax(-1).tolist(), strict=True):
                    for thing, role in zip(things, given, strict=True):
                        wanted = _role(piece, unit, thing)
                        role_all += wanted > 0
                        role_found += role > 0
                        role_right += role == wanted > 0
    missing = sum(right for _, right in found)
    posts = measure_posts(network, pieces)
    best = 0.0, 0.0
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [right for probability, right in found if probability >= threshold]
        best = max(best, (2 * sum(kept) / max(len(kept) + missing, 1), threshold))
    roles_f1 = 2 * role_right / max(role_found + role_all, 1)
    right = right_statuses / max(statuses, 1)
    return f"units {best[0]:.3f} at {best[1]}, statuses {right:.3f}, roles {roles_f1:.3f}, {posts}"


def measure_posts(network: Network, pieces: list[Piece]) -> str:
    """F1 of the holders of posts; how many of the posts that are held are given the right body."""
    right = found = wanted = bodies = right_bodies = 0
    with torch.no_grad():
        for piece in pieces:
            kinds = {mention[0]: mention[3] // 2 for mention in piece.mentions}
            if not piece.posts or PERSON not in kinds.values():
                continue
            things, holders, body = post_logits(network, network.encode(*batch_of([piece]))[0], piece)
            holding = {
                (post, thing)
                for post, row in enumerate(holders.tolist())
                for thing, logit in zip(things, row, strict=True)
                if kinds[thing] == PERSON and logit > 0 and piece.holders.get((post, thing)) != -1
            }
            held = {pair for pair, holds in piece.holders.items() if holds > 0 and pair[1] in kinds}
            right, found, wanted = right + len(holding & held), found + len(holding), wanted + len(held)
            for post, thing in piece.bodies.items():
                fits = [kinds[other] in BODIES for other in things] + [True]
                best = max((i for i, fit in enumerate(fits) if fit), key=lambda i: body[post, i].item())
                bodies += 1
                right_bodies += (things[best] if best < len(things) else -1) == thing
    return f"holders {2 * right / max(found + wanted, 1):.3f}, bodies {right_bodies / max(bodies, 1):.3f}"


@dataclass
class Run:
    """A training that goes on where its checkpoint was.

    Attributes:
        epochs: in all.
        done: of them.
        half: whether the encoder computes in bfloat16.
    """

    network: Network
    optimizer: torch.optim.AdamW
    schedule: torch.optim.lr_scheduler.LambdaLR
    checkpoint: Path
    epochs: int
    half: bool
    done: int = 0

    def resume(self) -> None:
        """Take over the checkpoint, if there is one."""
        if self.checkpoint.exists():
            saved = torch.load(self.checkpoint, weights_only=True)
            self.network.load_state_dict(saved["network"])
            self.optimizer.load_state_dict(saved["optimizer"])
            self.schedule.load_state_dict(saved["schedule"])
            self.done = saved["done"]

    def epoch(self, order: list[list[Piece]]) -> float:
        """Learn from all batches once and save; the mean loss."""
        began, total = time.perf_counter(), 0.0
        self.network.train()
        for number, batch in enumerate(order, 1):
            with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
                states = self.network.encode(*batch_of(batch))
                parts = [loss_of(self.network, states[i], piece) for i, piece in enumerate(batch)]
            loss = torch.stack([part for part, _ in parts]).sum() / (sum(count for _, count in parts) + 4)
            self.optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
            self.optimizer.step()
            self.schedule.step()
            total += loss.item()
            if number % 50 == 0:
                spent = time.perf_counter() - began
                print(f"  {number} of {len(order)}: loss {total / number:.3f}, {spent:.0f} s", flush=True)
        self.done += 1
        state = {name: getattr(self, name).state_dict() for name in ("network", "optimizer", "schedule")}
        torch.save({**state, "done": self.done}, self.checkpoint)
        return total / len(order)


def run_of(network: Network, steps: int, checkpoint: Path, epochs: int) -> Run:
    """A run with the rates of encoder and heads, which rise while it warms up, then fall."""
    encoder = [parameter for name, parameter in network.encoder.named_parameters() if name != "mark.weight"]
    ours = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in ours]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEADS_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (steps * WARM_UP)) * max(0.02, 1 - step / steps)
    )
    return Run(network, optimizer, schedule, checkpoint, epochs, half=has_bfloat16())


def has_bfloat16() -> bool:
    """Whether the processor computes in bfloat16 by itself; emulated, it is twenty times slower than float32."""
    flags = Path("/proc/cpuinfo")
    return flags.exists() and any(flag in flags.read_text() for flag in ("amx_bf16", "avx512_bf16"))


def shape_of(examples: list[Json], layers: int, pieces: int) -> Shape:
    """The types and roles that the examples have, and the first layers of the twelve."""
    deals = [deal for example in examples for deal in example["deals"]]
    types = tuple(sorted({deal["type"] for deal in deals}))
    roles = ("", *sorted({role for deal in deals for role in deal["roles"].values()}), *VALUES)
    return Shape(types, roles, tuple(range(layers)), pieces)


def examples_of(path: Path) -> list[Json]:
    """The examples of a file."""
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def is_held_out(example: Json) -> bool:
    """Whether an article is never learnt from."""
    return _hash(example["id"]) % HELD_OUT == 0


def beginning(network: Network, work: Path, start: str | None, pieces: list[Piece]) -> None:
    """Take over the pretrained weights, or those of a network that was trained before, which may have more layers."""
    if start is None:
        rows = json.loads((work / "vocabulary.json").read_text("utf-8"))["rows"]
        network.encoder.load(work / "pretrained.safetensors", rows, network.shape.layers)
    else:
        layers = {f"encoder.layers.{number}." for number in range(len(network.shape.layers))}
        state = load_file(work / f"{start}.safetensors")
        kept = {
            name: tensor
            for name, tensor in state.items()
            if not name.startswith("encoder.layers.") or name.startswith(tuple(layers))
        }
        network.load_state_dict(kept)
    standardize(network, pieces)


def learnt_from(examples: list[Json], shape: Shape) -> list[Piece]:
    """The chunks of articles that something can be learnt from."""
    pieces = [piece for example in examples for piece in pieces_of(example, shape) if piece.own]
    return [piece for piece in pieces if piece.units or not piece.silver]


def options_of() -> argparse.Namespace:
    """What the command line says."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--layers", type=int, default=8, choices=range(1, 13))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles, to see what more would give")
    parser.add_argument("--silver", action="store_true", help="learn from what frames are sure of, too")
    parser.add_argument("--templates", action="store_true", help="learn from plain sentences, too")
    parser.add_argument("--start", help="go on from the network of this name instead of the pretrained encoder")
    parser.add_argument("--out", default="network", help="the network's name")
    return parser.parse_args()


def main() -> None:
    """Train, measuring after each epoch."""
    options = options_of()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    examples = examples_of(options.work / "examples-train.jsonl")
    pieces_known = len(json.loads((options.work / "vocabulary.json").read_text("utf-8"))["rows"])
    shape = shape_of(examples, options.layers, pieces_known)
    held = [example for example in examples if is_held_out(example)]
    taught = [example for example in examples if not is_held_out(example)]
    taught = [example for example in taught if _hash(example["id"] + "share") % 1000 < 1000 * options.share]
    (options.work / "held-out.txt").write_text("\n".join(example["id"] for example in held) + "\n", "utf-8")
    for name in ("silver", "templates"):
        if getattr(options, name):
            taught += examples_of(options.work / f"examples-{name}.jsonl")
    pieces, tests = learnt_from(taught, shape), learnt_from(held, shape)
    units = sum(len(piece.units) for piece in pieces)
    print(f"{len(taught)} articles, {len(pieces)} chunks, {units} units; {len(held)} articles held out", flush=True)
    network = Network(shape)
    beginning(network, options.work, options.start, pieces)
    seen = sum(1.0 if piece.units else OTHERS for piece in pieces)
    steps = options.epochs * math.ceil(seen / BATCH)
    run = run_of(network, steps, options.work / f"{options.out}-checkpoint.pt", options.epochs)
    run.resume()
    for epoch in range(options.epochs):
        order = batches(pieces, rng)
        if epoch >= run.done:
            loss = run.epoch(order)
            print(f"epoch {epoch + 1}: loss {loss:.3f}; {measure(network, tests)}", flush=True)
    about = {name: json.dumps(getattr(shape, name)) for name in ("types", "roles", "layers")}
    weights = {name: tensor.contiguous() for name, tensor in network.state_dict().items()}
    save_file(weights, options.work / f"{options.out}.safetensors", about)


def _hash(id: str) -> int:
    return int(hashlib.sha256(id.encode()).hexdigest(), 16)


if __name__ == "__main__":
    main()
