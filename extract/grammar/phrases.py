"""Noun phrases that name an entity, as the grammar sees them: what they depend on, in which case, after what.

A mention is often not itself the word that the sentence's verb governs: in «купила у немецкого концерна
Siemens» that word is «концерна», in «купила 25% акций банка «Восход»» it is «%». A `Phrase` finds the governed
word and remembers what lay between.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.language import morphology
from extract.language.alphabet import has_cyrillic
from extract.language.words import Words
from extract.rules import key_of, table, words_in

APPOSED = {"appos", "flat", "flat:name", "flat:foreign", "compound"}
COMITATIVE = words_in("grammar", "comitative")
COORDINATORS = words_in("grammar", "coordinators")
AND = words_in("grammar", "and")
SHARES_IN = words_in("grammar", "shares_in")
GOVERNED: dict[str, str] = table("grammar")["governed"]
QUOTES = {"«", "»", '"', "“", "”", "„"}
OPENING = {"«", "„", "“", '"', "(", "[", "'"}
# What the relation to the head says of the case of a name that doesn't decline.
CASE_BY_RELATION = {
    "nsubj": "Nom",
    "nsubj:pass": "Nom",
    "obj": "Acc",
    "iobj": "Dat",
    "nmod": "Gen",
    "obl:agent": "Ins",
    "ROOT": "Nom",
}
FARTHEST_NOUN = 6  # tokens between a name and the noun that says what it is
DEEPEST = 4  # nouns between a name and what governs it
LONGEST_LIST = 12  # conjuncts that are climbed
NOMINAL = {"NOUN", "PROPN", "PRON", "X", "SYM", "NUM"}


@dataclass(slots=True)
class Phrase:
    """A noun phrase with an entity in it.

    Attributes:
        entity, mention: what it names, and where.
        head: the token that the rest of the sentence governs: the name itself, or the noun before it.
        governor: the token that governs it; -1 at the root.
        relation: the relation to the governor.
        preposition: its folded form, two-word prepositions joined by a space, or "".
        case: Nom, Gen, Dat, Acc, Ins, Loc, or "" where nothing tells.
        cases: all the cases that its form allows; empty where it doesn't decline.
        through: lemmas of the nouns between the phrase and its governor («акции», «доля»), outermost last.
        first: the head of the first phrase in its coordination; its own if there is none.
        undeclined: True for a name in quotes, in Latin letters or in capitals: its case is the parser's guess.
        path: the nouns that stand for it on the way to the governor: its head, that of the first conjunct,
            then those of `through`.
    """

    entity: Entity
    mention: Mention
    head: int
    governor: int
    relation: str
    preposition: str
    case: str
    cases: frozenset[str]
    through: tuple[str, ...]
    first: int
    path: tuple[int, ...]
    undeclined: bool

    @property
    def place(self) -> str:
        """The place it fills, as frames write it: «nom», «с ins», «против gen»."""
        return f"{self.preposition} {self.case.lower()}".strip()


def phrases_of(
    words: Words, mentions: Iterable[tuple[Entity, Mention]], transparent: frozenset[str]
) -> list[list[Phrase]]:
    """Return the phrases of each sentence, in text order.

    Args:
        words: the annotated tokens.
        mentions: the mentions with their entities; of overlapping ones the longest counts.
        transparent: lemmas that let the noun after them take part in the sentence: «акция», «доля», «%».
    """
    found: list[list[Phrase]] = [[] for _ in words.sentences]
    covered: set[int] = set()
    for entity, mention in sorted(mentions, key=_longest_first):
        if covered.isdisjoint(range(mention.start, mention.end)):
            covered.update(range(mention.start, mention.end))
            found[words.sentence[mention.start]].append(_phrase(words, entity, mention, transparent))
    for sentence in found:
        sentence.sort(key=lambda phrase: phrase.mention.start)
        for before, after in pairwise(sentence):
            within = before.mention.start <= after.first < before.mention.end  # «правительства Перу и Таиланда»
            if within or _is_coordinated(words, before, after):
                _join(before, after)
    return found


def _longest_first(pair: tuple[Entity, Mention]) -> tuple[int, bool, int]:
    _, mention = pair
    return mention.start - mention.end, mention.anaphor, mention.start


def _is_coordinated(words: Words, before: Phrase, after: Phrase) -> bool:
    """«между Россией и ООН»: only a comma or «и» between, whatever the parser makes of the second."""
    if after.preposition or after.first == before.first or after.relation in {"nsubj", "nsubj:pass"}:
        return False
    between = [i for i in range(before.mention.end, after.mention.start) if words.norm[i] not in QUOTES]
    joined = [i for i in between if words.norm[i] in COORDINATORS]
    rest = between[len(joined) :]
    if not joined or joined != between[: len(joined)]:
        return False
    return not rest or (words.norm[joined[-1]] in AND and after.undeclined and _describe(words, rest))


def _describe(words: Words, tokens: list[int]) -> bool:
    """«британский фонд A и тбилисский B»: adjectives, with a noun that says what B is or without."""
    return all(words.pos[i] == "ADJ" for i in tokens[:-1]) and (
        words.pos[tokens[-1]] == "ADJ" or is_generic(words.lemma[tokens[-1]])
    )


def _join(before: Phrase, after: Phrase) -> None:
    after.governor, after.relation, after.through = before.governor, before.relation, before.through
    after.preposition, after.case, after.first = before.preposition, before.case, before.first


def _phrase(words: Words, entity: Entity, mention: Mention, transparent: frozenset[str]) -> Phrase:
    name = name_head(words, mention)
    undeclined = _is_undeclined(words, mention)
    head = _common_noun(words, name, mention, entity.type)
    owner = head != name and not _is_quoted(words, mention) and words.lemma[head] in transparent
    if owner:  # «бизнес Siemens» isn't called so
        head = name
    first, preposition = _first_conjunct(words, head)
    case = _case(words, first if first != head else head, preposition)
    if first == head == name and mention.start <= name < mention.end and not preposition:
        case = _oblique(words, mention) or case
    if first == head == name and undeclined:
        case = _case_of_undeclined(words, name, preposition)
    governor, relation = words.head[first], words.dep[first]
    if owner and relation in APPOSED:
        relation, case = "nmod", "Gen"
    if relation in APPOSED and first == name and not preposition:
        # the parser's apposition doesn't agree: nothing is known
        governor, relation, case = -1, "dep", case if case == "Nom" or _oblique(words, mention) else ""
    outer = _Outer(governor, relation, preposition, case, (), (head, first), at=first)
    outer = _out_of_parts(words, outer, transparent)
    return Phrase(
        entity=entity,
        mention=mention,
        head=head,
        governor=-1 if outer.governor == outer.at else outer.governor,
        relation=outer.relation,
        preposition=outer.preposition,
        case=outer.case,
        cases=morphology.possible_cases(words.norm[name]) if words.pos[name] in {"NOUN", "PROPN"} else frozenset(),
        through=outer.through,
        first=first,
        path=outer.path,
        undeclined=undeclined,
    )


class _Outer(NamedTuple):
    """The outermost noun phrase that a name takes part through; the fields are those of `Phrase`."""

    governor: int
    relation: str
    preposition: str
    case: str
    through: tuple[str, ...]
    path: tuple[int, ...]
    at: int


def _out_of_parts(words: Words, inner: _Outer, transparent: frozenset[str]) -> _Outer:
    """«25% акций банка»: climb through the nouns that speak for the name."""
    while (
        inner.governor != inner.at
        and words.lemma[inner.governor] in transparent
        and _leans(words.lemma[inner.governor], inner.preposition, inner.case)
    ):
        noun = inner.governor
        top = _out_of_apposition(words, noun)
        if words.dep[top] == "conj" and words.pos[words.head[top]] in NOMINAL:
            top = words.head[top]
        own = preposition_of(words, top)
        inner = _Outer(
            words.head[top],
            words.dep[top],
            own,
            _case(words, top, own),
            (*inner.through, words.lemma[noun]),
            (*inner.path, noun),
            top,
        )
        if len(inner.through) > DEEPEST:
            break
    return inner


def _first_conjunct(words: Words, head: int) -> tuple[int, str]:
    """The first of the nouns that a noun is joined to, and the preposition before the nearest that has one."""
    first, preposition = head, preposition_of(words, head)
    for _ in range(LONGEST_LIST):  # parser output may be odd, never endless
        if words.dep[first] != "conj" or words.pos[words.head[first]] not in NOMINAL:
            break
        first = _out_of_apposition(words, words.head[first])
        preposition = preposition or preposition_of(words, first)
    return first, preposition


def _leans(noun: str, preposition: str, case: str) -> bool:
    """«акции банка», «доля в банке»: the noun before speaks for the name; «бизнес в России» speaks for itself."""
    if preposition:
        return preposition == "в" and case == "Loc" and noun in SHARES_IN
    return case in {"Gen", ""}


def is_generic(lemma: str) -> bool:
    """Whether a common noun says what a named thing is: «компания», «банк», «издание»."""
    return lemma in key_of("entities/organizations", "generic")


def name_head(words: Words, mention: Mention) -> int:
    """The token of a mention that hangs on a token outside it; the first, if there are several."""
    for i in range(mention.start, mention.end):
        outside = not mention.start <= words.head[i] < mention.end or words.head[i] == i
        if outside and words.pos[i] not in {"PUNCT", "SPACE", "ADP"}:
            return i
    return mention.start


def _common_noun(words: Words, name: int, mention: Mention, kind: str) -> int:
    """Climb from a name to the noun that it is apposed to: «у концерна Siemens», «глава банка Иван Петров»."""
    head = _out_of_apposition(words, name)
    if head != name and _agrees(words, name, head, mention):
        return head
    if head != name:
        return name
    before = mention.start - 1
    while before >= 0 and words.text[before] in OPENING:
        before -= 1
    if before < 0 or words.pos[before] != "NOUN" or words.sentence[before] != words.sentence[name]:
        return name
    if _is_undeclined(words, mention):
        described = _described(words, before)
        if described is not None:
            return _out_of_apposition(words, described)
        if words.head[name] == before and kind != "LOC":  # «санкции США» aren't called USA
            return _out_of_apposition(words, before)
    return name


def _described(words: Words, before: int) -> int | None:
    """«покупка производителя складских роботов Łan»: the noun that says what the name after its genitives is."""
    at = before
    while at > before - FARTHEST_NOUN and at >= 0 and words.pos[at] in {"NOUN", "ADJ"}:
        if is_generic(words.lemma[at]) and at < before:
            return at
        if words.case(at) not in {"Gen", None}:
            return None
        at -= 1
    return None


def _agrees(words: Words, name: int, noun: int, mention: Mention) -> bool:
    """A name that declines stands in the case of the noun that it is apposed to: not «обороны Таллин»."""
    if oblique := _oblique(words, mention):
        return words.case(noun) == oblique
    if _is_undeclined(words, mention) or words.pos[noun] not in {"NOUN", "PROPN"}:
        return True
    cases = morphology.possible_cases(words.norm[name])
    case = words.case(noun)
    animate = case == "Acc" and words.feats[noun].get("Animacy") == "Anim"  # «вингера Карвалью»
    return not cases or case is None or case in cases or (animate and "Gen" in cases)


def _out_of_apposition(words: Words, token: int) -> int:
    for _ in range(6):
        if words.dep[token] not in APPOSED or words.head[token] > token:
            break
        token = words.head[token]
    return token


def preposition_of(words: Words, head: int) -> str:
    """The preposition before a noun, its parts joined: «в ходе», «вместе с»; or ""."""
    for child in words.children[head]:
        if words.dep[child] == "case" and child < head:
            fixed = [words.norm[i] for i in words.children[child] if words.dep[i] == "fixed"]
            together = [words.norm[child - 1]] if child and words.norm[child - 1] in COMITATIVE else []
            return " ".join([*together, words.norm[child], *fixed])
    return ""


def _case(words: Words, head: int, preposition: str) -> str:
    tagged = words.feats[head].get("Case", "")
    governed = GOVERNED.get(preposition)
    if governed:
        return governed
    if tagged and words.pos[head] not in {"X", "SYM", "NUM"}:
        return tagged
    by_attribute = _case_of_attribute(words, head)
    return by_attribute or (tagged if preposition else CASE_BY_RELATION.get(words.dep[head], ""))


def _is_undeclined(words: Words, mention: Mention) -> bool:
    """A name in other letters or in capitals, or in quotes where every word can be a nominative."""
    name = words.text[mention.start]
    if _oblique(words, mention):
        return False
    nominative = words.case(mention.start) in {"Nom", None}
    return name.isupper() or not has_cyrillic(name) or (nominative and _is_quoted(words, mention))


def _is_quoted(words: Words, mention: Mention) -> bool:
    return mention.start > 0 and words.text[mention.start - 1] in OPENING


def _oblique(words: Words, mention: Mention) -> str:
    """««ПАЛП Инвесту»» is a dative: the case of a quoted name's last word; "" if that can be a nominative."""
    last, before = mention.end - 1, mention.start - 1
    if before < 1 or words.text[before] not in OPENING or is_generic(words.lemma[before - 1]):
        return ""  # «компания «Ромашка»» doesn't decline
    if last == mention.start or not words.text[last][:1].isupper() or words.text[last].isupper():
        return ""
    cases = morphology.possible_cases(words.norm[last])
    return next(iter(cases)) if len(cases) == 1 and "Nom" not in cases else ""


def _case_of_undeclined(words: Words, name: int, preposition: str) -> str:
    governed = GOVERNED.get(preposition)
    if governed:
        return governed
    by_attribute = _case_of_attribute(words, name)
    if preposition:
        return by_attribute or words.feats[name].get("Case", "")
    return by_attribute or CASE_BY_RELATION.get(words.dep[name], "")


def _case_of_attribute(words: Words, name: int) -> str:
    """«с турецкой Yapı»: the adjective right before a name that doesn't decline has its case."""
    before = name - 1
    while before >= 0 and words.text[before] in OPENING:
        before -= 1
    return (words.case(before) or "") if before >= 0 and words.pos[before] == "ADJ" else ""
