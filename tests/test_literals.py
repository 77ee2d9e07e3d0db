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
MESSAGES = {
    "pages": "labels and texts of pages",
    "serve": "messages of the page",
}

# Files whose words have yet to move; the list only shrinks.
LEFT = {
    "articles/encodings.py",
    "articles/headline.py",
    "articles/published.py",
    "entities/amounts.py",
    "entities/anaphors.py",
    "entities/calendar_dates.py",
    "entities/date_expressions.py",
    "entities/date_words.py",
    "entities/date_years.py",
    "entities/dates.py",
    "entities/locations.py",
    "entities/numbers.py",
    "entities/organization_bodies.py",
    "entities/organization_names.py",
    "entities/organization_quotes.py",
    "entities/organizations.py",
    "entities/people.py",
    "entities/person_anaphors.py",
    "entities/person_links.py",
    "entities/person_names.py",
    "entities/place_names.py",
    "entities/relative_dates.py",
    "entities/tense.py",
    "entities/transliteration.py",
    "evaluation/facts.py",
    "evaluation/gold/factrueval.py",
    "language/inflection.py",
    "language/normalize.py",
    "language/tokenizer.py",
    "relations/attachment.py",
    "relations/explain.py",
    "relations/followups.py",
    "relations/frames.py",
    "relations/meetings.py",
    "relations/ownership.py",
    "relations/parts.py",
    "relations/phrases.py",
    "relations/predicates.py",
    "relations/principals.py",
    "relations/roles.py",
    "relations/status.py",
    "relations/subject.py",
}


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


FILES = sorted(path for path in ROOT.rglob("*.py") if path.relative_to(ROOT).parts[0] not in MESSAGES)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_words_of_russian_stand_in_data(path: Path) -> None:
    found = [f"{path.name}:{line}: {text}" for line, text in literals(ast.parse(path.read_text("utf-8")))]
    assert bool(found) == (path.relative_to(ROOT).as_posix() in LEFT), found


def test_a_literal_is_seen() -> None:
    assert list(literals(ast.parse('"""Слово."""\nwords = {"слово", "у", f"{1} лет"}'))) == [(2, "слово"), (2, " лет")]
