"""Which sentences the network reads: those whose words leave it possible that they tell of a deal.

A small network over word vectors, fitted to what the large one found in thousands of articles; see `training/gate.py`.
"""

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from extract.language import resources
from extract.language.embeddings import load_embeddings, number_of
from extract.language.words import Words
from extract.learned.chunks import KINDS, Thing

SILENT = ("PUNCT", "SPACE")
SIGNS = ("", *(f"{sign}{kind}" for kind in KINDS for sign in "*~"))  # 0 is any lemma
GATE_ARRAYS = {
    "gate.sign.weight",
    *(f"gate.{name}.{part}" for name in ("word", "pooled", "fit") for part in ("weight", "bias")),
}
Array = npt.NDArray[np.float32]


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
        sentences = list(traits_of(words, things))
        known = sorted({trait for traits in sentences for trait in traits})
        if not known:
            return set()
        number = {trait: at for at, trait in enumerate(known)}
        signs = [SIGNS.index(trait) if trait in SIGNS else 0 for trait in known]
        seen = vectors().of(known) @ self._weights["gate.word.weight"].T + self._weights["gate.word.bias"]
        seen = np.maximum(seen + self._weights["gate.sign.weight"][signs], 0)
        pooled = np.zeros((len(sentences), 2 * seen.shape[1]), np.float32)
        for at, traits in enumerate(sentences):
            if traits:
                said = seen[sorted(number[trait] for trait in traits)]
                pooled[at] = np.concatenate([said.max(0), said.mean(0)])
        narrow = np.maximum(pooled @ self._weights["gate.pooled.weight"].T + self._weights["gate.pooled.bias"], 0)
        logits = (narrow @ self._weights["gate.fit.weight"].T + self._weights["gate.fit.bias"])[:, 0]
        return set(np.flatnonzero(logits >= self._least).tolist())


@cache
def vectors() -> Vectors:
    """The vectors, mapped once."""
    return Vectors()


def traits_of(words: Words, things: list[Thing]) -> Iterator[set[str]]:
    """What the gate knows of each sentence: its lemmas; «*ORG», «*money»… for what it names, «~ORG» for anaphors."""
    named: dict[int, set[str]] = {}
    for thing in things:
        for mention in thing.mentions:
            sign = "~" if mention.anaphor else "*"
            named.setdefault(words.sentence[mention.start], set()).add(f"{sign}{thing.kind}")
    for number, (start, end) in enumerate(words.sentences):
        lemmas = {words.lemma[i] for i in range(start, end) if words.pos[i] not in SILENT}
        yield lemmas | named.get(number, set())
