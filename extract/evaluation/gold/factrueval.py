"""Gold of factRuEval-2016: `.txt .spans .objects .coref .facts`, in opencorpora.org's model."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from extract.evaluation.facts import third_track
from extract.evaluation.samples import Argument, Entity, Fact, GoldError, Sample, Span, TokenSet
from extract.language.morphology import parses

TYPES = {"Person": "PER", "Org": "ORG", "Organization": "ORG", "Location": "LOC", "LocOrg": "LOC"}
# The spans that name a thing of a type; others describe it («geo_adj»: российский).
NAMING = {
    "PER": frozenset({"name", "patronymic", "nickname", "surname"}),
    "ORG": frozenset({"org_name", "loc_name"}),
    "LOC": frozenset({"org_name", "loc_name"}),
}
Known = TypeVar("Known")
_FACT = re.compile(r"\d+-\d+ ")


@dataclass(frozen=True, slots=True)
class _Span:
    """A first-layer span: a word or words of a name, a descriptor, a post."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Mention:
    """A second-layer object: a mention made of spans."""

    type: str
    spans: tuple[_Span, ...]

    @property
    def names(self) -> tuple[_Span, ...]:
        return tuple(span for span in self.spans if span.label in NAMING[self.type])


@dataclass(slots=True)
class _Thing:
    """A third-layer object: an entity with its mentions and attributes («name», «firstname»…)."""

    type: str
    mentions: list[_Mention]
    attributes: dict[str, list[str]] = field(default_factory=dict)


def read(folder: Path) -> list[Sample]:
    """Read a folder of factRuEval files; a text without `.facts` or `.coref` lacks that layer.

    Raises:
        GoldError: a file speaks of a span or object that isn't there; names the file.
    """
    return [_sample(path.with_suffix("")) for path in sorted(folder.glob("*.objects"))]


