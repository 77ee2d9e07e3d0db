"""A fixed sample of the dates that tests/benchmarks/written_dates.py writes, read back."""

import importlib.util
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from spacy.language import Language

COUNT = 420
BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "written_dates.py"


@pytest.fixture(scope="module")
def dates() -> Iterator[ModuleType]:
    pytest.importorskip("num2words")
    pytest.importorskip("babel")
    spec = importlib.util.spec_from_file_location("written_dates", BENCHMARK)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look their module up
    spec.loader.exec_module(module)
    yield module
    del sys.modules[spec.name]


def test_written_dates_are_read_back(nlp: Language, dates: ModuleType) -> None:
    with nlp.select_pipes(enable=dates.COMPONENTS):
        assert list(dates.misread(nlp, list(dates.written(COUNT)))) == []


def test_every_form_is_written(dates: ModuleType) -> None:
    assert len({that.form for _, that in dates.written(COUNT)}) == len(dates.FORMS)
