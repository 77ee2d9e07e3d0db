"""Mentions of one organization joined under its fullest name."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from extract.annotations import Entity, Mention
from extract.entities.known import Known, known_organizations
from extract.entities.lexicon import key_of, same_word, words_in
from extract.entities.mentions import QUOTES
from extract.entities.places import known_places
from extract.language.inflection import nominative
from extract.language.words import Words

RUSSIA = frozenset({"россия", "рф"})


@dataclass(slots=True)
class Named:
    """A mention of an organization.

    Attributes:
        start, end: its tokens.
        forms: its words, folded, without punctuation and legal forms.
        known: its entry in the lexicon, if the whole name is one.
        abbreviation: whether it is one word in capitals.
    """

    start: int
    end: int
    forms: tuple[str, ...]
    known: Known | None
    abbreviation: bool


@dataclass(slots=True)
class Group:
    """Mentions of one organization, in text order."""

    named: list[Named] = field(default_factory=list)

    @property
    def known(self) -> Known | None:
        return next((named.known for named in self.named if named.known is not None), None)


def link_organizations(words: Words, spans: list[tuple[int, int]]) -> list[Entity]:
    """Join the mentions of organizations; the entities have no ids yet."""
    groups: list[Group] = []
    for named in [_named(words, start, end) for start, end in spans]:
        group = next((group for group in groups if _same_name(group, named)), None)
        if group is None:
            groups.append(Group([named]))
        else:
            group.named.append(named)
    for rule in JOINS:
        _join(words, groups, rule)
    return [_entity(words, group) for group in groups]


def _named(words: Words, start: int, end: int) -> Named:
    forms = tuple(norm for norm in words.norm[start:end] if norm[0].isalnum())
    match = known_organizations().match(words, start)
    known = match[1] if match is not None and match[0] == end else None
    text = words.text[start]
    return Named(start, end, forms, known, end == start + 1 and text.isupper() and len(text) > 1)


def _same_name(group: Group, named: Named) -> bool:
    known = group.known
    if known is not None and known is named.known or (known and named.known and known.names == named.known.names):
        return True
    return any(same_forms(named.forms, other.forms) for other in group.named)


def same_forms(forms: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sequences of words may be forms of one name."""
    return len(forms) == len(other) and all(same_word(a, b) for a, b in zip(forms, other, strict=True))


def _join(words: Words, groups: list[Group], rule: "JoinRule") -> None:
    """Merge a group into the only other one that the rule finds for it."""
    for group in sorted(groups, key=lambda group: len(group.named[0].forms)):
        found = [other for other in groups if other is not group and rule(words, group, other)]
        if len(found) == 1 and _compatible(group, found[0]):
            other = found[0]
            other.named = sorted(other.named + group.named, key=lambda named: named.start)
            groups.remove(group)


def _compatible(group: Group, other: Group) -> bool:
    first, second = group.known, other.known
    return first is None or second is None or first.names == second.names


def declared(words: Words, group: Group, other: Group) -> bool:
    """«Федеральная налоговая служба (ФНС)»: the short name stands in brackets right after the full one."""
    for short in group.named:
        for full in other.named:
            between = [text for text in words.text[full.end : short.start] if text not in QUOTES]
            if full.end < short.start and between[:1] == ["("] and all(
                text == "(" or text in {"—", "-", "–", ","} or text.lower() in {"далее", "ранее", "сокращенно", "бывший"} for text in between
            ):
                return _is_short_for(words, short, full, "далее" in words.norm[full.end : short.start])
    return False


def _is_short_for(words: Words, short: Named, full: Named, stated: bool) -> bool:
    other_script = words.text[short.start].isascii() != words.text[full.start].isascii()
    quoted = words.text[short.start - 1] in QUOTES
    return stated or short.abbreviation or other_script or (quoted and _shares_letters(short, full)) or initials_match(
        short.forms[0], full.forms
    )


def _shares_letters(short: Named, full: Named) -> bool:
    return any(form[:3] in "".join(short.forms) for form in full.forms)


def initials(words: Words, group: Group, other: Group) -> bool:
    """«ОАК» — «Объединенная авиастроительная корпорация» in one article."""
    return any(
        short.abbreviation and any(initials_match(short.forms[0], full.forms) for full in other.named)
        for short in group.named
    )


def initials_match(short: str, forms: tuple[str, ...]) -> bool:
    """Whether an abbreviation is made of the first letters of a name's words."""
    if len(forms) < 2 or len(short) < 2:
        return False
    parts = [part for form in forms for part in form.split("-") if part]
    every = "".join(part[0] for part in parts)
    content = "".join(part[0] for part in parts if len(part) > 2)
    return short in {every, content}


