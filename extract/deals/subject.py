"""What a deal is about, in a few words: «поставка 20 вертолетов», «сотрудничество в области добычи урана»."""

from extract.deals.candidate import Candidate, Subject
from extract.grammar.voice import VERBAL
from extract.language.inflection import nominative
from extract.language.words import Words
from extract.rules import words_in

ABOUT = words_in("grammar", "about")
LONGEST = 16  # tokens; what runs on longer is cut at a phrase
BREAKS = {"acl", "acl:relcl", "parataxis", "advcl", "conj", "appos"}


def subject_of(words: Words, candidate: Candidate, is_paper: bool) -> Subject | None:
    """The subject in the nominative, or None where the sentence doesn't name it.

    Of a verb it is the object; of a paper what it is about; of a noun like «поставка» the noun with all that
    hangs on it, the parties left out where they end it.

    Args:
        words: the annotated tokens.
        candidate: the deal.
        is_paper: True if its trigger is a paper, which is about something.
    """
    trigger = candidate.word
    if words.pos[trigger] in VERBAL:
        head = next((child for child in words.children[trigger] if words.dep[child] in {"obj", "nsubj:pass"}), None)
    elif is_paper:
        head = next((child for child in words.children[trigger] if _is_about(words, child)), None)
    else:
        head = trigger
    if head is None or words.pos[head] not in {"NOUN", "SYM", "PROPN"}:
        return None
    start, end = _extent(words, head, {argument.head for argument in candidate.arguments})
    return Subject(nominative(words, start, end), (start, end))


def _is_about(words: Words, child: int) -> bool:
    return any(words.dep[i] == "case" and words.norm[i] in ABOUT for i in words.children[child])


def _extent(words: Words, head: int, parties: set[int]) -> tuple[int, int]:
    """The unbroken run of words around a head that hang on it, up to a clause or a party."""
    inside = {head}
    todo = [head]
    for at in todo:
        for child in words.children[at]:
            stops = child > head and (words.dep[child] in BREAKS or child in parties)
            preposition = at == head and words.dep[child] == "case"
            if not stops and not preposition:
                inside.add(child)
                todo.append(child)
    start, end = head, head + 1
    while start - 1 in inside:
        start -= 1
    while end in inside and end - start < LONGEST:
        end += 1
    while end > head + 1 and words.pos[end - 1] in {"PUNCT", "ADP", "CCONJ", "ADJ"} and words.text[end - 1] != "»":
        end -= 1
    return start, end
