"""Imports of spaCy that leave out what takes as long as all the rest: its command line, with clients for the web.

Up to 3.8 at least, `spacy/__init__.py` takes `info` from `spacy.cli.info`. To import that, Python first imports the
package `spacy.cli`, all commands of it, and with them typer, rich, the trainer and what downloads models. No option
leaves that out, so a stand-in for that one module is there before spaCy looks for it.
"""

import sys
from importlib import import_module
from types import ModuleType
from typing import Any

_COMMAND = "spacy.cli.info"  # all that `import spacy` wants of the command line, for `spacy.info`


def import_spacy() -> None:
    """Import spaCy without its command line, unless it is imported already; `import spacy.cli` still brings that."""
    if "spacy" in sys.modules or _COMMAND in sys.modules:
        return
    stand_in = ModuleType(_COMMAND)
    stand_in.info = _info  # type: ignore[attr-defined]
    sys.modules[_COMMAND] = stand_in
    try:
        import spacy
    finally:
        del sys.modules[_COMMAND]
    vars(spacy)["__getattr__"] = _attribute


def _attribute(name: str) -> Any:
    """Let `spacy.cli.download` work as after a plain `import spacy`."""
    if name != "cli":
        raise AttributeError(f"module 'spacy' has no attribute {name!r}")
    return import_module("spacy.cli")


def _info(*arguments: Any, **options: Any) -> Any:
    from spacy.cli.info import info

    return info(*arguments, **options)
