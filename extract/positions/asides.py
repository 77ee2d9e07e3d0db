"""Asides after the head of a post, which say nothing of the post: in brackets, between commas or dashes."""

from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.complement import Complement
from extract.positions.lexicon import body_words, function_words, prepositions
from extract.positions.marks import DASHES
from extract.positions.mention_index import MentionIndex

LONGEST = 14  # tokens of a bracketed aside


def bracketed_aside(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава «Восхода» (входит в группу «Заря») Иван Петров»."""
    if words.text[rest.at] != "(" or rest.waiting:
        return False
    for close in range(rest.at + 1, min(rest.at + LONGEST, rest.stop - 1)):
        if words.text[close] == ")":
            short = close - rest.at < 5  # «управления разведки (ГУР) министерства»
            if not short and index.person(close + 1) is None:
                return False
            rest.at = close + 1
            return True
    return False


def clause_aside(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава «Восхода», который строит завод, Иван Петров»."""
    at = rest.at
    if words.text[at] != "," or rest.waiting or at + 2 >= rest.stop or not _opens_aside(words, at + 1):
        return False
    for close in range(at + 2, min(at + 2 * LONGEST, rest.stop - 1)):
        if words.text[close] == "," and index.person(close + 1) is not None:
            rest.at = close + 1
            return True
        if index.person(close) is not None:
            return False
    return False


def _opens_aside(words: Words, i: int) -> bool:
    """«который», a participle, or the kind of a place: «Выборга, города в Ленинградской области,»."""
    if words.lemma[i] in function_words().aside or words.lemma[i] in body_words().places:
        return True
    return any(parse.tag.POS == "PRTF" for parse in parses(words.norm[i]))


def dashed_aside(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава «Восхода» — «дочки» «Зари» — Иван Петров»."""
    if words.text[rest.at] not in DASHES or rest.waiting:
        return False
    for close in range(rest.at + 2, min(rest.at + LONGEST, rest.stop - 1)):
        if words.text[close] in DASHES and index.person(close + 1) is not None:
            rest.at = close + 1
            return True
        if index.person(close) is not None:
            return False
    return False


def local_aside(words: Words, index: MentionIndex, rest: Complement) -> bool:
    """«глава представительства США в регионе Иван Петров»."""
    if words.norm[rest.at] not in prepositions().local or not rest.bodies or rest.at + 1 >= rest.stop:
        return False
    if words.lemma[rest.at + 1] not in body_words().places:
        return False
    rest.at += 2
    return True
