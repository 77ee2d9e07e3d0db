"""What follows the head of a post: complements that belong to its title, and where the post is held.

They are read from left to right, by steps that each take one kind of complement: `STEPS` at the bottom.
"""

from dataclasses import dataclass, field

from extract.annotations import Mention
from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import folded_lemma, forms, head_of, post_words
from extract.positions.referents import is_apposed
from extract.positions.titles import genitive_name, text_of

OPENING, CLOSING = frozenset("«“„\"'"), frozenset("»”“\"'")
DASHES = frozenset("—–-")
_ASIDE = 14  # the longest bracketed aside, in tokens
PREPOSITIONS = frozenset({"в", "во", "при", "на", "по", "от", "без", "с", "из", "над"})


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
    epithets: list[int] = field(default_factory=list)
    preposition: bool = False
    joined: bool = False


def _epithet(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«папа римский», «митрополит Волоколамский»."""
    at = rest.at
    if rest.lemma not in post_words().titled or rest.kept or rest.bodies or rest.waiting:
        return False
    found = mentions.at.get(at)
    if words.pos[at] not in ("ADJ", "PROPN") or (found is not None and found[0].type == "PER"):
        return False
    adjective = any(parse.tag.POS == "ADJF" for parse in parses(words.norm[at]))
    if not adjective or not forms(words.norm[at]) & forms(words.norm[rest.at - 1 - len(rest.epithets)]):
        return False
    rest.epithets.append(at)
    rest.at += 1
    return True


def _bracketed_aside(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава «Восхода» (входит в группу «Заря») Иван Петров»."""
    if words.text[rest.at] != "(" or rest.waiting:
        return False
    for close in range(rest.at + 1, min(rest.at + _ASIDE, rest.stop - 1)):
        if words.text[close] == ")":
            short = close - rest.at < 5  # «управления разведки (ГУР) министерства»
            if not short and mentions.person(close + 1) is None:
                return False
            rest.at = close + 1
            return True
    return False


def _clause_aside(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава «Восхода», который строит завод, Иван Петров»."""
    at = rest.at
    if words.text[at] != "," or rest.waiting or at + 2 >= rest.stop:
        return False
    participle = any(parse.tag.POS == "PRTF" for parse in parses(words.norm[at + 1]))
    place = words.lemma[at + 1] in post_words().places  # «глава Выборга, города в Ленинградской области, Иван Петров»
    if words.lemma[at + 1] not in ("который", "один") and not participle and not place:
        return False
    for close in range(at + 2, min(at + 2 * _ASIDE, rest.stop - 1)):
        if words.text[close] == "," and mentions.person(close + 1) is not None:
            rest.at = close + 1
            return True
        if mentions.person(close) is not None:
            return False
    return False


def _dashed_aside(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
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


def _named_body(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """An organization or place by name, in quotes or not; «компания» where it refers back to one."""
    at = rest.at
    if words.text[at] in OPENING and at + 1 < rest.stop and _is_body(mentions, at + 1):
        at += 1
    found = mentions.starting(at)
    if found is None or found[0].type == "PER":
        return False
    entity, mention = found
    if rest.waiting and words.norm[rest.waiting[0]] in ("и", ","):
        return False
    if words.lemma[at] == "государство" and rest.lemma == "глава":
        rest.kept.append(at)
    if mention.anaphor and _precedes_name(words, mentions, mention.end, rest.stop):
        rest.at = mention.end
        rest.waiting.clear()
        return True
    if not _is_member(rest):
        rest.waiting = [i for i in rest.waiting if not is_descriptive(words, mentions, i)]
    rest.kept += rest.waiting
    rest.waiting = []
    if at > rest.at and rest.kept[-1:] == [rest.at - 1] and not _is_member(rest):
        _drop_descriptor(words, mentions, rest, mention)
    if rest.kept and at > rest.at and _is_body(mentions, mention.end + 1):  # «направления «Химия» «Восхода»»
        rest.kept += range(rest.at, mention.end + 1)
        rest.at = mention.end + 1
        return True
    if not rest.bodies or rest.joined or (rest.plural and words.norm[rest.at - 1] in ("и", ",")):
        rest.bodies.append(Body(entity.name, entity.id))
        rest.joined = False
    rest.at = mention.end
    if any(words.text[i] in OPENING for i in range(at - 1, mention.end)):
        while rest.at < rest.stop and (words.text[rest.at] in CLOSING or words.text[rest.at] == ")"):
            rest.at += 1
    return True


def _drop_descriptor(words: Words, mentions: MentionIndex, rest: Complement, mention: Mention) -> None:
    """«директор службы доставки «Заря»»: what the organization is, before its name in quotes."""
    if not is_apposed(words, mention):
        return
    first = next((k for k, i in enumerate(rest.kept) if is_generic(words, mentions, i)), None)
    if first is not None:
        while first > 0 and words.pos[rest.kept[first - 1]] == "ADJ":
            first -= 1
        del rest.kept[first:]


def _is_body(mentions: MentionIndex, i: int) -> bool:
    found = mentions.starting(i)
    return found is not None and found[0].type != "PER"


def is_descriptive(words: Words, mentions: MentionIndex, i: int) -> bool:
    """A word before an organization's name that only describes it: «немецкой», «компании», «ООО»."""
    return words.pos[i] in ("ADJ", "DET") or is_generic(words, mentions, i)


def _precedes_name(words: Words, mentions: MentionIndex, i: int, stop: int) -> bool:
    """After a generic word: a name of an organization or place; adjectives, quotes, «компаний» skipped."""
    while i < stop and i not in mentions.at and (words.text[i] in OPENING or is_descriptive(words, mentions, i)):
        i += 1
    return i < stop and _is_body(mentions, i)


def _generic_word(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава компании «Восход»», «глава компании Иван Петров» (that was named before)."""
    at = rest.at
    if rest.bodies:
        return _skipped_place(words, mentions, rest)
    if _is_member(rest) or not is_generic(words, mentions, at) or (rest.waiting and words.norm[at - 1] in ("и", ",")):
        return False
    if _precedes_name(words, mentions, at + 1, rest.stop):
        rest.waiting.append(at)
        rest.at += 1
        return True
    if at + 1 < rest.stop and _is_genitive(words, at + 1) and mentions.at.get(at + 1) is None:
        return False
    if "Gen" not in forms(words.norm[at]) or _is_told_apart(words, rest):
        return False
    entity = mentions.referents.of_noun(at)
    if entity is None and words.lemma[at] not in post_words().companies:
        return False  # «директор школы»: no school by name
    if entity is not None:
        rest.bodies.append(Body(entity.name, entity.id))
    rest.waiting.clear()
    rest.at += 1
    return True


def _is_member(rest: Complement) -> bool:
    """«член» says nothing without what follows: «член партии»."""
    return rest.lemma in post_words().membership and not rest.kept[1:]


def _is_told_apart(words: Words, rest: Complement) -> bool:
    """An adjective makes another thing of the common noun, unless it is a company: «военной службы»."""
    company = words.lemma[rest.at] in post_words().companies
    return not company and any(_is_distinctive(words, i) for i in rest.waiting)


def _is_distinctive(words: Words, i: int) -> bool:
    """An adjective that makes a common noun a name of sorts: «медицинской» in «медицинской службы»."""
    lexical = post_words()
    return words.lemma[i] not in lexical.nationalities and words.lemma[i] not in lexical.attributes


def is_generic(words: Words, mentions: MentionIndex, i: int) -> bool:
    """A common noun for organizations or places, by the post_words or by the article itself."""
    lemma = words.lemma[i]
    if lemma.rpartition("-")[2] in post_words().units:
        return False
    if words.text[i].isupper() and words.text[i + 1 : i + 2] and words.text[i + 1] in OPENING:
        return True  # «РКК «Заря»»
    if lemma in post_words().organizations or lemma in post_words().places:
        return True
    lemma = lemma.rpartition("-")[2]
    head = head_of(lemma)
    if head is not None and head.lemma not in post_words().callings:
        return False
    return lemma in post_words().organizations or lemma in mentions.referents.descriptors


def _veiled_ministry(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава внешнеполитического ведомства Ирана»: a ministry without its name."""
    at = rest.at
    if words.lemma[at] != "ведомство" or rest.waiting != [at - 1] or rest.kept or rest.bodies:
        return False
    name = post_words().ministries.get(words.lemma[at - 1])
    if name is None:
        return False
    country = mentions.starting(at + 1)
    if country is not None and country[0].type == "LOC":
        name += f" {text_of(words, country[1].start, country[1].end)}"
        rest.at = country[1].end
    else:
        rest.at += 1
    rest.bodies.append(mentions.organization(name))
    rest.waiting.clear()
    return True


def _state_body(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«спикер парламента Молдавии», «молдавского парламента», «парламента» (that is named elsewhere)."""
    at = rest.at
    lemma = words.lemma[at]
    if lemma not in post_words().states or at in mentions.at or rest.kept or rest.bodies:
        return False
    after = mentions.starting(at + 1)
    country = post_words().nationalities.get(words.lemma[at - 1]) if rest.waiting == [at - 1] else None
    if after is not None and after[0].type == "LOC":
        end = after[1].end
        name = " ".join([lemma, *words.text[at + 1 : end]])
    elif country is not None:
        name, end = f"{lemma} {' '.join(map(genitive_name, country.split()))}", at + 1
    elif rest.waiting:
        return False
    else:
        known = next((e for _, e in mentions.ordered if e.type == "ORG" and e.name.lower().startswith(lemma)), None)
        if known is None:
            return False
        name, end = known.name, at + 1
    rest.bodies.append(mentions.organization(name))
    rest.waiting.clear()
    rest.at = end
    return True


def _skipped_place(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава Минэнерго республики»: whose ministry it is."""
    if words.lemma[rest.at] not in post_words().places or not _is_genitive(words, rest.at):
        return False
    rest.at += 1
    return True


def _quoted_part(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«директор направления «Химия»»: quotes that name no organization belong to the title."""
    if words.text[rest.at] != "«" or not (rest.kept or rest.waiting):
        return False
    for close in range(rest.at + 1, min(rest.at + _ASIDE, rest.stop)):
        if words.text[close] == "»":
            rest.kept += rest.waiting
            rest.waiting = []
            name = Mention(rest.at + 1, close)
            before = len(rest.kept)
            _drop_descriptor(words, mentions, rest, name)
            if len(rest.kept) < before and not rest.bodies:
                rest.bodies.append(Body(text_of(words, name.start, name.end), None))
            else:
                rest.kept += range(rest.at, close + 1)
            rest.at = close + 1
            return True
    return False


def _is_genitive(words: Words, i: int) -> bool:
    return words.pos[i] in ("NOUN", "PROPN", "ADJ", "DET", "VERB") and "Gen" in forms(words.norm[i])


def is_adjectival(words: Words, i: int) -> bool:
    """An adjective or a participle."""
    return words.pos[i] == "ADJ" or _is_participle(words, i)


def _is_participle(words: Words, i: int) -> bool:
    return words.feats[i].get("VerbForm") == "Part" and words.case(i) is not None


def _is_client(words: Words, rest: Complement, at: int) -> bool:
    """«адвокат певицы», «агент футболиста»: whose they are is no part of the title."""
    lexical = post_words()
    if rest.lemma not in lexical.relational:
        return False
    head = head_of(words.norm[at])
    return words.lemma[at] in lexical.persons or (head is not None and head.lemma in lexical.callings)


def _governed_cases(words: Words, rest: Complement) -> frozenset[str]:
    heads = {rest.lemma, *(words.lemma[k] for k in rest.kept), *(words.norm[k] for k in rest.kept)}
    instrumental = any((head := head_of(h)) and head.lemma in post_words().instrumental for h in heads)
    return frozenset({"Gen", "Ins"}) if instrumental else frozenset({"Gen"})


def _genitive_word(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«министр иностранных дел», «член совета директоров»."""
    at = rest.at
    if (at in mentions.at and not mentions.at[at][1].anaphor) or (rest.bodies and not rest.preposition):
        return False
    if words.pos[at] not in ("NOUN", "PROPN", "ADJ", "DET") and not _is_participle(words, at):
        return False
    if not rest.preposition and not _governed_cases(words, rest) & forms(words.norm[at]):
        return False
    if words.text[at][0].isupper() and not rest.kept and words.pos[at] == "PROPN" and not head_of(words.norm[at]):
        return False
    if not rest.kept and _is_client(words, rest, at):
        rest.waiting.clear()
        rest.at += 1
        return True
    rest.waiting.append(at)
    if words.pos[at] in ("NOUN", "PROPN"):
        rest.kept += rest.waiting
        rest.waiting = []
    rest.at += 1
    return True


def _coordination(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«министр промышленности и торговли», «президенты России и Турции»."""
    at = rest.at
    if words.norm[at] not in ("и", ",") or rest.waiting or at + 1 >= rest.stop:
        return False
    if rest.plural and rest.bodies and _is_body(mentions, at + 1):
        rest.at += 1
        return True
    if rest.bodies and _joins_body(words, mentions, rest):
        rest.at += 1
        rest.joined = True
        return True
    if not rest.kept or rest.bodies or not _is_genitive(words, at + 1) or _is_post(words.norm[at + 1]):
        return False
    if (at + 1) in mentions.at or (words.norm[at] == "," and not _enumerates(words, at, rest.stop)):
        return False
    rest.waiting.append(at)
    rest.at += 1
    return True


def _is_post(norm: str) -> bool:
    """A post and no field: «директора», but not «энергетики», which is a genitive of «энергетика» too."""
    return head_of(norm) is not None and not any(
        parse.tag.POS == "NOUN" and parse.tag.case == "gent" and folded_lemma(parse) not in post_words().heads
        for parse in parses(norm)
    )


def _joins_body(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«основатель «Восхода» и «Зари» Иван Петров»: the joint organization ends the phrase."""
    at = rest.at + 1 + (words.text[rest.at + 1] in OPENING)
    found = mentions.starting(at)
    if found is None or found[0].type != "ORG":
        return False
    end = found[1].end
    while end < rest.stop and words.text[end] in CLOSING:
        end += 1
    if end >= rest.stop or mentions.person(end) is not None:
        return True
    if words.norm[end] in (",", "и"):
        return words.norm[rest.at] == "," and _is_body(mentions, end + 1 + (words.text[end + 1 : end + 2] == ["«"]))
    return words.norm[rest.at] == "и" and words.pos[end] == "PUNCT"


def _enumerates(words: Words, comma: int, stop: int) -> bool:
    """«развития, связи и коммуникаций»: the comma is followed by genitives and «и»."""
    for i in range(comma + 1, min(comma + 5, stop)):
        if words.norm[i] == "и":
            return i + 1 < stop and _is_genitive(words, i + 1)
        if not _is_genitive(words, i):
            return False
    return False


def _named_after_preposition(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«посол в Турции», «депутат от партии «Заря»», «аналитик в «Восходе»»."""
    at = rest.at
    if words.norm[at] not in PREPOSITIONS or rest.waiting:
        return False
    start = at + 1
    while words.norm[at] == "от" and start < rest.stop and _is_sender(words, mentions, start):
        start += 1
    quote = start < rest.stop and words.text[start] in OPENING
    found = mentions.starting(start + quote)
    if found is None or found[0].type == "PER":
        return False
    entity, mention = found
    rest.at = mention.end + quote
    if words.norm[at] in ("в", "при", "на") and _is_accredited(words, rest):
        rest.kept += range(at, rest.at)
    elif not rest.bodies and (words.norm[at] == "от" or entity.type == "ORG"):
        rest.bodies.append(Body(entity.name, entity.id))
    return True


def _is_sender(words: Words, mentions: MentionIndex, i: int) -> bool:
    """«от партии «Заря»», «от фракции «Заря»»."""
    return is_generic(words, mentions, i) or words.lemma[i] in post_words().units


def _is_accredited(words: Words, rest: Complement) -> bool:
    """«посол», «заместитель постпреда»."""
    accredited = post_words().accredited
    return rest.lemma in accredited or any(words.lemma[k] in accredited for k in rest.kept)


def _workplace(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«тренер в школе танцев «Заря»», «ведущий с телеканала «Заря»»: the organization at the end of the phrase."""
    at = rest.at + 1
    if words.norm[rest.at] not in ("в", "во", "на", "с", "из") or rest.waiting or rest.bodies:
        return False
    if words.norm[rest.at] in ("с", "из") and not (at < rest.stop and is_generic(words, mentions, at)):
        return False
    while at < rest.stop and at not in mentions.at and (words.pos[at] in ("NOUN", "ADJ") or words.text[at] in OPENING):
        if head_of(words.norm[at]) is not None:
            return False  # «журналистам в среду директор «Зари»»
        at += 1
    found = mentions.starting(at)
    if found is None or found[0].type != "ORG":
        return False
    rest.bodies.append(Body(found[0].name, found[0].id))
    end = found[1].end
    rest.at = end + (end < rest.stop and words.text[end] in CLOSING)
    return True


def _local_aside(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«глава представительства США в регионе Иван Петров»."""
    if words.norm[rest.at] not in ("в", "на") or not rest.bodies or rest.at + 1 >= rest.stop:
        return False
    if words.lemma[rest.at + 1] not in post_words().places:
        return False
    rest.at += 2
    return True


def _candidacy(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«кандидат в президенты»."""
    at = rest.at
    if words.norm[at] != "в" or rest.lemma != "кандидат" or at + 1 >= rest.stop or rest.kept:
        return False
    if head_of(words.norm[at + 1]) is None:
        return False
    rest.kept += [at, at + 1]
    rest.at += 2
    return True


def _field(words: Words, mentions: MentionIndex, rest: Complement) -> bool:
    """«директор по развитию», «директор департамента по работе с клиентами»: what follows may stand in any case."""
    at = rest.at
    inner = rest.preposition and words.norm[at] in ("с", "в", "над")
    if rest.waiting or at + 1 >= rest.stop or (not inner and words.norm[at] not in ("по", "при", "без")):
        return False
    if words.pos[at + 1] not in ("NOUN", "DET") and not is_adjectival(words, at + 1):
        return False
    above = words.norm[at] == "при" and head_of(words.norm[at + 1]) is not None
    if above and (rest.bodies or mentions.person(at + 2)):
        return False  # «занимал пост главы «Зари» при президенте Петрове»
    rest.waiting.append(at)
    rest.preposition = True
    rest.at += 1
    return True


def read_complement(words: Words, mentions: MentionIndex, rest: Complement) -> int:
    """Read on as far as the steps go; return the end of the phrase."""
    while rest.at < rest.stop and any(step(words, mentions, rest) for step in STEPS):
        pass
    return rest.waiting[0] if rest.waiting else rest.at


STEPS = [
    _epithet,
    _bracketed_aside,
    _clause_aside,
    _dashed_aside,
    _named_body,
    _veiled_ministry,
    _state_body,
    _generic_word,
    _quoted_part,
    _named_after_preposition,
    _workplace,
    _local_aside,
    _candidacy,
    _field,
    _coordination,
    _genitive_word,
]
