"""Facts from Russian news: organizations, people, dates and deals, each with the place that states it."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extract.extractor import Article, Extractor, load
    from extract.record import Record

__version__ = "0.1.0"
__all__ = ["Article", "Extractor", "Record", "load"]

_HOMES = {
    "Article": "extract.extractor",
    "Extractor": "extract.extractor",
    "Record": "extract.record",
    "load": "extract.extractor",
}


def __getattr__(name: str) -> Any:
    """Import what is asked for: models and spaCy take a second that `extract-ru --help` needn't wait for."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extract' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
