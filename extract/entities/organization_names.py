"""Mentions of one organization joined under its fullest name."""

import html
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from extract.annotations import Entity, Mention
from extract.entities.known import Gazetteer, KnownOrganization, known_organizations
from extract.entities.lexicon import same_word, stems
from extract.entities.mentions import QUOTES
from extract.entities.organization_bodies import GOVERNMENT
from extract.entities.organization_words import is_body, listed
from extract.entities.places import country_of_adjective, genitive, known_places
from extract.entities.transliteration import sounds_alike
from extract.language.inflection import nominative
from extract.language.morphology import parses
from extract.language.normalize import unify_scripts
from extract.language.words import Words
from extract.rules import key_of, table, words_in

FARTHEST_BRACKET = 6  # tokens between a name and the short one in brackets
_DATA = table("entities/organizations")
HOME = _DATA["home"]["country"]
PLURAL = {name: tuple(endings) for name, endings in _DATA["plural"].items()}
_MISREAD = re.compile(
    "|".join(f"(?<={word}){form.removeprefix(word)}$" for form, word in _DATA["misread"].items()), re.IGNORECASE
)


@dataclass(slots=True)
class Named:
    """A mention of an organization.

    Attributes:
        start, end: its tokens.
        forms: its words, folded, without punctuation and legal forms; then a body's country, in the genitive.
        known: its entry in the lexicon, if the whole name is one.
        abbreviation: whether it is one word in capitals.
        country: of a body with an adjective before it: «украинский Минфин».
    """

    start: int
    end: int
    forms: tuple[str, ...]
    known: KnownOrganization | None
    abbreviation: bool
    country: str | None = None


class Cluster:
    """Mentions of one organization.

    Attributes:
        named: the mentions in text order.
        variants: the first mention of each form.
        known: the entry in the lexicon that one of them is.
    """

    __slots__ = ("known", "named", "variants")

    def __init__(self, named: Named) -> None:
        self.named = [named]
        self.variants = {named.forms: named}
        self.known = named.known

    def add(self, mentions: list[Named]) -> None:
        """Take in further mentions."""
        self.named = sorted(self.named + mentions, key=lambda named: named.start)
        for named in mentions:
            self.known = self.known or named.known
        self.variants = {named.forms: named for named in reversed(self.named)}


def link_organizations(words: Words, spans: list[tuple[int, int]], gazetteer: Gazetteer) -> list[Entity]:
    """Join the mentions of organizations; the entities have no ids yet.

    Args:
        words: the annotated tokens.
        spans: the mentions, in tokens.
        gazetteer: the user's organizations.
    """
    clusters: list[Cluster] = []
    by_forms: dict[tuple[str, ...], Cluster] = {}
    for start, end in spans:
        named = _named(words, start, end, gazetteer)
        cluster = by_forms.get(named.forms) or next((other for other in clusters if _same_name(other, named)), None)
        if cluster is None:
            cluster = Cluster(named)
            clusters.append(cluster)
        else:
            cluster.add([named])
        by_forms[named.forms] = cluster
    for rule in JOINS:
        _join(words, clusters, rule)
    return [_entity(words, cluster) for cluster in clusters]


def _named(words: Words, start: int, end: int, gazetteer: Gazetteer) -> Named:
    forms = [norm.rstrip("*") for norm in words.norm[start:end] if norm[0].isalnum()]
    while len(forms) > 1 and forms[-1] in words_in("entities/organizations", "legal_forms", "english"):
        forms.pop()
    match = gazetteer.match(words, start) or known_organizations().match(words, start)
    known = match[1] if match is not None and match[0] == end else None
    text = words.text[start]
    named = Named(start, end, tuple(forms), known, end == start + 1 and text.isupper() and len(text) > 1)
    country = _country(words, named) if known is None or not known.given else None
    if country is not None:
        named.country, named.known = country, None
        own = forms[1:] if _adjective_inside(words, named) else forms
        named.forms = (*own, *genitive(country).lower().split())
    return named


def _country(words: Words, named: Named) -> str | None:
    """The country of a body by its adjective: «американский Минфин», «японское правительство»."""
    if not _is_body(words, named) or places_within(words, named.start, named.end):
        return None
    at = named.start if _adjective_inside(words, named) else named.start - 1
    country = country_of_adjective(words.lemma[at]) if at >= 0 and words.pos[at] == "ADJ" else None
    if country == HOME and (named.known is not None or not _adjective_inside(words, named)):
        return None
    return country


def _adjective_inside(words: Words, named: Named) -> bool:
    first = named.start
    if country_of_adjective(words.lemma[first]) is None or named.end - first == 1:
        return False
    return words.text[first].islower() or listed(words.lemma[first + 1], "bare")


