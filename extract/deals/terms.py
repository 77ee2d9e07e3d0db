"""Terms and deadlines: the dates that say how long a deal holds, or until when something is due."""

from extract.annotations import Date, Mention
from extract.grammar.voice import VERBAL
from extract.language.words import Words
from extract.rules import words_in

CLIMB = 4  # heads from a date up to its verb
BEFORE = 4  # tokens before a date in which «срок возврата —» stands
TERM = words_in("values", "term")
TERM_OR_DAY = words_in("values", "term_or_day")
TERM_FROM = words_in("values", "term_from")
NOT = words_in("values", "deadline", "not")
LATER = words_in("values", "deadline", "later")
DUTIES = words_in("values", "deadline", "duty_lemmas")
TERMS = words_in("values", "terms")


def is_term(words: Words, mention: Mention, date: Date) -> bool:
    """«до 2028 года», «на 2024 год», «с 1 июня по 31 декабря», but not «на следующий день», «на прошлой неделе»."""
    before = words.norm[mention.start - 1] if mention.start else ""
    if before in TERM or (before in TERM_OR_DAY and date.grain not in ("day", "week")):
        return True
    return before in TERM_FROM and date.grain == "interval"


def belongs_to_a_term(words: Words, mention: Mention, ahead: bool) -> bool:
    """«сроком до 31 декабря», «с погашением в 2030 году», «срок возврата — 15 июня», «действует с 1 июня».

    Where the date isn't `ahead`, «действовавший с 2016 года» tells when a paper was signed.
    """
    first = max(mention.start - BEFORE, words.sentences[words.sentence[mention.start]][0])
    if not ahead and mention.start and words.norm[mention.start - 1] in TERM_FROM:
        return False
    if any(words.lemma[i] in TERMS for i in range(first, mention.start)):
        return True
    verb = governing_verb(words, mention)
    return verb is not None and words.lemma[verb] in TERMS


def is_deadline(words: Words, mention: Mention, own: set[int]) -> bool:
    """«обязалась купить до 31 декабря», «не позднее 31 декабря»: until when, not when; `own` tells of the deal."""
    before = words.norm[max(mention.start - 2, 0) : mention.start]
    if len(before) == 2 and before[0] in NOT and before[1] in LATER:
        return True
    return bool(before) and before[-1] in TERM and any(words.lemma[i] in DUTIES for i in own)


def governing_verb(words: Words, mention: Mention) -> int | None:
    """The verb on which a date hangs, or the highest word on the way to it."""
    at = next((i for i in range(mention.start, mention.end) if not mention.start <= words.head[i] < mention.end), None)
    for _ in range(CLIMB):
        if at is None or words.pos[at] in VERBAL or words.head[at] == at:
            break
        at = words.head[at]
    return at
