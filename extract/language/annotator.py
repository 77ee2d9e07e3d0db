"""The pipeline component that runs slovnet's models: parts of speech, morphology, syntax, proposed names."""

from collections.abc import Iterable, Iterator
from itertools import islice

import numpy as np
from spacy.attrs import IS_SPACE, NORM, SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.chunks import chunks
from extract.language.models import Annotation, Ints, Models
from extract.language.words import readable_words

BATCH = 16  # articles to a batch: more don't make it faster, only larger
WINDOW = 8192  # tokens: longer articles go through the models in parts, so that memory stays bounded
LONGEST_NAME = 60  # tokens
NONE = np.zeros(0, np.int64)


class Annotator:
    """Doc in, Doc out; a batch of Docs is annotated in one go.

    Sets `Token.pos_`, `Token.morph` (Universal Dependencies features), `Token.head`, `Token.dep_` and, as
    proposals for the rules after it, `Doc.ents` with the labels PER, LOC and ORG.
    """

    def __init__(self, nlp: Language) -> None:
        self.models = Models()
        add = nlp.vocab.strings.add
        tags = [tag.partition("|") for tag in self.models.morphology_tags]
        self._pos = np.array([add(pos if pos != "<pad>" else "X") for pos, _, _ in tags], np.uint64)
        self._morph = np.array([nlp.vocab.morphology.add(features or "_") for _, _, features in tags], np.uint64)
        self._dep = np.array(
            [add("ROOT" if label == "root" else label) for label in self.models.relation_tags], np.uint64
        )
        self._parataxis = add("parataxis")
        self._space = add("SPACE")
        self._dep_of_space = add("dep")  # spaCy takes a token without a label for one without a head
        self._no_features = nlp.vocab.morphology.add("_")

    def __call__(self, doc: Doc) -> Doc:
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = BATCH) -> Iterator[Doc]:
        """Annotate Docs in batches of at most `BATCH`, whatever larger batch spaCy asks for."""
        articles = iter(stream)
        while batch := list(islice(articles, min(batch_size, BATCH))):
            self._annotate(batch)
            yield from batch

    def _annotate(self, docs: list[Doc]) -> None:
        tokens = [_words(doc) for doc in docs]
        words: list[str] = []
        windows: list[list[int]] = []
        for doc, index in zip(docs, tokens, strict=True):
            forms = readable_words(doc)
            words.extend(forms[i] for i in index)
            windows.extend(chunks(_sentence_lengths(doc, index), len(index), WINDOW, int))
        annotation = self._predict(words, windows)
        sentences = np.array([length for window in windows for length in window], np.int64)
        heads = absolute_heads(annotation.heads, sentences)
        stop = 0
        for doc, index in zip(docs, tokens, strict=True):
            start, stop = stop, stop + len(index)
            part = Annotation(*(column[start:stop] for column in annotation))
            self._write(doc, index, part, heads[start:stop] - start)

    def _predict(self, words: list[str], windows: list[list[int]]) -> Annotation:
        """Run the models over windows of sentences, each an article or a part of one, few enough at a time."""
        parts: list[Annotation] = [self.models.annotate([], NONE, NONE)]
        stop = 0
        for group in chunks(windows, len(windows), WINDOW, sum):
            lengths = np.array([sum(window) for window in group], np.int64)
            start, stop = stop, stop + int(lengths.sum())
            sentences = np.array([length for window in group for length in window], np.int64)
            parts.append(self.models.annotate(words[start:stop], sentences, lengths))
        return Annotation(*(np.concatenate(column) for column in zip(*parts, strict=True)))

    def _write(self, doc: Doc, index: Ints, annotation: Annotation, heads: Ints) -> None:
        """Write one article's predictions; `index` holds the Doc's positions of the annotated tokens."""
        pos = np.full(len(doc), self._space, np.uint64)
        morph = np.full(len(doc), self._no_features, np.uint64)
        dep = np.full(len(doc), self._dep_of_space, np.uint64)
        head = np.maximum(np.arange(len(doc)) - 1, 0)  # whitespace hangs on the token before it
        if len(index):
            head[: index[0]] = index[0]
            pos[index] = self._pos[annotation.morphology]
            morph[index] = self._morph[annotation.morphology]
            dep[index] = self._dep[annotation.relations]
            head[index] = index[heads]
            roots = annotation.heads == 0
            extra = index[roots & (heads != np.arange(len(index)))]
            dep[extra] = self._parataxis
            true_roots = index[heads == np.arange(len(index))]
            dep[true_roots] = self._dep[self.models.relation_tags.index("root")]
        offsets = (head - np.arange(len(doc))).astype(np.int64).astype(np.uint64)
        if len(doc):
            columns = np.stack((pos, morph, dep, offsets), axis=1)
            doc.from_array(["POS", "MORPH", "DEP", "HEAD"], columns)  # type: ignore[arg-type]
        doc.ents = _spans(doc, index, annotation.names, self.models.name_tags)


