"""The tense of the clause around a date, as far as it decides between a past and a coming day."""

from functools import cache, lru_cache

from extract.entities.date_resolution import Tense
from extract.entities.tokens import Line
from extract.entities.word_forms import lexicon
from extract.language.morphology import parses

REACH = 12  # words on each side
PURPOSE = 6  # words from «чтобы» within which its clause, told in the past, lies ahead
DEADLINES = frozenset(("до", "к", "ко", "на"))


def tense_at(line: Line, start: int, end: int) -> Tense:
    """past, present, future, plan (a deadline or intention, in whatever tense it is told), or None."""
    if line.norm[start - 1] in DEADLINES or "чтобы" in line.norm[max(start - PURPOSE, 0) : start]:
        return "plan"
    words = line.words
    at = line.at[start]
    head = words.head[at]
    tense = _tense_of(line, head, participles=True)
    proposed = words.feats[head].get("VerbForm") == "Inf"
    for _ in range(6):
        if tense is not None:
            return "present" if proposed and tense == "past" else tense
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
    if words.norm[at] in _plan_words() or words.lemma[at] in _plan_lemmas():
        return "plan"
    if words.pos[at] not in ("VERB", "AUX"):
        return None
    feats = words.feats[at]
    if feats.get("VerbForm") != "Fin" and (auxiliary := _auxiliary(line, at)) is not None:
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


@lru_cache(maxsize=10_000)
def _tenses(word: str) -> frozenset[Tense]:
    tags = [parse.tag for parse in parses(word)]
    finite = {GRAMMEMES[tag.tense] for tag in tags if tag.POS in ("VERB", "PRTS") and tag.tense in GRAMMEMES}
    return frozenset(finite or {GRAMMEMES[tag.tense] for tag in tags if tag.POS == "PRTF"})


def _auxiliary(line: Line, at: int) -> Tense:
    """What «будет подписан», «могут быть использованы» say beside the participle or infinitive."""
    words = line.words
    for child in (words.head[at], *words.children[at]):
        if words.norm[child] in _plan_words():
            return "plan"
        if words.pos[child] == "AUX" and words.feats[child].get("Tense") == "Fut":
            return "future"
    return None


@cache
def _plan_words() -> frozenset[str]:
    return frozenset(lexicon("calendar")["plans"]["words"])


@cache
def _plan_lemmas() -> frozenset[str]:
    return frozenset(lexicon("calendar")["plans"]["lemmas"])
