"""What a verb's form tells of who acts: passives, participles, predicates."""

from extract.language.words import Words
from extract.rules import words_in

VERBAL = {"VERB", "AUX"}
REFLEXIVE = tuple(words_in("grammar", "reflexive"))
DEPONENT = words_in("grammar", "deponent")  # reflexive verbs whose subject acts


def is_passive(words: Words, token: int) -> bool:
    """True for a passive participle, and for a reflexive verb that has a passive subject."""
    feats = words.feats[token]
    if feats.get("VerbForm") == "Part" or feats.get("Variant") == "Short":
        return feats.get("Voice") == "Pass"
    reflexive = words.norm[token].endswith(REFLEXIVE) and words.lemma[token] not in DEPONENT
    return reflexive and feats.get("Voice") in {"Pass", "Mid"}


def is_predicate(words: Words, token: int) -> bool:
    """True for a verb, and for a short adjective that governs one: «намерен купить», «готова продать»."""
    return words.pos[token] in VERBAL or (words.pos[token] == "ADJ" and words.feats[token].get("Variant") == "Short")


def is_participle(words: Words, token: int) -> bool:
    """True for a participle that agrees with a noun («купленный», «купившая»), not for «куплен»."""
    feats = words.feats[token]
    return feats.get("VerbForm") == "Part" and feats.get("Variant") != "Short"
