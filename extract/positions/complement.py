"""The reading of what follows the head of a post: how far it has come, and what its steps ask of a word."""

from collections.abc import Callable
from dataclasses import dataclass, field

from extract.language.words import Words
from extract.positions.declension import nominal_cases
from extract.positions.lexicon import body_words, post_words
from extract.positions.marks import OPENING
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import post_head


@dataclass(slots=True)
class Complement:
    """How far the reading of a complement has come.

    Attributes:
        at: the next token; `stop` is the end of the sentence.
        lemma: of the post's head, `plural` its number.
        kept: the tokens that make up the title.
        waiting: tokens that belong to what comes next, title or body.
        bodies: where the post is held.
        epithets: adjectives right after the head.
        preposition: within the words after a preposition, whose case is free.
        joined: another body of the same post comes next.
    """

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


Step = Callable[[Words, MentionIndex, Complement], bool]


def is_body(index: MentionIndex, i: int) -> bool:
    """An organization or place begins at the token."""
    found = index.starting(i)
    return found is not None and found[0].type != "PER"


def is_member(rest: Complement) -> bool:
    """«член» says nothing without what follows: «член партии»."""
    return rest.lemma in post_words().membership and not rest.kept[1:]


def is_genitive(words: Words, i: int) -> bool:
    """A noun or an attribute of one that may be a genitive."""
    return words.pos[i] in ("NOUN", "PROPN", "ADJ", "DET", "VERB") and "Gen" in nominal_cases(words.norm[i])


def is_adjectival(words: Words, i: int) -> bool:
    """An adjective or a participle."""
    return words.pos[i] == "ADJ" or is_participle(words, i)


def is_participle(words: Words, i: int) -> bool:
    """A full participle."""
    return words.feats[i].get("VerbForm") == "Part" and words.case(i) is not None


def is_descriptive(words: Words, index: MentionIndex, i: int) -> bool:
    """A word before an organization's name that only describes it: «немецкой», «компании», «ООО»."""
    return words.pos[i] in ("ADJ", "DET") or is_generic(words, index, i)


def is_generic(words: Words, index: MentionIndex, i: int) -> bool:
    """A common noun for organizations or places, by the lexicon or by the article itself."""
    lexical, lemma = body_words(), words.lemma[i]
    last = lemma.rpartition("-")[2]
    if last in lexical.units:
        return False
    if words.text[i].isupper() and words.text[i + 1 : i + 2] and words.text[i + 1] in OPENING:
        return True  # «РКК «Заря»»
    if lemma in lexical.organizations or lemma in lexical.places:
        return True
    head = post_head(last)
    if head is not None and head.lemma not in post_words().callings:
        return False
    return last in lexical.organizations or last in index.referents.descriptors
