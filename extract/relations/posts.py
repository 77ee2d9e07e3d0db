"""Post phrases: «бывший первый заместитель министра обороны Франции» as title, organization, former or not.

A post is found by its head noun. What stands before the head (adjectives) and after it (complements in the
genitive, prepositional phrases, names of organizations and places) is read from left to right, by steps that
each take one kind of complement: `STEPS` at the bottom.
"""

import re
import tomllib
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from extract.annotations import Entity, Mention
from extract.language.inflection import with_ending
from extract.language.morphology import CACHED_FORMS, CASES, parses
from extract.language.words import Words
from extract.relations.mentions import Body, Mentions

RULES = Path(__file__).parents[1] / "rules"
OPENING, CLOSING = frozenset("«“„\"'"), frozenset("»”“\"'")
DASHES = frozenset("—–-")
ADJECTIVES = ("ADJF", "PRTF")
_CASE = {grammeme: case for case, grammemes in CASES.items() for grammeme in grammemes}
_ASIDE = 14  # the longest bracketed aside, in tokens


@dataclass(slots=True)
class Post:
    """A post phrase of tokens `start` to `end` whose head noun is `head`.

    Attributes:
        lemma: of the head.
        title: in the nominative singular, without the organization.
        bodies: where the post is held; several for «президенты России и Турции».
        cases: the cases that the head's form allows; empty if it doesn't decline.
        inner: the lemmas of the complements that belong to the title.
    """

    head: int
    start: int
    end: int
    lemma: str
    title: str
    bodies: list[Body]
    former: bool
    plural: bool
    cases: frozenset[str]
    inner: tuple[str, ...] = ()

    @property
    def is_federal(self) -> bool:
        """Held in a country, which the article may leave unsaid."""
        return head_base(self.lemma) in lexicon().federal or self.title.endswith(" президента")


@dataclass(slots=True)
class Complement:
    """How far the reading of a complement has come: `kept` tokens make up the title."""

    at: int
    stop: int
    lemma: str
    plural: bool
    kept: list[int] = field(default_factory=list)
    waiting: list[int] = field(default_factory=list)
    bodies: list[Body] = field(default_factory=list)
    preposition: bool = False


class Lexicon(NamedTuple):
    """What `rules/posts.toml` and `rules/nationalities.toml` hold."""

    heads: frozenset[str]
    callings: frozenset[str]
    national: frozenset[str]
    federal: frozenset[str]
    accredited: frozenset[str]
    acting: frozenset[str]
    general: frozenset[str]
    membership: frozenset[str]
    relational: frozenset[str]
    dependent: frozenset[str]
    units: frozenset[str]
    leaders: dict[str, str]
    prefixes: re.Pattern[str]
    ignored: frozenset[str]
    former: frozenset[str]
    organizations: frozenset[str]
    places: frozenset[str]
    nationalities: dict[str, str]


@cache
def lexicon() -> Lexicon:
    """Read the lexicons once."""
    posts = tomllib.loads((RULES / "posts.toml").read_text(encoding="utf-8"))
    nationalities = tomllib.loads((RULES / "nationalities.toml").read_text(encoding="utf-8"))
    return Lexicon(
        frozenset(posts["state"] + posts["offices"] + posts["callings"]),
        frozenset(posts["callings"]),
        frozenset(posts["state"] + posts["national"]),
        frozenset(posts["federal"]),
        frozenset(posts["accredited"]),
        frozenset(posts["acting"]),
        frozenset(posts["general"]),
        frozenset(posts["membership"]),
        frozenset(posts["relational"]),
        frozenset(posts["dependent"]),
        frozenset(posts["units"]),
        posts["leaders"],
        re.compile(f"(?:{'|'.join(posts['prefixes'])})-?(?=.)"),
        frozenset(posts["ignored"]),
        frozenset(posts["former"]),
        frozenset(posts["generic"]["organizations"]),
        frozenset(posts["generic"]["places"]),
        nationalities,
    )


class Verbs(NamedTuple):
    """What `rules/post_verbs.toml` holds; `leading` gives the title that a verb names."""

    copulas: frozenset[str]
    appointing: frozenset[str]
    lasting: frozenset[str]
    leaving: frozenset[str]
    offices: frozenset[str]
    leading: dict[str, str]


