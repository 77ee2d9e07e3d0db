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
from network import KINDS, STATUSES, VALUES, Network, Shape, distance_of
from safetensors.torch import save_file
from torch import Tensor

Json = dict[str, Any]
BATCH = 8  # chunks
ENCODER_RATE, HEADS_RATE = 1e-4, 1e-3
WARM_UP = 0.1  # of all steps
TYPE_WEIGHT = 2.0  # of the loss of units beside the others
HELD_OUT = 10  # one article of so many


@dataclass
class Piece:
    """A chunk as the network learns from it.

    Attributes:
        ids: of its pieces.
        spans: of its sentences, in pieces.
        own: indices of the sentences that are not only repeated.
        units: (sentence, type) → the deals that it tells of.
        ignored: units of optional deals.
        mentions: (thing, start, end, kind, sentence).
        roles: deal → thing → role.
        statuses: of the deals.
    """

    ids: list[int]
    spans: list[tuple[int, int]]
    own: list[int]
    mentions: list[tuple[int, int, int, int, int]]
    units: dict[tuple[int, int], list[int]] = field(default_factory=dict)
    ignored: set[tuple[int, int]] = field(default_factory=set)
    roles: list[dict[int, int]] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)


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
        piece = Piece(chunk["ids"], [(a, b) for _, a, b, _ in sentences], own, mentions)
        for number, deal in enumerate(example["deals"]):
            named = {**deal["roles"], **{str(thing): slot for slot, thing in deal["values"].items()}}
            piece.roles.append({int(thing): shape.roles.index(role) for thing, role in named.items()})
            piece.statuses.append(STATUSES.index(deal["status"]))
            if deal["type"] not in shape.types:
                continue
            for sentence in deal["sentences"]:
                unit = (at.get(sentence, -1), shape.types.index(deal["type"]))
                if unit[0] in own and deal["optional"]:
                    piece.ignored.add(unit)
                elif unit[0] in own:
                    piece.units.setdefault(unit, []).append(number)
        yield piece


def batch_of(pieces: list[Piece]) -> tuple[Tensor, Tensor]:
    """Ids and mask: [pieces, the longest]."""
    longest = max(len(piece.ids) for piece in pieces)
    ids, mask = torch.ones(len(pieces), longest, dtype=torch.long), torch.zeros(len(pieces), longest, dtype=torch.bool)
    for i, piece in enumerate(pieces):
        ids[i, : len(piece.ids)] = torch.tensor(piece.ids)
        mask[i, : len(piece.ids)] = True
    return ids, mask


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
            loss = loss + F.cross_entropy(roles.float().flatten(0, 1), torch.tensor(right).flatten(), reduction="sum")
        pairs = [(i, j) for i in range(len(units)) for j in range(i) if units[i][1] == units[j][1]]
        if pairs:
            one, other = (chosen[[pair[side] for pair in pairs]] for side in (0, 1))
            same = [float(not set(piece.units[units[i]]).isdisjoint(piece.units[units[j]])) for i, j in pairs]
            loss = loss + F.binary_cross_entropy_with_logits(
                network.sameness(one, other).float(), torch.tensor(same), reduction="sum"
            )
    return loss, len(units)


def _role(piece: Piece, unit: tuple[int, int], thing: int) -> int:
    return next((piece.roles[deal][thing] for deal in piece.units[unit] if thing in piece.roles[deal]), 0)


def batches(pieces: list[Piece], rng: random.Random) -> list[list[Piece]]:
    """Chunks of like length together, in an order of chance."""
    order = sorted(pieces, key=lambda piece: len(piece.ids) + rng.random() * 60)
    found = [order[i : i + BATCH] for i in range(0, len(order), BATCH)]
    rng.shuffle(found)
    return found


def standardize(network: Network, pieces: list[Piece]) -> None:
    """Set mean and deviation of the final states from some chunks."""
    network.eval()
    states = []
    with torch.no_grad():
        for piece in pieces[:100]:
            ids, mask = batch_of([piece])
            states.append(network.encoder(ids, mask)[0].float())
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
            ids, mask = batch_of([piece])
            states = network.encode(ids, mask)[0]
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
    best = 0.0, 0.0
    for threshold in (0.2, 0.3, 0.4, 0.5, 0.6, 0.7):
        kept = [right for probability, right in found if probability >= threshold]
        best = max(best, (2 * sum(kept) / max(len(kept) + missing, 1), threshold))
    roles_f1 = 2 * role_right / max(role_found + role_all, 1)
    return f"units {best[0]:.3f} at {best[1]}, statuses {right_statuses / max(statuses, 1):.3f}, roles {roles_f1:.3f}"


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
            ids, mask = batch_of(batch)
            with torch.autocast("cpu", torch.bfloat16, enabled=self.half):
                states = self.network.encode(ids, mask)
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
    encoder = list(network.encoder.parameters())
    ours = {id(parameter) for parameter in encoder}
    heads = [parameter for parameter in network.parameters() if id(parameter) not in ours]
    groups = [{"params": encoder, "lr": ENCODER_RATE}, {"params": heads, "lr": HEADS_RATE}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min(1, (step + 1) / (steps * WARM_UP)) * max(0.02, 1 - step / steps)
    )
    return Run(network, optimizer, schedule, checkpoint, epochs, half=has_bfloat16())


def has_bfloat16() -> bool:
    """Whether the processor computes in bfloat16 by itself; emulated, it is twenty times slower than float32."""
    flags = Path("/proc/cpuinfo")
    return flags.exists() and "amx_bf16" in flags.read_text()


def shape_of(examples: list[Json], layers: int, pieces: int) -> Shape:
    """The types and roles that the examples have, and every second or third layer of the twelve."""
    deals = [deal for example in examples for deal in example["deals"]]
    types = tuple(sorted({deal["type"] for deal in deals}))
    roles = ("", *sorted({role for deal in deals for role in deal["roles"].values()}), *VALUES)
    return Shape(types, roles, tuple(range(12 // layers - 1, 12, 12 // layers)), pieces)


def main() -> None:
    """Train, measuring after each epoch."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("--layers", type=int, default=6, choices=(4, 6, 12))
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--share", type=float, default=1.0, help="of the articles, to see what more would give")
    parser.add_argument("--out", default="network")
    options = parser.parse_args()
    torch.manual_seed(options.seed)
    rng = random.Random(options.seed)
    vocabulary = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    with (options.work / "examples-train.jsonl").open(encoding="utf-8") as lines:
        examples = [json.loads(line) for line in lines]
    shape = shape_of(examples, options.layers, len(vocabulary["rows"]))
    held = [example for example in examples if _hash(example["id"]) % HELD_OUT == 0]
    taught = [example for example in examples if _hash(example["id"]) % HELD_OUT]
    taught = [example for example in taught if _hash(example["id"] + "share") % 1000 < 1000 * options.share]
    pieces, tests = (
        [piece for example in part for piece in pieces_of(example, shape) if piece.own] for part in (taught, held)
    )
    units = sum(len(piece.units) for piece in pieces)
    print(f"{len(taught)} articles, {len(pieces)} chunks, {units} units; {len(held)} articles held out", flush=True)
    network = Network(shape)
    network.encoder.load(options.work / "pretrained.safetensors", vocabulary["rows"], shape.layers)
    standardize(network, pieces)
    steps = options.epochs * math.ceil(len(pieces) / BATCH)
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
