"""The tense of the clause around a place in the text, as far as it decides between a past and a coming date."""

from functools import cache

from extract.entities.date_resolution import Tense
from extract.entities.tokens import Line
from extract.entities.word_forms import lexicon

REACH = 12  # words on each side
_BORDERS = frozenset((";", "»", "«", "—", "–", ":", "(", ")", "\n"))


def tense_at(line: Line, start: int, end: int) -> Tense:
    """past, future, plan (a deadline or intention, in whatever tense it is told), or None."""
    words = line.words
    at = line.at[start]
    first, last = words.sentences[words.sentence[at]]
    head = at
    for _ in range(8):
        head = words.head[head]
        tense = _tense_of(line, head)
        if tense is not None:
            return tense
    for step in range(1, REACH):
        for near in (at - step, line.at[end - 1] + step):
            if first <= near < last:
                tense = _tense_of(line, near)
                if tense is not None:
                    return tense
    return None


def _tense_of(line: Line, at: int) -> Tense:
    words = line.words
    if words.norm[at] in _plan_words() or words.lemma[at] in _plan_lemmas():
        return "plan"
    if words.pos[at] not in ("VERB", "AUX"):
        return None
    feats = words.feats[at]
    match feats.get("Tense"):
        case "Past":
            return "past"
        case "Fut":
            return "future"
    return None


@cache
def _plan_words() -> frozenset[str]:
    return frozenset(lexicon("calendar")["plans"]["words"])


@cache
def _plan_lemmas() -> frozenset[str]:
    return frozenset(lexicon("calendar")["plans"]["lemmas"])
