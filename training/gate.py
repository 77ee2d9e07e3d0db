"""Fit the gate: `python training/gate.py WORK`, after `sentences.py`.

It learns to let through the sentences in which the network sees a deal. WORK gets `gate.safetensors`. Recall and share
of those that pass are printed, of a fifth of the articles that it didn't learn from and by which its threshold is set.
"""

import argparse
import json
import random
from pathlib import Path
from typing import Any

import numpy as np
import torch
import torch.nn.functional as F
from safetensors import safe_open
from safetensors.torch import save_file
from torch import Tensor, nn

SEEN = 0.2  # a telling so probable is one
RECALL = 0.99  # of sentences with tellings
WIDE, NARROW = 96, 48
EPOCHS, BATCH, RATE, DECAY = 10, 128, 2e-3, 0.5
KINDS = ("ORG", "PER", "LOC", "money", "percent", "quantity", "date")
SIGNS = ("", *(f"{sign}{kind}" for kind in KINDS for sign in "*~"))  # 0 is any lemma


class Gate(nn.Module):
    """The same as `extract.learned.gate.Gate`."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.word = nn.Linear(dimensions, WIDE)
        self.sign = nn.Embedding(len(SIGNS), WIDE)
        self.pooled = nn.Linear(2 * WIDE, NARROW)
        self.fit = nn.Linear(NARROW, 1)
        self.drop = nn.Dropout(0.3)
        nn.init.normal_(self.sign.weight, std=0.05)

    def forward(self, vectors: Tensor, signs: Tensor, sentences: Tensor, count: int) -> Tensor:
        """Logits of `count` sentences: what each trait says, its largest and its mean."""
        seen = F.relu(self.word(self.drop(vectors)) + self.sign(signs))
        spread = sentences[:, None].expand(-1, WIDE)
        largest = torch.zeros(count, WIDE).scatter_reduce(0, spread, seen, "amax")
        mean = torch.zeros(count, WIDE).index_add(0, sentences, seen)
        mean = mean / torch.bincount(sentences, minlength=count)[:, None].clamp(min=1)
        return self.fit(self.drop(F.relu(self.pooled(torch.cat([largest, mean], 1)))))[:, 0]


class Sentences:
    """Sentences as batches of traits."""

    def __init__(self, work: Path) -> None:
        with (work / "sentences.jsonl").open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        with safe_open(work / "traits.safetensors", "pt") as file:
            names = json.loads(file.metadata()["names"])
            self.vectors = file.get_tensor("vectors")
        number = {name: at for at, name in enumerate(names)}
        self.signs = torch.tensor([SIGNS.index(name) if name in SIGNS else 0 for name in names])
        self.traits = [torch.tensor([number[trait] for trait in row[1]], dtype=torch.long) for row in rows]
        self.articles, self.told, self.lengths = (np.array([row[i] for row in rows]) for i in (0, 2, 3))

    def batch(self, chosen: Any) -> tuple[Tensor, Tensor, Tensor, int]:
        """What `Gate.forward` takes."""
        traits = torch.cat([self.traits[i] for i in chosen])
        lengths = torch.tensor([len(self.traits[i]) for i in chosen])
        sentences = torch.repeat_interleave(torch.arange(len(chosen)), lengths)
        return self.vectors[traits], self.signs[traits], sentences, len(chosen)


def fit(gate: Gate, data: Sentences, learnt: list[int], rng: random.Random) -> None:
    """Learn."""
    optimizer = torch.optim.AdamW(gate.parameters(), lr=RATE, weight_decay=DECAY)
    wanted = torch.tensor(data.told >= SEEN, dtype=torch.float32)
    for epoch in range(EPOCHS):
        for group in optimizer.param_groups:
            group["lr"] = RATE * (1 - epoch / EPOCHS)
        rng.shuffle(learnt)
        for start in range(0, len(learnt), BATCH):
            chosen = learnt[start : start + BATCH]
            loss = F.binary_cross_entropy_with_logits(gate(*data.batch(chosen)), wanted[chosen])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def main() -> None:
    """Fit, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    options = parser.parse_args()
    torch.manual_seed(0)
    data = Sentences(options.work)
    gate = Gate(data.vectors.shape[1])
    left = np.flatnonzero(data.articles % 5 == 0)
    fit(gate, data, np.flatnonzero(data.articles % 5).tolist(), random.Random(0))
    gate.eval()
    with torch.no_grad():
        scores = torch.cat([gate(*data.batch(left[i : i + 512])) for i in range(0, len(left), 512)]).numpy()
    told, lengths = data.told[left], data.lengths[left]
    for recall in (0.97, 0.98, 0.985, 0.99):
        least = float(np.quantile(scores[told >= SEEN], 1 - recall))
        passes = scores >= least
        print(
            f"recall {recall}, of the likelier {passes[told >= 2 * SEEN].mean():.4f}: {passes.mean():.3f} of sentences "
            f"pass, {lengths[passes].sum() / lengths.sum():.3f} of words"
        )
    least = float(np.quantile(scores[told >= SEEN], 1 - RECALL))
    weights = {f"gate.{name}": tensor.contiguous() for name, tensor in gate.state_dict().items()}
    save_file(weights, options.work / "gate.safetensors", {"least": str(least)})


if __name__ == "__main__":
    main()