def _same_name(cluster: Cluster, named: Named) -> bool:
    known = cluster.known
    if known is not None and named.known is not None and known.names == named.known.names:
        return True
    return any(same_forms(named.forms, forms) for forms in cluster.variants)


def same_forms(forms: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two sequences of words may be forms of one name."""
    alike = len(forms) == len(other) and forms[:1] and forms[0][0] == other[0][0]
    return bool(alike) and all(same_word(a, b) for a, b in zip(forms, other, strict=True))


def _join(words: Words, clusters: list[Cluster], rule: "JoinRule") -> None:
    """Merge a cluster into the only other one that the rule finds for it."""
    for cluster in sorted(clusters, key=lambda cluster: len(cluster.named[0].forms)):
        others = [other for other in clusters if other is not cluster and _compatible(cluster, other)]
        found = [other for other in others if rule(words, cluster, other)]
        if len(found) == 1:
            found[0].add(cluster.named)
            clusters.remove(cluster)


def _compatible(cluster: Cluster, other: Cluster) -> bool:
    first, second = cluster.known, other.known
    return first is None or second is None or first.names == second.names


def declared(words: Words, cluster: Cluster, other: Cluster) -> bool:
    """«Федеральная налоговая служба (ФНС)»: the short name stands in brackets right after the full one."""
    return any(_declares(words, full, short) for short in cluster.named for full in other.named)


def _declares(words: Words, full: Named, short: Named) -> bool:
    if not 0 < short.start - full.end <= FARTHEST_BRACKET:
        return False
    between = [norm for norm in words.norm[full.end : short.start] if norm not in QUOTES]
    openers = words_in("entities/organizations", "declaring", "words")
    if between[:1] != ["("] or any(norm not in openers for norm in between[1:]):
        return False
    stated = len(between) > 1 or short.abbreviation or initials_match(short.forms[0], full.forms)
    return stated or syllables_match(short.forms, full.forms) or sounds_alike(short.forms, full.forms)


def syllables_match(short: tuple[str, ...], forms: tuple[str, ...]) -> bool:
    """«УралРедМет» for «Уральские редкие металлы»: the beginnings of all the words, joined."""
    if len(short) != 1 or len(forms) < 2:
        return False
    ends = {0}
    for form in forms:
        ends = {at + size for at in ends for size in range(2, len(form) + 1) if short[0].startswith(form[:size], at)}
    return len(short[0]) in ends


def initials(words: Words, cluster: Cluster, other: Cluster) -> bool:
    """«ОАК» — «Объединенная авиастроительная корпорация» in one article."""
    return cluster.known is None and any(
        short.abbreviation and any(initials_match(short.forms[0], forms) for forms in other.variants)
        for short in cluster.variants.values()
    )


def initials_match(short: str, forms: tuple[str, ...]) -> bool:
    """Whether an abbreviation is made of the first letters of a name's words."""
    if len(forms) < 2 or len(short) < 2:
        return False
    parts = [part for form in forms for part in form.split("-") if part]
    every = "".join(part[0] for part in parts)
    content = "".join(part[0] for part in parts if len(part) > 2)
    return short in {every, content}


def without_place(words: Words, cluster: Cluster, other: Cluster) -> bool:
    """«Верховный суд» after «Верховный суд Испании»: the same body without its place, named later."""
    short, full = cluster.named[0], other.named[0]
    if not 0 < len(short.forms) < len(full.forms) or not (_is_body(words, short) and _is_body(words, full)):
        return False
    if full.start > short.start and (short.known is not None or words.sentence[short.start] > 0):
        return False
    rest = list(full.forms)
    for form in short.forms:
        match = next((word for word in rest if same_word(form, word)), None)
        if match is None:
            return False
        rest.remove(match)
    return not any(stem in key_of("entities/organizations", "bodies") for form in rest for stem in stems(form))


def _is_body(words: Words, named: Named) -> bool:
    bodies = key_of("entities/organizations", "bodies")
    return any(words.lemma[i] in bodies or words.norm[i] in bodies for i in range(named.start, named.end))


def without_neutral_words(words: Words, cluster: Cluster, other: Cluster) -> bool:
    """«Raiffeisen» after «Raiffeisen Bank International»: the words left out say nothing of their own."""
    short, full = cluster.named[0].forms, other.named[0].forms
    if not 0 < len(short) < len(full) or not same_forms(short, full[: len(short)]):
        return False
    neutral = words_in("entities/organizations", "neutral", "words")
    return all(word in neutral for word in full[len(short) :])


JoinRule = Callable[[Words, Cluster, Cluster], bool]
JOINS: list[JoinRule] = [declared, initials, without_place, without_neutral_words]


def _entity(words: Words, cluster: Cluster) -> Entity:
    nameless = {named.start for named in cluster.named if _is_nameless(words, named)}
    if len(nameless) == len(cluster.named):
        nameless.clear()
    names = _names(words, cluster, nameless)
    listed_only = all(named.known is not None for named in cluster.named if named.start not in nameless)
    usual = cluster.known.names if cluster.known is not None and listed_only else ()
    name = next((name for name in usual if name in names), None)
    if cluster.known is not None and cluster.known.given:
        name = cluster.known.names[0]
    if name is None:
        name = max(names, key=lambda name: (_fullness(name), -names[name]))
    aliases = [alias for alias in names if alias != name]
    entity = Entity("", "ORG", name, aliases=aliases, kind=kind_of(words, cluster))
    entity.inn = cluster.known.inn or None if cluster.known is not None else None
    entity.mentions = [Mention(named.start, named.end, named.start in nameless) for named in cluster.named]
    return entity


def _is_nameless(words: Words, named: Named) -> bool:
    """«Суд» before «Хорошевский районный суд»: a body's common noun alone is no name."""
    return named.end == named.start + 1 and listed(words.lemma[named.start], "plain")


def _names(words: Words, cluster: Cluster, nameless: set[int]) -> dict[str, int]:
    """The different names of a cluster in the nominative, as most mentions give them, and which came first.

    What stands in brackets after another name comes after all the others.
    """
    variants: list[tuple[tuple[str, ...], Counter[str]]] = []
    seen: dict[tuple[str | None, ...], str] = {}
    for named in cluster.named:
        if named.start in nameless:
            continue
        counter = next((counter for forms, counter in variants if same_forms(forms, named.forms)), None)
        if counter is None:
            counter = Counter()
            variants.append((named.forms, counter))
        written = (*words.text[named.start : named.end], words.case(named.start), named.country)
        if written not in seen:
            seen[written] = canonical(words, named)
        counter[seen[written]] += 2 if words.case(named.start) == "Nom" else 1
    names: dict[str, int] = {}
    for rank, (forms, counter) in enumerate(variants):
        bracketed = words.text[cluster.variants[forms].start - 1] == "("
        names.setdefault(counter.most_common(1)[0][0], rank + 100 * bracketed)
    return names


def canonical(words: Words, named: Named) -> str:
    """The name in the nominative; ministries lose «России», companies «Ltd»."""
    start, end = named.start, named.end
    if named.known is not None and named.known.given:
        return named.known.name
    if named.abbreviation and named.country is None:
        return unify_scripts(words.text[start])
    if named.country is not None:
        start += _adjective_inside(words, named)
        return f"{nominative(words, start, end)} {genitive(named.country)}"
    if named.known is not None:
        return _usual_name(named.known)
    if end == start + 1 and words.lemma[start] == GOVERNMENT:
        return f"{GOVERNMENT} {genitive(HOME)}" if _at_home(words) else GOVERNMENT
    end = _before_legal_form(words, start, end)
    if words.text[start][0].isdigit() and "-" in words.text[start] and end > start + 1:
        return _numbered(words, start, end)
    if listed(words.lemma[start], "plain") and start == words.sentences[words.sentence[start]][0]:
        name = nominative(words, start, end)
        return name[:1].lower() + name[1:]  # «Правительство Норвегии» opens a sentence
    if end == start + 3 and words.text[end - 2] == "." and words.end[end - 2] == words.start[end - 1]:
        stem = "".join(words.text[start : end - 1])
        return unify_scripts(stem + nominative(words, end - 1, end))  # «Яндекс.Картами»
    name = unify_scripts(html.unescape(nominative(words, start, end))).strip("«»“”„\"'’ ,*")
    return _balanced(_MISREAD.sub("", name) if end > start + 1 else _singular(words.text[start], name))


def _before_legal_form(words: Words, start: int, end: int) -> int:
    """The end of a name before «Ltd», «Inc.»."""
    last = end - 1 if words.text[end - 1] == "." else end
    while last > start + 1 and words.norm[last - 1] in words_in("entities/organizations", "legal_forms", "english"):
        end = last = last - 1
    return end


def _singular(text: str, name: str) -> str:
    """A name of one word in the singular, where its form is no plural: «Аль-Шабабом» is of no «Аль-Шабабы»."""
    if not name.endswith(PLURAL["nominatives"]) or text.endswith(PLURAL["endings"]) or _MISREAD.search(text):
        return _MISREAD.sub("", name)
    stem = name[:-1]
    return stem if stem and text.startswith(stem) and not stem.endswith(PLURAL["letters"]) else name


def _balanced(name: str) -> str:
    """A name with the closing marks that stand after its last word: «АФК «Система»."""
    for opening, closing in ("«»", "()"):
        name += closing * (name.count(opening) - name.count(closing))
    return name


def _numbered(words: Words, start: int, end: int) -> str:
    """«138-й отдельной бригаде» → «138-я отдельная бригада»."""
    rest = nominative(words, start + 1, end)
    head = next((i for i in range(start + 1, end) if listed(words.lemma[i], "numbered")), end - 1)
    gender = parses(words.lemma[head])[0].tag.gender
    number = words.text[start].partition("-")[0]
    return f"{number}-{ {'femn': 'я', 'neut': 'е'}.get(gender, 'й') } {rest}"


def _at_home(words: Words) -> bool:
    """Whether «правительство» alone is Russia's: the article speaks of Russia, its opening of no other country."""
    if not any(lemma in words_in("entities/organizations", "home", "words") for lemma in words.lemma):
        return False
    opening = range(words.sentences[min(1, len(words.sentences) - 1)][1])
    matches = [known_places().match(words, i) for i in opening if words.text[i][:1].isupper()]
    countries = {match[1].name for match in matches if match is not None and match[1].kind == "country"}
    adjectives = {country_of_adjective(words.lemma[i]) for i in opening if words.pos[i] == "ADJ"}
    return countries | adjectives <= {HOME, None}


def _usual_name(known: KnownOrganization) -> str:
    """The name as the lexicon writes it, without «России» if it is known without, too."""
    shorter, _, last = known.name.rpartition(" ")
    return shorter if listed(last, "home", "genitives") and shorter in known.names else known.name


def _fullness(name: str) -> tuple[bool, int]:
    """Names in words before abbreviations, of them those with more words."""
    return (not name.isupper() or len(name) > 6, len(name.split()))


def kind_of(words: Words, cluster: Cluster) -> str:
    """The kind of an organization by lexicon, by the words of its name, or by the word before it."""
    known = cluster.known
    if known is not None:
        return known.kind
    for named in cluster.named:
        kind = _kind_by_words(words, named) or _kind_by_word_before(words, named)
        if kind is not None:
            return kind
    if any(_is_source(words, named) for named in cluster.named):
        return "media"
    return "company" if any(_looks_like_a_company(words, named) for named in cluster.named) else "other"


def _looks_like_a_company(words: Words, named: Named) -> bool:
    """A name in quotes or Latin letters, or of one word that is no abbreviation."""
    if words.text[named.start - 1] in QUOTES or words.text[named.start].isascii():
        return True
    return named.end == named.start + 1 and not named.abbreviation


def _kind_by_words(words: Words, named: Named) -> str | None:
    bodies = key_of("entities/organizations", "bodies")
    span = range(named.start, named.end)
    for i in span:
        kind = bodies.get(words.lemma[i]) or bodies.get(words.norm[i])
        if kind is not None:
            return kind
    generic = key_of("entities/organizations", "generic")
    for i in span:
        if words.lemma[i] in generic and named.end > named.start + 1:
            return generic[words.lemma[i]]
    for ending, kind in key_of("entities/organizations", "endings").items():
        if any(words.lemma[i].endswith(ending) or words.norm[i].endswith(ending) for i in span):
            return kind
    return None


def _kind_by_word_before(words: Words, named: Named) -> str | None:
    at = named.start - 1
    while at >= 0 and words.text[at] in QUOTES:
        at -= 1
    if at < 0:
        return None
    kinds = key_of("entities/organizations", "generic")
    return kinds.get(words.lemma[at]) or ("club" if listed(words.lemma[at], "players") else None)


def _is_source(words: Words, named: Named) -> bool:
    """«пишет Chosun Ilbo», «со ссылкой на Al Hadath»: one who reports is a medium."""
    at = named.start - 1
    if at < 0 or not (words.text[named.start].isascii() or words.text[at] in QUOTES):
        return False
    while at >= 0 and words.text[at] in QUOTES:
        at -= 1
    before = words.lemma[max(0, at - 2) : at + 1]
    after = named.end
    while after < len(words) and words.text[after] in QUOTES:
        after += 1
    reports = bool(before) and listed(before[-1], "reporting", "verbs")
    writes = after < len(words) and listed(words.lemma[after], "reporting", "after")
    return reports or writes or listed(" ".join(before[-2:]), "reporting", "phrases")


def places_within(words: Words, start: int, end: int) -> list[tuple[int, int]]:
    """Places named inside a body's name: «Испании» in «Верховный суд Испании»."""
    found: list[tuple[int, int]] = []
    if not any(is_body(words, i) for i in range(start, end)):
        return found
    i = start + 1
    while i < end:
        match = known_places().match(words, i) if words.text[i][:1].isupper() else None
        if match is not None and match[0] <= end:
            found.append((i, match[0]))
            i = match[0]
        else:
            i += 1
    return found
