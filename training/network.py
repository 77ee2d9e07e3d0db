"""The network in torch: the encoder, and the heads that read deals off it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.numpy import load_file
from torch import Tensor, nn

HIDDEN, INNER, ATTENTIONS = 384, 1536, 12
WIDE = 256  # of the head that tells roles
KINDS = ("ORG", "PER", "LOC", "money", "percent", "quantity", "date")
MARKS = 1 + 2 * len(KINDS)  # 0 where nothing is named, then for each kind the first piece of a mention, and the others
STATUSES = ("planned", "negotiating", "agreed", "completed", "cancelled")
VALUES = ("amount", "stake", "date")
STEPS = 9  # of the distance between a post and a mention, in powers of two, after it or before it
DISTANCES = 12  # sentences that a mention can be after a unit's, or before it, as far as they are told apart


@dataclass(frozen=True)
class Shape:
    """What a network is made for.

    Attributes:
        types: of deals, in the order of their units.
        roles: "" first, then all roles, then the values.
        layers: of the pretrained encoder's twelve, those kept.
        pieces: in the vocabulary.
    """

    types: tuple[str, ...]
    roles: tuple[str, ...]
    layers: tuple[int, ...]
    pieces: int


class Layer(nn.Module):
    """A layer of the encoder: attention, then two dense maps, each added to what came in and normed."""

    def __init__(self) -> None:
        super().__init__()
        self.qkv = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.attended = nn.Linear(HIDDEN, HIDDEN)
        self.wide = nn.Linear(HIDDEN, INNER)
        self.narrow = nn.Linear(INNER, HIDDEN)
        self.attended_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        """x: [texts, pieces, HIDDEN]; bias: [texts, 1, 1, pieces]."""
        texts, length, _ = x.shape
        parts = self.qkv(x).view(texts, length, 3, ATTENTIONS, HIDDEN // ATTENTIONS)
        q, k, v = parts.permute(2, 0, 3, 1, 4)
        seen = F.scaled_dot_product_attention(q, k, v, attn_mask=bias.to(q.dtype))
        x = self.attended_norm(x + self.drop(self.attended(seen.transpose(1, 2).reshape(texts, length, HIDDEN))))
        return self.norm(x + self.drop(self.narrow(F.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """multilingual-e5-small, with the pieces and layers that are kept."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.word = nn.Embedding(shape.pieces, HIDDEN)
        self.position = nn.Parameter(torch.zeros(512, HIDDEN))
        self.mark = nn.Embedding(MARKS, HIDDEN)  # what is named where, which no pretraining knew
        nn.init.zeros_(self.mark.weight)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = nn.Dropout(0.1)
        self.layers = nn.ModuleList(Layer() for _ in shape.layers)

    def load(self, path: Path, rows: Sequence[int], layers: Sequence[int]) -> None:
        """Take over pretrained weights."""
        arrays = load_file(path)

        def take(into: Tensor, *names: str) -> None:
            found = np.concatenate([arrays[name].astype(np.float32) for name in names])
            into.data.copy_(torch.from_numpy(found).view_as(into))

        self.word.weight.data.copy_(torch.from_numpy(arrays["emb.word"][list(rows)].astype(np.float32)))
        take(self.position, "emb.pos")
        self.position.data += torch.from_numpy(arrays["emb.type"].reshape(-1, HIDDEN)[0])
        take(self.norm.weight, "emb.ln.w")
        take(self.norm.bias, "emb.ln.b")
        for layer, number in zip(self.layers, layers, strict=True):
            for part, names in {
                "qkv": ("q", "k", "v"), "attended": ("ao",), "wide": ("fi",), "narrow": ("fo",),
                "attended_norm": ("aln",), "norm": ("oln",),
            }.items():  # fmt: skip
                for end, kind in (("weight", "w"), ("bias", "b")):
                    take(getattr(getattr(layer, part), end), *(f"l{number}.{name}.{kind}" for name in names))

    def forward(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """ids, marks, mask: [texts, pieces] → [texts, pieces, HIDDEN]."""
        x = self.drop(self.norm(self.word(ids) + self.mark(marks) + self.position[: ids.shape[1]]))
        bias = torch.zeros(mask.shape, dtype=x.dtype).masked_fill(~mask, -1e4)[:, None, None, :]
        for layer in self.layers:
            x = layer(x, bias)
        return x


def gelu(x: Tensor) -> Tensor:
    """As the program computes it, in numpy, which has no error function."""
    return F.gelu(x, approximate="tanh")


class Pairing(nn.Module):
    """Tells how well things go with posts."""

    def __init__(self) -> None:
        super().__init__()
        self.post = nn.Linear(HIDDEN, WIDE)
        self.mention = nn.Linear(HIDDEN, WIDE)
        self.both = nn.Linear(HIDDEN, WIDE, bias=False)
        self.kind = nn.Embedding(2 * len(KINDS), WIDE)
        self.distance = nn.Embedding(2 * STEPS, WIDE)
        self.fit = nn.Linear(WIDE, 1)
        self.drop = nn.Dropout(0.1)
        for table in (self.kind, self.distance):
            nn.init.normal_(table.weight, std=0.05)

    def forward(self, posts: Tensor, mentions: Tensor, kinds: Tensor, distances: Tensor, things: Tensor) -> Tensor:
        """Logits [posts, things], of each thing's best mention.

        Args:
            posts: [n, HIDDEN], the mean of each post's pieces.
            mentions, kinds, things: see `Network.roles`.
            distances: [n, m], see `steps_of`.
        """
        z = self.post(posts)[:, None] + self.mention(mentions)[None] + self.both(posts[:, None] * mentions[None])
        logits = self.fit(self.drop(gelu(z + self.kind(kinds)[None] + self.distance(distances))))[..., 0]
        best = torch.full((len(posts), int(things.max()) + 1), -1e4, dtype=logits.dtype)
        return best.scatter_reduce(1, things[None].expand(len(posts), -1), logits, "amax")


class Network(nn.Module):
    """Reads units (sentence, type), their status, and what of the chunk fills which role in each."""

    def __init__(self, shape: Shape) -> None:
        super().__init__()
        self.shape = shape
        types = len(shape.types)
        self.encoder = Encoder(shape)
        self.register_buffer("mean", torch.zeros(HIDDEN))
        self.register_buffer("deviation", torch.ones(HIDDEN))
        self.query = nn.Parameter(torch.randn(types, HIDDEN) * 0.02)
        self.project = nn.Linear(HIDDEN, HIDDEN)
        self.type_weight = nn.Parameter(torch.randn(types, HIDDEN) * 0.02)
        self.type_bias = nn.Parameter(torch.full((types,), -4.0))
        self.status_wide = nn.Linear(HIDDEN, 128)
        self.status = nn.Linear(128, len(STATUSES))
        self.same_wide = nn.Linear(2 * HIDDEN, 128)
        self.same = nn.Linear(128, 1)
        self.unit = nn.Linear(HIDDEN, WIDE)
        self.mention = nn.Linear(HIDDEN, WIDE)
        self.both = nn.Linear(HIDDEN, WIDE, bias=False)
        self.kind = nn.Embedding(2 * len(KINDS), WIDE)
        self.distance = nn.Embedding(2 * DISTANCES, WIDE)
        self.type_table = nn.Embedding(types, WIDE)
        self.role = nn.Linear(WIDE, len(shape.roles))
        self.holder, self.body = Pairing(), Pairing()
        self.nowhere = nn.Linear(HIDDEN, 1)
        self.drop = nn.Dropout(0.1)
        for table in (self.kind, self.distance, self.type_table):
            nn.init.normal_(table.weight, std=0.05)

    def encode(self, ids: Tensor, marks: Tensor, mask: Tensor) -> Tensor:
        """The final states, standardized: e5's lie in a narrow cone, where heads don't learn."""
        return (self.encoder(ids, marks, mask).float() - self.mean) / self.deviation

    def units(self, states: Tensor, sentences: Sequence[tuple[int, int]]) -> tuple[Tensor, Tensor, Tensor]:
        """The units of the sentences: vectors [sentences, types, HIDDEN], logits [sentences, types], attention.

        Attention is [sentences, types, pieces], 0 outside the sentence; its peak is the trigger.
        """
        scores = (states @ self.query.T).T  # [types, pieces]
        inside = torch.zeros(len(sentences), states.shape[0], dtype=torch.bool)
        for number, (start, end) in enumerate(sentences):
            inside[number, start:end] = True
        attention = scores[None].masked_fill(~inside[:, None], -1e4).softmax(-1)
        vectors = gelu(self.project(self.drop(attention @ states)))
        return vectors, (vectors * self.type_weight).sum(-1) + self.type_bias, attention

    def statuses(self, units: Tensor) -> Tensor:
        """units: [n, HIDDEN] → logits [n, STATUSES]."""
        return self.status(gelu(self.status_wide(units)))

    def sameness(self, one: Tensor, other: Tensor) -> Tensor:
        """Whether pairs of units tell of one deal: [n, HIDDEN] twice → logits [n]."""
        return self.same(gelu(self.same_wide(torch.cat([one * other, (one - other).abs()], -1))))[:, 0]

    def roles(
        self, units: Tensor, types: Tensor, mentions: Tensor, kinds: Tensor, distances: Tensor, things: Tensor
    ) -> Tensor:
        """What fills which role: logits [units, things, roles].

        Args:
            units: [n, HIDDEN].
            types: [n].
            mentions: [m, HIDDEN], the mean of each mention's pieces.
            kinds: [m], twice the kind, one more for an anaphor.
            distances: [n, m], see `distance_of`.
            things: [m], the thing of each mention, from 0 without gaps.
        """
        z = self.unit(units)[:, None] + self.mention(mentions)[None]
        z = z + self.both(units[:, None] * mentions[None]) + self.kind(kinds)[None]
        z = gelu(z + self.distance(distances) + self.type_table(types)[:, None])
        count = int(things.max()) + 1
        best = torch.full((len(units), count, WIDE), -1e4, dtype=z.dtype)
        best = best.scatter_reduce(1, things[None, :, None].expand(len(units), -1, WIDE), z, "amax")
        return self.role(self.drop(best))


def distance_of(sentence: int, other: int) -> int:
    """How far a mention's sentence lies from a unit's, after it or before it, as an index of the table."""
    if other >= sentence:
        return min(DISTANCES - 1, other - sentence)
    return DISTANCES + min(DISTANCES - 1, sentence - other)


def steps_of(post: tuple[int, int], start: int, end: int) -> int:
    """How many pieces lie between a post and a mention, as an index of the table."""
    if start >= post[1]:
        return min(STEPS - 1, (start - post[1] + 1).bit_length())
    return STEPS + min(STEPS - 1, (max(0, post[0] - end) + 1).bit_length())
