"""The component that makes one list of what frames and the network propose."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.schema import DealType
from extract.language.words import Words, words_of

NAME = "ru_unite"
OVERRULED = 0.95  # so probable another role must be that it is taken instead of a frame's
STRETCH = 40  # sentences
ADDED = 0.5  # so probable a role must be that the network adds to a frame's deal


class Uniter:
    """Doc in, Doc out; sets `doc._.united`: each deal once, whoever proposed it."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words = words_of(doc)
        by_frames, by_network = list(doc._.finished), list(doc._.learned)
        near = _Near(words, by_frames)
        partners = paired(words, by_frames, by_network, near)
        united = [
            both(candidate, by_network[partners[at]], self.rules.types[candidate.type]) if at in partners else candidate
            for at, candidate in enumerate(by_frames)
        ]
        taken = set(partners.values())
        for at, candidate in enumerate(by_network):
            if at not in taken and not any(_shares(candidate, by_frames[i]) for i in near.to(candidate)):
                united.append(candidate)
        doc._.united = tuple(sorted(united, key=lambda candidate: min(start for start, _ in candidate.evidence)))
        return doc


def paired(words: Words, by_frames: list[Candidate], by_network: list[Candidate], near: "_Near") -> dict[int, int]:
    """Which deal of the frames is which of the network, by number: the best pairs first, each in one pair only."""
    weights = [
        (weight, -i, -j)
        for j, other in enumerate(by_network)
        for i in near.to(other)
        if (weight := _likeness(words, by_frames[i], other)) > 0
    ]
    found: dict[int, int] = {}
    taken: set[int] = set()
    for _, i, j in sorted(weights, reverse=True):
        if -i not in found and -j not in taken:
            found[-i] = -j
            taken.add(-j)
    return found


def _likeness(words: Words, one: Candidate, other: Candidate) -> float:
    """How much two deals of one type share: parties in the same role, parties, sentences."""
    ours, theirs = one.keys(), other.keys()
    same = sum(len(ours[role] & theirs.get(role, set())) for role in ours)
    shared = len(set().union(*ours.values()) & set().union(*theirs.values())) if ours and theirs else 0
    inside = len(one.sentences(words) & other.sentences(words))
    return 2 * same + shared + 0.5 * inside if shared or inside else 0.0


def _shares(one: Candidate, other: Candidate) -> bool:
    """Have two deals a party in common?"""
    parties = {argument.key for argument in one.arguments}
    return any(argument.key in parties for argument in other.arguments)


class _Near:
    """Deals by where they are told, so that a long text isn't compared all with all."""

    def __init__(self, words: Words, deals: list[Candidate]) -> None:
        self._words = words
        self._at: dict[tuple[str, int], list[int]] = {}
        for number, deal in enumerate(deals):
            for stretch in self._stretches(deal):
                self._at.setdefault((deal.type, stretch), []).append(number)

    def to(self, deal: Candidate) -> list[int]:
        """The numbers of the deals of its type that are told not too far from it."""
        around = {at for stretch in self._stretches(deal) for at in (stretch - 1, stretch, stretch + 1)}
        return sorted({number for at in around for number in self._at.get((deal.type, at), ())})

    def _stretches(self, deal: Candidate) -> set[int]:
        return {sentence // STRETCH for sentence in deal.sentences(self._words)}


def both(frame: Candidate, network: Candidate, kind: DealType) -> Candidate:
    """A deal that both propose: the frame's, with what only the network saw."""
    return replace(
        frame,
        arguments=_arguments(frame, network, kind),
        amount=frame.amount or network.amount,
        stake=frame.stake or network.stake,
        date=frame.date or network.date,
        subject=frame.subject or network.subject,
        partner=network,
    )


def _arguments(frame: Candidate, network: Candidate, kind: DealType) -> tuple[Argument, ...]:
    """Who the frame has in its roles, where the network doesn't surely see another; then whom only that sees."""
    seen = {argument.key: argument for argument in network.arguments}
    crowded = _crowded(frame.arguments, kind)
    apart = not _crowded(network.arguments, kind) and all(argument.key in seen for argument in frame.arguments)
    found = []
    for argument in frame.arguments:
        other = seen.get(argument.key)
        if (
            other is not None
            and other.role != argument.role
            and (other.probability or 0.0) >= OVERRULED
            and (argument.loose or argument.role in crowded or apart)
        ):
            argument = replace(argument, role=other.role, probability=other.probability)
        found.append(argument)
    known, filled = {argument.key for argument in found}, {argument.role for argument in found}
    for one in sorted(network.arguments, key=lambda argument: -(argument.probability or 0.0)):
        open = one.role not in filled or one.role == kind.symmetric
        if one.key not in known and open and (one.probability or 0.0) >= ADDED:
            found.append(one)
            filled.add(one.role)
    return tuple(found)


def _crowded(arguments: Iterable[Argument], kind: DealType) -> set[str]:
    """The roles that several fill, though who fills them doesn't do the same."""
    return {role for role, count in Counter(argument.role for argument in arguments).items()
            if count > 1 and role != kind.symmetric}  # fmt: skip


@Language.factory(
    NAME,
    assigns=["doc._.united"],
    requires=["doc._.finished", "doc._.learned"],
    default_config={"rules": None},
)
def create_unite(nlp: Language, name: str, rules: str | None = None) -> Uniter:
    """Make the component; `rules` is a file or folder of the user's own."""
    return Uniter(load_rules(rules))