@cache
def verbs() -> Verbs:
    """Read the verbs once."""
    data = tomllib.loads((RULES / "post_verbs.toml").read_text(encoding="utf-8"))
    sets = (frozenset(data[name]) for name in ("copulas", "appointing", "lasting", "leaving", "offices"))
    return Verbs(*sets, data["leading"])


class Head(NamedTuple):
    """The reading of a word as the head of a post."""

    lemma: str
    cases: frozenset[str]
    number: str  # sing, plur, or "" where the form doesn't tell


@lru_cache(maxsize=CACHED_FORMS)
def head_of(norm: str) -> Head | None:
    """Read a folded form as a post: by the lexicon, as a compound, or with a prefix (зам-, экс-, вице-)."""
    if len(norm) < 3 or norm.isascii():
        return Head(norm, frozenset(), "sing") if norm in ABBREVIATIONS else None
    own = _known(norm)
    if own is not None:
        return own
    prefix = lexicon().prefixes.match(norm)
    if prefix is not None and (inner := head_of(norm[prefix.end() :])) is not None:
        return _deputy(norm, inner) if prefix.group().startswith("зам") else inner._replace(lemma=_prefixed(prefix, inner))
    first, _, last = norm.rpartition("-")
    return (_known(last) or _known(first)) if first else None


ABBREVIATIONS = frozenset({"ceo", "cfo", "cto", "coo", "сео"})


def _prefixed(prefix: re.Match[str], inner: Head) -> str:
    return inner.lemma if prefix.group().startswith("экс") else prefix.group() + inner.lemma


def _deputy(norm: str, inner: Head) -> Head:
    """«замминистра» doesn't decline; «замдиректор» does."""
    return Head(norm, frozenset(), "") if "Gen" in inner.cases else inner._replace(lemma="зам" + inner.lemma)


def _known(norm: str) -> Head | None:
    heads = lexicon().heads
    if norm in heads and norm.startswith("зам") and norm.endswith("а"):
        return Head(norm, frozenset(), "")
    readings = [
        parse
        for parse in parses(norm)
        if parse.tag.POS in ("NOUN", *ADJECTIVES) and parse.normal_form.replace("ё", "е") in heads
    ] or [parse for parse in parses(norm) if parse.tag.POS == "PRTF" and _substantive(parse) in heads]
    if not readings:
        return None
    lemma = _substantive(readings[0]) if readings[0].tag.POS == "PRTF" else readings[0].normal_form.replace("ё", "е")
    numbers = {str(parse.tag.number or "") for parse in readings}
    cases = frozenset(_CASE[str(parse.tag.case)] for parse in readings if parse.tag.case in _CASE)
    return Head(lemma, cases, numbers.pop() if len(numbers) == 1 else "")


def _substantive(parse: Any) -> str:
    """«командующего» → «командующий»."""
    form = parse.inflect({"nomn", "sing", "masc"} if parse.tag.gender != "femn" else {"nomn", "sing", "femn"})
    return "" if form is None else str(form.word).replace("ё", "е")


def _is_attribute(words: Words, i: int) -> bool:
    """«военной» in «военной операции», «управляющий» in «управляющий директор»: an adjective before its noun."""
    if i + 1 >= len(words) or words.pos[i] not in ("ADJ", "VERB"):
        return False
    return words.pos[i + 1] == "NOUN" and bool(_forms(words.norm[i]) & _forms(words.norm[i + 1]))


FUNCTION_WORDS = frozenset({"ADP", "ADV", "CCONJ", "PART", "PRON", "SCONJ"})


def posts_of(words: Words, mentions: Mentions) -> list[Post]:
    """Return the post phrases of an article in text order, those inside names left out."""
    found = []
    for i, norm in enumerate(words.norm):
        if (head := head_of(norm)) is None or words.pos[i] in FUNCTION_WORDS or _is_attribute(words, i):
            continue
        covering = mentions.at.get(i)
        if covering is not None and not covering[1].anaphor:
            continue
        found.append(read_post(words, mentions, i, head))
    return [post for k, post in enumerate(found) if not any(_inside(post, other) for other in found[:k])]


def _inside(post: Post, other: Post) -> bool:
    """The post is part of another's title: «заместитель министра»."""
    return other.head < post.head < other.end


