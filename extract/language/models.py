"""slovnet's three convolutional models (morphology, syntax, names) run on whole batches of articles.

The weights are slovnet's and so are the predictions; only the arithmetic is arranged otherwise:

* The sentences of a batch are laid end to end with one empty row between them, so that no row is padding.
* A convolution is a sum over its shifts, and the input of the first one depends on the word and its shape
  alone. Each distinct (word, shape) of a batch is multiplied once, for all three models together.
* Batch normalization is affine and is folded into the layer after it.
* The Viterbi search of the name tagger is cut at tokens that are certainly outside any name.

Source of the architecture: slovnet 0.6, `slovnet/exec/model.py`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from slovnet.exec.model import NER, Morph, Syntax
from slovnet.exec.pack import Pack
from slovnet.shape import word_shape

from extract.language import resources
from extract.language.embeddings import load_embeddings, number_of

Floats = NDArray[np.float32]
Ints = NDArray[np.int64]
SHIFTS = 3  # the width of every convolution: the token before, the token itself, the token after


class Annotation(NamedTuple):
    """The models' predictions for a flat sequence of tokens, one row a token.

    `morphology`, `relations` and `names` index `Models.morphology_tags`, `relation_tags` and `name_tags`.
    `heads` counts tokens within the sentence from 1; 0 is the root.
    """

    morphology: Ints
    heads: Ints
    relations: Ints
    names: Ints


class Layer(NamedTuple):
    """A convolution with the normalization of the layer before folded in."""

    weight: Floats  # (shifts, inputs, filters)
    bias: Floats  # (filters,)
    empty: Floats  # (inputs,) the value of an empty row that contributes nothing


class Encoder(NamedTuple):
    """The convolutions of one model after the first, and the affine map after the last."""

    first_bias: Floats
    layers: list[Layer]
    scale: Floats
    offset: Floats


class Biaffine(NamedTuple):
    """One of the two biaffine classifiers of the parser: head selection or relation labels."""

    head: tuple[Floats, Floats]
    tail: tuple[Floats, Floats]
    root: Floats
    kernel: Floats


@dataclass(frozen=True)
class Layout:
    """Where the tokens of a flat batch lie once each sequence is followed by an empty row."""

    rows: Ints  # row of each token
    empty: Ints  # the empty rows: before the first sequence and after each
    total: int

    @classmethod
    def of(cls, lengths: Ints) -> "Layout":
        ends = np.cumsum(lengths)
        rows = np.arange(int(ends[-1]) if len(ends) else 0) + 1 + np.repeat(np.arange(len(lengths)), lengths)
        empty = np.concatenate(([0], ends + np.arange(1, len(lengths) + 1)))
        return cls(rows, empty, len(rows) + len(empty))


def folded(model: Any) -> tuple[Floats, Encoder]:
    """Return the first convolution's weight (shifts, inputs, filters) and the rest of a slovnet encoder."""
    first: Floats | None = None
    first_bias = np.zeros(0, np.float32)
    layers: list[Layer] = []
    scale = offset = np.zeros(0, np.float32)
    for layer in model.encoder.layers:
        weight = np.ascontiguousarray(layer.conv.weight.array.transpose(2, 1, 0))
        bias = layer.conv.bias.array
        if first is None:
            first, first_bias = weight, bias
        else:
            bias = bias + np.einsum("i,sif->f", offset, weight)
            layers.append(Layer(weight * scale[:, None], bias, -offset / scale))
        norm = layer.norm
        scale = norm.weight.array / norm.std.array
        offset = norm.bias.array - norm.mean.array * scale
    if first is None:
        raise ValueError("the model has no convolution")
    return first, Encoder(first_bias, layers, scale, offset)


def convolve(layer: Layer, rows: Floats, layout: Layout) -> Floats:
    """One convolution with its ReLU over a laid-out batch: (total, inputs) → (total, filters)."""
    rows[layout.empty] = layer.empty
    out: Floats = rows @ layer.weight[1]
    out[1:] += rows[:-1] @ layer.weight[0]
    out[:-1] += rows[1:] @ layer.weight[2]
    out += layer.bias
    np.maximum(out, 0, out=out)
    return out


def affine(rows: Floats, weights: tuple[Floats, Floats]) -> Floats:
    """A linear layer with its ReLU."""
    out = rows @ weights[0] + weights[1]
    np.maximum(out, 0, out=out)
    return out


