"""The rules as the engine uses them: types, frames by trigger, lexicons, organizations.

They stand in TOML files, a type in each, of the form that `extract.deals.schema` declares; a user's own files add
to them. Whatever is wrong in one is named with file, line and mend, and then nothing of it is used.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import BaseModel, ValidationError

from extract.deals.schema import CASES, DEEP_PLACES, ENTITY_TYPES, DealType, Frame, KnownOrganization, Role, RulesData
from extract.errors import RulesError
from extract.language.morphology import parses
from extract.rules import FOLDER

BUILT_IN = ("lexicons.toml", "statuses.toml", "types/*.toml")
KEPT = 8  # rule sets that stay in memory
WORD = re.compile(r"@?[\w%$€₽]+(?:[-. ][\w%$€₽]+)*")
VERB_FORMS = {"INFN"}
NOUN_FORMS = {"NOUN", "ADJF", "NPRO", "NUMR"}  # «военный» is a noun to the news


@dataclass(frozen=True, slots=True)
class Source:
    """Where a frame stands; `own` if that is a file of the user's."""

    file: str
    line: int
    own: bool


@dataclass(frozen=True)
class Rulebook:
    """Types of deals, or of relations, with their frames and lexicons; the built-in ones and then the user's.

    Attributes:
        types: by id, in the files' order.
        frames: in the files' order.
        lexicons: name → lemmas.
        organizations: the user's gazetteer.
        statuses: id → what it means, in Russian.
        sources: rule → where it stands; those of all types.
    """

    types: Mapping[str, DealType]
    frames: tuple[Frame, ...]
    lexicons: Mapping[str, frozenset[str]]
    organizations: tuple[KnownOrganization, ...]
    statuses: Mapping[str, str]
    sources: Mapping[str, Source]

    @cached_property
    def by_rule(self) -> dict[str, Frame]:
        """The frame of a record's rule."""
        return {frame.rule: frame for frame in self.frames}

    @cached_property
    def by_verb(self) -> dict[str, tuple[Frame, ...]]:
        """The frames that a verb can evoke, the most specific first."""
        return _index(self.frames, "verbs")

    @cached_property
    def by_noun(self) -> dict[str, tuple[Frame, ...]]:
        """The frames that a noun can evoke, the most specific first."""
        return _index(self.frames, "nouns")

    def role(self, frame: Frame, role: str) -> Role:
        """What is known of a role of a frame's type."""
        return self.types[frame.type].roles[role]


class Rules(NamedTuple):
    """What the files say, apart: frames of relations take no trigger from those of deals, nor the other way round."""

    deals: Rulebook
    relations: Rulebook

    @property
    def frames(self) -> tuple[Frame, ...]:
        """Those of deals, then those of relations."""
        return self.deals.frames + self.relations.frames

    def source(self, frame: Frame) -> Source:
        """Where a frame stands."""
        return self.deals.sources[frame.rule]


def load_all(path: str | Path | None = None, strict: bool = False) -> Rules:
    """Read the built-in rules and, on top of them, the user's: a file, or a folder of `*.toml`.

    Args:
        path: the user's rules.
        strict: True to check the words of the built-in rules as those of the user's.

    Raises:
        RulesError: a file has a mistake; the error names file, line and the mend.
    """
    return _load(tuple(_stamped(Path(path))) if path is not None else (), strict)


def load_rules(path: str | Path | None = None) -> Rulebook:
    """The rules of deals; raises what `load_all` does."""
    return load_all(path).deals


def load_relations(path: str | Path | None = None) -> Rulebook:
    """The rules of relations; raises what `load_all` does."""
    return load_all(path).relations


def _stamped(path: Path) -> Iterator[tuple[str, int, int]]:
    """The user's files, each with what changes when it is written anew."""
    try:
        files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
        if not files:
            raise RulesError(str(path), 1, "the folder has no rules; give one with files *.toml")
        for file in files:
            state = file.stat()
            yield str(file), state.st_mtime_ns, state.st_size
    except OSError as error:
        raise _unreadable(str(path), error) from None


