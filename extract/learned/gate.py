"""Which sentences the network reads: those whose words leave it possible that they tell of a deal.

A small network over word vectors, fitted to what the large one found in thousands of articles; see `training/gate.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from extract.language import resources
from extract.language.embeddings import load_embeddings, number_of
from extract.language.words import Words
from extract.learned.chunks import KINDS, Thing

SILENT = ("PUNCT", "SPACE")
SIGNS = ("", *(f"{sign}{kind}" for kind in KINDS for sign in "*~"))  # of what is named there, by a name or not
GATE_ARRAYS = {
    "gate.sign.weight",
    *(f"gate.{name}.{part}" for name in ("word", "window", "pooled", "fit") for part in ("weight", "bias")),
}
Array = npt.NDArray[np.float32]


class Traits(NamedTuple):
    """What the gate knows of a sentence: of each word its lemma, and the number of its sign."""

    lemmas: list[str]
    signs: list[int]


class Vectors:
    """navec's vectors of lemmas; zeros for those that it doesn't know."""

    def __init__(self) -> None:
        embeddings = load_embeddings(resources.natasha_file(resources.EMBEDDINGS))
        self._indexes, self._codes = embeddings.indexes, embeddings.codes
        self._number = number_of(embeddings.names)
        self._unknown = self._number("")
        self._pieces = np.arange(self._codes.shape[0])

    def of(self, lemmas: Sequence[str]) -> Array:
        """[lemmas, dimensions]."""
        numbers = np.array([self._number(lemma.replace("ё", "е")) for lemma in lemmas], np.int64)
        found: Array = self._codes[self._pieces, self._indexes[numbers]].reshape(len(lemmas), -1)
        found[numbers == self._unknown] = 0
        return found


class Gate:
    """Tells which sentences pass."""

    def __init__(self, weights: Mapping[str, npt.NDArray[Any]], least: float) -> None:
        """Take the weights, those of `training/gate.py`, and the least logit that lets a sentence pass."""
        self._weights = weights
        self._least = least

    def passing(self, words: Words, things: list[Thing]) -> set[int]:
        """The numbers of the sentences that pass."""
        return {at for at, logit in self.logits(words, things).items() if logit >= self._least}

    def logits(self, words: Words, things: list[Thing]) -> dict[int, float]:
        """How likely each sentence that has words tells of a deal."""
        weights = self._weights
        told = {at: traits for at, traits in enumerate(traits_of(words, things)) if traits.lemmas}
        if not told:
            return {}
        known = sorted({lemma for traits in told.values() for lemma in traits.lemmas})
        number = {lemma: at for at, lemma in enumerate(known)}
        lemmas = [number[lemma] for traits in told.values() for lemma in traits.lemmas]
        signs = [sign for traits in told.values() for sign in traits.signs]
        lengths = np.array([len(traits.lemmas) for traits in told.values()])
        ends = np.cumsum(lengths)
        starts = ends - lengths
        said = vectors().of(known) @ weights["gate.word.weight"].T + weights["gate.word.bias"]
        seen = np.maximum(said[lemmas] + weights["gate.sign.weight"][signs], 0)
        before, after = np.roll(seen, 1, 0), np.roll(seen, -1, 0)
        before[starts] = after[ends - 1] = 0
        windows = np.concatenate([before, seen, after], 1) @ weights["gate.window.weight"].T
        wide = np.maximum(windows + weights["gate.window.bias"], 0)
        means = np.add.reduceat(wide, starts) / lengths[:, None].astype(np.float32)
        pooled = np.concatenate([np.maximum.reduceat(wide, starts), means], 1)
        narrow = np.maximum(pooled @ weights["gate.pooled.weight"].T + weights["gate.pooled.bias"], 0)
        logits = (narrow @ weights["gate.fit.weight"].T + weights["gate.fit.bias"])[:, 0]
        return dict(zip(told, logits.tolist(), strict=True))


@cache
def vectors() -> Vectors:
    """The vectors, mapped once."""
    return Vectors()


def traits_of(words: Words, things: list[Thing]) -> Iterator[Traits]:
    """What the gate knows of each sentence."""
    sign = [0] * len(words.lemma)
    for thing in things:
        for mention in thing.mentions:
            number = SIGNS.index(f"{'~' if mention.anaphor else '*'}{thing.kind}")
            sign[mention.start : mention.end] = [number] * (mention.end - mention.start)
    for start, end in words.sentences:
        told = [i for i in range(start, end) if words.pos[i] not in SILENT]
        yield Traits([words.lemma[i] for i in told], [sign[i] for i in told])
