"""Score all development sets and add a row to each table of RESULTS.md.

`python tests/benchmarks/quality.py` runs every set and writes; with names of sets (`deals corpus`) it runs
those and only prints, `deals` for the odd-numbered and even-numbered articles apart too. Sets that are
missing are passed over with a word on stderr.
"""

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from tempfile import NamedTemporaryFile

import extract
from extract.evaluation import gold
from extract.evaluation.predictions import predict
from extract.evaluation.samples import Sample
from extract.evaluation.scores import Counts, totals
from extract.evaluation.scoring import Evaluation, score

ROOT = Path(__file__).parents[2]
DATA = ROOT.parent / "shared" / "data"
ANNOTATIONS = ROOT / "training" / "annotations"  # without their texts
ARTICLES = DATA / "articles-web.jsonl.gz"
RESULTS = Path(__file__).with_name("RESULTS.md")

FACTS = ("deals", "slots", "positions", "dates", "names.participant")
KINDS = tuple(f"slots.kind.{kind}" for kind in ("participant", "status", "amount", "stake", "date"))
SPANS = tuple(f"entities.{type}" for type in ("PER", "ORG", "LOC", "DATE", "MONEY"))
TRACKS = (
    *(f"track1{type}" for type in ("", ".PER", ".ORG", ".LOC")),
    *(f"facts.easy{type}" for type in ("", ".occupation", ".deal", ".ownership", ".meeting")),
    "facts.hard",
)


@dataclass(frozen=True)
class DevelopmentSet:
    """A set: its short name, its heading in RESULTS.md, where it is, and the measures that stand there."""

    name: str
    heading: str
    path: Path
    measures: Sequence[str]


SETS = [
    DevelopmentSet("corpus", "corpus/", ROOT / "corpus" / "gold.jsonl", FACTS + SPANS),
    DevelopmentSet("deals", "deals/gold", DATA / "deals" / "gold.jsonl", FACTS),
    DevelopmentSet("check-rbc", "deals/check-rbc, measured only", DATA / "deals" / "check-rbc.jsonl", FACTS),
    DevelopmentSet("check-web", "deals/check-web, measured only", DATA / "deals" / "check-web.jsonl", FACTS),
    DevelopmentSet("new-check", "training/web-check, measured only", ANNOTATIONS / "web-check.jsonl", FACTS),
    DevelopmentSet("new-train", "training/web-train", ANNOTATIONS / "web-train.jsonl", FACTS),
    DevelopmentSet("train-rbc", "deals/train-rbc", DATA / "deals" / "train-rbc.jsonl", FACTS),
    DevelopmentSet("train-web", "deals/train-web", DATA / "deals" / "train-web.jsonl", FACTS),
    DevelopmentSet("nerel-dev", "NEREL dev", DATA / "nerel" / "dev", SPANS),
    DevelopmentSet("nerel-train", "NEREL train", DATA / "nerel" / "train", SPANS),
    DevelopmentSet("rured", "RURED2", DATA / "rured", SPANS),
    DevelopmentSet(
        "factrueval",
        "factRuEval-2016 devset",
        DATA / "factrueval-dev",
        (*TRACKS, "names", *SPANS[:3]),
    ),
]


def run(sets: Sequence[DevelopmentSet], workers: int) -> dict[str, Evaluation]:
    """Read all sets in one go, so that the models are loaded once a worker."""
    samples = {each.name: samples_of(each.path) for each in sets}
    everything = [sample for group in samples.values() for sample in group]
    predicted = predict(extract.load(), everything, workers)
    return {name: score(group, islice(predicted, len(group))) for name, group in samples.items()}


def samples_of(path: Path) -> list[Sample]:
    """The annotated articles; to our own annotations the texts are put back."""
    if path.parent != ANNOTATIONS:
        return list(gold.read(path))
    with NamedTemporaryFile(suffix=".jsonl") as joined:
        join = [sys.executable, str(ROOT / "training" / "join.py"), str(ARTICLES), str(path)]
        subprocess.run(join, stdout=joined, check=True)
        return list(gold.read(Path(joined.name)))


def figures(counts: dict[str, Counts], measures: Sequence[str]) -> list[str]:
    """F1 of each measure; of entities «exact / overlap»."""
    return [_figure(counts, measure) for measure in measures]


def _figure(counts: dict[str, Counts], measure: str) -> str:
    layer, _, type = measure.partition(".")
    if layer != "entities":
        return f"{counts[measure].f1:.3f}" if measure in counts else "–"
    ways = [counts.get(f"entities.{way}.{type}") for way in ("exact", "overlap")]
    return " / ".join(f"{one.f1:.3f}" for one in ways if one) or "–"


def halves(evaluation: Evaluation) -> dict[str, dict[str, Counts]]:
    """Totals of the articles with odd and with even numbers in their ids, for rules tried on one half."""
    numbered = [(int(article.id.rpartition("-")[2]), article) for article in evaluation.articles]
    return {
        name: totals(article for number, article in numbered if number % 2 == rest)
        for name, rest in (("odd", 1), ("even", 0))
    }


def add_row(text: str, heading: str, columns: Sequence[str], row: Sequence[str]) -> str:
    """Add a row to the end of a heading's table; begin the table if there is none."""
    line = f"| {' | '.join(row)} |"
    title = f"## {heading}\n"
    if title not in text:
        head = f"| {' | '.join(columns)} |\n|{'---|' * len(columns)}"
        return f"{text.rstrip()}\n\n{title}\n{head}\n{line}\n"
    before, rest = text.split(title)
    section, mark, after = rest.partition("\n## ")
    return f"{before}{title}{section.rstrip()}\n{line}\n{mark}{after}"


def commit() -> str:
    def git(*arguments: str) -> str:
        return subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()

    changed = git("status", "--porcelain", "--untracked-files=no", "--", "extract")
    return git("rev-parse", "--short", "HEAD") + ("+" if changed else "")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", choices=[*(each.name for each in SETS), []], metavar="SET")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    wanted = [each for each in SETS if not options.sets or each.name in options.sets]
    for each in wanted:
        if not each.path.exists():
            print(f"passed over: {each.heading}, there is no {each.path}", file=sys.stderr)
    wanted = [each for each in wanted if each.path.exists() and (each.path.parent != ANNOTATIONS or ARTICLES.exists())]
    started = time.perf_counter()
    evaluations = run(wanted, options.workers)
    text = RESULTS.read_text(encoding="utf-8")
    stamp = [str(date.today()), commit(), f"quality.py --workers {options.workers}"]
    for each in wanted:
        tables = [(each.heading, each.measures, evaluations[each.name].totals)]
        if each.name == "deals":
            for half, counts in halves(evaluations[each.name]).items():
                tables.append((f"{each.heading}, {half} articles", (*FACTS, *KINDS), counts))
        for heading, measures, counts in tables:
            row = figures(counts, measures)
            print(f"{heading}: {', '.join(map(' '.join, zip(measures, row, strict=True)))}")
            text = add_row(text, heading, ["date", "commit", "command", *measures], [*stamp, *row])
    print(f"{time.perf_counter() - started:.0f} s")
    if not options.sets:
        RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