def read_post(words: Words, mentions: Mentions, i: int, head: Head) -> Post:
    """Read the phrase around the head at token `i`."""
    start, modifiers, bodies, former = _before(words, mentions, i, head)
    stop = words.sentences[words.sentence[i]][1]
    rest = Complement(i + 1, stop, head.lemma, _is_plural(words, i, head))
    while rest.at < stop and any(step(words, mentions, rest) for step in STEPS):
        pass
    end = rest.waiting[0] if rest.waiting else rest.at
    former = former or words.norm[i].startswith("экс")
    title = _title(words, modifiers, i, head, rest.kept)
    inner = tuple(words.lemma[k] for k in rest.kept)
    return Post(i, start, end, head.lemma, title, rest.bodies or bodies, former, rest.plural, head.cases, inner)


class Led(NamedTuple):
    """What a verb of leading says: the title, the organizations, the end of the phrase."""

    title: str
    bodies: list[Body]
    end: int


def read_led(words: Words, mentions: Mentions, verb: int) -> Led | None:
    """Read the object of «возглавить», «руководить» as the complement of the post that the verb names."""
    title = verbs().leading[words.lemma[verb]]
    at, stop = verb + 1, words.sentences[words.sentence[verb]][1]
    led: list[str] = []
    while at < stop and at not in mentions.at and (words.pos[at] == "ADJ" or words.norm[at] == "и" and led):
        led.append(words.norm[at])
        at += 1
    rest = Complement(at, stop, title, plural=False)
    if at < stop and words.lemma[at] in lexicon().units and at not in mentions.at:
        title = " ".join([title, *(_genitive(word) for word in [*led, words.norm[at]])])
        rest.at += 1
        rest.kept.append(at)
    elif not _leads_to_body(words, mentions, at, stop):
        return None
    while rest.at < stop and any(step(words, mentions, rest) for step in STEPS):
        pass
    inside = [k for k in rest.kept if k > at]
    end = rest.waiting[0] if rest.waiting else rest.at
    return Led(title + _complement_text(words, inside), rest.bodies, end) if rest.kept or rest.bodies else None


def _leads_to_body(words: Words, mentions: Mentions, at: int, stop: int) -> bool:
    """An organization by name, after a common noun or not: «возглавил компанию «Восход»»."""
    found = mentions.starting(at)
    if found is not None:
        return found[0].type == "ORG"
    while at < stop and at not in mentions.at and (words.text[at] in OPENING or _is_descriptive(words, at)):
        at += 1
    found = mentions.starting(at)
    return found is not None and found[0].type == "ORG"


@lru_cache(maxsize=CACHED_FORMS)
def _genitive(norm: str) -> str:
    """A word in the genitive of its number: «отделом» → «отдела»."""
    for parse in parses(norm):
        if parse.tag.POS in ("NOUN", *ADJECTIVES):
            form = parse.inflect({"gent"})
            return norm if form is None else str(form.word).replace("ё", "е")
    return norm


def _is_plural(words: Words, i: int, head: Head) -> bool:
    return head.number == "plur" or (head.number == "" and words.feats[i].get("Number") == "Plur")


def _before(words: Words, mentions: Mentions, i: int, head: Head) -> tuple[int, list[int], list[Body], bool]:
    """The adjectives before the head: where the phrase starts, which belong to the title, whose post, held still."""
    lexical = lexicon()
    modifiers: list[int] = []
    bodies: list[Body] = []
    former = False
    at = i - 1
    while at >= 0 and words.sentence[at] == words.sentence[i]:
        lemma = words.lemma[at]
        if words.norm[at] in POSSESSIVE:
            bodies = bodies or _antecedent(mentions, at)
            at -= 1
            break
        if not _agrees(words, at, head):
            break
        if lemma in lexical.former:
            former = True
        elif lemma in lexical.nationalities or lemma.endswith("ский") and _region(lemma, mentions):
            if head.lemma in lexical.national or head_base(head.lemma) in lexical.national:
                bodies = bodies or [_place(lemma, mentions)]
        elif lemma not in lexical.ignored and not words.norm[at][0].isdigit():
            modifiers.insert(0, at)
        at -= 1
    return at + 1, modifiers, bodies, former


POSSESSIVE = frozenset({"его", "ее", "их"})


def head_base(lemma: str) -> str:
    """«первый вице-премьер» counts as премьер: the part after the hyphen."""
    return lemma.rpartition("-")[2]


def _agrees(words: Words, at: int, head: Head) -> bool:
    """An adjective, or a participle that is one by now («управляющий»), in a case of the head."""
    if words.pos[at] not in ("ADJ", "DET") and words.lemma[at] not in lexicon().former:
        participle = _known(words.norm[at])
        return participle is not None and words.pos[at] == "VERB" and bool(participle.cases & head.cases)
    readings = [p for p in parses(words.norm[at]) if p.tag.POS in ADJECTIVES]
    return any(not head.cases or _CASE.get(p.tag.case) in head.cases for p in readings)


