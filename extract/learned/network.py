"""The network that reads deals off a chunk: the encoder, run by ONNX Runtime, and the heads that read its states.

Made by the programs in `training`; their `network.py` is the same in torch, and says what each head is for.
"""

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from extract.errors import ModelError
from extract.learned.chunks import KINDS, Chunk, PieceMention, PiecePost, Thing
from extract.learned.gate import GATE_ARRAYS, Gate
from extract.learned.pieces import Pieces

FOLDER = Path(__file__).parent / "weights"
GRAPH, WEIGHTS = "encoder.onnx", "network.safetensors"
DISTANCES = 12  # sentences that a mention can be after a unit's, or before it, as far as they are told apart
STEPS = 9  # of the distance between a post and a mention, in powers of two, after it or before it
ABOUT = {"types", "roles", "gate", "unknown"}  # what a weights file says of itself
PAIRING = ("post", "mention", "fit")  # the dense maps of a head that pairs posts with things
DENSE = (
    *("project", "status_wide", "status", "same_wide", "same", "unit", "mention", "role", "nowhere"),
    *(f"{head}.{name}" for head in ("holder", "body") for name in PAIRING),
)
TABLES = ("both", "kind", "distance")  # of heads that pair deals or posts with things
ARRAYS = {
    *("query", "type_weight", "type_bias", "type_table.weight", "pieces", "scores"),
    *(f"{name}.{part}" for name in DENSE for part in ("weight", "bias")),
    *(f"{head}{name}.weight" for head in ("", "holder.", "body.") for name in TABLES),
}  # without those of the encoder, which the graph asks for, and of the gate
FAR = np.float32(-1e4)
STEEPEST = np.float32(80)  # whose exponential is still a number
Array = npt.NDArray[np.float32]


class Unit(NamedTuple):
    """That a sentence tells of a deal of a type, as the network sees it.

    Attributes:
        sentence: its number in the article.
        type: of the deal.
        probability: that it does.
        weights: how much each piece of the chunk from the sentence's first on weighed.
        start: the sentence's first piece.
        vector: what the heads read statuses, roles and other tellings of the same deal from.
    """

    sentence: int
    type: str
    probability: float
    weights: Array
    start: int
    vector: Array


