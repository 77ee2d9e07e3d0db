"""How sure a deal is: a logistic model over how it was found, fitted to annotated articles.

The weights in `rules/confidence.toml` are made by `tests/benchmarks/calibrate.py`.
"""

import math
from dataclasses import dataclass
from functools import cache

from extract.annotations import Deal
from extract.language.words import Words
from extract.relations.predicates import VERBAL
from extract.relations.roles import Match
from extract.relations.status import status_words
from extract.rules import table


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted weights of the features, the bias, and the least confidence of a deal that is reported."""

    bias: float
    least: float
    weights: dict[str, float]


@cache
def model() -> Model:
    """Load the weights once."""
    data = table("confidence")
    return Model(data["bias"], data["least"], data["weights"])


def features_of(words: Words, match: Match, deal: Deal) -> dict[str, float]:
    """What of a match tells whether it is right; every value lies between 0 and 1."""
    predicate = match.predicate
    sentence = words.sentence[predicate.trigger] - _ends_in_line_break(words)  # from the lead; -1 is the headline
    roles = {participant.role for participant in deal.participants}
    anaphors = sum(phrase.mention.anaphor for phrases in match.fillers.values() for phrase in phrases)
    fillers = sum(map(len, match.fillers.values()))
    symmetric = "party" in roles
    verbs = [token for token in predicate.chain if words.pos[token] in VERBAL]
    return {
        f"type {deal.type}": 1.0,
        f"rule {deal.rule}": 1.0,
        f"status {deal.status}": 1.0,
        "whole": float(len(roles) > 1 or (symmetric and fillers > 1)),
        "three roles": float(len(roles) > 2),
        "many fillers": float(fillers > 3),
        "anaphor": anaphors / max(fillers, 1),
        "loose": float(match.loose > 0),
        "noun": float(words.pos[predicate.trigger] == "NOUN"),
        "bare noun": float(words.pos[predicate.trigger] == "NOUN" and not predicate.chain),
        "governed": float(bool(predicate.chain)),
        "headline": float(sentence < 0),
        "lead": float(sentence == 0),
        "late": min(max(sentence, 0), 12) / 12,
        "amount": float(deal.amount is not None),
        "stake": float(deal.stake is not None),
        "date": float(deal.date is not None),
        "person": float(any(p.entity.type == "PER" for ps in match.fillers.values() for p in ps)),
        "media": float(any(p.entity.kind == "media" for ps in match.fillers.values() for p in ps)),
        "signed": float(any(status_words().says.get(words.lemma[token]) == "agreed" for token in verbs)),
        "whole and sure": float(match.loose == 0 and (len(roles) > 1 or (symmetric and fillers == 2))),
        "present": float(words.feats[predicate.trigger].get("Tense") == "Pres"),
        "imperfective": float(words.feats[predicate.trigger].get("Aspect") == "Imp"),
        "unnamed subject": float(predicate.unnamed_subject),
    }


def _ends_in_line_break(words: Words) -> bool:
    """Is the first sentence a headline?"""
    return "\n" in words.text[words.sentences[0][1] - 1]


def confidence(features: dict[str, float]) -> float:
    """The estimated probability that a deal with these features is right."""
    score = model().bias + sum(shares(features).values())
    return 1 / (1 + math.exp(-score))


def shares(features: dict[str, float]) -> dict[str, float]:
    """What each feature adds to the log-odds."""
    weights = model().weights
    return {name: weights.get(name, 0.0) * value for name, value in features.items()}
