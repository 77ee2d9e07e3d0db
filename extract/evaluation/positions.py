"""Scores of positions: who holds which post where."""

from collections.abc import Sequence

from extract.evaluation.matching import pairs_of
from extract.evaluation.names import names_match, people_match
from extract.evaluation.samples import Position, Sample
from extract.evaluation.scores import ArticleScore, Item, matched
from extract.language.morphology import parses


def score_positions(gold: Sample, predicted: Sample, score: ArticleScore) -> None:
    """Positions: (person, organization, title), the title by its last noun's lemma."""
    required = [position for position in gold.positions or [] if not position.optional]
    optional = [position for position in gold.positions or [] if position.optional]
    preds = predicted.positions or []
    pairs = pairs_of(required, preds, _same_position)
    taken = {j for _, j in pairs}
    rest = [j for j in range(len(preds)) if j not in taken]
    excused = {rest[j] for _, j in pairs_of(optional, [preds[j] for j in rest], _same_position)}
    score.count("positions", matched(len(pairs), len(required), len(preds) - len(excused)))
    found = {i for i, _ in pairs}
    for i, position in enumerate(required):
        score.items.append(_item(gold.text, position, "right" if i in found else "missed", preds))
    for j, position in enumerate(preds):
        if j not in taken and j not in excused:
            score.items.append(_item(gold.text, position, "false", required))


def _same_position(one: Position, other: Position) -> float:
    return float(people_match(one.person, other.person) and _same_title(one, other) and _same_organization(one, other))


def _same_title(one: Position, other: Position) -> bool:
    return last_noun(one.title) == last_noun(other.title)


def _same_organization(one: Position, other: Position) -> bool:
    if one.organization and other.organization:
        return names_match(one.organization, other.organization)
    return not one.organization and not other.organization


def last_noun(title: str) -> str:
    """The lemma of a title's last noun; of its last word if it has none."""
    words = title.lower().replace("ё", "е").split()
    lemmas = [(str(parses(word)[0].normal_form), parses(word)[0].tag.POS) for word in words]
    nouns = [lemma for lemma, pos in lemmas if pos == "NOUN"]
    return (nouns or [lemma for lemma, _ in lemmas] or [""])[-1].replace("ё", "е")


def _item(text: str, position: Position, outcome: str, others: Sequence[Position]) -> Item:
    cause = "" if outcome == "right" else _cause(position, others)
    start, end = position.start, position.end
    if start is None:
        start = text.find(position.person.split()[-1][:-1]) if position.person else -1
        start, end = (start, start + 1) if start >= 0 else (None, None)
    return Item("positions", outcome, "PER", _describe(position), cause, start, end)


def _cause(position: Position, others: Sequence[Position]) -> str:
    """Say what the other side has for this person."""
    same = [other for other in others if people_match(position.person, other.person)]
    if not same:
        return "person without position"
    for cause, agrees in (("organization wrong", _same_title), ("title wrong", _same_organization)):
        near = [other for other in same if agrees(position, other)]
        if near:
            return f"{cause} ({_describe(near[0])})"
    return f"title and organization wrong ({_describe(same[0])})"


def _describe(position: Position) -> str:
    return f"{position.person}: {position.title}, {position.organization or 'no organization'}"
