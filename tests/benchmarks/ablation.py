"""What frames and network find alone and together: `python tests/benchmarks/ablation.py` adds tables to RESULTS.md.

With `--weights FOLDER NAME…` it measures other networks, as `training/export.py` writes them, together with the frames,
so that it is seen what more annotations would give. Only sets that nothing was fitted on, and gold.
"""

import argparse
from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path

from quality import RESULTS, SETS, add_row, commit, samples_of
from spacy.language import Language
from spacy.tokens import Doc

import extract
from extract.deals.judge import BOTH, model
from extract.evaluation.predictions import predict
from extract.evaluation.samples import Sample
from extract.evaluation.scores import totals
from extract.evaluation.scoring import score
from extract.learned.network import Network

HEADING = "Frames and network, alone and together"
MEASURED = {
    "check-rbc": ("check-rbc",),
    "check-web and web-check": ("check-web", "new-check"),
    "gold": ("deals",),
}
MEASURES = ("deals", "slots", "positions")


@Language.component("no_frames", assigns=["doc._.finished"])
def no_frames(doc: Doc) -> Doc:
    """Drop what frames have found."""
    doc._.finished = ()
    return doc


def ways(weights: Sequence[Path]) -> dict[str, extract.Extractor]:
    """The extractors to compare, by name."""
    if weights:
        found = {}
        for folder in weights:
            found[folder.name] = extract.load()
            found[folder.name].nlp.get_pipe("ru_reader").network = Network(folder)
        return found
    alone = extract.load()
    alone.nlp.add_pipe("no_frames", before="ru_unite")
    return {"frames": extract.load(model=False), "network": alone, "both": extract.load()}


def main() -> None:
    """Measure every way on every set."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--weights", type=Path, nargs="*", default=[], metavar="FOLDER")
    options = parser.parse_args()
    paths = {each.name: each.path for each in SETS}
    samples = {name: [s for part in parts for s in samples_of(paths[part])] for name, parts in MEASURED.items()}
    everything: list[Sample] = [sample for group in samples.values() for sample in group]
    text = RESULTS.read_text("utf-8")
    columns = [f"{name}: {measure}" for name in MEASURED for measure in MEASURES]
    for way, extractor in ways(options.weights).items():
        predicted = predict(extractor, everything)
        row = []
        for group in samples.values():
            counts = totals(score(group, islice(predicted, len(group))).articles)
            row += [f"{counts[measure].f1:.3f}" for measure in MEASURES]
        print(way, dict(zip(columns, row, strict=True)), flush=True)
        head = [str(date.today()), commit(), way]
        text = add_row(text, HEADING, ["date", "commit", "way", *columns], [*head, *row])
    RESULTS.write_text(text, "utf-8")
    print("threshold of both:", model(BOTH).least)


if __name__ == "__main__":
    main()
