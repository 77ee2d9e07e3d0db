"""Facts from Russian news: organizations, people, dates and deals, each with the place that states it."""

from typing import TYPE_CHECKING, Any

from extract import display

if TYPE_CHECKING:
    from extract.articles.article import Article
    from extract.errors import ArticleError, ModelError, RulesError
    from extract.extractor import Extractor, load
    from extract.record import Record

__version__ = "0.1.0"
__all__ = ["Article", "ArticleError", "Extractor", "ModelError", "Record", "RulesError", "load"]

_HOMES = {
    "Article": "extract.articles.article",
    "ArticleError": "extract.errors",
    "Extractor": "extract.extractor",
    "Record": "extract.record",
    "ModelError": "extract.errors",
    "RulesError": "extract.errors",
    "load": "extract.extractor",
}
_WITH_SPACY = ("extract.extractor", "extract.record")


def _html(record: "Record") -> str:
    from extract.pages.notebook import notebook_html

    return notebook_html(record)


display.html = _html


def __getattr__(name: str) -> Any:
    """Import what is asked for: models and spaCy take a second that `extract-ru --help` needn't wait for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    from importlib import import_module

    from extract.imports import import_spacy

    if _HOMES[name] in _WITH_SPACY:
        import_spacy()
    return getattr(import_module(_HOMES[name]), name)
