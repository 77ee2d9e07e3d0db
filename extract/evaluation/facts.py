"""factRuEval-2016's third track: facts, by its own rules, so that figures stand beside the published ones.

After the official scorer (github.com/dialogue-evaluation/factRuEval-2016, scripts/dialent/task3/eval.py).
A position without an organization is no Occupation there, nor is an owner or founder; each value is one string,
the organization's as the text names it beside the post.
Facts of one type can match if an argument other than Position has the same value; a value is the same within
two letters (Levenshtein distance). A matched pair is worth matched / (matched + missed + added) arguments by
weight. Easy mode: difficult facts are left out, phases don't count. Hard mode: facts that are possible,
future or denied are left out. Unlike there, one prediction stands against one gold fact: a fact predicted
twice is wrong once.
"""

from itertools import product
from typing import Any

from rapidfuzz.distance import Levenshtein

from extract.evaluation.matching import pairs_of
from extract.evaluation.samples import Argument, Deal, Fact, Position, Sample
from extract.evaluation.scores import ArticleScore, Counts, Item
from extract.rules import table

TYPES = ("deal", "meeting", "occupation", "ownership")
NEAR = 2
_QUOTES = str.maketrans(dict.fromkeys("«»“”„", '"') | {"’": "'", "`": "'", "ё": "е"})


def facts_of(sample: Sample) -> list[Fact]:
    """A prediction's positions, deals and relations as facts; gold that has facts already keeps them."""
    if sample.facts is not None:
        return sample.facts
    facts = [_occupation(position) for position in sample.positions or [] if _is_occupation(position)]
    facts += [_deal(deal) for deal in sample.deals or [] if deal.type in third_track()["deals"]]
    for relation in sample.relations or []:
        if relation.type in TYPES:
            arguments = tuple(Argument(argument.role, (argument.name,)) for argument in relation.arguments)
            facts.append(Fact(relation.type, arguments, rule=relation.rule))
    return facts


def third_track() -> dict[str, Any]:
    """Types, weights and marks of the track."""
    return table("evaluation/factrueval")


def _is_occupation(position: Position) -> bool:
    """Held somewhere, and not for owning or founding it: that is the collection's Ownership."""
    owner = any(word in third_track()["owners"] for word in position.title.split()[-1:])
    return position.organization is not None and not owner


def _occupation(position: Position) -> Fact:
    """A position, its organization by the name that the text has there: a value of this track is one string."""
    where = position.named or position.organization
    values = {"who": position.person, "position": position.title, "where": where}
    if position.former:
        values[third_track()["marks"]["phase"]] = third_track()["marks"]["end"]
    return Fact("occupation", tuple(Argument(name, (value,)) for name, value in values.items() if value))


def _deal(deal: Deal) -> Fact:
    names = dict.fromkeys(name for _, name in deal.participants)
    arguments = [Argument("participant", (name,)) for name in names]
    unreal = deal.status in ("planned", "negotiating", "cancelled")
    return Fact("deal", (*arguments, Argument("type", (third_track()["deals"][deal.type],))), unreal, rule=deal.rule)


def score_facts(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Facts in easy and in hard mode, for each type and over all."""
    offered = facts_of(predicted)
    for mode in ("easy", "hard"):
        for type in TYPES:
            golds = [_in_mode(fact, mode) for fact in gold.facts or [] if fact.type == type]
            preds = [_in_mode(fact, mode) for fact in offered if fact.type == type]
            if mode == "hard":
                golds, preds = ([fact for fact in facts if not fact.unreal] for facts in (golds, preds))
            counts = _score(golds, preds, score if mode == "easy" else None, ignore=mode == "easy")
            score.count(f"facts.{mode}.{type}", counts)
            score.count(f"facts.{mode}", counts)


def _in_mode(fact: Fact, mode: str) -> Fact:
    """In easy mode phases don't count."""
    if mode == "hard":
        return fact
    arguments = tuple(argument for argument in fact.arguments if argument.name != third_track()["marks"]["phase"])
    return Fact(fact.type, arguments, fact.unreal, fact.difficult, fact.rule)


def _score(golds: list[Fact], preds: list[Fact], score: ArticleScore | None, ignore: bool) -> Counts:
    """Counts of one type; predictions that match only a difficult fact count neither way if `ignore`."""
    left_out = [fact for fact in golds if ignore and fact.difficult]
    required = [fact for fact in golds if not (ignore and fact.difficult)]
    pairs = pairs_of(required, preds, quality)
    taken = {j for _, j in pairs}
    rest = [j for j in range(len(preds)) if j not in taken]
    excused = {rest[j] for _, j in pairs_of(left_out, [preds[j] for j in rest], quality)}
    worth = sum(quality(required[i], preds[j]) for i, j in pairs)
    if score is not None:
        found = dict(pairs)
        for i, fact in enumerate(required):
            partial = i in found and quality(fact, preds[found[i]]) < 1
            cause = f"partly ({describe(preds[found[i]])})" if partial else ""
            outcome = "right" if i in found and not partial else "missed"
            score.items.append(Item("facts", outcome, fact.type, describe(fact), cause))
        score.items += [
            Item("facts", "false", fact.type, describe(fact), rule=fact.rule)
            for j, fact in enumerate(preds)
            if j not in taken and j not in excused
        ]
    return Counts(worth, worth, len(required), len(preds) - len(excused))


def describe(fact: Fact) -> str:
    """A fact in one line, each argument by its first value."""
    return ", ".join(f"{argument.name}: {argument.values[0]}" for argument in fact.arguments)


def quality(gold: Fact, predicted: Fact) -> float:
    """What a prediction is worth against a gold fact: 0 to 1."""
    pairs = pairs_of(gold.arguments, predicted.arguments, _same)
    if not any(gold.arguments[i].name != "position" for i, _ in pairs):
        return 0
    matched = sum(_weight(gold.arguments[i]) for i, _ in pairs)
    every = sum(map(_weight, gold.arguments)) + sum(map(_weight, predicted.arguments))
    return matched / (every - matched)


def _same(one: Argument, other: Argument) -> float:
    if one.name != other.name:
        return 0
    return float(
        any(
            Levenshtein.distance(_plain(value), _plain(offered), score_cutoff=NEAR) <= NEAR
            for value, offered in product(one.values, other.values)
        )
    )


def _weight(argument: Argument) -> float:
    weight: float = third_track()["weights"].get(argument.name, 1.0)
    return weight


def _plain(value: str) -> str:
    return value.strip().lower().translate(_QUOTES)
