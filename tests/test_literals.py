"""Words of Russian are data: no Russian literal stands in Python but in messages for Russian readers."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import extract

ROOT = Path(extract.__file__).parent
RUSSIAN = re.compile("[а-яё].*[а-яё]", re.IGNORECASE | re.DOTALL)
# Files that may hold some, and why.
EXEMPT = {
    "pages": "labels and texts of pages",
    "serve": "messages of the page",
    "deals/explain.py": "messages for authors of rules",
    "language/alphabet.py": "the letters themselves",
}

# Files whose words have yet to move; the list only shrinks.
LEFT: set[str] = set()


def literals(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of the string literals with more than one Russian letter, docstrings left out."""
    documents = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in documents:
            continue
        if isinstance(node.value, str) and RUSSIAN.search(node.value):
            yield node.lineno, node.value


FILES = sorted(
    path
    for path in ROOT.rglob("*.py")
    if not {path.relative_to(ROOT).parts[0], path.relative_to(ROOT).as_posix()} & set(EXEMPT)
)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_of_russian_stand_in_data(path: Path) -> None:
    found = [f"{path.name}:{line}: {text}" for line, text in literals(ast.parse(path.read_text("utf-8")))]
    assert bool(found) == (path.relative_to(ROOT).as_posix() in LEFT), found


def test_a_literal_is_seen() -> None:
    assert list(literals(ast.parse('"""Слово."""\nwords = {"слово", "у", f"{1} лет"}'))) == [(2, "слово"), (2, " лет")]
