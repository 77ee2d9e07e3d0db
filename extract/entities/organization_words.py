"""What the lexicon and the letters of a word tell about organizations' names: shared by the rules."""

from extract.entities.mentions import CLOSING, OPENING
from extract.language.words import Words
from extract.rules import key_of, words_in

ORG = "ORG"
EDGES = OPENING | CLOSING | frozenset("-–—,.:;/ ") | {"..."}


def listed(word: str, *path: str) -> bool:
    """Whether a folded word stands in a list of `rules/entities/organizations.toml`."""
    return word in words_in("entities/organizations", *(path if len(path) > 1 else (*path, "words")))


def is_generic(lemma: str) -> bool:
    """Whether a common noun says what a named thing is: «компания», «банк», «издание»."""
    return lemma in key_of("entities/organizations", "generic")


def is_body(words: Words, i: int) -> bool:
    """Whether a token is the head of a body's name: «суд», «министерство», «МВД»."""
    bodies = key_of("entities/organizations", "bodies")
    return words.lemma[i] in bodies or words.norm[i] in bodies


def is_legal_form(words: Words, i: int) -> bool:
    """Whether a token is a legal form written in front of a name: «ООО», «ФГУП»."""
    return words.text[i].isupper() and listed(words.norm[i], "legal_forms", "russian")


def is_capital(words: Words, i: int) -> bool:
    """Whether a token begins with a capital letter."""
    return words.text[i][:1].isupper()


def is_latin(words: Words, i: int) -> bool:
    """Whether a token is a word in Latin letters with a capital, or a number beside one: «Group», «X5»."""
    text = words.text[i]
    return text.isascii() and text[0].isalnum() and any(character.isupper() for character in text)
