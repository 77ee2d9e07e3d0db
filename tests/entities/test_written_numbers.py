"""A fixed sample of the numbers and sums that tests/benchmarks/written_numbers.py writes, read back."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

COUNT = 340
BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "written_numbers.py"


@pytest.fixture(scope="module")
def numbers() -> Iterator[ModuleType]:
    pytest.importorskip("num2words")
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("written_numbers", BENCHMARK)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_written_numbers_are_read_back(nlp: Language, numbers: ModuleType) -> None:
    with nlp.select_pipes(enable=numbers.COMPONENTS):
        assert list(numbers.misread(nlp, list(numbers.written(COUNT)))) == []


def test_every_form_is_written(numbers: ModuleType) -> None:
    assert len({sum.form for _, sum in numbers.written(COUNT)}) >= len(numbers.FORMS)
