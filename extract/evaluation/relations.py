"""Scores of relations."""

from extract.evaluation.matching import pairs_of
from extract.evaluation.names import names_match
from extract.evaluation.samples import Relation, RelationArgument, Sample
from extract.evaluation.scores import ArticleScore, Counts, Item


def score_relations(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Relations, for each type: right when every argument of one is in the other, by role and thing.

    An argument is the same thing if the names match or a mention is shared. Collections annotate a relation
    as often as it is mentioned and we once, so that one prediction may find several gold relations.
    """
    for type in sorted(gold.relation_types):
        golds = [relation for relation in gold.relations or [] if relation.type == type]
        preds = [relation for relation in predicted.relations or [] if relation.type == type]
        found = [any(same_relation(one, other) for other in preds) for one in golds]
        right = [any(same_relation(one, other) for one in golds) for other in preds]
        counts = Counts(sum(found), sum(right), len(golds), len(preds))
        score.count(f"relations.{type}", counts)
        score.count("relations", counts)
        score.items += [_item(one, "right" if hit else "missed") for one, hit in zip(golds, found, strict=True)]
        score.items += [_item(one, "false") for one, hit in zip(preds, right, strict=True) if not hit]


def same_relation(one: Relation, other: Relation) -> bool:
    """Say whether two relations of one type have the same arguments."""
    size = min(len(one.arguments), len(other.arguments))
    return size > 0 and len(pairs_of(one.arguments, other.arguments, _same_argument)) == size


def _same_argument(one: RelationArgument, other: RelationArgument) -> float:
    return float(one.role == other.role and (names_match(one.name, other.name) or _meet(one, other)))


def _meet(one: RelationArgument, other: RelationArgument) -> bool:
    return any(a < d and c < b for a, b in one.mentions for c, d in other.mentions)


def _item(relation: Relation, outcome: str) -> Item:
    what = ", ".join(f"{argument.role}: {argument.name}" for argument in relation.arguments)
    return Item("relations", outcome, relation.type, what, "", relation.start, relation.end, rule=relation.rule)
