"""Mentions of people joined into entities: «Ирину Петрову», «Петрова», «И. Петровой» are one person.

Full names come first; a last name or first name alone joins the person it can belong to by all its readings
(case, gender), the one named last before it where there are several. The canonical name is voted for by all
mentions: a form that can come from two nominatives is decided by the others.
"""

from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from typing import NamedTuple

from spacy.tokens import Doc

from extract.annotations import Entity, Mention
from extract.entities.person_families import families, family_mentions, in_couples
from extract.entities.person_names import (
    ENDINGS,
    FIRST,
    INITIAL,
    LAST,
    PARTICLE,
    PATRONYMIC,
    SON,
    Name,
    as_written,
    is_patronymic,
    is_surname,
    is_surname_first,
    read_name,
)
from extract.language.words import Words, words_of

BEAM = 1.2  # readings that score so much less than the best one are left out
WIDE_BEAM = 2.0  # where none of these fits anyone in the article
OPENING = frozenset("(")
WHOLE = {PARTICLE: LAST, SON: PATRONYMIC}  # what the words are a part of


class Variant(NamedTuple):
    """One reading of a mention by parts, folded; a missing part is empty. `weight` is in (0, 1]."""

    weight: float
    first: str
    patronymic: str
    last: str
    gender: str
    initials: str
    written: tuple[str, str, str]


@dataclass(slots=True, eq=False)
class Spoken:
    """A mention as the linking sees it."""

    name: Name
    variants: list[Variant]

    @property
    def is_full(self) -> bool:
        best = self.variants[0]
        return bool(best.last and (best.first or best.initials))


@dataclass(slots=True)
class Person:
    """The mentions taken for one person so far.

    Attributes:
        mentions: in the order in which they were joined.
        variants: the readings of each, once for all that are read alike.
        starts: the mentions' first tokens, in order.
    """

    mentions: list[Spoken] = field(default_factory=list)
    variants: set[tuple[Variant, ...]] = field(default_factory=set)
    starts: list[int] = field(default_factory=list)


class People:
    """The people found so far, to be asked by a name: a long text has thousands.

    Attributes:
        found: in the order in which they were found.
    """

    def __init__(self) -> None:
        self.found: list[Person] = []
        self._named: defaultdict[tuple[str, str], set[int]] = defaultdict(set)  # (part, name) → their numbers

    def join(self, mention: Spoken) -> None:
        """Give a mention to the likeliest person, or to a new one."""
        number = self._likeliest(mention)
        if number is None:
            number = len(self.found)
            self.found.append(Person())
        person = self.found[number]
        person.mentions.append(mention)
        person.variants.add(tuple(mention.variants))
        insort(person.starts, mention.name.start)
        for name in _names(mention):
            self._named[name].add(number)

    def has(self, mention: Spoken) -> bool:
        """Whether a mention fits anyone."""
        return self._likeliest(mention) is not None

    def _likeliest(self, mention: Spoken) -> int | None:
        """The person whom the mention fits best, the one named last before it among equals."""
        best: int | None = None
        highest = (0.0, 0.0)
        for number in sorted(set().union(*(self._named.get(name, ()) for name in _names(mention)))):
            person = self.found[number]
            fit = _fit(person, mention)
            if fit <= 0:
                continue
            rank = (round(fit, 1), -_distance(person, mention))
            if best is None or rank > highest:
                best, highest = number, rank
        return best


def _names(mention: Spoken) -> set[tuple[str, str]]:
    """The first and last names that a mention may give; who shares none with it isn't meant."""
    firsts = {(FIRST, variant.first) for variant in mention.variants if variant.first}
    return firsts | {(LAST, variant.last) for variant in mention.variants if variant.last}


def link_people(doc: Doc | Words, spans: Sequence[tuple[int, int]]) -> list[Entity]:
    """Join mentions, tokens `start` to `end` (half-open), into people in the order of first mention.

    The ids are left empty.
    """
    words = doc if isinstance(doc, Words) else words_of(doc)
    groups = list(family_mentions(words, spans))
    spoken = [mention for couple in couples(words, spans) for mention in couple]
    bracketed: list[tuple[Spoken, Spoken]] = []
    apart = {(mention.name.start, mention.name.end) for mention in spoken}
    for start, end in sorted(set(spans).difference(groups, apart)):
        name = read_name(words, start, end)
        if not name.parts:
            continue
        mention = _spoken(words, name)
        if spoken and _restates(words, spoken[-1].name, mention.name):
            bracketed.append((spoken[-1], mention))
        else:
            spoken.append(mention)
    people = _linked_people(words, sorted(spoken, key=lambda mention: mention.name.start))
    by_start = {start: person for person in people for start in person.starts}
    for mention, other in bracketed:
        by_start[mention.name.start].mentions.append(other)
    entities = [_entity(words, person) for person in people] + list(families(words, groups))
    return sorted(entities, key=lambda entity: entity.mentions[0].start)


