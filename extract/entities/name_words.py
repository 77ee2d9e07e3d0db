"""What words of names of people look like in a sentence."""

from extract.entities.mentions import Mentions
from extract.entities.person_names import NAMES, known_parses
from extract.language.words import Words


def is_name_word(words: Words, i: int) -> bool:
    """A capitalized word of more than one letter, not all in capitals."""
    text = words.text[i]
    return text[0].isupper() and len(text) > 1 and not text.isupper()


def name_words(words: Words) -> list[int]:
    """All of them but the first word of the text."""
    return [i for i, text in enumerate(words.text) if i and text[0].isupper() and len(text) > 1 and not text.isupper()]


def opens_sentence(words: Words, i: int) -> bool:
    """The first word of its sentence, quotation marks and bullets before it left aside."""
    start = words.sentences[words.sentence[i]][0]
    return not any(words.text[at][0].isalnum() for at in range(start, i))


def may_be_name(words: Words, i: int) -> bool:
    """Whether a word can be a name, or is one that the dictionary doesn't know as anything else."""
    readings = known_parses(words.norm[i])
    return not readings or words.norm[i].isascii() or any(NAMES & parse.tag.grammemes for parse in readings)


def free(names: Mentions, i: int) -> bool:
    return 0 <= i < len(names.words) and names.at(i) is None


def adjacent(words: Words, i: int) -> bool:
    """Whether token `i` follows the one before it in the same sentence with at most a space between."""
    return words.sentence[i] == words.sentence[i - 1] and words.pos[i] != "SPACE" and words.pos[i - 1] != "SPACE"


def cases_meet(words: Words, i: int, j: int) -> bool:
    """Whether two words of a name are tagged alike, or one of them doesn't decline."""
    one, two = words.case(i), words.case(j)
    return one is None or two is None or one == two or {one, two} == {"Gen", "Acc"}
