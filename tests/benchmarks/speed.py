"""Measure how fast articles are read, beside Natasha's own four steps, and add a row to RESULTS.md.

`python tests/benchmarks/speed.py` on an otherwise quiet machine; with names of parts (`natasha workers start profile
models`) it measures those and only prints. The articles are those of the development data, else the corpus's.

Natasha's steps are razdel's sentences and tokens, and slovnet's morphology, syntax and names, article by article, as
`natasha.Doc` calls them (`segment`, `tag_morph`, `parse_syntax`, `tag_ner`). natasha itself isn't imported: it fails on
Python 3.12 and later.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from statistics import median

from extract.batch.tasks import Settings, Task, pool_of
from extract.chunks import chunks
from extract.processes.worker import ONE_THREAD

os.environ |= ONE_THREAD  # before numpy is imported
if True:  # these import it
    import numpy as np
    import razdel
    import slovnet
    from navec import Navec
    from quality import DATA, RESULTS, ROOT, add_row, commit

    import extract
    from extract.extractor import BATCH_ARTICLES
    from extract.language import resources
    from extract.language.annotator import Annotator
    from extract.record import record_of

ARTICLES = 200
ROUNDS = 5
FLOPS = 2_300_000  # a token, by slovnet's own way of computing the three models
HEADING = "Speed"
PROFILE = "Speed: milliseconds an article by component, with a component for each step of deals"


def articles(number: int) -> list[extract.Article]:
    """So many articles spread evenly over those that there are, or these over and over if they are too few."""
    paths = sorted(path for path in (DATA / "articles").glob("*/*") if path.is_file())
    paths = paths or sorted((ROOT / "corpus" / "articles").glob("*.txt"))
    chosen = paths[:: max(1, len(paths) // number)]
    return [
        extract.Article(path.read_text("utf-8", "replace"), f"{count}-{path.name}", published="2023-03-05")
        for count, path in enumerate(islice(cycle(chosen), number))
    ]


class Natasha:
    """Natasha's four steps over one article."""

    def __init__(self) -> None:
        navec = Navec.load(resources.natasha_file(resources.EMBEDDINGS))
        names = resources.MORPHOLOGY, resources.SYNTAX, resources.NAMES
        kinds = slovnet.Morph, slovnet.Syntax, slovnet.NER
        self.morph, self.syntax, self.names = (
            kind.load(str(resources.natasha_file(name))).navec(navec) for kind, name in zip(kinds, names, strict=True)
        )

    def __call__(self, text: str) -> int:
        """Read an article; return the number of its tokens."""
        sentences = [list(razdel.tokenize(sentence.text)) for sentence in razdel.sentenize(text)]
        words = [[token.text for token in sentence] for sentence in sentences]
        list(self.morph.map(words))
        list(self.syntax.map(words))
        self.names(text)
        return sum(map(len, words))


def seconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def beside_natasha(extractor: extract.Extractor) -> dict[str, str]:
    """Articles a second, from text to JSON, in one process with one thread; rounds of all take turns."""
    given, natasha, frames_only = articles(ARTICLES), Natasha(), extract.load(model=False)

    def ours(extractor: extract.Extractor) -> None:
        for record in extractor.pipe(given):
            record.model_dump_json()

    def theirs() -> None:
        for article in given:
            natasha(article.text)

    ways = (lambda: ours(extractor), lambda: ours(frames_only), theirs)
    for warm in ways:
        warm()
    rounds = [[seconds(way) for way in ways] for _ in range(ROUNDS)]
    own, frames, other = (median(column) for column in zip(*rounds, strict=True))
    return {
        "articles/s": f"{ARTICLES / own:.1f}",
        "without the model": f"{ARTICLES / frames:.1f}",
        "Natasha's": f"{ARTICLES / other:.1f}",
        "ratio": f"{other / own:.2f}",
        "ratio without": f"{other / frames:.2f}",
    }


def two_workers() -> dict[str, str]:
    """The throughput of two warm workers over that of one; rounds of either take turns."""
    tasks: list[list[Task]] = [list(chunk) for chunk in chunks(articles(3 * ARTICLES), BATCH_ARTICLES)]
    with pool_of(Settings(), 1) as one, pool_of(Settings(), 2) as two:
        for pool in (one, two):
            list(pool.map(tasks))
        rounds = [[seconds(lambda pool=pool: list(pool.map(tasks))) for pool in (one, two)] for _ in range(3)]  # type: ignore[misc]
    single, double = (median(column) for column in zip(*rounds, strict=True))
    return {"two workers / one": f"{single / double:.2f}"}


