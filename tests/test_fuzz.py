"""The short form of `tests/fuzz.py`, and what its long form has found."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import extract

SECONDS = 10


@pytest.fixture(scope="module")
def fuzz() -> ModuleType:
    spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).with_name("fuzz.py"))
    assert spec is not None and spec.loader is not None
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_spoilt_articles_and_hostile_files(fuzz: ModuleType, extractor: extract.Extractor, tmp_path: Path) -> None:
    assert fuzz.fuzz(extractor, SECONDS, keep=tmp_path) == {}


@pytest.mark.skipif("EXTRACT_FULL_TESTS" not in os.environ, reason="takes an hour; EXTRACT_FULL_TESTS=1 runs it")
def test_an_hour_in_three_gigabytes(tmp_path: Path) -> None:
    command = [sys.executable, Path(__file__).with_name("fuzz.py"), "--seconds", "3600", "--keep", tmp_path]
    assert subprocess.run(command, check=False).returncode == 0


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("пресс-служба министерства обор", None),  # ends where a body's place is looked for
        ("«Лютик» купил «Василёк». Сделка закрыта вчера.", "0001-01-01"),  # nothing is before the first day
        ("«Лютик» купил «Василёк». Сделка закрыта завтра.", "9999-12-31"),
        ("Договор с испанскими властями подписал «Лютик».", "2023-07-14"),  # a state that only an adjective names
    ],
)
def test_what_was_found(fuzz: ModuleType, extractor: extract.Extractor, text: str, published: str | None) -> None:
    fuzz.check_article(extractor, text, published)