def _words(doc: Doc) -> Ints:
    """The positions of the tokens that the models should see: no white space, no stray soft hyphens."""
    if not len(doc):
        return np.zeros(0, np.int64)
    norm, space = doc.to_array([NORM, IS_SPACE]).T
    return np.flatnonzero((norm != doc.vocab.strings[" "]) & (space == 0))


def _sentence_lengths(doc: Doc, index: Ints) -> Iterator[int]:
    """Count the tokens of each sentence, whitespace left out."""
    opens = np.flatnonzero(doc.to_array(SENT_START) == 1)
    bounds = np.searchsorted(index, np.append(opens, len(doc)))
    for length in np.diff(bounds).tolist():
        if length:
            yield length


def absolute_heads(heads: Ints, sentences: Ints) -> Ints:
    """Turn heads within sentences into one tree a sentence over the flat batch; a root is its own head.

    slovnet chooses each head for itself: a sentence may come out with several roots, none, or a cycle. The
    first root keeps its place and the others hang on it; a cycle is cut at its first token.
    """
    starts = np.repeat(np.cumsum(sentences) - sentences, sentences)
    own = np.arange(len(heads))
    flat = np.where(heads == 0, own, starts + heads - 1)
    top = flat.copy()
    for _ in range(int(sentences.max(initial=1)).bit_length()):
        top = top[top]
    lost = flat[top] != top  # tokens that run into a cycle
    roots = np.flatnonzero(flat == own)
    first: dict[int, int] = {}
    for root in roots.tolist():
        first.setdefault(int(starts[root]), root)
    for token in np.flatnonzero(lost).tolist():
        if _in_cycle(flat, token):
            flat[token] = first.setdefault(int(starts[token]), token)
    for root in roots.tolist():
        flat[root] = first[int(starts[root])]
    return flat


def _in_cycle(flat: Ints, token: int) -> bool:
    seen: set[int] = set()
    at = int(flat[token])
    while at != token:
        if at in seen or flat[at] == at:
            return False
        seen.add(at)
        at = int(flat[at])
    return True


def _spans(doc: Doc, index: Ints, names: Ints, tags: list[str]) -> list[Span]:
    """Read BIO tags; as slovnet does, an I after another type goes on with the open span. Monsters are no names."""
    spans: list[Span] = []
    label, first, last = "", 0, 0
    marked = np.flatnonzero(names > 1)  # past <pad> and O
    previous = -2
    for position in marked.tolist():
        begin, _, kind = tags[names[position]].partition("-")
        if begin == "B" or position != previous + 1:
            if label:
                spans.append(Span(doc, first, last + 1, label))
            label, first = kind, int(index[position])
        last = int(index[position])
        previous = position
    if label:
        spans.append(Span(doc, first, last + 1, label))
    return [span for span in spans if len(span) <= LONGEST_NAME]


@Language.factory(
    "ru_slovnet",
    assigns=["token.pos", "token.morph", "token.head", "token.dep", "doc.ents"],
    requires=["token.sent_start"],
)
def create_annotator(nlp: Language, name: str) -> Annotator:
    return Annotator(nlp)
