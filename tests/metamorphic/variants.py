"""Plain sentences, and what may be done to them that must not change who does what."""

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from itertools import combinations, pairwise
from pathlib import Path

from forms import FormError, Name, agreeing, infinitive

HERE = Path(__file__).parent
SLOT = re.compile(r"\{([a-z0-9]+)(?::(\w+))?\}")
WORD = re.compile(r"\{([а-яё-]+):(\w+)\|([a-z0-9+]+)\}")
INVERTIBLE = re.compile(r"(\{(?P<subject>\w+)\}) (\{(?P<verb>[а-яё-]+):past\|\w+\}) (\{(?P<thing>\w+):accs\})")
SPACED = (
    (re.compile(r"\bо (?=[«\"“]?(?:[аоуиэАОУИЭ]|[ЛМНРСФ][А-Я]))"), "об "),
    (re.compile(r"\bО (?=[«\"“]?(?:[аоуиэАОУИЭ]|[ЛМНРСФ][А-Я]))"), "Об "),
    (re.compile(r"\bс (?=[«\"“]?[сзшжСЗШЖ][бвгджзклмнпрстфхцчшщ])"), "со "),
    (re.compile(r"\bв (?=[«\"“]?[вфВФ][бвгджзклмнпрстфхцчшщ])"), "во "),
)
LEADS = ("Как стало известно накануне, ", "По данным отраслевого портала, ", "По словам собеседников газеты, ")
DATELINES = ("МОСКВА, 5 марта. ", "Тверь. 12 мая. ")
AROUND = ("Погода в выходные была ясной. ", " Подробности стороны не раскрывают.")
CLAUSE = ", {{который:nomn|{}}} работает на рынке с 1998 года,"
DEFAULTS = {"org": "described", "target": "plant", "bank": "bank"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """A template.

    Attributes:
        id: its name.
        type: of the deal.
        form: of the wording: active, passive…
        text: with slots for names, `{buyer}` or `{buyer:gent}`, and words that agree, `{купить:past|buyer}`.
        status: of the deal, "" where there is none.
        kinds: slot → what kind of name it takes.
    """

    id: str
    type: str
    form: str
    text: str
    status: str
    kinds: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Told:
    """A deal that a variant tells of: its type, status, and slot → name."""

    type: str
    status: str
    names: Mapping[str, Name]


@dataclass(frozen=True, slots=True)
class Variant:
    """A sentence after a change; `change` is "base" for the sentence as it was."""

    id: str
    base: str
    change: str
    text: str
    told: tuple[Told, ...] = field(default=())


Styles = Mapping[str, tuple[Name, ...]]  # style → its names


def sentences(folder: Path = HERE / "sentences") -> tuple[Sentence, ...]:
    """All templates, by file and in its order; a file is named after the type of its deals, `TYPE-news.toml` too."""
    found = []
    for path in sorted(folder.glob("[!n]*.toml")):  # not names.toml
        for row in tomllib.loads(path.read_text("utf-8"))["sentence"]:
            status = "" if row.get("none") else row["status"]
            type = path.stem.partition("-")[0]
            found.append(Sentence(row["id"], type, row["form"], row["text"], status, row["kinds"]))
    return tuple(found)


def styles(path: Path = HERE / "names.toml") -> Styles:
    """The names of a file."""
    found = {}
    for row in tomllib.loads(path.read_text("utf-8"))["styles"]:
        found[row["style"]] = tuple(_name(row, name) for name in row["names"])
    return found


def _name(style: Mapping[str, str], row: Mapping[str, object]) -> Name:
    text, kind = str(row["text"]), style["kind"]
    plain = re.sub(r"[\[\]«»]", "", text)
    animate = bool(row.get("animate", kind == "person"))
    return Name(
        text, str(row["agrees"]), str(row.get("name", plain)), style["style"], kind, bool(row.get("fixed")), animate
    )


def usual(sentence: Sentence, names: Styles) -> dict[str, Name]:
    """The names with which a sentence is tried first."""
    named: dict[str, Name] = {}
    for slot, kind in sentence.kinds.items():
        style = DEFAULTS["target"] if slot == "target" and kind == "org" else DEFAULTS.get(kind, kind)
        named[slot] = picked(sentence.id, names[style], named)
    return named


def picked(key: str, names: Sequence[Name], taken: Mapping[str, Name]) -> Name:
    """One of the names that nobody in the sentence has, by the hash of the key."""
    called = {name.name.lower() for name in taken.values()}
    free = [name for name in names if name.name.lower() not in called]
    if not free:
        raise FormError(f"{key}: too few names of the style {names[0].style}")
    return free[int(sha256(f"{key} {names[0].style}".encode()).hexdigest(), 16) % len(free)]


def rendered(template: str, names: Mapping[str, Name]) -> str:
    """The sentence with names in it, capitalized."""

    def agree(found: re.Match[str]) -> str:
        slots = found[3].split("+")
        agrees = "plur" if len(slots) > 1 else names[slots[0]].agrees
        return agreeing(found[1], found[2], agrees, names[slots[0]].animate)

    text = WORD.sub(agree, template)
    text = SLOT.sub(lambda found: names[found[1]].form(found[2] or "nomn"), text)
    text = re.sub(r",(?=[,.;:!?)»])", "", text)
    for pattern, instead in SPACED:
        text = pattern.sub(instead, text)
    first = re.search(r"\w", text)
    at = first.start() if first else 0
    return text[:at] + text[at].upper() + text[at + 1 :]


def variants(sentence: Sentence, choices: Styles) -> Iterator[Variant]:
    """A sentence and all that may be done to it; what has no grammatical form is left out."""
    for number, (change, template, names, status) in enumerate(_changes(sentence, choices)):
        try:
            text = rendered(template, names)
        except FormError:
            if change == "base":
                raise
            continue
        told = (Told(sentence.type, status, names),) if status else ()
        variant = Variant(f"{sentence.id}/{number}", sentence.id, change, text, told)
        yield variant
        if change == "base":
            yield from _rewritten(variant, sentence)


Change = tuple[str, str, Mapping[str, Name], str]  # its name, the template, the names, the status


def _changes(sentence: Sentence, choices: Styles) -> Iterator[Change]:
    names, text, status = usual(sentence, choices), sentence.text, sentence.status
    yield "base", text, names, status
    for first, second in combinations(names, 2):
        if sentence.kinds[first] == sentence.kinds[second]:
            yield "names swapped", text, {**names, first: names[second], second: names[first]}, status
    yield from _renamed(sentence, names, choices)
    yield from _clauses(sentence, names)
    yield from _tenses(sentence, names)
    found = INVERTIBLE.match(text)
    if found and _told_apart(sentence, names):
        yield "object first", f"{found[5]} {found[3]} {found[1]}{text[found.end() :]}", names, status
    if found and infinitive(found["verb"]) and not text.startswith(",", found.end()):
        subject, thing = found["subject"], found["thing"]
        yield (
            "passive",
            f"{{{thing}}} {{{found['verb']}:prts|{thing}}} {{{subject}:ablt}}{text[found.end() :]}",
            names,
            status,
        )


def _renamed(sentence: Sentence, names: Mapping[str, Name], choices: Styles) -> Iterator[Change]:
    """All names of another style; each by itself of another style."""
    for style, others in choices.items():
        slots = [slot for slot, kind in sentence.kinds.items() if kind == others[0].kind]
        if not slots or all(names[slot].style == style for slot in slots):
            continue
        groups = [(slots, ""), (slots, "again"), *(([slot], slot) for slot in slots if len(slots) > 1)]
        seen = [dict(names)]
        for group, key in groups:
            given = {slot: name for slot, name in names.items() if slot not in group}
            try:
                for slot in group:
                    given[slot] = picked(sentence.id + key, others, given)
            except FormError:
                continue
            if given not in seen:
                seen.append(given)
                yield f"names: {style}", sentence.text, given, sentence.status


def _clauses(sentence: Sentence, names: Mapping[str, Name]) -> Iterator[Change]:
    """A clause after a name."""
    for found in SLOT.finditer(sentence.text):
        described = sentence.text.startswith((",", " («", " –", " —"), found.end())  # already
        if sentence.kinds[found[1]] in ("org", "bank", "fund") and sentence.form != "headline" and not described:
            text = sentence.text[: found.end()] + CLAUSE.format(found[1]) + sentence.text[found.end() :]
            yield "clause after a name", text, names, sentence.status


def _tenses(sentence: Sentence, names: Mapping[str, Name]) -> Iterator[Change]:
    """Another time of a verb; the status follows, the roles don't."""
    found = next((word for word in WORD.finditer(sentence.text) if word[2] == "past"), None)
    plain = sentence.form == "active" and sentence.status == "completed" and found and infinitive(found[1])
    if plain and found:
        start, end = sentence.text[: found.start()], sentence.text[found.end() :]
        yield "will", f"{start}{{{found[1]}:futr|{found[3]}}}{end}", names, "planned"
        yield "intends", f"{start}{{намеренный:adjs|{found[3]}}} {found[1]}{end}", names, "planned"


def _told_apart(sentence: Sentence, names: Mapping[str, Name]) -> bool:
    """Is it clear who does what where the object stands first?"""
    first, second = (found for found in list(SLOT.finditer(sentence.text))[:2])
    subject, thing = names[first[1]], names[second[1]]
    return subject.agrees != thing.agrees or thing.form("accs") != thing.form("nomn")


def _rewritten(base: Variant, sentence: Sentence) -> Iterator[Variant]:
    """The base with something around it, or written otherwise."""
    text = base.text
    lower = text[0].lower() + text[1:] if text[1:2].islower() and not _begins_with_name(sentence) else text
    changed = [("dateline", line + text) for line in DATELINES]
    if sentence.form != "headline":
        changed += [("words before", lead + lower) for lead in LEADS]
        changed.append(("says the press office", text.rstrip(".") + ", сообщает пресс-служба компании."))
        changed.append(("sentences around", AROUND[0] + text + AROUND[1]))
    if "«" in text:
        changed.append(("straight quotes", re.sub("[«»]", '"', text)))
        changed.append(("curly quotes", text.replace("«", "“").replace("»", "”")))
    if "ё" in text.lower():
        changed.append(("е for ё", text.replace("ё", "е").replace("Ё", "Е")))
    changed.append(("no-break spaces", text.replace(" ", "\u00a0")))
    for number, (change, other) in enumerate(changed):
        yield replace(base, id=f"{base.id}-{number}", change=change, text=other)


def _begins_with_name(sentence: Sentence) -> bool:
    return sentence.text.startswith("{") and sentence.kinds.get(
        sentence.text[1:].split("}")[0].split(":")[0], "org"
    ) not in ("org", "bank", "fund")


def together(every: Sequence[Sentence], choices: Styles) -> Iterator[Variant]:
    """Two deals in one sentence: each sentence with the next one of another kind of deal."""
    plain = [sentence for sentence in every if sentence.status and sentence.text.endswith(".")]
    order = sorted(plain, key=lambda sentence: sha256(sentence.id.encode()).hexdigest())
    for one, other in pairwise(order):
        if one.type == other.type:
            continue
        names = usual(one, choices)
        others: dict[str, Name] = {}
        try:
            for slot, kind in other.kinds.items():
                style = {"org": "quoted adjective and noun", "bank": "known bank"}.get(kind, kind)
                taken = {**others, **{f"one {key}": name for key, name in names.items()}}
                others[slot] = picked(other.id, choices[style], taken)
            first, second = rendered(one.text, names), rendered(other.text, others)
        except FormError:
            continue
        if not other.text.startswith("{"):
            second = second[0].lower() + second[1:]
        told = (Told(one.type, one.status, names), Told(other.type, other.status, others))
        yield Variant(
            f"{one.id}+{other.id}", one.id, "two deals in a sentence", f"{first.rstrip('.')}, а {second}", told
        )


def every_variant() -> list[Variant]:
    """All variants of all sentences."""
    every, choices = sentences(), styles()
    found = [variant for sentence in every for variant in variants(sentence, choices)]
    return [*found, *together(every, choices)]
