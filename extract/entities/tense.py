"""The tense of the clause around a date, as far as it decides between a past and a coming day."""

from functools import lru_cache

from extract.entities.date_resolution import Tense
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.language.morphology import CACHED_RARE, parses
from extract.rules import words_in

REACH = 12  # words on each side
PROPOSED: dict[Tense, Tense] = {"past": "present", "present": "future"}  # «обещают назвать летом»
PURPOSE = 6  # words from «чтобы» within which its clause lies
_PURPOSE_WORDS = words_in("entities/dates", "tense", "purpose")
_WILL = words_in("entities/dates", "tense", "will")
_WAS = words_in("entities/dates", "tense", "was")
_NIGHTS = forms_of(words_in("entities/dates", "nights", "lemmas"))
_DEADLINES = words_in("entities/dates", "tense", "deadlines")
_PLAN_WORDS = words_in("entities/dates", "tense", "plan_words")
_PLAN_LEMMAS = words_in("entities/dates", "tense", "plan_lemmas")


def tense_at(line: Line, start: int, end: int) -> Tense:
    """past, present, future, plan (a deadline or intention told in the past), or None."""
    if not _PURPOSE_WORDS.isdisjoint(line.norm[max(start - PURPOSE, 0) : start]):
        return "plan"
    tense = _of_clause(line, start, end)
    deadline = line.norm[start - 1] in _DEADLINES and line.norm[start - 2] not in _NIGHTS
    return "plan" if deadline and tense != "future" else tense


def _of_clause(line: Line, start: int, end: int) -> Tense:
    words = line.words
    at = line.at[start]
    head = words.head[at]
    tense = _tense_of(line, head, participles=True)
    proposed = words.feats[head].get("VerbForm") == "Inf"
    for _ in range(6):
        if tense is not None:
            return PROPOSED.get(tense, tense) if proposed else tense
        head = words.head[head]
        tense = _tense_of(line, head)
    return _nearest(line, at, line.at[end - 1])


def _nearest(line: Line, first: int, last: int) -> Tense:
    """The tense of the nearest verb of the sentence."""
    opens, closes = line.words.sentences[line.words.sentence[first]]
    for step in range(1, REACH):
        for near in (last + step, first - step):
            if opens <= near < closes:
                tense = _tense_of(line, near)
                if tense is not None:
                    return tense
    return None


def _tense_of(line: Line, at: int, participles: bool = False) -> Tense:
    words = line.words
    if words.norm[at] in _PLAN_WORDS or words.lemma[at] in _PLAN_LEMMAS:
        return "plan" if _told_in_past(line, at) else "future"
    if words.pos[at] not in ("VERB", "AUX"):
        return None
    feats = words.feats[at]
    helped = feats.get("VerbForm") == "Inf" or feats.get("Variant") == "Short"
    if helped and (auxiliary := _auxiliary(line, at)) is not None:
        return auxiliary
    if feats.get("VerbForm") != "Fin" and not (participles or feats.get("Variant") == "Short"):
        return None
    return _possible(TENSES.get(feats.get("Tense", "")), words.norm[at])


TENSES: dict[str, Tense] = {"Past": "past", "Pres": "present", "Fut": "future"}
GRAMMEMES: dict[str, Tense] = {"past": "past", "pres": "present", "futr": "future"}


def _possible(tagged: Tense, word: str) -> Tense:
    """The tagged tense if the form can have it, else the only one that it can have: «отгрузят» is no past."""
    possible = _tenses(word)
    if tagged in possible or len(possible) > 1:
        return tagged
    return next(iter(possible), None)


@lru_cache(maxsize=CACHED_RARE)
def _tenses(word: str) -> frozenset[Tense]:
    tags = [parse.tag for parse in parses(word)]
    finite = {GRAMMEMES[tag.tense] for tag in tags if tag.POS in ("VERB", "PRTS") and tag.tense in GRAMMEMES}
    return frozenset(finite or {GRAMMEMES[tag.tense] for tag in tags if tag.POS == "PRTF"})


def _auxiliary(line: Line, at: int) -> Tense:
    """What «будет подписан», «могут быть использованы» say beside the participle or infinitive."""
    words = line.words
    for other in (words.head[at], *words.children[at]):
        if words.norm[other] in _PLAN_WORDS:
            return "plan" if _told_in_past(line, other) else "future"
        if words.norm[other] in _WILL:
            return "future"
    return None


def _told_in_past(line: Line, at: int) -> bool:
    """«планировали», «были намечены», «должна была», «перенести»; not «намечены», «должна», «планирует»."""
    words = line.words
    if any(words.norm[other] in _WAS for other in (*words.children[at], min(at + 1, len(words) - 1))):
        return True
    feats = words.feats[at]
    return feats.get("VerbForm") == "Inf" or (feats.get("VerbForm") == "Fin" and feats.get("Tense") == "Past")
