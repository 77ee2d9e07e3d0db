"""The component that tells how sure a deal is: logistic models over how it was found, fitted to annotated articles.

One knows what frames see. The other, where the network has read the article, knows what that sees, and of what frames
see only the first one's verdict. The weights in `rules/confidence.toml` are made by `tests/benchmarks/calibrate.py`.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate
from extract.deals.discourse import has_headline
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.status import status_words
from extract.grammar.voice import VERBAL
from extract.language.words import Words, words_of
from extract.learned.reader import Reading, Telling
from extract.rules import table

UNSEEN = 0.02  # the probability of what the network doesn't think worth telling
LEAST_ODDS = 0.018  # what is less probable is as improbable: log-odds of -4
EARLY = 3  # sentences
LEARNED = "ru_learned"
LATE = 12  # sentences from the lead; what comes after is as late


FRAMES, BOTH = "frames", "both"


@dataclass(frozen=True, slots=True)
class Model:
    """The fitted weights of the features, the bias, and the least confidence of a deal that is reported."""

    bias: float
    least: float
    weights: dict[str, float]

    def probability(self, features: dict[str, float]) -> float:
        """The estimated probability that a deal with these features is right."""
        return 1 / (1 + math.exp(-self.bias - sum(self.shares(features).values())))

    def shares(self, features: dict[str, float]) -> dict[str, float]:
        """What each feature adds to the log-odds."""
        return {name: self.weights.get(name, 0.0) * value for name, value in features.items()}


@cache
def model(views: str) -> Model:
    """Load the weights once; `views` says what is known: `FRAMES` or `BOTH`."""
    data = table("confidence")[views]
    return Model(data["bias"], data["least"], data["weights"])


def views_of(reading: Reading | None, candidate: Candidate) -> str:
    """What is known of a deal: of a type that the network didn't learn, or without it, what frames see."""
    return FRAMES if reading is None or candidate.type not in reading.types else BOTH


class Judge:
    """Doc in, Doc out; sets `doc._.judged`: the deals with features and score."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        judged = []
        for candidate in doc._.united:
            features, views = self.features(words, candidate), views_of(doc._.read, candidate)
            if views == BOTH:
                features = both_views(words, candidate, doc._.united, doc._.read, model(FRAMES).probability(features))
            ordered = tuple(sorted(features.items()))
            judged.append(replace(candidate, features=ordered, score=model(views).probability(features)))
        doc._.judged = tuple(judged)
        return doc

    def features(self, words: Words, candidate: Candidate) -> dict[str, float]:
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


def both_views(
    words: Words, candidate: Candidate, rivals: tuple[Candidate, ...], reading: Reading, frames: float
) -> dict[str, float]:
    """What of a candidate tells whether it is right, where the network has read the article too.

    Args:
        words: the annotated tokens.
        candidate: the deal.
        rivals: all deals of the article.
        reading: what the network sees.
        frames: the probability by what frames see; of a deal that only the network proposes, without meaning.
    """
    sentences = candidate.sentences(words)
    inside = [telling for telling in reading.tellings if telling.sentence in sentences]
    own = [telling for telling in inside if telling.type == candidate.type]
    told = max((telling.probability for telling in own), default=UNSEEN)
    other = max((telling.probability for telling in inside if telling.type != candidate.type), default=UNSEEN)
    fillers = [_role(own, argument) for argument in candidate.arguments]
    many = len(candidate.arguments) > 1
    learned = candidate.source == LEARNED
    who = "network" if learned else "frame and network" if candidate.partner is not None else "frame"
    found = {
        who: 1.0,
        f"{who}: told": _log_odds(told),
        f"{who}: roles": sum(map(_log_odds, fillers)) / len(fillers) if fillers else -1.0,
        f"{who}: worst role": min(map(_log_odds, fillers), default=-1.0),
        f"{who}: best role": max(map(_log_odds, fillers), default=-1.0),
        f"{who}: whole": float(many),
        "another type": _log_odds(other),
    }
    if not learned:
        return {**found, f"{who}: by frames": _log_odds(frames)}
    parties = {argument.key for argument in candidate.arguments}
    others = [rival for rival in rivals if rival is not candidate]
    beside = [rival for rival in others if sentences & rival.sentences(words)]
    alike = [rival for rival in others if rival.type == candidate.type]
    shared = [argument.key in parties for rival in alike for argument in rival.arguments]
    return {
        **found,
        f"network: type {candidate.type}": 0.5,
        f"network: status {candidate.status}": 0.5,
        "network: repeated": float(len(candidate.evidence) > 1),
        "network: amount": float(candidate.amount is not None),
        "network: early": float(min(sentences) < EARLY),
        "network: anaphor": sum(argument.anaphor for argument in candidate.arguments) / len(candidate.arguments),
        "network: another of the type": float(bool(alike)),
        "network: another of the type beside it": float(any(rival in beside for rival in alike)),
        "network: another of the type shares a party": float(any(shared)),
        "network: another of the parties": float(
            any(argument.key in parties for rival in beside for argument in rival.arguments)
        ),
    }


def _role(tellings: list[Telling], argument: Argument) -> float:
    """How probable an argument's role is to the network."""
    return max(
        (
            probability
            for telling in tellings
            for ref, role, probability in telling.roles
            if ref == argument.ref and role == argument.role
        ),
        default=UNSEEN,
    )


def _log_odds(probability: float) -> float:
    """Between -1 and 1."""
    inside = min(max(probability, LEAST_ODDS), 1 - LEAST_ODDS)
    return math.log(inside / (1 - inside)) / math.log(1 / LEAST_ODDS - 1)


def reported(
    words: Words, judged: Sequence[Candidate], rules: Rulebook, reading: Reading | None
) -> Iterator[Candidate]:
    """The deals that reach the record: those that are sure enough, and those of the user's own frames.

    What the network makes of a sentence that such a frame has read doesn't: its user knows better.
    """
    own = [candidate for candidate in judged if is_own(candidate, rules)]
    for candidate in judged:
        sure = confidence(candidate) >= model(views_of(reading, candidate)).least
        known_better = candidate.source == LEARNED and any(_covers(words, other, candidate) for other in own)
        if is_own(candidate, rules) or (sure and not known_better):
            yield candidate


def is_own(candidate: Candidate, rules: Rulebook) -> bool:
    """Did a frame of the user's own find it?"""
    source = rules.sources.get(candidate.rule)
    return source is not None and source.own


def _covers(words: Words, deal: Candidate, other: Candidate) -> bool:
    """Does a deal have all the parties of another one that the same sentence tells?"""
    parties = {argument.key for argument in deal.arguments}
    inside = deal.sentences(words) & other.sentences(words)
    return bool(inside) and all(argument.key in parties for argument in other.arguments)


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
    requires=["doc._.united"],
    default_config={"rules": None},
)
def create_judge(nlp: Language, name: str, rules: str | None = None) -> Judge:
    """Make the component; `rules` is a file or folder of the user's own."""
    return Judge(load_rules(rules))