def _unreadable(name: str, error: Exception) -> RulesError:
    return RulesError(name, 1, f"the file cannot be read: {error}; give a TOML file in UTF-8")


@lru_cache(KEPT)
def _load(own: tuple[tuple[str, int, int], ...], strict: bool) -> Rules:
    found = [path for pattern in BUILT_IN for path in sorted(FOLDER.glob(pattern))]
    files = [_File(path.relative_to(FOLDER).as_posix(), path.read_text("utf-8")) for path in found]
    for name, _, _ in own:
        try:
            files.append(_File(name, Path(name).read_text("utf-8"), own=True))
        except (OSError, UnicodeDecodeError) as error:
            raise _unreadable(name, error) from None
    return _Builder(strict).build(files)


class _File:
    """A rules file, checked by itself, with the means to name a line in it."""

    def __init__(self, name: str, text: str, own: bool = False) -> None:
        self.name = name
        self.own = own
        self.lines = text.splitlines()
        try:
            data = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            line = re.search(r"line (\d+)", str(error))
            reason = f"this is no TOML: {error}"
            raise RulesError(name, int(line.group(1)) if line else len(self.lines), reason) from None
        try:
            self.data = RulesData.model_validate(data)
        except ValidationError as error:
            mistakes = error.errors()
            unknown = (mistake for mistake in mistakes if mistake["type"] == "extra_forbidden")
            mistake = next(unknown, mistakes[0])  # «nam» rather than that there is no «name»
            raise self.error(_told(mistake, data), mistake["loc"]) from None

    def error(self, reason: str, place: Iterable[str | int]) -> RulesError:
        """An error at a path such as («frames», 2, «roles», «buyer»)."""
        return RulesError(self.name, self.line_of(place), reason)

    def line_of(self, place: Iterable[str | int]) -> int:
        """The line of a path, from 1: that of its deepest part that can be found."""
        at, path = 0, [part for part in place if part != "[key]"]
        if path[:1] in (["frames"], ["organizations"]) and len(path) > 1:
            starts = [i for i, header in self._headers if header.startswith(f"[[{path[0]}]]")]
            at, path = starts[int(path[1])] if int(path[1]) < len(starts) else 0, path[2:]
        else:
            for depth in range(len(path), 0, -1):
                name = ".".join(map(str, path[:depth]))
                line = next((i for i, header in self._headers if header.startswith((f"[{name}]", f"[[{name}]]"))), None)
                if line is not None:
                    at, path = line, path[depth:]
                    break
        for key in (str(part) for part in path if isinstance(part, str)):
            at = self._key_below(at, key)
        return at + 1

    @cached_property
    def _headers(self) -> list[tuple[int, str]]:
        """The lines that open a table, with their numbers from 0."""
        return [(i, line.strip()) for i, line in enumerate(self.lines) if line.strip().startswith("[")]

    def _key_below(self, at: int, key: str) -> int:
        for i in range(at + 1, len(self.lines)):
            if self.lines[i].startswith("[["):
                break
            if re.search(rf"(?<![\w-]){re.escape(key)}(?![\w-])", self.lines[i]):
                return i
        return at


def _told(mistake: Any, data: dict[str, Any]) -> str:
    """Pydantic's finding as a sentence for authors of rules."""
    place = [part for part in mistake["loc"] if part != "[key]"]
    key = next((part for part in reversed(place) if isinstance(part, str)), "")
    whose = _owner(place, data)
    if mistake["type"] == "extra_forbidden":
        models: dict[str, type[BaseModel]] = {"frames": Frame, "organizations": KnownOrganization, "types": DealType}
        model = models.get(str(place[0]))
        if len(place) == 1 or model is None:
            return f"unknown name {key!r}; known here are {', '.join(sorted(RulesData.model_fields))}"
        model = Role if place[0] == "types" and len(place) > 3 else model
        names = sorted(field.alias or name for name, field in model.model_fields.items())
        return f"unknown key {key!r}{whose}; known are {', '.join(names)}"
    if mistake["type"] == "missing":
        return f"{key} is missing{whose}"
    said = mistake["msg"].removeprefix("Value error, ")
    return said if mistake["type"] == "value_error" else f"{key}{whose}: {said[:1].lower()}{said[1:]}"


