"""What stands around a mention: the case of its phrase, its preposition, the other mentions of the clause."""

from collections.abc import Iterator
from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.language.morphology import possible_cases
from extract.language.words import Words
from extract.positions.marks import CLOSING, OPENING
from extract.positions.mention_index import MentionIndex

ANY = frozenset({"Nom", "Gen", "Dat", "Acc", "Ins", "Loc"})
NOMINAL = ("NOUN", "ADJ", "DET", "PROPN", "NUM")


class Named(NamedTuple):
    """An entity at one of its mentions."""

    entity: Entity
    mention: Mention


def named(mentions: MentionIndex, start: int, stop: int) -> Iterator[Named]:
    """The mentions that begin in tokens `start` to `stop`, in order."""
    for i in range(start, stop):
        found = mentions.starting(i)
        if found is not None:
            yield Named(*found)


def phrase_start(words: Words, mentions: MentionIndex, start: int) -> int:
    """Where the noun phrase of a mention begins: «у [немецкого концерна «Восход»]»."""
    at = start
    while at > 0 and at - 1 not in mentions.at and words.sentence[at - 1] == words.sentence[start]:
        if words.pos[at - 1] not in NOMINAL and words.text[at - 1] not in OPENING:
            break
        at -= 1
    return at


def cases_of(words: Words, item: Named) -> frozenset[str]:
    """The cases in which the mention can stand; all of them for a name that doesn't decline.

    A name in quotes after a common noun stands for nothing: the noun's cases count.
    """
    start = item.mention.start
    before = start - 1
    quoted = before >= 0 and words.text[before] in OPENING
    if quoted:
        before -= 1
    undeclined = words.norm[start].isascii() or (quoted and words.case(start) in ("Nom", None))
    if before >= 0 and words.pos[before] == "NOUN" and undeclined:
        return possible_cases(words.norm[before]) or ANY
    if undeclined or words.text[start].isupper():
        return ANY
    return possible_cases(words.norm[start]) or ANY


def preposition_of(words: Words, mentions: MentionIndex, item: Named) -> str:
    """The preposition right before the mention's phrase, or ""."""
    at = phrase_start(words, mentions, item.mention.start) - 1
    return words.norm[at] if at >= 0 and words.pos[at] == "ADP" else ""


def ending_at(words: Words, mentions: MentionIndex, i: int) -> Named | None:
    """The mention that ends right before token `i`, a closing quote and a bracketed aside skipped."""
    at = i - 1
    if at > 0 and words.text[at] == ")":
        at = next((k - 1 for k in range(at, max(at - 16, 0), -1) if words.text[k] == "("), at)
    if at > 0 and words.text[at] in CLOSING:
        at -= 1
    found = mentions.at.get(at)
    return Named(*found) if found is not None and found[1].end == at + 1 else None


def starting_at(words: Words, mentions: MentionIndex, i: int) -> Named | None:
    """The mention that begins at token `i`, an opening quote skipped."""
    if i < len(words) and words.text[i] in OPENING:
        i += 1
    found = mentions.starting(i)
    return Named(*found) if found is not None else None


def past_quote(words: Words, end: int) -> int:
    """The token after a mention and the quote that closes it."""
    return end + 1 if end < len(words) and words.text[end] in CLOSING else end


def clause(words: Words, i: int) -> tuple[int, int]:
    """The tokens around `i` up to a mark that ends a clause: «;», «:», brackets, the sentence's ends."""
    first, stop = words.sentences[words.sentence[i]]
    start = next((k + 1 for k in range(i - 1, first - 1, -1) if words.text[k] in "(;:"), first)
    end = next((k for k in range(i + 1, stop) if words.text[k] in ");:"), stop)
    return start, end


def antecedent(words: Words, mentions: MentionIndex, pronoun: int) -> Named | None:
    """Whom «который» at token `pronoun` means: the mention before the comma."""
    comma = pronoun - 1
    if comma >= 0 and words.pos[comma] == "ADP":
        comma -= 1
    return ending_at(words, mentions, comma) if comma > 0 and words.text[comma] == "," else None
