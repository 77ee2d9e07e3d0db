"""Score the extractor on annotated samples.

from extract.evaluation import evaluate

evaluation = evaluate(Path("gold.jsonl"), extract.load())
evaluation.totals["deals"].f1
"""

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extract.evaluation.scoring import Evaluation
    from extract.extractor import Extractor


def evaluate(gold: Path, extractor: "Extractor", workers: int = 1) -> "Evaluation":
    """Read annotated samples in any known format, run the extractor on their texts, and score.

    Raises:
        GoldError: the samples can't be read; says why.
        MissingExtra: the extra «eval» isn't installed.
    """
    from extract.evaluation.gold import read
    from extract.evaluation.predictions import predict
    from extract.evaluation.scoring import score

    samples = read(gold)
    return score(samples, predict(extractor, samples, workers))
