"""Write what the program runs: `python training/export.py WORK extract/learned/weights`.

Reads `network.safetensors` and `vocabulary.json` of WORK; writes `network.safetensors`, all weights, those of the
encoder's dense maps and its table of pieces in 8 bits, and `encoder.onnx`, the encoder's graph, whose weights are
places in that file. Prints how far the states of some chunks are from those of the network in torch.
"""

import argparse
import json
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import onnx
import onnxruntime
import torch
from network import ATTENTIONS, HIDDEN, Network, Shape
from onnx import TensorProto, helper, numpy_helper
from safetensors import safe_open
from safetensors.numpy import save_file
from train import Piece, batch_of, pieces_of

LEVELS = 63  # of a weight to either side: with 8 bits, processors without VNNI would overflow and differ
OPSET, CONTRIB, IR = 18, "com.microsoft", 10
Array = np.ndarray[Any, Any]


def quantized(weight: Array, axis: int, levels: int) -> tuple[Array, Array]:
    """Whole numbers and, for each index of the other axis, what one of them is worth."""
    worth = np.maximum(np.abs(weight).max(axis, keepdims=True) / levels, 1e-9)
    return np.round(weight / worth).astype(np.int8), worth.squeeze(axis).astype(np.float32)


class Graph:
    """An ONNX graph that grows node by node, with the arrays that it reads."""

    def __init__(self) -> None:
        self.nodes: list[onnx.NodeProto] = []
        self.arrays: dict[str, Array] = {}
        self.small: dict[str, Array] = {}

    def shape(self, name: str, *sizes: int) -> str:
        """A shape or axis; it stands in the graph itself, where ONNX Runtime looks for it."""
        self.small[name] = np.array(sizes)
        return name

    def constant(self, name: str, array: Array) -> str:
        """An array of the weights file."""
        self.arrays[name] = np.ascontiguousarray(array)
        return name

    def number(self, value: float | int, kind: type = np.float32) -> str:
        """A scalar, kept once."""
        name = f"{np.dtype(kind).name} {value:g}"
        self.small[name] = np.array(value, kind)
        return name

    def node(self, op: str, inputs: list[str], outputs: int = 1, domain: str = "", **attributes: Any) -> Any:
        """Add a node; the names of what comes out."""
        names = [f"{op}.{len(self.nodes)}.{i}" for i in range(outputs)]
        self.nodes.append(helper.make_node(op, inputs, names, domain=domain, **attributes))
        return names[0] if outputs == 1 else names

    def dense(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x @ weight + bias in whole numbers; x is scaled row by row, so that no piece's numbers depend on others."""
        whole, worth = quantized(weight, 0, LEVELS)
        largest = self.node("ReduceMax", [self.node("Abs", [x]), self.shape("last", 1)])
        scale = self.node("Max", [self.node("Mul", [largest, self.number(1 / 127)]), self.number(1e-9)])
        scales = self.node("Reshape", [scale, self.shape("rows", -1)])
        self.small["middle"] = np.array([128], np.uint8)
        middles = self.node("Expand", ["middle", self.node("Shape", [scales])])
        steps = self.node("QuantizeLinear", [x, scales, middles], axis=0)
        parts = [self.constant(f"{name}.weight", whole), self.number(1), self.constant(f"{name}.worth", worth)]
        product = self.node("MatMulIntegerToFloat", [steps, *parts, self.number(128, np.uint8)], domain=CONTRIB)
        return self.node("Add", [self.node("Mul", [product, scale]), self.constant(f"{name}.bias", bias)])


def encoder_graph(network: Network) -> Graph:
    """The encoder: `ids` and `marks` [pieces] → `states` [pieces, HIDDEN], standardized."""
    graph, state = Graph(), {name: tensor.numpy() for name, tensor in network.state_dict().items()}

    def norm(x: str, added: str, name: str) -> str:
        parts = [graph.constant(f"{name}.{part}", state[f"{name}.{part}"]) for part in ("weight", "bias")]
        whole = graph.node("Add", [x, added])  # SkipLayerNormalization, which does both, is seven times slower
        return graph.node("LayerNormalization", [whole, *parts], epsilon=1e-12)

    def dense(x: str, name: str) -> str:
        return graph.dense(x, name, state[f"{name}.weight"].T, state[f"{name}.bias"])

    table, worth = quantized(state["encoder.word.weight"], 1, 127)
    words = graph.node("Gather", [graph.constant("encoder.word.weight", table), "ids"])
    worths = graph.node("Gather", [graph.constant("encoder.word.worth", worth[:, None]), "ids"])
    words = graph.node("Mul", [graph.node("Cast", [words], to=TensorProto.FLOAT), worths])
    marks = graph.node("Gather", [graph.constant("encoder.mark.weight", state["encoder.mark.weight"]), "marks"])
    zero = graph.shape("zero", 0)
    places = graph.node(
        "Slice", [graph.constant("encoder.position", state["encoder.position"]), zero, graph.node("Shape", ["ids"])]
    )
    x = norm(graph.node("Add", [words, marks]), places, "encoder.norm")
    split = graph.shape("split", *[HIDDEN] * 3)
    whole = graph.shape("whole", 1, -1, 3 * HIDDEN)
    flat = graph.shape("flat", -1, HIDDEN)
    for number in range(len(network.shape.layers)):
        name = f"encoder.layers.{number}"
        qkv = graph.node("Reshape", [dense(x, f"{name}.qkv"), whole])
        parts = graph.node("Split", [qkv, split], outputs=3, axis=2)
        seen = graph.node("MultiHeadAttention", parts, domain=CONTRIB, num_heads=ATTENTIONS)
        x = norm(x, dense(graph.node("Reshape", [seen, flat]), f"{name}.attended"), f"{name}.attended_norm")
        wide = graph.node("Gelu", [dense(x, f"{name}.wide")], domain=CONTRIB)
        x = norm(x, dense(wide, f"{name}.narrow"), f"{name}.norm")
    x = graph.node("Sub", [x, graph.constant("mean", state["mean"])])
    graph.nodes.append(helper.make_node("Div", [x, graph.constant("deviation", state["deviation"])], ["states"]))
    return graph


def heads(network: Network) -> dict[str, Array]:
    """The weights of all that reads the states, as they are."""
    state = {name: tensor.numpy() for name, tensor in network.state_dict().items()}
    return {name: array for name, array in state.items() if not name.startswith("encoder.")}


def write_graph(graph: Graph, weights: Path, out: Path) -> None:
    """The graph as a file that finds its arrays in the weights file."""
    size = int.from_bytes(weights.read_bytes()[:8], "little")
    header = json.loads(weights.read_bytes()[8 : 8 + size])
    initializers = [numpy_helper.from_array(array, name) for name, array in graph.small.items()]
    for name, array in graph.arrays.items():
        tensor = TensorProto(name=name, dims=array.shape, data_type=helper.np_dtype_to_tensor_dtype(array.dtype))
        start, end = header[name]["data_offsets"]
        tensor.data_location = TensorProto.EXTERNAL
        for key, value in (("location", weights.name), ("offset", 8 + size + start), ("length", end - start)):
            tensor.external_data.add(key=key, value=str(value))
        initializers.append(tensor)
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["pieces"]) for name in ("ids", "marks")]
    states = helper.make_tensor_value_info("states", TensorProto.FLOAT, ["pieces", HIDDEN])
    whole = helper.make_graph(graph.nodes, "encoder", inputs, [states], initializers)
    opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(CONTRIB, 1)]
    out.write_bytes(helper.make_model(whole, opset_imports=opsets, ir_version=IR).SerializeToString())


