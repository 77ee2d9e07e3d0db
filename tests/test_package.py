"""The package as it is installed: what it gives, what it needs, what it must not touch."""

import subprocess
import sys
import tomllib
from importlib.metadata import entry_points, version
from pathlib import Path

import pytest

import extract

ROOT = Path(__file__).parents[1]


def python(code: str) -> str:
    """Run code in a fresh interpreter; return what it prints."""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_import_extract_gives_the_contract() -> None:
    assert {"load", "Extractor", "Article", "Record", "RulesError"} <= set(extract.__all__)
    for name in extract.__all__:
        assert getattr(extract, name)
    with pytest.raises(AttributeError, match="extrakt"):
        _ = extract.extrakt


def test_versions_agree() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert project["version"] == extract.__version__ == version("extract-ru")


def test_what_fails_on_new_pythons_is_never_imported() -> None:
    """natasha, yargy and pymorphy2 need pkg_resources, which Python 3.12 and later don't bring."""
    loaded = python(
        """
import importlib, pkgutil, sys
import extract
for module in pkgutil.walk_packages(extract.__path__, "extract."):
    if not module.name.endswith("__main__") and "spark" not in module.name:
        importlib.import_module(module.name)
extract.load().extract("Компания «Лютик» купила «Василёк», сообщил Игорь Лапин 14 июля 2023 года.")
print(*{name.partition(".")[0] for name in sys.modules})
"""
    ).split()
    assert "pymorphy3" in loaded
    assert not {"natasha", "yargy", "pymorphy2", "pkg_resources"} & set(loaded)


def test_the_command_line_starts_without_models() -> None:
    loaded = python("import sys, extract.cli; print(*sys.modules)").split()
    assert not {"spacy", "numpy", "pydantic", "pymorphy3", "slovnet", "navec"} & set(loaded)


def test_components_are_found_by_spacy() -> None:
    declared = {point.name for point in entry_points(group="spacy_factories") if point.value.startswith("extract.")}
    missing = python(
        """
import spacy
from extract.pipeline import COMPONENTS
nlp = spacy.blank("ru")
print(*[name for name in COMPONENTS if not nlp.has_factory(name)])
"""
    ).split()
    assert declared
    assert not missing


def test_the_library_loads_nothing_of_command_lines() -> None:
    loaded = python("import sys, extract; extract.load(); print(*sys.modules)").split()
    assert "spacy" in loaded
    assert not {"typer", "rich"} & set(loaded)


def test_spacy_comes_without_its_command_line_until_that_is_asked_for() -> None:
    loaded = python(
        """
import sys, extract
extract.Extractor
print(*sys.modules)
import spacy
assert callable(spacy.info) and callable(spacy.cli.download) and not hasattr(spacy, "clii")
from spacy.cli.info import info
assert info.__module__ == "spacy.cli.info"
"""
    ).split()
    assert "spacy" in loaded
    assert not {"spacy.cli", "spacy.cli.info", "requests", "httpx"} & set(loaded)
