"""navec's word vectors, as far as the models need them.

A vector is cut in pieces, and for each piece the number of a typical one is kept (product quantization). The
numbers, 25 MB, stay in the file and are mapped into memory, which processes share.

Source of the format: navec 0.10, `navec/navec.py`, `vocab.py`, `pq.py`.
"""

import gzip
import json
import tarfile
from bisect import bisect_left
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PROTOCOL = 1
SPECIAL = ("<unk>", "<pad>")
CACHED = 15_000  # words


class Embeddings(NamedTuple):
    """Word vectors: that of word number `i` is the pieces `codes[piece, indexes[i, piece]]`, joined.

    Attributes:
        names: the words, the number of each its place: in the order of their characters, and after them `SPECIAL`.
        indexes: (words, pieces), read-only.
        codes: (pieces, typical ones, dimensions of a piece).
    """

    names: list[str]
    indexes: NDArray[np.uint8]
    codes: NDArray[np.float32]


@cache
def load_embeddings(path: Path) -> Embeddings:
    """Read the vocabulary and the typical pieces, and map the rest; once a process.

    Raises:
        ValueError: the file is of another format.
    """
    with tarfile.open(path) as tar:
        files = {name: tar.extractfile(name) for name in ("meta.json", "vocab.bin", "pq.bin")}
        meta, vocabulary, vectors = files.values()
        if meta is None or vocabulary is None or vectors is None or json.load(meta)["protocol"] != PROTOCOL:
            raise ValueError(f"{path} holds no word vectors of a format that is known")
        words = gzip.decompress(vocabulary.read())
        head = vectors.read(16)
        number, dimensions, pieces, typical = np.frombuffer(head, "<u4").tolist()
        vectors.seek(number * pieces, 1)
        codes = np.frombuffer(vectors.read(), np.float32).reshape(pieces, typical, dimensions // pieces)
        start = tar.getmember("pq.bin").offset_data + len(head)
    count = int.from_bytes(words[:4], "little")
    names = words[4 + 4 * count :].decode().splitlines()
    indexes = np.memmap(path, np.uint8, "r", start, (number, pieces))
    if tuple(names[-len(SPECIAL) :]) != SPECIAL or len(names) != count:
        raise ValueError(f"{path} holds word vectors in an order that isn't known")
    return Embeddings(names, np.asarray(indexes), codes)


def number_of(names: list[str]) -> Callable[[str], int]:
    """Make the function that tells a word's number; unknown words have that of «<unk>».

    A word with ё that isn't there is looked up with е: «ковалёва».

    To look a word up in order is slower than in a dict, which would take a tenth of a second to be made; the answers
    for words that come often are kept.
    """
    words = len(names) - len(SPECIAL)

    @lru_cache(maxsize=CACHED)
    def number(word: str) -> int:
        at = bisect_left(names, word, 0, words)
        if at < words and names[at] == word:
            return at
        return number(word.replace("ё", "е")) if "ё" in word else words  # the first special

    return number