def _sample(base: Path) -> Sample:
    with base.with_suffix(".txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    spans = _spans(base.with_suffix(".spans"))
    mentions = _mentions(base.with_suffix(".objects"), spans)
    sample = Sample(text=text, id=base.name, spans=[], span_types=frozenset({"PER", "ORG", "LOC"}))
    tokens = _tokens(base.with_suffix(".tokens"))
    if tokens:
        sample.tokens = [(start, end) for start, end in tokens if any(map(str.isalnum, text[start:end]))]
        sample.token_sets = [_token_set(mention, tokens) for mention in mentions.values()]
    sample.spans = [span for mention in mentions.values() for span in _places(mention)]
    coref, facts = base.with_suffix(".coref"), base.with_suffix(".facts")
    things = _things(coref, mentions) if coref.is_file() else {}
    if things:
        sample.entities = [_entity(thing) for thing in things.values() if _has_name(thing)]
    if facts.is_file():
        sample.facts = list(_facts(facts, text, things, spans))
    return sample


def _spans(path: Path) -> dict[str, _Span]:
    """Lines «33724 loc_name 14 6 272436 1  # …»: id, label, start, length."""
    spans = {}
    for line in _read_lines(path):
        id, label, start, length = line.split()[:4]
        spans[id] = _Span(label, int(start), int(start) + int(length))
    return spans


def _mentions(path: Path, spans: Mapping[str, _Span]) -> dict[str, _Mention]:
    """Lines «17447 Org 33724 33725 # …»: id, type, spans."""
    mentions = {}
    for line in _read_lines(path):
        id, type, *parts = line.split("#")[0].split()
        if type in TYPES:
            mentions[id] = _Mention(TYPES[type], tuple(_known(path, spans, part) for part in parts))
    return mentions


def _tokens(path: Path) -> list[tuple[int, int]]:
    """Lines «272435 0 13 Правительство»: id, start, length."""
    if not path.is_file():
        return []
    numbers = [line.split()[1:3] for line in _read_lines(path)]
    return [(int(start), int(start) + int(length)) for start, length in numbers]


def _token_set(mention: _Mention, tokens: Sequence[tuple[int, int]]) -> TokenSet:
    return TokenSet(mention.type, _within(mention.spans, tokens), _within(mention.names, tokens))


def _within(spans: Sequence[_Span], tokens: Sequence[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    return frozenset(
        (start, end) for start, end in tokens if any(span.start <= start and end <= span.end for span in spans)
    )


def _places(mention: _Mention) -> Iterator[Span]:
    """A mention as spans: from its first word to its last, and of its name alone, which is right too.

    A mention by a descriptor alone («правительство») is neither required nor a false alarm.
    """
    whole = _stretch(mention.spans)
    yield Span(*whole, mention.type, ignored=not mention.names)
    if mention.names and _stretch(mention.names) != whole:
        yield Span(*_stretch(mention.names), mention.type)


def _stretch(spans: Sequence[_Span]) -> tuple[int, int]:
    return min(span.start for span in spans), max(span.end for span in spans)


def _things(path: Path, mentions: Mapping[str, _Mention]) -> dict[str, _Thing]:
    """Blocks «365 17446 17449», then attributes, one a line."""
    things = {}
    for head, *lines in _blocks(path, re.compile(r"\d+ \d+")):
        id, *parts = head.split()
        own = [mentions[part] for part in parts if part in mentions]
        if not own:
            continue
        types = {mention.type for mention in own}
        thing = _Thing("LOC" if len(types) > 1 and "LOC" in types else own[0].type, own)
        for line in lines:
            key, _, value = line.partition(" ")
            if value.strip():
                thing.attributes.setdefault(key.rstrip("0123456789").lower(), []).append(value.strip())
        things[id] = thing
    return things


def _has_name(thing: _Thing) -> bool:
    """Not a thing that only a descriptor names («памятник»)."""
    keys = {"firstname", "lastname", "patronymic", "nickname"} if thing.type == "PER" else {"name"}
    return bool(keys & set(thing.attributes))


def _entity(thing: _Thing) -> Entity:
    places = sorted({_stretch(mention.names or mention.spans) for mention in thing.mentions})
    return Entity(thing.type, _names(thing), tuple(places))


def _names(thing: _Thing) -> tuple[str, ...]:
    """Every name that counts: a person's parts in usual orders, others' names with and without descriptor."""
    attributes = thing.attributes
    if thing.type == "PER":
        first, middle, last = (_first(attributes, key) for key in ("firstname", "patronymic", "lastname"))
        orders = [(first, middle, last), (first, last), (last, first), (first, middle), (last,), (first,)]
        joined = [" ".join(part for part in order if part) for order in orders]
        return tuple(dict.fromkeys([name for name in joined if name] + attributes.get("nickname", [])))
    names = attributes.get("name", [])
    descriptors = attributes.get("descriptor", [])
    both = [f"{descriptor} {name}" for name in names for descriptor in descriptors]
    return tuple(dict.fromkeys(names + both or descriptors))


def _first(attributes: Mapping[str, list[str]], key: str) -> str:
    return attributes.get(key, [""])[0]


def _facts(path: Path, text: str, things: Mapping[str, _Thing], spans: Mapping[str, _Span]) -> Iterator[Fact]:
    """Blocks «100-0 Occupation», then arguments: «Who obj48 …», «Position span22777 …», «Type …», marks."""
    modality, difficulty = third_track()["marks"]["modality"], third_track()["marks"]["difficulty"]
    blocks = [(block[0].split()[1].lower(), block[1:]) for block in _blocks(path, _FACT)]
    wholes = _wholes([lines for type, lines in blocks if type == "ispartof"])
    for type, lines in blocks:
        if type == "ispartof":
            continue
        marks: dict[str, list[str]] = {modality: [], difficulty: []}
        arguments = []
        for line in lines:
            name, _, rest = line.partition(" ")
            name = name.lower()
            if name in marks:
                marks[name] += [value.strip() for value in rest.lower().split("|")]
            else:
                parts = wholes if type == "occupation" and name == "where" else {}
                arguments.append(Argument(name, tuple(_values(path, rest, text, things, spans, parts))))
        yield Fact(
            type,
            tuple(arguments),
            unreal=bool(set(third_track()["marks"]["unreal"]) & set(marks[modality])),
            difficult=third_track()["marks"]["difficult"] in marks[difficulty],
        )


def _wholes(blocks: list[list[str]]) -> dict[str, set[str]]:
    """Which objects are parts or wholes of which: a post in the one counts as a post in the other."""
    related: dict[str, set[str]] = {}
    for lines in blocks:
        ids = [line.split()[1].removeprefix("obj") for line in lines if line.split()[1].startswith("obj")]
        for id in ids:
            related.setdefault(id, set()).update(set(ids) - {id})
    return related


def _values(
    path: Path,
    rest: str,
    text: str,
    things: Mapping[str, _Thing],
    spans: Mapping[str, _Span],
    related: Mapping[str, set[str]],
) -> Iterator[str]:
    """Every value of an argument that the official scorer takes: names, mentions, names of the whole."""
    if rest.startswith("span"):
        for alternative in rest.split("|"):
            span = _known(path, spans, alternative.split()[0].removeprefix("span"))
            post = text[span.start : span.end]
            yield post
            yield nominative(post)
    elif rest.startswith("obj"):
        id = rest.split()[0].removeprefix("obj")
        thing = _known(path, things, id)
        yield from (value.strip() for value in rest.split(" ", 1)[1].split("|")) if " " in rest else ()
        yield from _names(thing)
        for mention in thing.mentions:
            start, end = _stretch(mention.spans)
            yield text[start:end]
            yield " ".join(text[span.start : span.end] for span in mention.spans)
        for other in sorted(related.get(id, ())):
            yield from _names(_known(path, things, other))
    else:
        yield from (value.strip() for value in rest.split("|"))


def nominative(post: str) -> str:
    """A post with its first noun and the adjectives before it in the dictionary form: «главный врач»."""
    words = post.split()
    for i, word in enumerate(words):
        parse = parses(word)[0]
        words[i] = parse.normal_form
        if parse.tag.POS == "NOUN":
            break
    return " ".join(words)


def _known(path: Path, table: Mapping[str, Known], id: str) -> Known:
    if id not in table:
        raise GoldError(f"{path}: there is no span or object {id}")
    return table[id]


def _blocks(path: Path, head: re.Pattern[str]) -> Iterator[list[str]]:
    """Blocks, each from a line of the form `head` on; blank lines between them are sometimes missing."""
    block: list[str] = []
    for line in _read_lines(path):
        if head.match(line) and block:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _read_lines(path: Path) -> list[str]:
    return [line.strip() for line in path.read_text(encoding="utf-8-sig").split("\n") if line.strip()]