def _antecedent(mentions: Mentions, at: int) -> list[Body]:
    """Whom «его» means: what the pronoun is marked to refer to, else the organization named last."""
    marked = mentions.at.get(at)
    if marked is not None:
        entity: Entity | None = marked[0] if marked[0].type != "PER" else None
    else:
        last = mentions.before(at, lambda entity: True)
        entity = last if last is not None and last.type == "ORG" else None
    return [] if entity is None else [Body(entity.name, entity.id)]


def _region(lemma: str, mentions: Mentions) -> Entity | None:
    """The region of the article that an adjective names: «нижегородский» and «Нижегородская область»."""
    stem = lemma[:-2]
    for _, entity in mentions.ordered:
        if entity.type == "LOC" and entity.name.lower().startswith(stem) and " " in entity.name:
            return entity
    return None


def _place(lemma: str, mentions: Mentions) -> Body:
    region = _region(lemma, mentions)
    if region is not None:
        return Body(region.name, region.id)
    return mentions.place(lexicon().nationalities[lemma])


def _bracketed_aside(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«глава «Восхода» (входит в группу «Заря») Иван Петров»."""
    if words.text[rest.at] != "(" or rest.waiting:
        return False
    for close in range(rest.at + 1, min(rest.at + _ASIDE, rest.stop - 1)):
        if words.text[close] == ")":
            if mentions.person(close + 1) is None:
                return False
            rest.at = close + 1
            return True
    return False


def _dashed_aside(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«глава «Восхода» — «дочки» «Зари» — Иван Петров»."""
    if words.text[rest.at] not in DASHES or rest.waiting:
        return False
    for close in range(rest.at + 2, min(rest.at + _ASIDE, rest.stop - 1)):
        if words.text[close] in DASHES and mentions.person(close + 1) is not None:
            rest.at = close + 1
            return True
        if mentions.person(close) is not None:
            return False
    return False


def _named_body(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """An organization or place by name, in quotes or not; «компания» where it refers back to one."""
    at = rest.at
    if words.text[at] in OPENING and at + 1 < rest.stop and _is_body(mentions, at + 1):
        at += 1
    found = mentions.starting(at)
    if found is None or found[0].type == "PER":
        return False
    entity, mention = found
    if mention.anaphor and _precedes_name(words, mentions, mention.end, rest.stop):
        rest.at = mention.end
        rest.waiting.clear()
        return True
    if rest.lemma not in lexicon().membership:
        rest.waiting = [i for i in rest.waiting if not _is_descriptive(words, i)]
    rest.kept += rest.waiting
    rest.waiting = []
    if rest.kept and at > rest.at and _is_body(mentions, mention.end + 1):  # «направления «Химия» «Восхода»»
        rest.kept += range(rest.at, mention.end + 1)
        rest.at = mention.end + 1
        return True
    if not rest.bodies or rest.plural and words.norm[rest.at - 1] in ("и", ","):
        rest.bodies.append(Body(entity.name, entity.id))
    rest.at = mention.end
    while rest.at < rest.stop and words.text[rest.at] in CLOSING and words.text[at - 1] in OPENING:
        rest.at += 1
        break
    return True


def _is_body(mentions: Mentions, i: int) -> bool:
    found = mentions.starting(i)
    return found is not None and found[0].type != "PER"


def _is_descriptive(words: Words, i: int) -> bool:
    """A word between the post and the organization that only describes the latter: «немецкой», «компании», «ООО»."""
    lemma = words.lemma[i]
    return lemma in lexicon().organizations or lemma in lexicon().places or words.pos[i] in ("ADJ", "DET")


def _precedes_name(words: Words, mentions: Mentions, i: int, stop: int) -> bool:
    """After a generic word: a name of an organization or place; adjectives, quotes, «компаний» skipped."""
    while i < stop and i not in mentions.at and (words.text[i] in OPENING or _is_descriptive(words, i)):
        i += 1
    return i < stop and _is_body(mentions, i)


def _generic_word(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«глава компании «Восход»», «глава компании Иван Петров» (that was named before)."""
    at = rest.at
    lemma = words.lemma[at]
    if rest.bodies:
        return False
    if lemma not in lexicon().organizations and lemma not in lexicon().places or rest.lemma in lexicon().membership:
        return False
    if _precedes_name(words, mentions, at + 1, rest.stop):
        rest.waiting.append(at)
        rest.at += 1
        return True
    if at + 1 < rest.stop and _is_genitive(words, at + 1) and mentions.at.get(at + 1) is None:
        return False
    if "Gen" not in _forms(words.norm[at]):
        return False
    kind = "LOC" if lemma in lexicon().places else "ORG"
    entity = mentions.before(at, lambda entity: entity.type == kind)
    if entity is not None and not rest.bodies:
        rest.bodies.append(Body(entity.name, entity.id))
    rest.waiting.clear()
    rest.at += 1
    return True


def _quoted_part(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«директор направления «Химия»»: quotes that name no organization belong to the title."""
    if words.text[rest.at] != "«" or not (rest.kept or rest.waiting):
        return False
    for close in range(rest.at + 1, min(rest.at + _ASIDE, rest.stop)):
        if words.text[close] == "»":
            rest.kept += [*rest.waiting, *range(rest.at, close + 1)]
            rest.waiting = []
            rest.at = close + 1
            return True
    return False


@lru_cache(maxsize=CACHED_FORMS)
def _forms(norm: str) -> frozenset[str]:
    return frozenset(
        _CASE[p.tag.case] for p in parses(norm) if p.tag.POS in ("NOUN", *ADJECTIVES) and p.tag.case in _CASE
    )


def _is_genitive(words: Words, i: int) -> bool:
    return words.pos[i] in ("NOUN", "PROPN", "ADJ", "DET", "VERB") and "Gen" in _forms(words.norm[i])


def _is_participle(words: Words, i: int) -> bool:
    return words.feats[i].get("VerbForm") == "Part" and words.case(i) is not None


def _genitive_word(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«министр иностранных дел», «член совета директоров»."""
    at = rest.at
    if at in mentions.at and not mentions.at[at][1].anaphor or rest.bodies and not rest.preposition:
        return False
    case = "Gen" if not rest.preposition else None
    if words.pos[at] not in ("NOUN", "PROPN", "ADJ", "DET") and not _is_participle(words, at) or case and case not in _forms(words.norm[at]):
        return False
    if words.text[at][0].isupper() and not rest.kept and words.pos[at] == "PROPN":
        return False
    rest.waiting.append(at)
    if words.pos[at] in ("NOUN", "PROPN"):
        rest.kept += rest.waiting
        rest.waiting = []
    rest.at += 1
    return True


def _coordination(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«министр промышленности и торговли», «президенты России и Турции»."""
    at = rest.at
    if words.norm[at] not in ("и", ",") or rest.waiting or at + 1 >= rest.stop:
        return False
    if rest.plural and rest.bodies and _is_body(mentions, at + 1):
        rest.at += 1
        return True
    if not rest.kept or rest.bodies or not _is_genitive(words, at + 1) or head_of(words.norm[at + 1]) is not None:
        return False
    if (at + 1) in mentions.at or words.norm[at] == "," and not _enumerates(words, at, rest.stop):
        return False
    rest.waiting.append(at)
    rest.at += 1
    return True


def _enumerates(words: Words, comma: int, stop: int) -> bool:
    """«развития, связи и коммуникаций»: the comma is followed by genitives and «и»."""
    for i in range(comma + 1, min(comma + 5, stop)):
        if words.norm[i] == "и":
            return i + 1 < stop and _is_genitive(words, i + 1)
        if not _is_genitive(words, i):
            return False
    return False


def _prepositional(words: Words, mentions: Mentions, rest: Complement) -> bool:
    """«директор по развитию», «посол в Турции», «депутат от партии»."""
    at = rest.at
    norm = words.norm[at]
    if norm not in PREPOSITIONS or rest.waiting or at + 1 >= rest.stop:
        return False
    quote = words.text[at + 1] in OPENING
    found = mentions.starting(at + 1 + quote)
    if found is not None and found[0].type != "PER":
        entity, mention = found
        if norm in ("в", "при", "на") and _is_accredited(words, rest):
            rest.kept += range(at, mention.end + quote)
        elif not rest.bodies and (norm != "в" or entity.type == "ORG"):
            rest.bodies.append(Body(entity.name, entity.id))
        rest.at = mention.end + quote
        return True
    if norm in ("в", "во", "на") and not rest.bodies and (workplace := _workplace(words, mentions, at + 1, rest.stop)):
        entity, mention = workplace
        rest.bodies.append(Body(entity.name, entity.id))
        rest.at = mention.end + (mention.end < rest.stop and words.text[mention.end] in CLOSING)
        return True
    inner = rest.preposition and norm in ("с", "в")
    if not inner and norm not in ("по", "при", "без") or words.pos[at + 1] not in ("NOUN", "ADJ", "DET"):
        return False
    rest.waiting.append(at)
    rest.preposition = True
    rest.at += 1
    return True


def _is_accredited(words: Words, rest: Complement) -> bool:
    """«посол», «заместитель постпреда»."""
    accredited = lexicon().accredited
    return rest.lemma in accredited or any(words.lemma[k] in accredited for k in rest.kept)


def _workplace(words: Words, mentions: Mentions, i: int, stop: int) -> tuple[Entity, Mention] | None:
    """«в школе танцев «Заря»»: the organization at the end of the phrase."""
    while i < stop and i not in mentions.at and (words.pos[i] in ("NOUN", "ADJ") or words.text[i] in OPENING):
        i += 1
    found = mentions.starting(i)
    return found if found is not None and found[0].type == "ORG" else None


PREPOSITIONS = frozenset({"в", "во", "при", "на", "по", "от", "без", "с", "из"})


def _title(words: Words, modifiers: list[int], i: int, head: Head, kept: list[int]) -> str:
    """The title in the nominative singular, lower case but for names and abbreviations."""
    noun = _nominative_head(words, i, head)
    gender = "femn" if _is_feminine(noun) else "masc"
    parts = [_nominative_adjective(words.text[k], gender) for k in modifiers]
    return " ".join([*parts, noun]) + _complement_text(words, kept)


def _complement_text(words: Words, kept: list[int]) -> str:
    """The words after the head, as in the text, each with the space before it."""
    text = ""
    for k in kept:
        space = " " if words.start[k] > words.end[k - 1] else ""
        text += space + (words.text[k] if _keeps_capital(words, k) else words.text[k].lower())
    return re.sub(r"\s+", " ", text)


def _keeps_capital(words: Words, k: int) -> bool:
    return words.text[k][1:].lower() != words.text[k][1:] or words.pos[k] == "PROPN" or words.text[k - 1] == "«"


def _nominative_head(words: Words, i: int, head: Head) -> str:
    text = words.text[i]
    if text.isascii():
        return text
    text = re.sub(r"^экс-?", "", text.lower())
    if not head.cases:
        return text
    return with_ending(text, _nominative_form(text) or head.lemma)


@lru_cache(maxsize=CACHED_FORMS)
def _nominative_form(form: str) -> str | None:
    """The nominative singular of a noun or of each part of a compound."""
    first, hyphen, last = form.rpartition("-")
    for parse in parses(last):
        if parse.tag.POS in ("NOUN", *ADJECTIVES):
            gender = {parse.tag.gender} & {"femn"} if parse.tag.POS != "NOUN" else set()
            inflected = parse.inflect({"nomn", "sing"} | gender)
            if inflected is not None:
                known = _known(first) if first and first not in UNDECLINED else None
                start = _nominative_form(first) if known is not None and known.cases else first
                return f"{start}{hyphen}{inflected.word}"
    return None


UNDECLINED = frozenset({"премьер", "вице", "пресс", "топ", "генерал", "арт", "шеф", "статс", "бизнес", "член"})


@lru_cache(maxsize=CACHED_FORMS)
def _is_feminine(noun: str) -> bool:
    readings = [p for p in parses(noun.rpartition("-")[2]) if p.tag.POS in ("NOUN", *ADJECTIVES) and p.tag.case == "nomn"]
    return bool(readings) and all(p.tag.gender == "femn" and "ms-f" not in p.tag for p in readings)


@lru_cache(maxsize=CACHED_FORMS)
def _nominative_adjective(text: str, gender: str) -> str:
    for parse in parses(text.lower()):
        if parse.tag.POS in ADJECTIVES:
            form = parse.inflect({"nomn", "sing", gender})
            if form is not None:
                return with_ending(text.lower(), form.word)
    return text.lower()


STEPS = [
    _bracketed_aside,
    _dashed_aside,
    _named_body,
    _generic_word,
    _quoted_part,
    _prepositional,
    _coordination,
    _genitive_word,
]