def _linked_people(words: Words, spoken: list[Spoken]) -> list[Person]:
    """The full names first; then what is shorter finds its full name."""
    people = People()
    full = [mention for mention in spoken if mention.is_full]
    for mention in full:
        people.join(mention)
    variants = [variant for mention in full for variant in mention.variants]
    lasts, firsts = {variant.last for variant in variants}, {variant.first for variant in variants}
    for mention in spoken:
        if not mention.is_full:
            part = _as_part(words, mention, firsts, lasts)
            if not people.has(part):  # a reading that the tags speak against, but the article for
                part = _spoken(words, part.name, WIDE_BEAM)
                part = part if people.has(part) else mention
            people.join(part)
    return people.found


def _as_part(words: Words, mention: Spoken, firsts: set[str], lasts: set[str]) -> Spoken:
    """«Джонсон» is a known first name, but here someone's last name; «Ханс-Петер» the other way round."""
    if len(mention.name.parts) > 1:
        return mention
    kind = mention.name.parts[0][1]
    if kind == FIRST and any(variant.first in lasts for variant in mention.variants):
        kind = LAST
    elif kind == LAST and not any(variant.last in lasts for variant in mention.variants):
        kind = FIRST if any(variant.last in firsts for variant in mention.variants) else LAST
    if kind == mention.name.parts[0][1]:
        return mention
    return _spoken(words, read_name(words, mention.name.start, mention.name.end, kind))


def _restates(words: Words, before: Name, name: Name) -> bool:
    """«Джон Смит (John Smith)»: the name once more in another script."""
    if name.start != before.end + 1 or words.text[before.end] not in OPENING:
        return False
    return words.norm[before.start].isascii() != words.norm[name.start].isascii()


# ------------------------------------------------------------------------------------------------ mentions


def _spoken(words: Words, name: Name, beam: float = BEAM) -> Spoken:
    best = name.readings[0].score
    seen: dict[tuple[tuple[str, ...], str], Variant] = {}
    for reading in name.readings:
        key = (reading.words, reading.gender)
        if reading.score >= best - beam and key not in seen:
            seen[key] = _variant(words, name, 1 - (best - reading.score) / beam, reading.words, reading.gender)
    return Spoken(name, list(seen.values()))


def couples(words: Words, spans: Iterable[tuple[int, int]]) -> Iterator[tuple[Spoken, Spoken]]:
    """«Петр» и «Анна Смирновы»: two people, the surname is told once."""
    for one, two, surnames in in_couples(words, spans):
        names = read_name(words, *one, FIRST), read_name(words, two[0], two[1] - 1, FIRST)
        in_nominative = words.norm[two[1] - 1].endswith(ENDINGS["family"])
        first, second = (_named(words, name, surnames, in_nominative) for name in names)
        yield first, Spoken(Name(*two, second.name.parts, second.name.readings), second.variants)


def _named(words: Words, name: Name, surnames: dict[str, str], in_nominative: bool) -> Spoken:
    """A first name with the surname that fits its gender; a family in the nominative makes it stand there, too."""
    subject = tuple(reading for reading in name.readings if reading.case == "Nom") if in_nominative else ()
    spoken = _spoken(words, name._replace(readings=subject or name.readings))
    written = {gender: surname.capitalize() for gender, surname in surnames.items()}
    return Spoken(
        name,
        [
            variant._replace(last=surnames[variant.gender], written=(*variant.written[:2], written[variant.gender]))
            for variant in spoken.variants
        ],
    )


def _variant(words: Words, name: Name, weight: float, forms: tuple[str, ...], gender: str) -> Variant:
    """Gather a reading's words by the parts of the name."""
    folded: dict[str, list[str]] = {FIRST: [], PATRONYMIC: [], LAST: [], INITIAL: []}
    written: dict[str, list[str]] = {FIRST: [], PATRONYMIC: [], LAST: [], INITIAL: []}
    texts = as_written(words, name, forms)
    for (_, kind), form, text in zip(name.parts, forms, texts, strict=True):
        part = WHOLE.get(kind, kind)
        folded[part].append(form)
        written[part].append(text)
    return Variant(
        weight,
        " ".join(folded[FIRST]),
        " ".join(folded[PATRONYMIC]),
        " ".join(folded[LAST]),
        gender,
        " ".join(f"{initial}." for initial in written[INITIAL]),
        (" ".join(written[FIRST]), " ".join(written[PATRONYMIC]), " ".join(written[LAST])),
    )


# ------------------------------------------------------------------------------------------------- linking


def _distance(person: Person, mention: Spoken) -> int:
    """How far before the mention the person was named last; what comes after counts as farther."""
    start, starts = mention.name.start, person.starts
    at = bisect_left(starts, start)
    before = [start - starts[at - 1]] if at else []
    return min(before + [3 * (other - start) for other in starts[at : at + 1]])


def _fit(person: Person, mention: Spoken) -> float:
    """How well a mention agrees with all of a person's mentions; 0 if it contradicts one of them."""
    total = 1.0
    for variants in person.variants:
        agreeing = [one.weight * two.weight for one, two in product(mention.variants, variants) if _agree(one, two)]
        if not agreeing:
            return 0.0
        total = min(total, max(agreeing))
    return max(total, 0.01) if _linked(person, mention) else 0.0


