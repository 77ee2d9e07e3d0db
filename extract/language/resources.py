"""Where the data files of the `natasha` package lie, found without importing it.

Importing natasha pulls in yargy and pymorphy2, which fail on Python 3.12 and later.
"""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

EMBEDDINGS = "emb/navec_news_v1_1B_250K_300d_100q.tar"
MORPHOLOGY = "model/slovnet_morph_news_v1.tar"
SYNTAX = "model/slovnet_syntax_news_v1.tar"
NAMES = "model/slovnet_ner_news_v1.tar"
FIRST_NAMES = "dict/first.txt"
LAST_NAMES = "dict/last.txt"


def natasha_file(name: str) -> Path:
    """Return the path of a data file of the installed natasha package.

    Raises:
        FileNotFoundError: natasha is not installed or ships no such file.
    """
    spec = find_spec("natasha")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError("the package natasha is not installed; `pip install natasha` brings its models")
    path = Path(spec.submodule_search_locations[0]) / "data" / name
    if not path.is_file():
        raise FileNotFoundError(f"natasha's data file {path} is missing; reinstall natasha 1.6")
    return path


@cache
def first_names() -> frozenset[str]:
    """The first names of natasha's dictionary, folded."""
    text = natasha_file(FIRST_NAMES).read_text(encoding="utf-8")
    return frozenset(line.partition("#")[0].strip().replace("ё", "е") for line in text.splitlines())


@cache
def last_names() -> frozenset[str]:
    """The last names of natasha's dictionary, folded."""
    text = natasha_file(LAST_NAMES).read_text(encoding="utf-8")
    return frozenset(text.replace("ё", "е").split())
