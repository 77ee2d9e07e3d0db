"""The component that tells how sure a deal is: a logistic model over how it was found, fitted to annotated articles.

The weights in `rules/confidence.toml` are made by `tests/benchmarks/calibrate.py`.
"""

import math
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Candidate
from extract.deals.discourse import has_headline
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.status import status_words
from extract.grammar.voice import VERBAL
from extract.language.words import Words, words_of
from extract.rules import table

LATE = 12  # sentences from the lead; what comes after is as late


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


class Judge:
    """Doc in, Doc out; sets `doc._.judged`: the deals with features and score."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        doc._.judged = tuple(self._judged(words, candidate) for candidate in doc._.finished)
        return doc

    def _judged(self, words: Words, candidate: Candidate) -> Candidate:
        features = tuple(sorted(self._features(words, candidate).items()))
        return replace(candidate, features=features, score=probability(dict(features)))

    def _features(self, words: Words, candidate: Candidate) -> dict[str, float]:
        """What of a finished candidate tells whether it is right; every value lies between 0 and 1."""
        told, arguments = candidate.told, candidate.arguments
        roles = {argument.role for argument in arguments}
        both = self.rules.types[candidate.type].symmetric in roles and len(arguments) > 1
        loose = any(argument.loose for argument in arguments)
        headline = has_headline(words)
        sentences = [words.sentence[telling.word] for telling in told]
        body = [sentence - headline for sentence in sentences if sentence >= headline]
        return {
            f"type {candidate.type}": 1.0,
            **{f"rule {telling.rule}": 1.0 for telling in told},
            f"status {candidate.status}": 1.0,
            "whole": float(len(roles) > 1 or both),
            "three roles": float(len(roles) > 2),
            "many fillers": float(len(arguments) > 3),
            "anaphor": sum(argument.anaphor for argument in arguments) / max(len(arguments), 1),
            "loose": float(loose),
            "whole and sure": float(not loose and (len(roles) > 1 or both)),
            "inferred": float(any(argument.mention is None for argument in arguments)),
            "headline": float(len(body) < len(sentences)),
            "lead": float(0 in body),
            "late": min(min(body, default=0), LATE) / LATE,
            "repeated": float(len(told) > 1),
            "amount": float(candidate.amount is not None),
            "stake": float(candidate.stake is not None),
            "date": float(candidate.date is not None),
            "person": float(any(argument.type == "PER" for argument in arguments)),
            "media": float(any(argument.kind == "media" for argument in arguments)),
            "unnamed subject": float(any(telling.unnamed_subject for telling in told)),
            **_form(words, candidate),
        }


def _form(words: Words, candidate: Candidate) -> dict[str, float]:
    """The form of the words that state a deal."""
    told = candidate.told
    says = status_words().says
    nouns = [words.pos[telling.word] == "NOUN" for telling in told]
    feats = [words.feats[telling.word] for telling in told]
    verbs = [token for telling in told for token in telling.chain if words.pos[token] in VERBAL]
    return {
        "noun": float(all(nouns)),
        "bare noun": float(all(noun and not telling.chain for noun, telling in zip(nouns, told, strict=True))),
        "governed": float(any(telling.chain for telling in told)),
        "signed": float(any(says.get(words.lemma[token]) == "agreed" for token in verbs)),
        "present": float(any(feat.get("Tense") == "Pres" for feat in feats)),
        "imperfective": float(any(feat.get("Aspect") == "Imp" for feat in feats)),
    }


def probability(features: dict[str, float]) -> float:
    """The estimated probability that a deal with these features is right."""
    return 1 / (1 + math.exp(-model().bias - sum(shares(features).values())))


def shares(features: dict[str, float]) -> dict[str, float]:
    """What each feature adds to the log-odds."""
    weights = model().weights
    return {name: weights.get(name, 0.0) * value for name, value in features.items()}


def is_reported(candidate: Candidate, rules: Rulebook) -> bool:
    """Does it reach the record: sure enough, or found by a frame of the user's own?"""
    source = rules.sources.get(candidate.rule)
    return (source is not None and source.own) or confidence(candidate) >= model().least


def confidence(candidate: Candidate) -> float:
    """The score as records give it, in hundredths.

    Raises:
        ValueError: the candidate hasn't been judged.
    """
    if candidate.score is None:
        raise ValueError(f"the candidate of {candidate.rule} has not been judged")
    return round(candidate.score, 2)


@Language.factory(
    "ru_judge",
    assigns=["doc._.judged"],
    requires=["doc._.finished"],
    default_config={"rules": None},
)
def create_judge(nlp: Language, name: str, rules: str | None = None) -> Judge:
    """Make the component; `rules` is a file or folder of the user's own."""
    return Judge(load_rules(rules))