def _linked(person: Person, mention: Spoken) -> bool:
    """Whether the mention shares a name with one of the person's: not to contradict isn't enough."""
    return any(
        (one.last and one.last == two.last) or (one.first and one.first == two.first and not (one.last and two.last))
        for variants in person.variants
        for one, two in product(mention.variants, variants)
        if _agree(one, two)
    )


def _agree(one: Variant, two: Variant) -> bool:
    if one.last and two.last and one.last != two.last:
        return False
    if one.gender != two.gender:
        return False
    if one.patronymic and two.patronymic and one.patronymic != two.patronymic:
        return False
    if one.first and two.first:
        return one.first == two.first or _one_longer(one.first, two.first)
    if (one.initials and two.first) or (one.first and two.initials):
        return (one.initials or two.initials)[0].lower() == (one.first or two.first)[0]
    return not (one.initials and two.initials) or one.initials[0] == two.initials[0]


def _one_longer(one: str, two: str) -> bool:
    """«Касым» and «Касым-Жомарт», «Абдель» and «Абдель Фаттах»."""
    ones, twos = set(one.replace("-", " ").split()), set(two.replace("-", " ").split())
    return ones < twos or twos < ones


# ------------------------------------------------------------------------------------------ canonical name


def _entity(words: Words, person: Person) -> Entity:
    """The person with the name that the mentions together speak for."""
    gender = _voted_gender(person)
    first = _voted(person, gender, 0)
    patronymic = _voted(person, gender, 1)
    last = _voted(person, gender, 2)
    best = [mention.variants[0] for mention in person.mentions]
    middle = next((variant.initials for variant in best if variant.first and variant.initials), "")
    initials = max((variant.initials for variant in best), key=len) if not first else ""
    name = _full_name(person, first or initials, patronymic or middle, last)
    aliases: list[str] = []
    for mention in person.mentions:
        alias = _alias(words, mention, first, patronymic, last)
        if alias != name and alias not in aliases:
            aliases.append(alias)
    places = sorted((mention.name.start, mention.name.end) for mention in person.mentions)
    return Entity(
        "",
        "PER",
        name,
        aliases,
        mentions=[Mention(start, end) for start, end in places],
        first=first or initials or None,
        patronymic=patronymic or None,
        last=last or None,
    )


def _voted_gender(person: Person) -> str:
    """The gender that all mentions allow and most speak for, those with a first name twice."""
    votes: dict[str, float] = defaultdict(float)
    for mention in person.mentions:
        best: dict[str, float] = {}
        for variant in mention.variants:
            best[variant.gender] = max(best.get(variant.gender, 0.0), variant.weight)
        for gender, weight in best.items():
            votes[gender] += weight * (2 if mention.variants[0].first else 1)
    common = set.intersection(*({variant.gender for variant in mention.variants} for mention in person.mentions))
    return max((gender for gender in votes if not common or gender in common), key=lambda gender: votes[gender])


def _voted(person: Person, gender: str, part: int) -> str:
    """The form of a part that most mentions speak for, the longer of «Абдель» and «Абдель Фаттах»."""
    votes: dict[str, float] = defaultdict(float)
    written: dict[str, str] = {}
    for mention in person.mentions:
        heard: set[str] = set()
        for variant in mention.variants:
            form = (variant.first, variant.patronymic, variant.last)[part]
            if form and variant.gender == gender and form not in heard and not (form.isascii() and len(votes)):
                heard.add(form)
                votes[form] += variant.weight
                written.setdefault(form, variant.written[part])
    if not votes:
        return ""
    best = max(votes, key=lambda form: votes[form])
    longest = max(votes, key=len)
    return written[longest if _one_longer(best, longest) else best]


def _full_name(person: Person, first: str, patronymic: str, last: str) -> str:
    """First name, patronymic or middle initial, last name; «Си Цзиньпин» keeps its order."""
    if not patronymic and first and last and _surname_leads(person):
        return f"{last} {first}"
    return " ".join(part for part in (first, patronymic, last) if part)


def _surname_leads(person: Person) -> bool:
    """«Си Цзиньпин»; «Иванов Иван» has a surname of ours and is turned round."""
    full = next((mention.name for mention in person.mentions if mention.is_full), None)
    if full is None or full.parts[0][1] != LAST or INITIAL in (kind for _, kind in full.parts):
        return False
    norms = [form for form, (_, kind) in zip(full.readings[0].words, full.parts, strict=True) if kind != PARTICLE]
    return is_surname_first(norms) or not (is_surname(norms[0]) or is_patronymic(norms[0]))


def _alias(words: Words, mention: Spoken, first: str, patronymic: str, last: str) -> str:
    """The mention's own name in the nominative."""
    best = mention.variants[0]
    if words.norm[mention.name.start].isascii():
        return " ".join(words.text[mention.name.start : mention.name.end])
    own = (
        (first or best.written[0]) if best.first else best.initials,
        patronymic if best.patronymic else best.initials if best.first else "",
        last if best.last else "",
    )
    return " ".join(part for part in own if part)
