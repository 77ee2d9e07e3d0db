"""Every regular expression of the package takes time in proportion to the text, whatever the text is."""

import ast
import importlib
import json
import pkgutil
import re
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import extract

HOME = Path(extract.__file__).parent
ANYWHERE = r"\.(search|finditer|findall|subn?|split)\("
LENGTHS = 4_000, 16_000  # characters
QUICK = 0.02  # seconds for the shorter text: one that takes its square takes longer
FACTOR = 8  # of the times for the two; in proportion it is 4, by the square 16
UNITS = [
    "а", "А", "a", "A", "1", " ", "\n", "\t", "\u00a0", '"', "«", "»", "(", ")", "[", "]", "<", ">", "&", "-", "—", "_",
    ".", ",", ":", ";", "/", "%", "$", "'", "ё", "Ё", "\u0301", "\u00ad", "\u200b", "{", "}", "|", "\\", "#", "@", "=",
    "аА", "аa", "а ", "А ", "а-", "а.", "а,", "1 ", "1.", "1,", "1-", "1:", "1/", "а1", "Аб ", "А.", "А. ", " .", ". ",
    ".\n", "\n ", " \n", "»)", "«»", "()", "«а» ", "(а) ", "<a ", "&a", "зам", "экс-", "2023-", "на-", "10.10.",
]  # fmt: skip
TAILS = ["", "\x00"]
ARTICLES = HOME.parent / "corpus" / "articles"
Search = Callable[[str], object]
RECORDER = """
import json, re, sys
found = {}
compile = re._compile
def record(pattern, flags):
    caller = sys._getframe(2)
    if caller.f_globals.get("__name__", "").startswith("extract.") and isinstance(pattern, str):
        whole = sys._getframe(1).f_code.co_name in ("match", "fullmatch")
        found[pattern, int(flags), whole] = [caller.f_code.co_filename, caller.f_lineno]
    return compile(pattern, flags)
re._compile = record
import importlib, pathlib
for name in json.loads(sys.argv[1]):
    importlib.import_module(name)
import extract
extractor = extract.load()
for path in sorted(pathlib.Path(sys.argv[2]).glob("*.txt"))[:10]:
    extractor.extract(path.read_text("utf-8"), published="2023-07-14")
extract.articles.published.date_of("14 июля 2023")
extract.serve.reasons.in_russian("the file is empty")
pathlib.Path("rules.toml").write_text("[[frames]]\\nname = 'a'\\ntype = 'b'\\nverb = 1\\n", "utf-8")
try:
    extract.load("rules.toml")
except extract.RulesError:
    pass
print(json.dumps([[*pattern, *where] for pattern, where in found.items()]))
"""


def modules() -> list[str]:
    """The names of all modules that can be imported here."""
    found = []
    for module in pkgutil.walk_packages(extract.__path__, "extract."):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except ImportError:  # an extra is missing
                continue
            found.append(module.name)
    return found


def calls() -> Iterator[tuple[Path, ast.Call]]:
    """All calls of functions of `re` that compile a pattern."""
    for path in sorted(HOME.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Name)
                and node.func.value.id == "re"
                and node.func.attr not in ("escape", "purge")
            ):
                yield path, node


@pytest.fixture(scope="module")
def patterns(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Search]:
    """Where it stands → how the pattern is looked for: those written out, and those made as the program runs."""
    command = [sys.executable, "-c", RECORDER, json.dumps(modules()), str(ARTICLES)]
    folder = tmp_path_factory.mktemp("rules")
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
    made: dict[str, Search] = {}
    for pattern, flags, whole, file, line in json.loads(done.stdout):
        name = Path(file).relative_to(HOME)
        whole = whole or not used_anywhere(Path(file), line)
        made[f"{name}:{line} {pattern[:40]}"] = search(re.compile(pattern, flags), whole)
    seen = {name.partition(" ")[0] for name in made}
    missing = []
    for path, call in calls():
        name, first = path.relative_to(HOME), call.args[0]
        if isinstance(first, ast.Constant):
            text = first.value.decode("latin-1") if isinstance(first.value, bytes) else str(first.value)
            inline = isinstance(call.func, ast.Attribute) and call.func.attr
            whole = inline in ("match", "fullmatch") or (inline == "compile" and not used_anywhere(path, call.lineno))
            made.setdefault(f"{name}:{call.lineno} {text[:40]}", search(re.compile(text), whole))
        elif not seen & {f"{name}:{line}" for line in range(call.lineno, (call.end_lineno or 0) + 1)}:
            missing.append(f"{name}:{call.lineno}")
    assert not missing, "patterns that were neither written out nor made in a run"
    return made


def used_anywhere(path: Path, line: int) -> bool:
    """Whether a pattern is looked for anywhere in a text, not only matched against a whole one, such as a word."""
    source = path.read_text("utf-8")
    name = re.match(r"\s*(\w+)(?:: [^=]+)? = ", source.splitlines()[line - 1])
    if name is None:
        return re.search(r"\.(search|finditer|findall)\(", source) is not None
    others = "\n".join(other.read_text("utf-8") for other in HOME.rglob("*.py")) if name[1][0] != "_" else source
    return re.search(rf"\b{name[1]}{ANYWHERE}", others) is not None


def search(pattern: re.Pattern[str], whole: bool) -> Search:
    """Look for all matches, or, for one that is only used so, for one at the text's beginning."""
    return pattern.match if whole else lambda text: deque(pattern.finditer(text), 0)


def seconds(look: Search, unit: str, tail: str, length: int) -> float:
    """The best of some tries."""
    text = unit * (length // len(unit)) + tail
    best = float("inf")
    for _ in range(3):
        begun = time.perf_counter()
        look(text)
        best = min(best, time.perf_counter() - begun)
        if not QUICK < best < 10 * QUICK:
            break
    return best


def test_time_is_in_proportion(patterns: dict[str, Search]) -> None:
    assert len(patterns) > 30
    slow = [
        f"{name} on {unit!r}…{tail!r}"
        for name, look in patterns.items()
        for unit in UNITS
        for tail in TAILS
        if (short := seconds(look, unit, tail, LENGTHS[0])) > QUICK
        and seconds(look, unit, tail, LENGTHS[1]) > FACTOR * short
    ]
    assert not slow
