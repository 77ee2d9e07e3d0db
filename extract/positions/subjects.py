"""Of whom a verb speaks that gives a post: its subject, its relative pronoun, the person of the sentence before."""

from extract.language.words import Words
from extract.positions.agreement import may_be_subject
from extract.positions.holders import Holder, PostReading, people_in
from extract.positions.lexicon import function_words, post_verbs

NEAR = 14  # tokens between a verb and the post that it gives
NEAR_PRONOUN = 8  # between a relative pronoun as subject and its verb


def unnamed_subject(reading: PostReading, verb: int) -> list[Holder]:
    """«Ранее был директором»: the person of the sentence before, if the verb has no subject of its own."""
    words = reading.words
    number = words.sentence[verb]
    subjects = [i for i in words.children[verb] if words.dep[i].startswith("nsubj")]
    if number == 0 or subjects or words.feats[verb].get("Number") != "Sing":
        return []
    start, stop = words.sentences[number - 1]
    named = [holder for holder in people_in(reading, start, stop) if may_be_subject(words, holder.mention)]
    return named[:1] if len({holder.entity.id for holder in named}) == 1 else []


def relative_subject(reading: PostReading, first: int, verb: int) -> list[Holder]:
    """«Петров, который был директором», «которого уволили с поста»: whom the pronoun before the verb means."""
    words, lexical = reading.words, function_words()
    moved = is_active(words, verb) and words.lemma[verb] in post_verbs().nominating | post_verbs().leaving
    for i in range(verb - 1, max(first, verb - (NEAR if moved else NEAR_PRONOUN)), -1):
        object = moved and words.norm[i] in lexical.relative_objects
        if words.lemma[i] in lexical.relatives and (object or words.case(i) == "Nom"):
            holder = reading.person_ending(i - 1)
            return [holder] if holder else []
    return []


def is_active(words: Words, verb: int) -> bool:
    """A finite verb that takes an object: «выдвинул», not «выдвинут»."""
    feats = words.feats[verb]
    return feats.get("VerbForm") == "Fin" and feats.get("Voice") != "Pass"
