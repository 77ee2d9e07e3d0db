"""How far along a deal is, read from the words around its trigger: tense, modality, negation, governing words."""

from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from extract.grammar.voice import VERBAL
from extract.language.words import Words
from extract.rules import table, words_in

UNREAL = tuple(words_in("grammar", "unreal_auxiliaries", "beginnings"))
PARTICLES = words_in("grammar", "unreal_auxiliaries", "particles")


@dataclass(frozen=True, slots=True)
class StatusWords:
    """The lexicon of `rules/status.toml`: for each governing lemma what it says."""

    says: dict[str, str]
    links: frozenset[str]
    approving: frozenset[str]
    controlling: frozenset[str]
    announcing: frozenset[str]
    barriers: frozenset[str]
    negation: frozenset[str]
    pending: frozenset[str]
    possibly: frozenset[str]
    reporting: frozenset[str]


@cache
def status_words() -> StatusWords:
    """Load the lexicon once."""
    lists = {name: frozenset(entry["lemmas"]) for name, entry in table("status").items()}
    says = {
        lemma: status
        for status in ("completed", "agreed", "planned", "negotiating", "cancelled")
        for lemma in lists[status]
    }
    return StatusWords(
        says,
        frozenset(says) | lists["neutral"] | lists["approving"] | lists["controlling"],
        lists["approving"],
        lists["controlling"],
        lists["announcing"],
        lists["barriers"],
        lists["negation"],
        lists["pending"],
        lists["possibly"],
        lists["reporting"],
    )


# Of what the governing words say, the first of these that is said holds.
PRECEDENCE = ("cancelled", "negotiating", "planned", "agreed", "completed")
# Of what several sentences say of one deal, the last of these: the headline plans, the text has it signed.
PROGRESS = ("planned", "negotiating", "agreed", "completed", "cancelled")


class Manner(NamedTuple):
    """How the frame of a trigger tells of deals.

    Attributes:
        done, present, under: those of the frame.
        announced: that of its type.
    """

    done: str = "completed"
    present: str = ""
    under: frozenset[str] = frozenset()
    announced: str = ""


def status_of(words: Words, trigger: int, chain: tuple[int, ...], manner: Manner) -> str:
    """Read the status of a deal off its trigger and the words that govern it."""
    says = status_words().says
    telling = [token for token in chain if words.pos[token] in VERBAL or words.lemma[token] not in manner.under]
    said = [_said_by(words, token, manner) for token in telling]
    said.append(_of_trigger(words, trigger, chain, manner))
    if _negated(words, (trigger, *chain)):
        if _near(words, trigger, status_words().pending):
            return "planned"
        return "planned" if "cancelled" in said else "cancelled"  # «не исключил», «не отказался»
    if _possible(words, (trigger, *chain)):
        said.append("planned")
    for status in PRECEDENCE:
        if status in said:
            return manner.done if status == "completed" else status
    if manner.announced and any(words.lemma[token] in status_words().announcing for token in telling):
        return manner.announced  # «объявил о выделении помощи»: the money isn't there yet
    papers = any(says.get(words.lemma[token]) == "agreed" for token in chain)
    return "agreed" if papers else manner.done


def _said_by(words: Words, token: int, manner: Manner) -> str:
    """What a governing word says: its own meaning, or, if it is a verb of doing, its tense."""
    meaning = status_words().says.get(words.lemma[token], "")
    if meaning == "agreed" and words.pos[token] not in VERBAL:
        return ""  # a paper's name says nothing next to a verb: «закрыл сделку»
    if words.pos[token] in VERBAL and meaning in {"agreed", "completed", ""}:
        tense = _of_verb(words, token, manner)
        if tense == "planned":
            return tense
        if meaning == "" or tense == "cancelled":
            return "" if tense in {"completed", "agreed"} else tense
    return meaning


def _of_trigger(words: Words, token: int, chain: tuple[int, ...], manner: Manner) -> str:
    if words.pos[token] in VERBAL:
        if words.feats[token].get("VerbForm") == "Inf" and not chain:
            return "planned"
        if words.feats[token].get("VerbForm") == "Inf":
            return ""
        return _of_verb(words, token, manner)
    return "" if any(words.lemma[link] in status_words().says for link in chain) else manner.done


def _of_verb(words: Words, token: int, manner: Manner) -> str:
    """The status that a finite verb or participle gives by tense and aspect alone."""
    feats = words.feats[token]
    auxiliaries = [words.norm[child] for child in words.children[token] if words.dep[child].startswith(("aux", "cop"))]
    if any(form.startswith(UNREAL) or form in PARTICLES for form in auxiliaries):
        return "planned"
    if feats.get("Mood") == "Imp" or feats.get("VerbForm") == "Inf":
        return "planned"
    tense, aspect = feats.get("Tense"), feats.get("Aspect")
    if feats.get("VerbForm") in {"Part", "Conv"}:
        return manner.done
    if tense == "Fut" or (tense == "Pres" and aspect == "Perf"):
        return "planned"
    if tense == "Pres":
        return manner.present or manner.done
    return manner.done


def _negated(words: Words, tokens: tuple[int, ...]) -> bool:
    negation = status_words().negation
    odd = 0
    for token in tokens:
        odd += any(words.lemma[child] in negation and child < token for child in words.children[token]) or (
            token > 0 and words.norm[token - 1] in negation
        )
    return odd % 2 == 1


def _possible(words: Words, tokens: tuple[int, ...]) -> bool:
    return any(
        words.lemma[child] in status_words().possibly or words.norm[child] in status_words().possibly
        for token in tokens
        for child in words.children[token]
    )


def _near(words: Words, token: int, lemmas: frozenset[str]) -> bool:
    return any(words.lemma[i] in lemmas for i in range(max(0, token - 6), min(len(words), token + 4)))
