"""The words after the head of a post that belong to its title."""

from extract.annotations import Mention
from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.asides import LONGEST
from extract.positions.complement import Complement, is_adjectival, is_body, is_genitive, is_participle
from extract.positions.complement_bodies import drop_descriptor, joins_body
from extract.positions.declension import folded_lemma, nominal_cases
from extract.positions.lexicon import holder_words, post_words, prepositions
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import post_head
from extract.positions.titles import text_of


def epithet(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«папа римский», «митрополит Волоколамский»."""
    at = rest.at
    if rest.lemma not in post_words().titled or rest.kept or rest.bodies or rest.waiting:
        return False
    found = index.at.get(at)
    if words.pos[at] not in ("ADJ", "PROPN") or (found is not None and found[0].type == "PER"):
        return False
    adjective = any(parse.tag.POS == "ADJF" for parse in parses(words.norm[at]))
    if not adjective or not nominal_cases(words.norm[at]) & nominal_cases(words.norm[rest.at - 1 - len(rest.epithets)]):
        return False
    rest.epithets.append(at)
    rest.at += 1
    return True


def quoted_part(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«директор направления «Химия»»: quotes that name no organization belong to the title."""
    if words.text[rest.at] != "«" or not (rest.kept or rest.waiting):
        return False
    for close in range(rest.at + 1, min(rest.at + LONGEST, rest.stop)):
        if words.text[close] == "»":
            rest.kept += rest.waiting
            rest.waiting = []
            name = Mention(rest.at + 1, close)
            before = len(rest.kept)
            drop_descriptor(words, index, rest, name)
            if len(rest.kept) < before and not rest.bodies:
                rest.bodies.append(Body(text_of(words, name.start, name.end), None))
            else:
                rest.kept += range(rest.at, close + 1)
            rest.at = close + 1
            return True
    return False


def genitive_word(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«министр иностранных дел», «член совета директоров»."""
    at = rest.at
    if (at in index.at and not index.at[at][1].anaphor) or (rest.bodies and not rest.preposition):
        return False
    if words.pos[at] not in ("NOUN", "PROPN", "ADJ", "DET") and not is_participle(words, at):
        return False
    if not rest.preposition and not _governed_cases(words, rest) & nominal_cases(words.norm[at]):
        return False
    if words.text[at][0].isupper() and not rest.kept and words.pos[at] == "PROPN" and not post_head(words.norm[at]):
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


def _is_client(words: Words, rest: Complement, at: int) -> bool:
    """«адвокат певицы», «агент футболиста»: whose they are is no part of the title."""
    lexical = post_words()
    if rest.lemma not in lexical.relational:
        return False
    head = post_head(words.norm[at])
    return words.lemma[at] in holder_words().clients or (head is not None and head.lemma in lexical.callings)


def _governed_cases(words: Words, rest: Complement) -> frozenset[str]:
    heads = {rest.lemma, *(words.lemma[k] for k in rest.kept), *(words.norm[k] for k in rest.kept)}
    instrumental = any((head := post_head(h)) and head.lemma in post_words().instrumental for h in heads)
    return frozenset({"Gen", "Ins"}) if instrumental else frozenset({"Gen"})


def coordination(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«министр промышленности и торговли», «президенты России и Турции»."""
    at = rest.at
    if words.norm[at] not in ("и", ",") or rest.waiting or at + 1 >= rest.stop:
        return False
    if rest.plural and rest.bodies and is_body(index, at + 1):
        rest.at += 1
        return True
    if rest.bodies and joins_body(words, index, rest):
        rest.at += 1
        rest.joined = True
        return True
    if not rest.kept or rest.bodies or not is_genitive(words, at + 1) or _is_post(words.norm[at + 1]):
        return False
    if (at + 1) in index.at or (words.norm[at] == "," and not _enumerates(words, at, rest.stop)):
        return False
    rest.waiting.append(at)
    rest.at += 1
    return True


def _is_post(norm: str) -> bool:
    """A post and no field: «директора», but not «энергетики», which is a genitive of «энергетика» too."""
    return post_head(norm) is not None and not any(
        parse.tag.POS == "NOUN" and parse.tag.case == "gent" and folded_lemma(parse) not in post_words().heads
        for parse in parses(norm)
    )


def _enumerates(words: Words, comma: int, stop: int) -> bool:
    """«развития, связи и коммуникаций»: the comma is followed by genitives and «и»."""
    for i in range(comma + 1, min(comma + 5, stop)):
        if words.norm[i] == "и":
            return i + 1 < stop and is_genitive(words, i + 1)
        if not is_genitive(words, i):
            return False
    return False


def candidacy(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«кандидат в президенты»."""
    at = rest.at
    if words.norm[at] != "в" or rest.lemma not in post_words().candidates or at + 1 >= rest.stop or rest.kept:
        return False
    if post_head(words.norm[at + 1]) is None:
        return False
    rest.kept += [at, at + 1]
    rest.at += 2
    return True


def field_of_work(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«директор по развитию», «директор департамента по работе с клиентами»: what follows may stand in any case."""
    at = rest.at
    inner = rest.preposition and words.norm[at] in prepositions().within_field
    if rest.waiting or at + 1 >= rest.stop or (not inner and words.norm[at] not in prepositions().field):
        return False
    if words.pos[at + 1] not in ("NOUN", "DET") and not is_adjectival(words, at + 1):
        return False
    above = words.norm[at] in prepositions().superior and post_head(words.norm[at + 1]) is not None
    if above and (rest.bodies or index.person(at + 2)):
        return False  # «занимал пост главы «Зари» при президенте Петрове»
    rest.waiting.append(at)
    rest.preposition = True
    rest.at += 1
    return True
