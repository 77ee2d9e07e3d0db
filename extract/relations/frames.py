"""Frames: deal types as data. A TOML file says which words trigger a deal and what stands in which role.

A frame of a rules file:

    [[frames]]
    name = "buy"                      # the record's `rule` is "acquisition/buy"
    type = "acquisition"
    verbs = ["купить", "приобрести"]  # lemmas; the engine knows their passives, participles, infinitives
    nouns = ["покупка"]               # nominalizations
    object = ["assets", "ORG"]        # what the object may be: lexicons, or types of entities
    done = "completed"                # the status if it happened
    [frames.roles]
    buyer = ["subject"]
    target = ["object"]
    seller = ["у gen"]

Keys of a frame and of a type are listed in `FRAME_KEYS` and `TYPE_KEYS`; the README explains them.
"""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path
from typing import Any

from extract.errors import RulesError

STATUSES = ("planned", "negotiating", "agreed", "completed", "cancelled")
ENTITY_TYPES = {"ORG", "PER", "LOC"}
CASES = {"nom", "gen", "dat", "acc", "ins", "loc"}
DEEP_PLACES = {"subject", "object", "adj"} | CASES
FRAME_KEYS = {
    "name", "type", "verbs", "nouns", "with", "without", "under", "not_under", "object", "done", "present",
    "roles", "requires", "counterpart", "each", "owner", "parties", "free", "suffice", "inherits", "lists",
}  # fmt: skip
TYPE_KEYS = {"label", "roles"}


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to speak of a deal.

    Attributes:
        name, type: together the rule's name, «acquisition/buy».
        verbs, nouns: lemmas that trigger it.
        complement: lemmas of which one must hang on the trigger («получить» + «кредит»); key `with`.
        without: lemmas that must not stand near the trigger (metaphors, statistics).
        not_under: lemmas that must not govern it («запретил поставки»).
        under: lemmas of which one must govern the trigger («соглашение о сотрудничестве»).
        object: lexicons or entity types that the object must belong to; empty: anything.
        roles: role → places, the preferred first.
        requires: roles without which it doesn't hold.
        counterpart: the role of the other party to a document or talks about it («с ins»).
        owner: the role of whose asset the object is («активы Siemens»).
        done: the status of what has happened.
        present: the status of what is told in the present tense.
        free: True if it holds without an object where it has that role.
        each: the role of which every filler makes a deal of its own («оштрафовал A и B»).
        suffice: roles that, all filled by an organization or place, make up for an object of no lexicon.
        inherits: "may" or "must", if its type can or has to be that of a deal told before («аналогичный договор с X»).
        lists: the role whose fillers may be a list that outruns the tree («под санкции попали A, B и глава C D»).
        own: True if it stands in the user's file: what it finds is reported, however unsure.
        parties: names that fill the first role wherever the article mentions them: those of a known treaty.
    """

    name: str
    type: str
    verbs: tuple[str, ...] = ()
    nouns: tuple[str, ...] = ()
    complement: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()
    under: frozenset[str] = frozenset()
    not_under: frozenset[str] = frozenset()
    object: tuple[str, ...] = ()
    roles: dict[str, tuple[str, ...]] = field(default_factory=dict)
    requires: tuple[str, ...] = ()
    counterpart: str = ""
    owner: str = ""
    done: str = "completed"
    present: str = ""
    free: bool = True
    each: str = ""
    parties: tuple[str, ...] = ()
    suffice: tuple[str, ...] = ()
    inherits: str = ""
    lists: str = ""
    own: bool = False

    @property
    def rule(self) -> str:
        return f"{self.type}/{self.name}"

    @property
    def specificity(self) -> int:
        """How much it asks for: of two frames that fit, the one that asks for more is meant."""
        return 2 * bool(self.complement) + 2 * bool(self.requires) + bool(self.under) + bool(self.object)


@dataclass(frozen=True, slots=True)
class Rules:
    """All frames with their types, roles and lexicons, indexed by trigger."""

    frames: tuple[Frame, ...]
    by_verb: dict[str, tuple[Frame, ...]]
    by_noun: dict[str, tuple[Frame, ...]]
    types: dict[str, tuple[str, ...]]
    fits: dict[str, frozenset[str]]
    lexicons: dict[str, frozenset[str]]
    typical: dict[str, frozenset[str]]


class _File:
    """A rules file with the means to name a line in it."""

    def __init__(self, name: str, text: str, own: bool = False) -> None:
        self.name = name
        self.own = own
        self.lines = text.splitlines()
        try:
            self.data: dict[str, Any] = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            reason = f"this is no TOML: {error}"
            raise RulesError(name, int(line.group(1)) if line else len(self.lines), reason) from None

    def error(self, reason: str, header: str, number: int = 0, key: str = "") -> RulesError:
        """An error at `key` below the header's occurrence `number`; at the header if the key isn't there."""
        starts = [i for i, line in enumerate(self.lines) if line.strip() == header]
        at = starts[number] if number < len(starts) else 0
        for i in range(at + 1, len(self.lines) if key else 0):
            if self.lines[i].startswith("[["):
                break
            if re.search(rf"\b{re.escape(key)}\b", self.lines[i]):
                at = i
                break
        return RulesError(self.name, at + 1, reason)


def load_rules(path: str | Path | None = None) -> Rules:
    """Read the built-in rules and, on top of them, the user's file.

    Raises:
        RulesError: a file has a mistake; the error names file, line and the mend.
    """
    root = resources.files("extract") / "rules"
    files = [_File(name, (root / name).read_text("utf-8")) for name in ("types.toml", "lexicons.toml")]
    files += [
        _File(f"frames/{entry.name}", entry.read_text("utf-8"))
        for entry in sorted((root / "frames").iterdir(), key=lambda entry: entry.name)
        if entry.name.endswith(".toml")
    ]
    if path is not None:
        try:
            files.append(_File(str(path), Path(path).read_text("utf-8"), own=True))
        except (OSError, UnicodeDecodeError) as error:
            raise RulesError(str(path), 1, f"the file cannot be read: {error}; give a TOML file in UTF-8") from None
    return _merge(files)


def _merge(files: list[_File]) -> Rules:
    types: dict[str, tuple[str, ...]] = {}
    fits: dict[str, frozenset[str]] = {}
    lexicons: dict[str, frozenset[str]] = {}
    typical: dict[str, frozenset[str]] = {}
    for file in files:
        _check_keys(file, file.data, {"types", "roles", "fits", "typical", "statuses", "lexicons", "frames"}, "")
        for name, lexicon in file.data.get("lexicons", {}).items():
            if not isinstance(lexicon, dict) or not _is_words(lexicon.get("lemmas")):
                raise file.error(f'lexicon {name!r} needs lemmas = ["слово", …]', f"[lexicons.{name}]")
            lexicons[name] = lexicons.get(name, frozenset()) | frozenset(lexicon["lemmas"])
        for name, kinds in file.data.get("fits", {}).items():
            if not _is_words(kinds) or not set(kinds) <= ENTITY_TYPES:
                raise file.error(f"role {name!r} must fit a list of ORG, PER, LOC", "[fits]", key=name)
            fits[name] = frozenset(kinds)
        for name, kinds in file.data.get("typical", {}).items():
            if not _is_words(kinds):
                raise file.error(f"role {name!r} needs a list of kinds of entity", "[typical]", key=name)
            typical[name] = frozenset(kinds)
        for name, kind in file.data.get("types", {}).items():
            _check_keys(file, kind, TYPE_KEYS, f"[types.{name}]")
            if not _is_words(kind.get("roles")):
                raise file.error(f'type {name!r} needs roles = ["role", …]', f"[types.{name}]")
            types[name] = tuple(kind["roles"])
    frames: list[Frame] = []
    for file in files:
        for number, data in enumerate(file.data.get("frames", [])):
            frames.append(_frame(file, number, data, types, lexicons))
    for role in {role for roles in types.values() for role in roles}:
        fits.setdefault(role, frozenset(ENTITY_TYPES))
    return Rules(tuple(frames), _index(frames, "verbs"), _index(frames, "nouns"), types, fits, lexicons, typical)


def _frame(
    file: _File,
    number: int,
    data: dict[str, Any],
    types: dict[str, tuple[str, ...]],
    lexicons: dict[str, frozenset[str]],
) -> Frame:
    def fail(reason: str, key: str = "") -> RulesError:
        return file.error(reason, "[[frames]]", number, key)

    unknown = sorted(set(data) - FRAME_KEYS)
    if unknown:
        raise fail(f"unknown key {unknown[0]!r} in a frame; known are {', '.join(sorted(FRAME_KEYS))}", unknown[0])
    name, kind = data.get("name"), data.get("type")
    if not isinstance(name, str) or not isinstance(kind, str):
        raise fail("a frame needs a name and a type, both strings")
    if kind not in types:
        raise fail(
            f"frame {name!r} has the unknown type {kind!r}; declare it as [types.{kind}] with its roles",
            "type",
        )
    for key in ("verbs", "nouns", "with", "without", "under", "not_under", "object", "requires", "parties", "suffice"):
        if key in data and not _is_words(data[key]):
            raise fail(f"{key} of frame {name!r} must be a list of strings", key)
    if not data.get("verbs") and not data.get("nouns"):
        raise fail(f"frame {name!r} has no trigger; give verbs or nouns")
    roles = _roles(name, data, types[kind], fail)
    for role in (
        *data.get("requires", ()),
        *data.get("suffice", ()),
        *filter(None, (data.get("counterpart"), data.get("owner"), data.get("each"), data.get("lists"))),
    ):
        if role not in types[kind]:
            raise fail(f"frame {name!r} speaks of the unknown role {role!r}; type {kind} has {', '.join(types[kind])}")
    for item in data.get("object", ()):
        if item not in lexicons and item not in ENTITY_TYPES:
            raise fail(f"object {item!r} of frame {name!r} is neither a lexicon nor ORG, PER, LOC", "object")
    for key in ("done", "present"):
        if data.get(key, "completed") not in STATUSES:
            raise fail(f"{key} of frame {name!r} must be one of {', '.join(STATUSES)}", key)
    if data.get("inherits", "may") not in {"may", "must"}:
        raise fail(f'inherits of frame {name!r} must be "may" or "must"', "inherits")
    return Frame(
        name=name,
        type=kind,
        verbs=_words(data.get("verbs", ()), lexicons),
        nouns=_words(data.get("nouns", ()), lexicons),
        complement=frozenset(_words(data.get("with", ()), lexicons)),
        without=frozenset(_words(data.get("without", ()), lexicons)),
        under=frozenset(_words(data.get("under", ()), lexicons)),
        not_under=frozenset(_words(data.get("not_under", ()), lexicons)),
        object=tuple(data.get("object", ())),
        roles=roles,
        requires=tuple(data.get("requires", ())),
        counterpart=data.get("counterpart", ""),
        owner=data.get("owner", ""),
        done=data.get("done", "completed"),
        present=data.get("present", ""),
        free=data.get("free", True),
        each=data.get("each", ""),
        parties=tuple(data.get("parties", ())),
        suffice=tuple(data.get("suffice", ())),
        inherits=data.get("inherits", ""),
        lists=data.get("lists", ""),
        own=file.own,
    )


def _roles(name: str, data: dict[str, Any], known: tuple[str, ...], fail: Any) -> dict[str, tuple[str, ...]]:
    roles: dict[str, tuple[str, ...]] = {}
    for role, places in data.get("roles", {}).items():
        if role not in known:
            raise fail(f"frame {name!r} has the unknown role {role!r}; its type has {', '.join(known)}", role)
        if not _is_words(places):
            raise fail(f'role {role!r} of frame {name!r} needs a list of places, as ["subject"]', role)
        for place in places:
            if place not in DEEP_PLACES and place.rpartition(" ")[2] not in CASES:
                raise fail(
                    f"place {place!r} of role {role!r} is unknown; write subject, object, a case "
                    f"({', '.join(sorted(CASES))}) or a preposition with its case, as «у gen»",
                    role,
                )
        roles[role] = tuple(places)
    if not roles:
        raise fail(f"frame {name!r} needs [frames.roles]")
    return roles


def _words(items: Iterable[str], lexicons: dict[str, frozenset[str]]) -> tuple[str, ...]:
    """Spell out «@documents» as the lexicon's words."""
    found: list[str] = []
    for item in items:
        found.extend(sorted(lexicons.get(item[1:], ())) if item.startswith("@") else [item.lower().replace("ё", "е")])
    return tuple(dict.fromkeys(found))


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _check_keys(file: _File, data: Any, known: set[str], header: str) -> None:
    unknown = sorted(set(data) - known) if isinstance(data, dict) else ["?"]
    if unknown:
        where = header or f"[{unknown[0]}]"
        raise file.error(
            f"unknown name {unknown[0]!r}; known here are {', '.join(sorted(known))}", where, key=unknown[0]
        )


def _index(frames: list[Frame], key: str) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, list[Frame]] = {}
    for frame in frames:
        for lemma in getattr(frame, key):
            index.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(found, key=lambda frame: -frame.specificity)) for lemma, found in index.items()}
