"""Where a post is held, as what follows its head says: organizations and places, by name or not."""

from extract.annotations import Mention
from extract.entities.places import places_by_adjective
from extract.language.words import Words
from extract.positions.complement import (
    Complement,
    is_body,
    is_descriptive,
    is_generic,
    is_genitive,
    is_member,
)
from extract.positions.declension import genitive_name, nominal_cases
from extract.positions.lexicon import body_words, post_words, prepositions
from extract.positions.marks import CLOSING, OPENING
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import post_head
from extract.positions.referents import is_apposed
from extract.positions.titles import text_of


def named_body(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """An organization or place by name, in quotes or not; «компания» where it refers back to one."""
    at = rest.at
    if words.text[at] in OPENING and at + 1 < rest.stop and is_body(index, at + 1):
        at += 1
    found = index.starting(at)
    if found is None or found[0].type == "PER":
        return False
    entity, mention = found
    if rest.waiting and words.norm[rest.waiting[0]] in ("и", ","):
        return False
    if words.lemma[at] == post_words().titular.get(rest.lemma):
        rest.kept.append(at)
    if mention.anaphor and _precedes_name(words, index, mention.end, rest.stop):
        rest.at = mention.end
        rest.waiting.clear()
        return True
    if not is_member(rest):
        rest.waiting = [i for i in rest.waiting if not is_descriptive(words, index, i)]
    rest.kept += rest.waiting
    rest.waiting = []
    if at > rest.at and rest.kept[-1:] == [rest.at - 1] and not is_member(rest):
        drop_descriptor(words, index, rest, mention)
    if rest.kept and at > rest.at and is_body(index, mention.end + 1):  # «направления «Химия» «Восхода»»
        rest.kept += range(rest.at, mention.end + 1)
        rest.at = mention.end + 1
        return True
    if not rest.bodies or rest.joined or (rest.plural and words.norm[rest.at - 1] in ("и", ",")):
        rest.bodies.append(Body(entity.name, entity.id))
        rest.joined = False
    rest.at = mention.end
    if any(words.text[i] in OPENING for i in range(at - 1, mention.end)):
        _close_quotes(words, rest)
    return True


def _close_quotes(words: Words, rest: Complement) -> None:
    while rest.at < rest.stop and (words.text[rest.at] in CLOSING or words.text[rest.at] == ")"):
        rest.at += 1


def drop_descriptor(words: Words, index: MentionIndex, rest: Complement, mention: Mention) -> None:
    """«директор службы доставки «Заря»»: what the organization is, before its name in quotes."""
    if not is_apposed(words, mention):
        return
    first = next((k for k, i in enumerate(rest.kept) if is_generic(words, index, i)), None)
    if first is not None:
        while first > 0 and words.pos[rest.kept[first - 1]] == "ADJ":
            first -= 1
        del rest.kept[first:]


def _precedes_name(words: Words, index: MentionIndex, i: int, stop: int) -> bool:
    """After a generic word: a name of an organization or place; adjectives, quotes, «компаний» skipped."""
    while i < stop and i not in index.at and (words.text[i] in OPENING or is_descriptive(words, index, i)):
        i += 1
    return i < stop and is_body(index, i)


def generic_word(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава компании «Восход»», «глава компании Иван Петров» (that was named before)."""
    at = rest.at
    if rest.bodies:
        return _skipped_place(words, index, rest)
    if is_member(rest) or not is_generic(words, index, at) or (rest.waiting and words.norm[at - 1] in ("и", ",")):
        return False
    if _precedes_name(words, index, at + 1, rest.stop):
        rest.waiting.append(at)
        rest.at += 1
        return True
    if at + 1 < rest.stop and is_genitive(words, at + 1) and index.at.get(at + 1) is None:
        return False
    if "Gen" not in nominal_cases(words.norm[at]) or _is_told_apart(words, rest):
        return False
    entity = index.referents.of_noun(at)
    if entity is None and words.lemma[at] not in body_words().companies:
        return False  # «директор школы»: no school by name
    if entity is not None:
        rest.bodies.append(Body(entity.name, entity.id))
    rest.waiting.clear()
    rest.at += 1
    return True


def _is_told_apart(words: Words, rest: Complement) -> bool:
    """An adjective makes another thing of the common noun, unless it is a company: «военной службы»."""
    company = words.lemma[rest.at] in body_words().companies
    return not company and any(_is_distinctive(words, i) for i in rest.waiting)


def _is_distinctive(words: Words, i: int) -> bool:
    """An adjective that makes a common noun a name of sorts: «медицинской» in «медицинской службы»."""
    lemma = words.lemma[i]
    return lemma not in places_by_adjective() and lemma not in body_words().attributes


def veiled_ministry(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава внешнеполитического ведомства Ирана»: a ministry without its name."""
    at = rest.at
    if words.lemma[at] not in body_words().veiled_ministries or rest.waiting != [at - 1] or rest.kept or rest.bodies:
        return False
    name = body_words().ministries.get(words.lemma[at - 1])
    if name is None:
        return False
    country = index.starting(at + 1)
    if country is not None and country[0].type == "LOC":
        name += f" {text_of(words, country[1].start, country[1].end)}"
        rest.at = country[1].end
    else:
        rest.at += 1
    rest.bodies.append(index.organization(name))
    rest.waiting.clear()
    return True


def state_body(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«спикер парламента Молдавии», «молдавского парламента», «парламента» (that is named elsewhere)."""
    at = rest.at
    lemma = words.lemma[at]
    if lemma not in body_words().states or at in index.at or rest.kept or rest.bodies:
        return False
    after = index.starting(at + 1)
    country = places_by_adjective().get(words.lemma[at - 1]) if rest.waiting == [at - 1] else None
    if after is not None and after[0].type == "LOC":
        end = after[1].end
        name = " ".join([lemma, *words.text[at + 1 : end]])
    elif country is not None:
        name, end = f"{lemma} {genitive_name(country)}", at + 1
    elif rest.waiting:
        return False
    else:
        known = next((e for _, e in index.ordered if e.type == "ORG" and e.name.lower().startswith(lemma)), None)
        if known is None:
            return False
        name, end = known.name, at + 1
    rest.bodies.append(index.organization(name))
    rest.waiting.clear()
    rest.at = end
    return True


def _skipped_place(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава Минэнерго республики»: whose ministry it is."""
    if words.lemma[rest.at] not in body_words().places or not is_genitive(words, rest.at):
        return False
    rest.at += 1
    return True


def named_after_preposition(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«посол в Турции», «депутат от партии «Заря»», «аналитик в «Восходе»»."""
    at = rest.at
    if words.norm[at] not in prepositions().body or rest.waiting:
        return False
    start = at + 1
    while words.norm[at] in prepositions().sender and start < rest.stop and _is_sender(words, index, start):
        start += 1
    quote = start < rest.stop and words.text[start] in OPENING
    found = index.starting(start + quote)
    if found is None or found[0].type == "PER":
        return False
    entity, mention = found
    rest.at = mention.end + quote
    if words.norm[at] in prepositions().accredited and _is_accredited(words, rest):
        rest.kept += range(at, rest.at)
    elif not rest.bodies and (words.norm[at] in prepositions().sender or entity.type == "ORG"):
        rest.bodies.append(Body(entity.name, entity.id))
    return True


def _is_sender(words: Words, index: MentionIndex, i: int) -> bool:
    """«от партии «Заря»», «от фракции «Заря»»."""
    return is_generic(words, index, i) or words.lemma[i] in body_words().units


def _is_accredited(words: Words, rest: Complement) -> bool:
    """«посол», «заместитель постпреда»."""
    accredited = post_words().accredited
    return rest.lemma in accredited or any(words.lemma[k] in accredited for k in rest.kept)


def workplace(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«тренер в школе танцев «Заря»», «ведущий с телеканала «Заря»»: the organization at the end of the phrase."""
    at = rest.at + 1
    if words.norm[rest.at] not in prepositions().workplace or rest.waiting or rest.bodies:
        return False
    if words.norm[rest.at] in prepositions().before_noun and not (at < rest.stop and is_generic(words, index, at)):
        return False
    while at < rest.stop and at not in index.at and (words.pos[at] in ("NOUN", "ADJ") or words.text[at] in OPENING):
        if post_head(words.norm[at]) is not None:
            return False  # «журналистам в среду директор «Зари»»
        at += 1
    found = index.starting(at)
    if found is None or found[0].type != "ORG":
        return False
    rest.bodies.append(Body(found[0].name, found[0].id))
    end = found[1].end
    rest.at = end + (end < rest.stop and words.text[end] in CLOSING)
    return True


def joins_body(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«основатель «Восхода» и «Зари» Иван Петров»: the joint organization ends the phrase."""
    at = rest.at + 1 + (words.text[rest.at + 1] in OPENING)
    found = index.starting(at)
    if found is None or found[0].type != "ORG":
        return False
    end = found[1].end
    while end < rest.stop and words.text[end] in CLOSING:
        end += 1
    if end >= rest.stop or index.person(end) is not None:
        return True
    if words.norm[end] in (",", "и"):
        return words.norm[rest.at] == "," and is_body(index, end + 1 + (words.text[end + 1 : end + 2] == ["«"]))
    return words.norm[rest.at] == "и" and words.pos[end] == "PUNCT"