def _owner(place: list[Any], data: dict[str, Any]) -> str:
    if place[:1] == ["frames"] and len(place) > 1:
        return f" in frame {data['frames'][place[1]].get('name', place[1] + 1)!r}"
    if place[:1] == ["types"] and len(place) > 1:
        return f" in type {place[1]!r}"
    return ""


class _Builder:
    """Joins files to one rulebook, and checks what each says of the others."""

    def __init__(self, strict: bool) -> None:
        self.strict = strict
        self.types: dict[str, DealType] = {}
        self.lexicons: dict[str, frozenset[str]] = {}
        self.frames: dict[str, Frame] = {}
        self.statuses: dict[str, str] = {}
        self.organizations: list[KnownOrganization] = []
        self.sources: dict[str, Source] = {}

    def build(self, files: list[_File]) -> Rules:
        for file in files:
            self._add_words(file)
            self._add_types(file)
            self.statuses.update((str(status), label) for status, label in file.data.statuses.items())
            self.organizations.extend(file.data.organizations)
        for file in files:
            for number, frame in enumerate(file.data.frames):
                self._check(file, number, frame)
                self.frames[frame.rule] = self._spelled_out(frame)
                self.sources[frame.rule] = Source(file.name, file.line_of(("frames", number)), file.own)
        return Rules(self._of_kind(relation=False), self._of_kind(relation=True))

    def _of_kind(self, relation: bool) -> Rulebook:
        types = {name: kind for name, kind in self.types.items() if kind.relation == relation}
        frames = tuple(frame for frame in self.frames.values() if frame.type in types)
        return Rulebook(types, frames, self.lexicons, tuple(self.organizations), self.statuses, self.sources)

    def _add_words(self, file: _File) -> None:
        for name, lexicon in file.data.lexicons.items():
            for word in lexicon.lemmas:
                if file.own or self.strict:
                    _check_word(file, word, None, ("lexicons", name, word))
            lemmas = frozenset(map(_folded, lexicon.lemmas))
            self.lexicons[name] = self.lexicons.get(name, frozenset()) | lemmas

    def _add_types(self, file: _File) -> None:
        for name, kind in file.data.types.items():
            if name in self.types:
                raise file.error(f"type {name!r} is there already; give yours another name", ("types", name))
            labels = file.data.roles
            roles = {
                role: known.model_copy(update={"label": labels[role]}) if role in labels and not known.label else known
                for role, known in kind.roles.items()
            }
            self.types[name] = kind.model_copy(update={"roles": roles})

    def _check(self, file: _File, number: int, frame: Frame) -> None:
        def fail(reason: str, *key: str) -> RulesError:
            return file.error(reason, ("frames", number, *key))

        name, kind = frame.name, self.types.get(frame.type)
        if kind is None:
            declare = f"declare it as [types.{frame.type}] with its roles"
            raise fail(f"frame {name!r} has the unknown type {frame.type!r}; {declare}", "type")
        if not frame.verbs and not frame.nouns:
            raise fail(f"frame {name!r} has no trigger; give verbs or nouns")
        if frame.rule in self.frames:
            raise fail(f"frame {name!r} of type {frame.type!r} is there already; give yours another name", "name")
        for role, places in frame.roles.items():
            if role not in kind.roles:
                raise fail(f"frame {name!r} has the unknown role {role!r}; its type has {', '.join(kind.roles)}", role)
            for place in places:
                if place not in DEEP_PLACES and place.rpartition(" ")[2] not in CASES:
                    cases = ", ".join(sorted(CASES))
                    write = f"write subject, object, named, a case ({cases}) or a preposition with its case"
                    raise fail(f"place {place!r} of role {role!r} is unknown; {write}, as «у gen»", role)
        spoken_of = {
            "requires": frame.requires,
            "suffice": frame.suffice,
            **{
                key: (role,)
                for key in ("counterpart", "owner", "each", "attends", "lists")
                if (role := getattr(frame, key))
            },
        }
        for key, roles in spoken_of.items():
            for role in roles:
                if role not in kind.roles:
                    has = f"type {frame.type} has {', '.join(kind.roles)}"
                    raise fail(f"{key} of frame {name!r} speaks of the unknown role {role!r}; {has}", key)
        for item in frame.object:
            if item not in self.lexicons and item not in ENTITY_TYPES:
                raise fail(f"object {item!r} of frame {name!r} is neither a lexicon nor ORG, PER, LOC", "object")
        self._check_words(file, number, frame)

    def _check_words(self, file: _File, number: int, frame: Frame) -> None:
        lists = {
            "verbs": (frame.verbs, VERB_FORMS),
            "nouns": (frame.nouns, NOUN_FORMS),
            "with": (frame.complement, None),
            "without": (frame.without, None),
            "under": (frame.under, None),
            "not_under": (frame.not_under, None),
        }
        for key, (words, forms) in lists.items():
            for word in words:
                if word.startswith("@"):
                    if word[1:] not in self.lexicons:
                        raise file.error(f"{word!r} in {key} names no lexicon", ("frames", number, key))
                elif file.own or self.strict:
                    _check_word(file, word, forms, ("frames", number, key))

    def _spelled_out(self, frame: Frame) -> Frame:
        """The frame with «@documents» spelled out as the lexicon's words."""
        words = {
            "verbs": self._words(frame.verbs),
            "nouns": self._words(frame.nouns),
            "complement": frozenset(self._words(frame.complement)),
            "without": frozenset(self._words(frame.without)),
            "under": frozenset(self._words(frame.under)),
            "not_under": frozenset(self._words(frame.not_under)),
        }
        return frame.model_copy(update=words)

    def _words(self, items: Iterable[str]) -> tuple[str, ...]:
        found: list[str] = []
        for item in items:
            found.extend(sorted(self.lexicons[item[1:]]) if item.startswith("@") else [_folded(item)])
        return tuple(dict.fromkeys(found))


