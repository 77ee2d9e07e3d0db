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

SEEN = 0.2  # a telling so probable is one to learn
LIKELY = 0.4  # and by one so probable the threshold is set
RECALL = 0.985  # of sentences with likely tellings; of those that are annotated as deals more pass
WIDE, NARROW = 96, 48
WINDOW = 3  # words that are seen together
EPOCHS, BATCH, RATE, DECAY = 6, 128, 2e-3, 0.1
SORTED = 32  # batches whose sentences are sorted by length together
SIGNS = 15  # see `extract.learned.gate`


class Gate(nn.Module):
    """The same as `extract.learned.gate.Gate`."""

    def __init__(self, dimensions: int) -> None:
        super().__init__()
        self.word = nn.Linear(dimensions, WIDE)
        self.sign = nn.Embedding(SIGNS, WIDE)
        self.window = nn.Linear(WINDOW * WIDE, WIDE)
        self.pooled = nn.Linear(2 * WIDE, NARROW)
        self.fit = nn.Linear(NARROW, 1)
        self.drop = nn.Dropout(0.3)
        nn.init.normal_(self.sign.weight, std=0.05)

    def forward(self, vectors: Tensor, signs: Tensor, there: Tensor) -> Tensor:
        """Logits of sentences: what each word says among its neighbours, the largest and the mean of it.

        Args:
            vectors: [sentences, words, dimensions].
            signs: [sentences, words].
            there: [sentences, words], 1 for a word, 0 for padding.
        """
        seen = F.relu(self.word(self.drop(vectors)) + self.sign(signs)) * there[..., None]
        before, after = F.pad(seen, (0, 0, 1, 0))[:, :-1], F.pad(seen, (0, 0, 0, 1))[:, 1:]
        seen = F.relu(self.window(torch.cat([before, seen, after], 2))) * there[..., None]
        mean = seen.sum(1) / there.sum(1).clamp(min=1)[:, None]
        return self.fit(self.drop(F.relu(self.pooled(torch.cat([seen.amax(1), mean], 1)))))[:, 0]


class Sentences:
    """Sentences as batches of words."""

    def __init__(self, work: Path) -> None:
        with (work / "sentences.jsonl").open(encoding="utf-8") as lines:
            rows = [json.loads(line) for line in lines]
        with safe_open(work / "lemmas.safetensors", "pt") as file:
            names = json.loads(file.metadata()["names"])
            vectors = file.get_tensor("vectors")
        number = {name: at for at, name in enumerate(names, 1)}  # 0 is padding
        self.vectors = torch.cat([torch.zeros(1, vectors.shape[1]), vectors])
        self.lemmas = [torch.tensor([number[lemma] for lemma in row[1]], dtype=torch.long) for row in rows]
        self.signs = [torch.tensor(row[2], dtype=torch.long) for row in rows]
        self.articles, self.told = (np.array([row[i] for row in rows]) for i in (0, 3))
        self.lengths = np.array([len(row[1]) for row in rows])

    def batch(self, chosen: list[int]) -> tuple[Tensor, Tensor, Tensor]:
        """What `Gate.forward` takes."""
        pad = nn.utils.rnn.pad_sequence
        lemmas = pad([self.lemmas[i] for i in chosen], batch_first=True)
        return self.vectors[lemmas], pad([self.signs[i] for i in chosen], batch_first=True), (lemmas > 0).float()

    def batches(self, chosen: list[int], rng: random.Random) -> list[list[int]]:
        """Those chosen, in random batches of sentences that are about as long; a sentence without words in none."""
        chosen = [i for i in chosen if self.lengths[i]]
        rng.shuffle(chosen)
        size = SORTED * BATCH
        starts = range(0, len(chosen), size)
        stretches = (sorted(chosen[at : at + size], key=lambda i: self.lengths[i]) for at in starts)
        found = [stretch[at : at + BATCH] for stretch in stretches for at in range(0, len(stretch), BATCH)]
        rng.shuffle(found)
        return found


def fit(gate: Gate, data: Sentences, learnt: list[int], rng: random.Random) -> None:
    """Learn."""
    optimizer = torch.optim.AdamW(gate.parameters(), lr=RATE, weight_decay=DECAY, fused=True)
    wanted = torch.tensor(data.told >= SEEN, dtype=torch.float32)
    for epoch in range(EPOCHS):
        batches = data.batches(learnt, rng)
        for at, chosen in enumerate(batches):
            for group in optimizer.param_groups:
                group["lr"] = RATE * (1 - (epoch + at / len(batches)) / EPOCHS)
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
    left: Any = np.flatnonzero((data.articles % 5 == 0) & (data.lengths > 0))
    fit(gate, data, np.flatnonzero(data.articles % 5).tolist(), random.Random(0))
    gate.eval()
    with torch.no_grad():
        scores = torch.cat([gate(*data.batch(left[i : i + 512].tolist())) for i in range(0, len(left), 512)]).numpy()
    told, lengths = data.told[left], data.lengths[left]
    likely = told >= LIKELY
    for recall in (0.97, 0.98, 0.985, 0.99, 0.995):
        passes = scores >= np.quantile(scores[likely], 1 - recall)
        print(
            f"recall {recall}, with the less likely {passes[told >= SEEN].mean():.4f}: "
            f"{passes.mean():.3f} of sentences pass, {lengths[passes].sum() / lengths.sum():.3f} of words"
        )
    least = float(np.quantile(scores[likely], 1 - RECALL))
    weights = {f"gate.{name}": tensor.contiguous() for name, tensor in gate.state_dict().items()}
    save_file(weights, options.work / "gate.safetensors", {"least": str(least)})


if __name__ == "__main__":
    main()
