"""Phrases that the parser's tree misses, found by the order of words: companions, conjuncts, subjects."""

from collections.abc import Iterable, Iterator

from extract.grammar.phrases import AND, Phrase
from extract.grammar.predicates import Sentence
from extract.grammar.voice import VERBAL
from extract.language.morphology import possible_cases
from extract.language.words import Words

COMPANION = 24  # tokens from a word to the preposition of its companion
REACH = 16  # from there to the name: a long post stands between
JOINED = 12  # between two names that «и» joins
ENDS = {".", ":", ";"}
BREAKING = {"VERB", "AUX", "ADV", "SCONJ", "PRON"}


def companion(
    sentence: Sentence, trigger: int, prepositions: Iterable[str], case: str, candidates: list[Phrase]
) -> Phrase | None:
    """The first of some phrases after one of the prepositions: «встретился с автором закона о торговле Петровым»."""
    words, known = sentence.words, set(prepositions)
    for i in range(trigger + 1, min(trigger + COMPANION, sentence.end)):
        if words.text[i] in ENDS or (words.pos[i] == "VERB" and words.feats[i].get("VerbForm") == "Fin"):
            return None
        if words.norm[i] in known:
            for phrase in candidates:
                if i < phrase.mention.start < i + REACH:
                    joined = _is_nominal(words, i + 1, phrase.mention.start) and case in cases_of(words, phrase)
                    return phrase if joined else None
    return None


def conjuncts_of(words: Words, phrase: Phrase, case: str, candidates: list[Phrase]) -> Iterator[Phrase]:
    """Those of some phrases that «и» joins to a phrase, one after the other, in its case."""
    for other in candidates:
        start, stop = phrase.mention.end, other.mention.start
        if (
            start < stop < start + JOINED
            and not AND.isdisjoint(words.norm[start:stop])
            and _is_nominal(words, start, stop)
            and case in cases_of(words, other)
        ):
            yield other
            phrase = other


def subject_before(sentence: Sentence, verb: int, candidates: list[Phrase]) -> list[Phrase]:
    """The last nominative before a verb that has no subject, if it agrees: «A посетил B, где встретился с C»."""
    words = sentence.words
    for phrase in reversed(candidates):
        if phrase.mention.end <= verb and phrase.case == "Nom" and cases_of(words, phrase) == {"Nom"}:
            joined = [other for other in candidates if other.first == phrase.first and other.mention.end <= verb]
            return joined if _agrees(words, verb, phrase, len(joined)) else []
    return []


def object_after(sentence: Sentence, verb: int, candidates: list[Phrase]) -> Phrase | None:
    """The first of some phrases after a verb, if it may be its object: «принял в Кремле своего коллегу Петрова»."""
    words = sentence.words
    for phrase in candidates:
        if phrase.mention.start > verb:
            between = range(verb + 1, phrase.mention.start)
            free = not any(words.pos[i] in VERBAL or words.text[i] in ENDS for i in between)
            return phrase if free and cases_of(words, phrase) & {"Acc", "Gen"} else None
    return None


def cases_of(words: Words, phrase: Phrase) -> set[str]:
    """A name's case as tagged, where the tagger gives one; else all that the form allows."""
    mention = range(phrase.mention.start, phrase.mention.end)
    tagged = {case for i in mention if (case := words.case(i))}
    return tagged if len(tagged) == 1 else tagged | set(possible_cases(words.norm[phrase.mention.start]))


def _agrees(words: Words, verb: int, phrase: Phrase, joined: int) -> bool:
    own, other = words.feats[verb], words.feats[phrase.head]
    if (own.get("Number") == "Plur") != (joined > 1):
        return False
    return joined > 1 or own.get("Gender", "") in {other.get("Gender", ""), ""}


def _is_nominal(words: Words, start: int, stop: int) -> bool:
    """Only the words of a post or title, no marks."""
    return all(words.pos[i] not in BREAKING and words.text[i] not in {",", "—", *ENDS} for i in range(start, stop))