def _check_word(file: _File, word: str, forms: set[str] | None, place: tuple[str | int, ...]) -> None:
    """A trigger in another form than the dictionary's would never be found: an error, not silence.

    Raises:
        RulesError: the word is no plain word, or inflected.
    """
    if not WORD.fullmatch(word):
        raise file.error(f"{word!r} is no word; rules hold dictionary forms, no regular expressions", place)
    folded = _folded(word)
    known = [parse for parse in parses(folded) if parse.is_known]
    if not known and forms != VERB_FORMS:
        return  # of a noun that the dictionary lacks nobody knows the forms; verbs show theirs
    readings = [(_folded(parse.normal_form), parse.tag.POS) for parse in known or parses(folded)]
    if any(lemma == folded and (forms is None or pos in forms) for lemma, pos in readings):
        return
    wanted = "the infinitive" if forms == VERB_FORMS else "the nominative singular"
    mend = next((f", {lemma!r}" for lemma, _ in readings if lemma != folded), "")
    raise file.error(f"{word!r} isn't in its dictionary form; write {wanted}{mend}", place)


def _folded(word: str) -> str:
    return word.lower().replace("ё", "е")


def _index(frames: Iterable[Frame], key: str) -> dict[str, tuple[Frame, ...]]:
    index: dict[str, list[Frame]] = {}
    for frame in frames:
        for lemma in getattr(frame, key):
            index.setdefault(lemma, []).append(frame)
    return {lemma: tuple(sorted(found, key=lambda frame: -frame.specificity)) for lemma, found in index.items()}