def without_place(words: Words, group: Group, other: Group) -> bool:
    """«Верховный суд» after «Верховный суд Испании»: the same body without its place."""
    short, full = group.named[0].forms, other.named[0].forms
    if not 0 < len(short) < len(full) or not _is_body(words, other):
        return False
    rest = list(full)
    for form in short:
        match = next((word for word in rest if same_word(form, word)), None)
        if match is None:
            return False
        rest.remove(match)
    return _is_body(words, group)


def _is_body(words: Words, group: Group) -> bool:
    bodies = key_of("organizations", "bodies")
    named = group.named[0]
    return any(words.lemma[i] in bodies or words.norm[i] in bodies for i in range(named.start, named.end))


def without_neutral_words(words: Words, group: Group, other: Group) -> bool:
    """«Raiffeisen» after «Raiffeisen Bank International»: the words left out say nothing of their own."""
    short, full = group.named[0].forms, other.named[0].forms
    if not 0 < len(short) < len(full) or not same_forms(short, full[: len(short)]):
        return False
    neutral = words_in("organizations", "neutral", "words")
    return all(word in neutral for word in full[len(short) :])


JoinRule = Callable[[Words, Group, Group], bool]
JOINS = [declared, initials, without_place, without_neutral_words]


def _entity(words: Words, group: Group) -> Entity:
    names = _names(words, group)
    name = max(names, key=_fullness)
    aliases = [alias for alias in names if alias != name]
    entity = Entity("", "ORG", name, aliases=aliases, kind=kind_of(words, group, name))
    entity.mentions = [Mention(named.start, named.end) for named in group.named]
    return entity


def _names(words: Words, group: Group) -> list[str]:
    """The different names of a group in the nominative, each as most of its mentions give it."""
    variants: list[tuple[tuple[str, ...], Counter[str]]] = []
    for named in group.named:
        name = canonical(words, named)
        counter = next((counter for forms, counter in variants if same_forms(forms, named.forms)), None)
        if counter is None:
            counter = Counter()
            variants.append((named.forms, counter))
        counter[name] += 2 if words.case(named.start) == "Nom" else 1
    return list(dict.fromkeys(counter.most_common(1)[0][0] for _, counter in variants))


def canonical(words: Words, named: Named) -> str:
    """The name in the nominative; «России» goes from the names of Russian ministries."""
    end = named.end
    if named.known is not None and words.lemma[end - 1] in RUSSIA:
        shorter = " ".join(words.text[named.start : end - 1])
        if known_organizations().get(shorter) is not None:
            end -= 1
    return nominative(words, named.start, end).strip("«»“”„\"'’ ")


def _fullness(name: str) -> tuple[bool, int, int]:
    """Names in words before abbreviations, of them those with more words, then with more letters."""
    return (not name.isupper() or len(name) > 6, len(name.split()), len(name))


def kind_of(words: Words, group: Group, name: str) -> str:
    """The kind of an organization by lexicon, by the words of its name, or by the word before it."""
    if group.known is not None:
        return group.known.kind
    for named in group.named:
        kind = _kind_by_words(words, named) or _kind_by_word_before(words, named)
        if kind is not None:
            return kind
    return _kind_by_letters(name)


def _kind_by_words(words: Words, named: Named) -> str | None:
    bodies = key_of("organizations", "bodies")
    for i in range(named.start, named.end):
        kind = bodies.get(words.lemma[i]) or bodies.get(words.norm[i])
        if kind is not None:
            return kind
    for i in range(named.start, named.end):
        for ending, kind in key_of("organizations", "endings").items():
            if words.lemma[i].endswith(ending) or words.norm[i].endswith(ending):
                return kind
    return None


def _kind_by_word_before(words: Words, named: Named) -> str | None:
    at = named.start - 1
    while at >= 0 and words.text[at] in QUOTES:
        at -= 1
    return key_of("organizations", "generic").get(words.lemma[at]) if at >= 0 else None


def _kind_by_letters(name: str) -> str:
    if name.lower().startswith(("мин", "рос", "гос")) and name.endswith(("надзор", "обороны", "фин", "имущество")):
        return "government"
    return "company"


def places_within(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    """Places named inside an organization's name: «Испании» in «Верховный суд Испании»."""
    found = []
    i = start + 1
    while i < end:
        match = known_places().match(words, i) if words.text[i][:1].isupper() else None
        if match is not None and match[0] <= end:
            found.append((i, match[0]))
            i = match[0]
        else:
            i += 1
    return found