class Network:
    """The weights, mapped from their files; read-only, so that threads can share it.

    Attributes:
        types: of deals.
        roles: "" first, then those of all types, then the values: amount, stake, date.
        pieces: cuts words for it.
        gate: tells which sentences it needn't read.
    """

    def __init__(self, folder: Path = FOLDER) -> None:
        """Load the weights of a folder.

        Raises:
            ModelError: a file is missing or damaged, or the weights lack an entry.
        """
        about, self._weights = _arrays(folder / WEIGHTS)
        self._encoder = _session(folder / GRAPH)
        self.types: tuple[str, ...] = tuple(json.loads(about["types"]))
        self.roles: tuple[str, ...] = tuple(json.loads(about["roles"]))
        self.gate = Gate(self._weights, float(about["gate"])) if about["gate"] else None
        vocabulary = self._weights.pop("pieces").tobytes().decode().split("\n")
        self.pieces = Pieces(vocabulary, self._weights.pop("scores").tolist(), int(about["unknown"]))

    def states(self, chunk: Chunk) -> Array:
        """The encoder's states of the pieces of one chunk: [pieces, width]; never of several chunks at once.

        What a chunk's numbers are must not depend on what else is read, to the last bit.
        """
        states: Array = self._encoder.run(
            None, {"ids": np.array(chunk.ids, np.int64), "marks": np.array(chunk.marks, np.int64)}
        )[0]
        return states

    def units(self, states: Array, chunk: Chunk, least: float) -> Iterator[Unit]:
        """The units of a chunk's own sentences that are at least so probable."""
        weights = self._weights
        own = [sentence for sentence in chunk.sentences if sentence.own]
        scores = states @ weights["query"].T
        attention = [_softmax(scores[sentence.start : sentence.end]) for sentence in own]
        pooled = [
            shares.T @ states[sentence.start : sentence.end] for shares, sentence in zip(attention, own, strict=True)
        ]
        vectors = _gelu(self._dense("project", np.stack(pooled)))
        likely = _sigmoid((vectors * weights["type_weight"]).sum(-1) + weights["type_bias"])
        for at, type in np.argwhere(likely >= least).tolist():
            number, start = own[at].number, own[at].start
            shares, vector = attention[at][:, type], vectors[at, type]
            yield Unit(number, self.types[type], float(likely[at, type]), shares, start, vector)

    def statuses(self, units: Sequence[Unit]) -> Array:
        """How probable each status is: [units, statuses]."""
        vectors = np.stack([unit.vector for unit in units])
        return _softmax(self._dense("status", _gelu(self._dense("status_wide", vectors))).T).T

    def roles_of(self, units: Sequence[Unit], states: Array, chunk: Chunk, things: Sequence[Thing]) -> Array:
        """How probable it is that each of `chunk.things` fills a role: [units, things, roles]."""
        weights = self._weights
        vectors = np.stack([unit.vector for unit in units])
        means = np.stack([states[mention.start : mention.end].mean(0) for mention in chunk.mentions])
        kinds = [2 * KINDS.index(things[mention.thing].kind) + mention.anaphor for mention in chunk.mentions]
        inside = [_sentence_at(chunk, mention.start) for mention in chunk.mentions]
        place = {sentence.number: at for at, sentence in enumerate(chunk.sentences)}
        distances = np.array([[distance_of(place[unit.sentence], at) for at in inside] for unit in units])
        types = [self.types.index(unit.type) for unit in units]
        z = self._dense("unit", vectors)[:, None] + self._dense("mention", means)[None]
        z += self._both("both", vectors, means)
        z += weights["kind.weight"][kinds][None]
        z += weights["distance.weight"][distances]
        z += weights["type_table.weight"][types][:, None]
        z = _gelu(z)
        place_of = {thing: at for at, thing in enumerate(chunk.things)}
        best = np.full((len(units), len(place_of), z.shape[-1]), FAR, np.float32)
        for at, mention in enumerate(chunk.mentions):
            own_best = best[:, place_of[mention.thing]]
            np.maximum(own_best, z[:, at], out=own_best)
        return _softmax(self._dense("role", best).transpose(2, 0, 1)).transpose(1, 2, 0)

    def sameness(self, pairs: Sequence[tuple[Unit, Unit]]) -> list[float]:
        """How probable it is that two units tell of one deal."""
        if not pairs:
            return []
        one, other = (np.stack([pair[side].vector for pair in pairs]) for side in (0, 1))
        wide = _gelu(self._dense("same_wide", np.concatenate([one * other, np.abs(one - other)], -1)))
        same: list[float] = _sigmoid(self._dense("same", wide)[:, 0]).tolist()
        return same

    def holders(self, states: Array, chunk: Chunk, things: Sequence[Thing]) -> tuple[Array, Array]:
        """How probable it is that each of `chunk.things` holds a post, and that it is its body: [posts, things] twice.

        What is missing of the latter to 1 is the probability that it is held nowhere in particular.
        """
        posts = np.stack([states[post.start : post.end].mean(0) for post in chunk.posts])
        fits = {}
        place_of = {thing: at for at, thing in enumerate(chunk.things)}
        for head, fitting in (("holder", ("PER",)), ("body", ("ORG", "LOC"))):
            fits[head] = np.full((len(chunk.posts), len(place_of)), FAR, np.float32)
            mentions = [mention for mention in chunk.mentions if things[mention.thing].kind in fitting]
            if not mentions:
                continue
            means = np.stack([states[mention.start : mention.end].mean(0) for mention in mentions])
            kinds = [2 * KINDS.index(things[mention.thing].kind) + mention.anaphor for mention in mentions]
            z = self._dense(f"{head}.post", posts)[:, None] + self._dense(f"{head}.mention", means)[None]
            z += self._both(f"{head}.both", posts, means)
            z += self._weights[f"{head}.kind.weight"][kinds][None]
            z += self._weights[f"{head}.distance.weight"][
                [[steps_of(post, one) for one in mentions] for post in chunk.posts]
            ]
            logits = self._dense(f"{head}.fit", _gelu(z))[..., 0]
            for at, mention in enumerate(mentions):
                own_best = fits[head][:, place_of[mention.thing]]
                np.maximum(own_best, logits[:, at], out=own_best)
        bodies = np.concatenate([fits["body"], self._dense("nowhere", posts)], 1)
        return _sigmoid(fits["holder"]), _softmax(bodies.T).T[:, :-1]

    def _both(self, name: str, x: Array, y: Array) -> Array:
        """What each pair of a row of x and one of y says together: [rows of x, rows of y, width]."""
        pairs = (x[:, None] * y[None]).reshape(-1, x.shape[-1])
        together: Array = pairs @ self._weights[f"{name}.weight"].T
        return together.reshape(len(x), len(y), -1)

    def _dense(self, name: str, x: Array) -> Array:
        weight, bias = self._weights[f"{name}.weight"], self._weights[f"{name}.bias"]
        y: Array = x.reshape(-1, x.shape[-1]) @ weight.T  # one product: numpy would make one of each matrix of a stack
        y += bias
        return y.reshape(*x.shape[:-1], -1)