class Models:
    """The three models, loaded once and read-only afterwards."""

    def __init__(self) -> None:
        embeddings = load_embeddings(resources.natasha_file(resources.EMBEDDINGS))
        self._code_of, self._codes = embeddings.indexes, embeddings.codes
        self._number_of = number_of(embeddings.names)
        self._shape_of: dict[str, int] = {}

        morph, self.morphology_tags = self._load(Morph, resources.MORPHOLOGY, "tag")
        syntax, self.relation_tags = self._load(Syntax, resources.SYNTAX, "rel")
        names, self.name_tags = self._load(NER, resources.NAMES, "tag")
        encoders = [folded(model) for model in (morph, syntax, names)]
        dimension = self._codes.shape[0] * self._codes.shape[2]
        first = np.concatenate([weight for weight, _ in encoders], axis=2)  # (shifts, inputs, 3 * filters)
        first = np.concatenate(list(first), axis=1)  # (inputs, shifts * 3 * filters)
        self._first_word = np.ascontiguousarray(first[:dimension])
        self._filters = [weight.shape[2] for weight, _ in encoders]
        # The shape's embedding takes part in the first convolution linearly: one table a model, made once.
        tables = [model.emb.shape.weight.array @ first[dimension:] for model in (morph, syntax, names)]
        owner = np.tile(np.repeat(np.arange(3), self._filters), SHIFTS)
        self._first_shape = np.choose(owner, tables).astype(np.float32)
        self._morph, self._syntax, self._names = (encoder for _, encoder in encoders)

        self._morph_out = _after_norm(self._morph, morph.head.proj)
        self._names_out = _after_norm(self._names, names.head.proj)
        self._transitions: Floats = names.head.crf.transitions.array
        self._heads, self._relations = _biaffine(syntax.head), _biaffine(syntax.rel)

    def _load(self, kind: Any, name: str, vocabulary: str) -> tuple[Any, list[str]]:
        with Pack(str(resources.natasha_file(name))) as pack:
            model = pack.load_model(kind)
            model = model.inject_arrays(dict(pack.load_arrays(model.weights)))
            if not self._shape_of:
                self._shape_of = pack.load_vocab("shape").item_ids
            return model, pack.load_vocab(vocabulary).items

    def annotate(self, words: Sequence[str], sentences: Ints, articles: Ints) -> Annotation:
        """Predict for a flat batch of tokens.

        Args:
            words: the tokens of all articles of the batch, in order.
            sentences: the number of tokens of each sentence, in order; no sentence is empty.
            articles: the number of tokens of each article, in order. The name tagger looks over sentence
                boundaries, but not over those of articles.
        """
        if not words:
            none = np.zeros(0, np.int64)
            return Annotation(none, none, none, none)
        pairs, distinct = self._distinct(words)
        by_sentence, by_article = Layout.of(sentences), Layout.of(articles[articles > 0])
        morph = self._encode(0, self._morph, pairs, distinct, by_sentence)
        syntax = self._encode(1, self._syntax, pairs, distinct, by_sentence)
        names = self._encode(2, self._names, pairs, distinct, by_article)
        heads = self._select_heads(syntax * self._syntax.scale + self._syntax.offset, sentences)
        return Annotation(
            (morph @ self._morph_out[0] + self._morph_out[1]).argmax(1),
            heads,
            self._label(syntax * self._syntax.scale + self._syntax.offset, heads, sentences),
            viterbi(names @ self._names_out[0] + self._names_out[1], articles, self._transitions, OUTSIDE),
        )

    def _distinct(self, words: Sequence[str]) -> tuple[Ints, Floats]:
        """Return each token's number in the batch's word list, and the first convolution of that list."""
        numbers: dict[str, int] = {}
        index = np.fromiter((numbers.setdefault(word, len(numbers)) for word in words), np.int64, len(words))
        ids = [self._number_of(word.lower()) for word in numbers]
        # An odd word can have a shape that the models never saw: slovnet takes its last shape, OTHER.
        shapes = [self._shape_of.get(word_shape(word), len(self._shape_of) - 1) for word in numbers]
        subspaces = np.arange(self._codes.shape[0])
        vectors = self._codes[subspaces, self._code_of[ids]].reshape(len(ids), -1)
        return index, vectors @ self._first_word + self._first_shape[shapes]

    def _encode(self, model: int, encoder: Encoder, pairs: Ints, distinct: Floats, layout: Layout) -> Floats:
        """Run one model's convolutions: (tokens,) numbers → (tokens, filters of its last layer)."""
        width = sum(self._filters)
        start = sum(self._filters[:model])
        filters = self._filters[model]
        before, here, after = (
            distinct[:, shift * width + start : shift * width + start + filters] for shift in range(SHIFTS)
        )
        rows = np.zeros((layout.total + 1, filters), np.float32)
        rows[layout.rows] = here[pairs]
        rows[layout.rows + 1] += before[pairs]
        rows[layout.rows - 1] += after[pairs]
        rows = rows[:-1]
        rows += encoder.first_bias
        np.maximum(rows, 0, out=rows)
        for layer in encoder.layers:
            rows = convolve(layer, rows, layout)
        return rows[layout.rows]

    def _select_heads(self, rows: Floats, sentences: Ints) -> Ints:
        """Choose each token's head, sentences of one length together."""
        net = self._heads
        heads = np.zeros(len(rows), np.int64)
        # slovnet calls the dependent's side "head" and the candidate's side "tail".
        dependents = affine(rows, net.head) @ net.kernel
        candidates = affine(rows, net.tail)
        root = affine(net.root[None], net.tail)
        starts = np.cumsum(sentences) - sentences
        for length in sorted(set(sentences.tolist())):
            index = starts[sentences == length][:, None] + np.arange(length)
            scores = dependents[index] @ candidates[index].swapaxes(1, 2)
            to_root = dependents[index] @ root.T
            heads[index] = nearest_best(np.concatenate((to_root, scores), axis=2))
        return heads

    def _label(self, rows: Floats, heads: Ints, sentences: Ints) -> Ints:
        """Label the arc from each token to its head."""
        net = self._relations
        starts = np.repeat(np.cumsum(sentences) - sentences, sentences)
        governors = np.where(heads[:, None] == 0, net.root, rows[starts + np.maximum(heads, 1) - 1])
        left = affine(governors, net.head) @ net.kernel
        right = affine(rows, net.tail)
        hidden = right.shape[1]
        scores: Floats = np.einsum("trh,th->tr", left.reshape(len(rows), -1, hidden), right)
        labels: Ints = scores.argmax(1)
        return labels


