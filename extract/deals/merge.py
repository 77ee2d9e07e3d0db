"""The component that joins the mentions of one deal to one deal with all its evidence."""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate, Subject
from extract.deals.discourse import long_past
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.status import PROGRESS

ROUNDING = 0.1
NEAR = 80  # tokens
# Told in different sentences, these are fates of two deals: what is planned anew has not been done already.
FATES = {
    frozenset({"agreed", "cancelled"}),
    frozenset({"completed", "planned"}),
    frozenset({"cancelled", "negotiating"}),
}


class Merger:
    """Doc in, Doc out; sets `doc._.merged`: each deal of the article once, by its first mention."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        events = _Events(self.rules, doc)
        merged: list[Candidate] = []
        for candidate in doc._.referred:
            at = next((i for i, other in enumerate(merged) if events.are_one(other, candidate)), None)
            if at is None:
                merged.append(candidate)
            else:
                merged[at] = joined(merged[at], candidate)
        doc._.merged = tuple(merged)
        return doc


class _Events:
    """Tells whether two candidates of an article can be one event."""

    def __init__(self, rules: Rulebook, doc: Doc) -> None:
        self.rules = rules
        self.amounts = {amount.id: amount.value for amount in doc._.amounts}
        self.past = long_past(doc._.dates, doc._.published)

    def are_one(self, first: Candidate, second: Candidate) -> bool:
        """Same type, no role with other parties, no other sum, stake or date; headlines round sums."""
        if first.type != second.type or not self._parties_agree(first, second):
            return False
        if first.amount and second.amount:
            one, other = self.amounts[first.amount.ref], self.amounts[second.amount.ref]
            if abs(one - other) > ROUNDING * max(one, other):
                return False
        if _is_past(first, second) or _is_past(second, first):
            return False
        if second.evidence[0][0] > first.evidence[-1][1] and frozenset({first.status, second.status}) in FATES:
            return False
        if not first.date and second.date and second.date.ref in self.past:  # the news, and what was done once
            return False
        same_stake = not first.stake or not second.stake or self._value(first) == self._value(second)
        return same_stake and (not first.date or not second.date or first.date.ref == second.date.ref)

    def _value(self, candidate: Candidate) -> float | None:
        return self.amounts[candidate.stake.ref] if candidate.stake else None

    def _parties_agree(self, first: Candidate, second: Candidate) -> bool:
        ours, theirs = first.keys(), second.keys()
        if any(ours[role] & theirs[other] for role in ours for other in theirs if other != role):
            return False  # who buys in one and sells in the other
        shared = [role for role in ours if role in theirs and ours[role] & theirs[role]]
        listed = self._listed(first, second)
        if not shared:
            return bool(listed) and _lists_more(first, second, listed)
        symmetric = self.rules.types[first.type].symmetric
        if symmetric in shared:
            return ours[symmetric] <= theirs[symmetric] or theirs[symmetric] <= ours[symmetric]
        common = ours.keys() & theirs.keys()
        if listed and any(role != listed for role in shared):
            common -= {listed}
        return all(ours[role] & theirs[role] for role in common)

    def _listed(self, first: Candidate, second: Candidate) -> str:
        """The role whose fillers both list: what one authority did on one day is one act, however long its list."""
        frames = [self.rules.by_rule.get(candidate.rule) for candidate in (first, second)]
        roles = {frame.lists if frame else "" for frame in frames}
        return roles.pop() if len(roles) == 1 else ""


def _lists_more(first: Candidate, second: Candidate, listed: str) -> bool:
    """«США ввели санкции. Под них попали A и B»: the next sentences list the targets of the act."""
    return (
        {argument.role for argument in second.arguments} == {listed}
        and any(argument.role != listed for argument in first.arguments)
        and second.evidence[0][0] - max(end for _, end in first.evidence) < NEAR
    )


def _is_past(first: Candidate, second: Candidate) -> bool:
    """What was done on a day of its own is not what is planned now."""
    return first.status == "completed" and first.date is not None and second.status in {"planned", "negotiating"}


def joined(first: Candidate, later: Candidate) -> Candidate:
    """Two tellings of one deal as one: what it lacks comes from the later, and the later sum is the exacter."""
    evidence = [*first.evidence, *(span for span in later.evidence if span not in first.evidence)]
    return replace(
        first,
        arguments=_joined_arguments(first.arguments, later.arguments),
        status=max(first.status, later.status, key=PROGRESS.index),
        amount=later.amount or first.amount,
        stake=first.stake or later.stake,
        date=first.date or later.date,
        subject=max(first.subject, later.subject, key=_length),
        evidence=tuple(sorted(evidence, key=lambda span: span[0] - span[1])),
        tellings=(*first.told, *later.told),
    )


def _length(subject: Subject | None) -> int:
    return len(subject.text) if subject else 0


def _joined_arguments(first: tuple[Argument, ...], later: tuple[Argument, ...]) -> tuple[Argument, ...]:
    known = {(argument.role, argument.key): argument for argument in first}
    for argument in later:
        own = known.setdefault((argument.role, argument.key), argument)
        if own.mention is None and argument.mention is not None:
            known[argument.role, argument.key] = replace(own, mention=argument.mention)
    return tuple(known.values())


@Language.factory(
    "ru_merge",
    assigns=["doc._.merged"],
    requires=["doc._.referred", "doc._.amounts", "doc._.dates"],
    default_config={"rules": None},
)
def create_merge(nlp: Language, name: str, rules: str | None = None) -> Merger:
    """Make the component; `rules` is a file or folder of the user's own."""
    return Merger(load_rules(rules))