def distance_of(sentence: int, other: int) -> int:
    """How far a mention's sentence lies from a unit's, after it or before it, as an index of the table."""
    if other >= sentence:
        return min(DISTANCES - 1, other - sentence)
    return DISTANCES + min(DISTANCES - 1, sentence - other)


def steps_of(post: PiecePost, mention: PieceMention) -> int:
    """How many pieces lie between a post and a mention, as an index of the table."""
    if mention.start >= post.end:
        return min(STEPS - 1, (mention.start - post.end + 1).bit_length())
    return STEPS + min(STEPS - 1, (max(0, post.start - mention.end) + 1).bit_length())


def _sentence_at(chunk: Chunk, piece: int) -> int:
    return next((at for at, sentence in enumerate(chunk.sentences) if sentence.start <= piece < sentence.end), 0)


def _softmax(x: Array) -> Array:
    """Over the first axis."""
    powers: Array = np.exp(x - x.max(0))
    powers /= powers.sum(0)
    return powers


def _sigmoid(x: Array) -> Array:
    y: Array = np.reciprocal(1 + np.exp(-np.maximum(x, -STEEPEST)))
    return y


def _gelu(x: Array) -> Array:
    """With the hyperbolic tangent, as in training."""
    y: Array = np.float32(0.5) * x * (1 + np.tanh(np.float32(0.7978845608) * (x + np.float32(0.044715) * x * x * x)))
    return y


def _session(path: Path) -> Any:
    """The encoder, on one thread: worker processes are what runs side by side."""
    import onnxruntime  # not before a model is wanted: a tenth of a second

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 3
    if not path.is_file():
        raise ModelError(path, "it is missing")
    try:
        return onnxruntime.InferenceSession(path, options, providers=["CPUExecutionProvider"])
    except Exception as error:
        raise ModelError(path, str(error)) from error


def _arrays(path: Path) -> tuple[dict[str, str], dict[str, npt.NDArray[Any]]]:
    """What the file says of itself, and its arrays but those of the encoder."""
    from safetensors import SafetensorError, safe_open

    try:
        with safe_open(path, "np") as file:
            about = file.metadata() or {}
            names = [name for name in file.keys() if not name.startswith("encoder.")]  # noqa: SIM118 - not a dict
            arrays = {name: file.get_tensor(name) for name in names}
    except (OSError, SafetensorError) as error:
        raise ModelError(path, str(error)) from error
    needed = ARRAYS | GATE_ARRAYS if about.get("gate") else ARRAYS
    missing = sorted((ABOUT - about.keys()) | (needed - arrays.keys()))
    if missing:
        raise ModelError(path, f"it lacks {', '.join(missing)}")
    return about, arrays


@cache
def network() -> Network:
    """The network of this package, loaded once."""
    return Network()