def compare(network: Network, out: Path, pieces: list[Piece]) -> float:
    """The correlation of the states in whole numbers with those in torch."""
    session = onnxruntime.InferenceSession(out / "encoder.onnx")
    network.eval()
    ours, theirs = [], []
    for piece in pieces:
        ours.append(session.run(None, {"ids": np.array(piece.ids), "marks": np.array(piece.marks)})[0])
        with torch.no_grad():
            theirs.append(network.encode(*batch_of([piece]))[0].numpy())
    return float(np.corrcoef(np.concatenate(ours).ravel(), np.concatenate(theirs).ravel())[0, 1])


def read_gate(path: Path) -> tuple[dict[str, Array], str]:
    """The weights of the gate and its threshold; nothing, so that all sentences pass, before there is one.

    The network must have read for one to be fitted.
    """
    if not path.exists():
        return {}, ""
    with safe_open(path, "np") as file:
        return {name: file.get_tensor(name) for name in file.keys()}, file.metadata()["least"]  # noqa: SIM118


def loaded(path: Path) -> Network:
    """A trained network."""
    with safe_open(path, "pt") as file:
        about = {name: json.loads(value) for name, value in file.metadata().items()}
        state = {name: file.get_tensor(name) for name in file.keys()}  # noqa: SIM118 - not a dict
    pieces = state["encoder.word.weight"].shape[0]
    network = Network(Shape(tuple(about["types"]), tuple(about["roles"]), tuple(about["layers"]), pieces))
    network.load_state_dict(state)
    return network


def main() -> None:
    """Write the files and compare."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("work", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--network", default="network")
    options = parser.parse_args()
    network = loaded(options.work / f"{options.network}.safetensors")
    vocabulary = json.loads((options.work / "vocabulary.json").read_text("utf-8"))
    graph = encoder_graph(network)
    pieces = np.frombuffer("\n".join(vocabulary["pieces"]).encode(), np.uint8)
    scores = np.array(vocabulary["scores"], np.float32)
    about = {name: json.dumps(getattr(network.shape, name)) for name in ("types", "roles")}
    about["unknown"] = str(vocabulary["unknown"])
    gate, about["gate"] = read_gate(options.work / "gate.safetensors")
    options.out.mkdir(exist_ok=True)
    weights = options.out / "network.safetensors"
    save_file({**heads(network), **graph.arrays, **gate, "pieces": pieces, "scores": scores}, weights, about)
    weights.chmod(0o644)
    write_graph(graph, weights, options.out / "encoder.onnx")
    with (options.work / "examples-train.jsonl").open(encoding="utf-8") as lines:
        examples = [json.loads(line) for line in islice(lines, 20)]
    some = [piece for example in examples for piece in pieces_of(example, network.shape)]
    size = sum(path.stat().st_size for path in options.out.iterdir()) / 1e6
    print(f"{size:.1f} MB; correlation of states {compare(network, options.out, some):.5f}")


if __name__ == "__main__":
    main()