def start() -> dict[str, str]:
    """Seconds from the command `extract-ru text FILE` to its record, everything compiled and in the disk's cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "article.txt")
        path.write_text(articles(1)[0].text, "utf-8")
        environment = dict(os.environ, PYTHONPYCACHEPREFIX=folder)
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "extract", "text", str(path)]

        def run() -> None:
            subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)

        run()
        return {"start, s": f"{median(seconds(run) for _ in range(ROUNDS)):.2f}"}


def profile(extractor: extract.Extractor) -> dict[str, str]:
    """Milliseconds an article of tokens, each component, the record and its JSON."""
    given = articles(ARTICLES)
    list(extractor.pipe(given))
    rounds = [_profile(extractor, given) for _ in range(3)]
    own = {name: median(each[name] for each in rounds) * 1000 / len(given) for name in rounds[0]}
    return {name: f"{spent:.2f}" for name, spent in (own | {"all": sum(own.values())}).items()}


def _profile(extractor: extract.Extractor, given: Sequence[extract.Article]) -> dict[str, float]:
    spent = dict.fromkeys(["tokens", *extractor.nlp.pipe_names, "record", "JSON"], 0.0)
    for batch in chunks(given, BATCH_ARTICLES):
        last = time.perf_counter()

        def lap(name: str) -> None:
            nonlocal last
            now = time.perf_counter()
            spent[name] += now - last
            last = now

        docs = [extractor._doc(article) for article in batch]
        lap("tokens")
        for name, component in extractor.nlp.pipeline:
            pipe = getattr(component, "pipe", None)
            docs = list(pipe(docs)) if pipe is not None else [component(doc) for doc in docs]
            lap(name)
        records = [record_of(doc, article) for doc, article in zip(docs, batch, strict=True)]
        lap("record")
        for record in records:
            record.model_dump_json()
        lap("JSON")
    return spent


def models(extractor: extract.Extractor) -> dict[str, str]:
    """How much of the core's matrix throughput the models reach, counted as slovnet computes them."""
    annotator = next(pipe for _, pipe in extractor.nlp.pipeline if isinstance(pipe, Annotator))
    batches = [
        [[token.text for token in sentence] for doc in map(extractor._doc, batch) for sentence in doc.sents]
        for batch in chunks(articles(ARTICLES), BATCH_ARTICLES)
    ]

    def predict() -> None:
        for sentences in batches:
            words = [word for sentence in sentences for word in sentence]
            lengths = np.array([len(sentence) for sentence in sentences])
            annotator.models.annotate(words, lengths, np.array([len(words)]))

    square = np.random.default_rng(0).random((1024, 1024), np.float32)
    rounds = [(seconds(predict), seconds(lambda: square @ square)) for _ in range(ROUNDS + 1)]
    own, product = (min(column) for column in zip(*rounds, strict=True))
    tokens = sum(len(sentence) for sentences in batches for sentence in sentences)
    rate, peak = tokens * FLOPS / own / 1e9, 2 * 1024**3 / product / 1e9
    return {"models, GFLOP/s": f"{rate:.0f}", "sgemm, GFLOP/s": f"{peak:.0f}", "models / sgemm": f"{rate / peak:.2f}"}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", metavar="PART")
    parts = parser.parse_args().parts
    load = f"{os.getloadavg()[0]:.1f}"
    extractor = extract.load()
    figures: dict[str, str] = {"load before": load, "Python": platform.python_version()}
    measures: dict[str, Callable[[], dict[str, str]]] = {
        "natasha": lambda: beside_natasha(extractor),
        "workers": two_workers,
        "start": start,
        "models": lambda: models(extractor),
    }
    for name, measure in measures.items():
        if not parts or name in parts:
            figures |= measure()
    print(figures)
    spent = profile(extractor) if not parts or "profile" in parts else {}
    print(spent)
    if not parts:
        text = RESULTS.read_text("utf-8")
        head = [str(date.today()), commit(), "speed.py"]
        text = add_row(text, HEADING, ["date", "commit", "command", *figures], [*head, *figures.values()])
        text = add_row(text, PROFILE, ["date", "commit", "command", *spent], [*head, *spent.values()])
        RESULTS.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
