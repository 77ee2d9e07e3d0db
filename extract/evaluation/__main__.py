"""`python -m extract.evaluation GOLD`, the same as `extract-ru eval GOLD`."""

import typer

from extract.evaluation.command import evaluate

typer.run(evaluate)