TIE = 1e-4  # scores of heads closer than this differ by rounding only
OUTSIDE = 1  # the tag "O" of the name tagger


def _after_norm(encoder: Encoder, projection: Any) -> tuple[Floats, Floats]:
    """Fold an encoder's last normalization into the projection after it."""
    weight, bias = projection.weight.array, projection.bias.array
    return weight * encoder.scale[:, None], bias + encoder.offset @ weight


def _biaffine(net: Any) -> Biaffine:
    return Biaffine(
        (net.head.proj.weight.array, net.head.proj.bias.array),
        (net.tail.proj.weight.array, net.tail.proj.bias.array),
        net.root.array,
        net.kernel.array,
    )


def nearest_best(scores: Floats) -> Ints:
    """Choose the best head of each token; of equals, the nearest.

    Two occurrences of a word in like surroundings («тыс. руб. … тыс. руб.») have the same vector and tie
    but for rounding, which depends on the batch.

    Args:
        scores: (sentences, length, 1 + length); column 0 is the root.
    """
    length = scores.shape[1]
    distance = np.abs(np.arange(1, length + 1)[:, None] - np.arange(length + 1))
    distance[:, 0] = length + 1
    equal = scores >= scores.max(2, keepdims=True) - TIE
    nearest: Ints = np.where(equal, distance, 2 * length + 2).argmin(2)
    return nearest


def viterbi(emissions: Floats, lengths: Ints, transitions: Floats, outside: int) -> Ints:
    """Find the best tag sequence of each article.

    Where a token's score for `outside` leads by more than twice the spread of the transitions, every best
    path goes through it, whatever its neighbours are; the search falls apart there into short stretches,
    which are decoded side by side.

    Args:
        emissions: (tokens, tags) scores.
        lengths: the number of tokens of each article; they add up to the rows of `emissions`.
        transitions: (tags, tags) scores from row to column.
        outside: the tag that most tokens have.
    """
    others = np.delete(emissions, outside, axis=1).max(1)
    certain = emissions[:, outside] - others > 2 * (transitions.max() - transitions.min())
    best = np.full(len(emissions), outside, np.int64)
    starts = np.zeros(len(emissions), bool)
    starts[(np.cumsum(lengths) - lengths)[lengths > 0]] = True
    # A stretch is a certain token followed by uncertain ones, up to the next certain one (kept as its end).
    starts |= certain
    first = np.flatnonzero(starts)
    last = np.append(first[1:], len(emissions))
    articles = np.repeat(np.arange(len(lengths)), lengths)
    within = np.zeros(len(first), bool)  # does the stretch run into a certain token of its own article?
    if len(first) > 1:
        within[:-1] = certain[first[1:]] & (articles[first[1:]] == articles[first[1:] - 1])
    size = last - first + within
    todo = np.flatnonzero(size > 1 + (within & certain[first]))
    todo = np.union1d(todo, np.flatnonzero(~certain[first]))
    if not len(todo):
        return best
    order = todo[np.argsort(-size[todo], kind="stable")]
    first, size = first[order], size[order]
    score = emissions[first]
    history: list[Ints] = []
    longer = np.searchsorted(-size, -np.arange(int(size[0]))).tolist()  # how many of them, which come first
    for step in range(1, int(size[0])):
        active = longer[step]
        paths = score[:active, :, None] + transitions
        origin = paths.argmax(1)
        history.append(origin)
        score[:active] = paths.max(1) + emissions[first[:active] + step]
    tags = score.argmax(1)
    for step in range(int(size[0]) - 1, -1, -1):
        active = longer[step]
        best[first[:active] + step] = tags[:active]
        if step:
            tags[:active] = history[step - 1][np.arange(active), tags[:active]]
    return best
