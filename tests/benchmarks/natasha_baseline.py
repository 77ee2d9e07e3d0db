"""Natasha's own extractors on the development sets, scored as ours: the rows to beat in RESULTS.md.

`python tests/benchmarks/natasha_baseline.py [SET…]`, by hand, once. Natasha's date and money extractors need
`pkg_resources`: Python 3.11 and `pip install "setuptools<81"`.
"""

import argparse
from datetime import date
from typing import Any

from quality import RESULTS, SETS, SPANS, add_row, figures

from extract.evaluation import gold
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
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sets", nargs="*", metavar="SET")
    names = parser.parse_args().sets
    natasha = Natasha()
    text = RESULTS.read_text(encoding="utf-8")
    for each in SETS:
        if not each.path.is_dir() or (names and each.name not in names):
            continue
        samples = gold.read(each.path)
        counts = score(samples, map(natasha.read, samples)).totals
        row = [
            figure if measure in SPANS or measure.startswith("track1") else "–"
            for measure, figure in zip(each.measures, figures(counts, each.measures), strict=True)
        ]
        print(each.heading, *row)
        columns = ["date", "commit", "command", *each.measures]
        text = add_row(text, each.heading, columns, [str(date.today()), "Natasha 1.6", "natasha_baseline.py", *row])
    RESULTS.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
