"""factRuEval-2016's first track: mentions as sets of tokens, by its own rules.

After the official scorer (github.com/dialogue-evaluation/factRuEval-2016, scripts/dialent/task1/eval.py), with
LocOrg as Loc. A pair of one type is worth common / all tokens, of which gold's count only if they are in a name
(a descriptor may be left out or taken in). A mention without a name, or within another that can hold it, is
left out, and the prediction that matches it too.
"""

from extract.evaluation.matching import pairs_of
from extract.evaluation.samples import Sample, TokenSet
from extract.evaluation.scores import ArticleScore, matched

HOLDERS = {"PER": ("LOC", "ORG"), "LOC": ("LOC", "ORG"), "ORG": ("ORG",)}
TYPES = tuple(HOLDERS)


def score_track1(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Mentions, for each type and over all."""
    golds = gold.token_sets or []
    preds = token_sets_of(predicted, gold.tokens or [])
    pairs = dict(pairs_of(golds, preds, _weight))
    left_out = {i for i, mention in enumerate(golds) if _is_left_out(i, mention, golds, pairs)}
    excused = {j for i, j in pairs.items() if i in left_out}
    for type in TYPES:
        own = [i for i, mention in enumerate(golds) if mention.type == type and i not in left_out]
        offered = [j for j, mention in enumerate(preds) if mention.type == type and j not in excused]
        worth = sum(quality(golds[i], preds[pairs[i]]) for i in own if i in pairs)
        counts = matched(worth, len(own), len(offered))
        score.count(f"track1.{type}", counts)
        score.count("track1", counts)


def token_sets_of(sample: Sample, tokens: list[tuple[int, int]]) -> list[TokenSet]:
    """A prediction's spans as sets of gold's tokens; gold that has its own keeps them."""
    if sample.token_sets is not None:
        return sample.token_sets
    result = []
    for span in sample.spans or []:
        within = frozenset((start, end) for start, end in tokens if span.start <= start and end <= span.end)
        if span.type in TYPES and within and not span.ignored:
            result.append(TokenSet(span.type, within, within))
    return list(dict.fromkeys(result))


def quality(gold: TokenSet, predicted: TokenSet) -> float:
    """What a prediction is worth against a gold mention of its type: 0 to 1."""
    common = len(gold.named & predicted.tokens)
    every = len(gold.named) + len(predicted.tokens - gold.tokens)
    return common / every if every else _likeness(gold, predicted)


def _weight(gold: TokenSet, predicted: TokenSet) -> float:
    """Rank pairs: by likeness first, so that a mention that fits exactly is never passed over."""
    if gold.type != predicted.type:
        return 0
    likeness = _likeness(gold, predicted)
    return likeness and likeness + quality(gold, predicted)


def _likeness(gold: TokenSet, predicted: TokenSet) -> float:
    return len(gold.tokens & predicted.tokens) / len(gold.tokens | predicted.tokens)


def _is_left_out(index: int, mention: TokenSet, golds: list[TokenSet], pairs: dict[int, int]) -> bool:
    """Unnamed, within another mention, or a place and an organization at once: the one that is found counts."""
    holders = [(i, other) for i, other in enumerate(golds) if other.type in HOLDERS[mention.type] and i != index]
    twins = [i for i, other in holders if other.type != mention.type and other.tokens == mention.tokens]
    return (
        not mention.named
        or any(mention.tokens < other.tokens for _, other in holders)
        or any((i in pairs) or index not in pairs for i in twins)
    )
