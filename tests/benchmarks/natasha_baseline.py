"""Natasha's own extractors on the development sets, scored as ours: the row to beat in RESULTS.md.

Run by hand: `python tests/benchmarks/natasha_baseline.py GOLD…`. Natasha's date and money extractors need
`pkg_resources`: Python 3.11 and `pip install "setuptools<81"`.
"""

import argparse
from pathlib import Path
from typing import Any

from extract.evaluation import gold as readers
from extract.evaluation.report import table
from extract.evaluation.samples import Sample, Span
from extract.evaluation.scoring import score


class Natasha:
    """Natasha 1.6: the news tagger, dates and money."""

    def __init__(self) -> None:
        from natasha import DatesExtractor, MoneyExtractor, MorphVocab, NewsEmbedding, NewsNERTagger

        morphology = MorphVocab()
        self.tagger = NewsNERTagger(NewsEmbedding())
        self.extractors: dict[str, Any] = {
            "DATE": DatesExtractor(morphology),
            "MONEY": MoneyExtractor(morphology),
        }

    def read(self, sample: Sample) -> Sample:
        """The sample's text with the spans that Natasha finds."""
        spans = [Span(span.start, span.stop, span.type) for span in self.tagger(sample.text).spans]
        for type, extractor in self.extractors.items():
            spans += [Span(match.start, match.stop, type) for match in extractor(sample.text)]
        return Sample(sample.text, sample.id, spans=spans)


def main() -> None:
    from rich.console import Console

    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path, nargs="+")
    natasha = Natasha()
    for path in parser.parse_args().gold:
        samples = readers.read(path)
        for sample in samples:
            sample.relations = None
        print(path)
        Console(width=110).print(table(score(samples, map(natasha.read, samples))))


if __name__ == "__main__":
    main()
