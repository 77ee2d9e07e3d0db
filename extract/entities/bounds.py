"""What makes a sum a bound or a guess: «не менее 5 млн», «до 3 тыс.», «около 2%», «5 млн и более»."""

from functools import cache

from extract.entities.numbers import CHANGING, DASHES
from extract.entities.tokens import Line
from extract.entities.word_forms import forms_of
from extract.rules import table, words_in

_THAN = words_in("bounds", "between", "than")
_COMPARATIVES = words_in("bounds", "between", "comparatives")
_PREPOSITIONS = words_in("bounds", "between", "prepositions")
_NOT = words_in("bounds", "verbs", "opposite")
_REACH = table("bounds")["governed"]["reach"]
_GOVERNED = {"min": words_in("bounds", "governed", "from"), "max": words_in("bounds", "governed", "to")}
_ENDS = {
    **dict.fromkeys(words_in("numerals", "range", "from"), "min"),
    **dict.fromkeys(words_in("numerals", "range", "to"), "max"),
}
_NOUNS = words_in("bounds", "nouns", "words")
_MARKS = frozenset(",(")


@cache
def _phrases(side: str) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    """The word next to the sum → the phrases that it belongs to, the longest first, with what they make of it."""
    at = -1 if side == "before" else 0
    found: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for bound, phrases in table("bounds")[side].items():
        for phrase in phrases:
            words = tuple(phrase.split())
            found.setdefault(words[at], []).append((words, bound))
    return {word: tuple(sorted(phrases, key=lambda each: -len(each[0]))) for word, phrases in found.items()}


@cache
def _exceeding() -> frozenset[str]:
    return forms_of(words_in("bounds", "verbs", "min"))


def bound_before(line: Line, start: int) -> str:
    """«min», «max» or «about» by the words before a sum, else ""."""
    return _stated(line, start) or _exceeded(line, start) or _across(line, start)


def _across(line: Line, start: int) -> str:
    """«примерно за 5 млн», «минимум на 3%», «более чем на 5 млн»; «больше на 5 млн» is a difference."""
    start -= start > 0 and line.norm[start - 1] in _PREPOSITIONS
    if start and line.norm[start - 1] in _THAN:
        return _stated(line, start - 1)
    return "" if start and line.norm[start - 1] in _COMPARATIVES else _stated(line, start)


def bound_after(line: Line, end: int) -> str:
    """The same by the words after it."""
    for words, bound in _phrases("after").get(line.norm[end], ()):
        if line.norm[end : end + len(words)] == list(words):
            return bound
    return ""


def changes(line: Line, start: int) -> bool:
    """Whether what looks like a range is a change: «вырос с 3 до 5 млрд»."""
    return start > 0 and line.norm[start - 1] in CHANGING and _follows(line, start - 1, _GOVERNED["max"])


def _stated(line: Line, start: int) -> str:
    for words, bound in _phrases("before").get(line.norm[start - 1] if start else "", ()):
        first = start - len(words)
        if first >= 0 and tuple(line.norm[first:start]) == words:
            return "" if len(words) == 1 and _is_governed(line, first) else bound
    return ""


def _is_governed(line: Line, i: int) -> bool:
    """Whether a word is no bound: «выросла на 3%, до 5 млн», «отказался от 5%», «прожиточный минимум»."""
    if line.norm[i] in _NOUNS:
        at = line.at[i - 1]
        return i > 0 and line.words.pos[at] == "ADJ" and line.words.feats[at].get("Variant") != "Short"
    bound = _ENDS.get(line.norm[i])
    if bound is None or i == 0:
        return False
    before = line.norm[i - 1]
    if (bound == "min" and before == "%") or (bound == "max" and _ends_change(line, i)):
        return True
    return _follows(line, i, _GOVERNED[bound], far=before in DASHES or before in _MARKS)


def _ends_change(line: Line, i: int) -> bool:
    """The «до» of «с 201 тыс. до 169 тыс.»."""
    first = max(0, i - _REACH)
    return any(line.norm[at] in CHANGING and line.norm[at + 1][0].isdigit() for at in range(first, i))


def _follows(line: Line, i: int, lemmas: frozenset[str], far: bool = False) -> bool:
    """Whether one of some words stands before a position in its sentence, near it or anywhere."""
    words, at = line.words, line.at[i]
    first = words.sentences[words.sentence[at]][0]
    return not lemmas.isdisjoint(words.lemma[first if far else max(first, at - _REACH) : at])


def _exceeded(line: Line, start: int) -> str:
    """«превысил 5 млн», «не превышает 5 млн»."""
    if not start or line.norm[start - 1] not in _exceeding():
        return ""
    return "max" if start > 1 and line.norm[start - 2] in _NOT else "min"
