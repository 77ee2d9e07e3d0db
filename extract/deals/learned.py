"""The component that proposes deals by what the network has read: tellings of one deal joined, with their parties."""

from collections import Counter
from collections.abc import Container, Iterator
from dataclasses import replace
from operator import itemgetter

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Entity, Mention
from extract.deals.candidate import Argument, Candidate, Value, sentence_around
from extract.deals.dating import Limits
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.schema import DealType
from extract.deals.subject import subject_of
from extract.language.words import Words, words_of
from extract.learned.reader import Reading, Telling

NAME = "ru_learned"
RULE = "learned"
PROPOSED = 0.3  # a deal needs a telling as probable as this
SUPPORTED = 0.2  # a further telling of the same deal
FILLED = 0.4  # who fills a role
ALONE = 0.15  # who fills a role where nobody else fills any
PARTED = 0.1  # who takes a role that nobody fills
SAME = 0.5  # two tellings that tell of one deal


class LearnedProposer:
    """Doc in, Doc out; sets `doc._.learned`: the deals that the network proposes, none where it hasn't read."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        doc._.learned = tuple(self._proposed(doc, doc._.read)) if doc._.read is not None else ()
        return doc

    def _proposed(self, doc: Doc, reading: Reading) -> Iterator[Candidate]:
        entities = {entity.id: entity for entity in doc._.entities}
        for group in groups(reading):
            tellings = [reading.tellings[i] for i in group]
            if tellings[0].type in self.rules.types:
                candidate = self._candidate(words_of(doc), tellings, entities, doc)
                if candidate is not None:
                    yield candidate

    def _candidate(
        self, words: Words, tellings: list[Telling], entities: dict[str, Entity], doc: Doc
    ) -> Candidate | None:
        """Tellings of one deal as a candidate; None if nobody fills a role."""
        kind = self.rules.types[tellings[0].type]
        best = max(tellings, key=lambda telling: telling.probability)
        possible = {
            ref: {role: p for role, p in roles.items() if entities[ref].type in kind.roles[role].fits}
            for ref, roles in fillers(tellings, kind.roles).items()
        }
        arguments = [
            _argument(words, role, probability, entities[ref], best)
            for ref, (role, probability) in parted(possible, kind).items()
        ]
        if not arguments:
            return None
        order = list(kind.roles)
        arguments.sort(key=lambda argument: (order.index(argument.role), argument.mention or (0, 0)))
        status = max(_statuses(tellings).items(), key=lambda item: item[1])[0]
        values = _values(words, tellings, doc, Limits(status, doc._.published, kind.lasting))
        found = Candidate(
            source=NAME,
            rule=RULE,
            type=best.type,
            trigger=(best.trigger, best.trigger + 1),
            chain=(),
            arguments=tuple(arguments),
            unnamed_subject=False,
            evidence=tuple(dict.fromkeys(sentence_around(words, telling.trigger) for telling in (best, *tellings))),
            status=status,
            amount=values.get("amount"),
            stake=values.get("stake") if kind.stake else None,
            date=values.get("date"),
        )
        return replace(found, subject=subject_of(words, found, kind.about))


def groups(reading: Reading) -> list[list[int]]:
    """The tellings that tell of one deal each, by number: every one joins those that it is likeliest to go on."""
    same: dict[int, list[tuple[int, float]]] = {}
    for earlier, later, probability in reading.same:
        same.setdefault(later, []).append((earlier, probability))
    group_of: dict[int, int] = {}
    found: list[list[int]] = []
    for number, telling in enumerate(reading.tellings):
        if telling.probability < SUPPORTED:
            continue
        alike: dict[int, list[float]] = {}
        for earlier, probability in same.get(number, ()):
            if earlier in group_of:
                alike.setdefault(group_of[earlier], []).append(probability)
        best = max(((sum(ps) / len(ps), at) for at, ps in alike.items()), default=(0.0, -1))
        if best[0] < SAME:
            found.append([])
        group_of[number] = best[1] if best[0] >= SAME else len(found) - 1
        found[group_of[number]].append(number)
    return [group for group in found if any(reading.tellings[i].probability >= PROPOSED for i in group)]


def fillers(tellings: list[Telling], roles: Container[str]) -> dict[str, dict[str, float]]:
    """Entity → the roles that it may fill in a deal, and how probably."""
    best: dict[str, dict[str, float]] = {}
    for telling in tellings:
        for ref, role, probability in telling.roles:
            if role in roles:
                mine = best.setdefault(ref, {})
                mine[role] = max(probability, mine.get(role, 0.0))
    return best


def parted(possible: dict[str, dict[str, float]], kind: DealType) -> dict[str, tuple[str, float]]:
    """Who fills which role: each the likeliest, but of several in one role one takes the role that nobody fills."""
    found = _sure({ref: max(roles.items(), key=itemgetter(1)) for ref, roles in possible.items() if roles})
    filled = Counter(role for role, _ in found.values())
    for role in kind.roles:
        if role in filled or kind.roles[role].symmetric:
            continue
        crowded = [ref for ref, (other, _) in found.items() if filled[other] > 1 and not kind.roles[other].symmetric]
        best = max(crowded, key=lambda ref: possible[ref].get(role, 0.0), default=None)
        if best is not None and possible[best].get(role, 0.0) >= PARTED:
            filled.subtract([found[best][0]])
            found[best] = role, possible[best][role]
            filled[role] += 1
    return found


def _sure(likely: dict[str, tuple[str, float]]) -> dict[str, tuple[str, float]]:
    """The sure fillers; if there is none, the likeliest."""
    sure = {ref: filling for ref, filling in likely.items() if filling[1] >= FILLED}
    if not sure and likely:
        ref = max(likely, key=lambda ref: likely[ref][1])
        if likely[ref][1] >= ALONE:
            return {ref: likely[ref]}
    return sure


def _statuses(tellings: list[Telling]) -> dict[str, float]:
    """Status → how probable it is, the surer tellings weighing more."""
    total: dict[str, float] = {}
    for telling in tellings:
        for status, probability in telling.statuses:
            total[status] = total.get(status, 0.0) + telling.probability * probability
    return total


def _values(words: Words, tellings: list[Telling], doc: Doc, limits: Limits) -> dict[str, Value]:
    """The sum, stake and date that are likeliest, the date one that can be a deal's."""
    dates = {date.id: date for date in doc._.dates}
    mentions = {value.id: value.mentions for value in (*doc._.amounts, *doc._.dates)}
    best: dict[str, tuple[float, Value]] = {}
    for telling in tellings:
        for slot, ref, probability in telling.values:
            if probability >= FILLED and probability > best.get(slot, (0.0,))[0]:
                near = min(mentions[ref], key=lambda mention: abs(mention.start - telling.trigger))
                if slot == "date" and not limits.allow(words, near, dates[ref], {telling.trigger}):
                    continue
                best[slot] = probability, Value(ref, (near.start, near.end))
    return {slot: value for slot, (_, value) in best.items()}


def _argument(words: Words, role: str, probability: float, entity: Entity, telling: Telling) -> Argument:
    """An entity in a role, by the mention nearest to the trigger, names before pronouns."""

    def distance(mention: Mention) -> tuple[bool, bool, int]:
        away = words.sentence[mention.start] != telling.sentence
        return away, mention.anaphor, abs(mention.start - telling.trigger)

    mention = min(entity.mentions, key=distance)
    return Argument(
        role=role,
        name=entity.name,
        ref=entity.id,
        type=entity.type,
        kind=entity.kind or "",
        mention=(mention.start, mention.end),
        anaphor=mention.anaphor,
        probability=probability,
    )


@Language.factory(
    NAME,
    assigns=["doc._.learned"],
    requires=["doc._.entities", "doc._.amounts", "doc._.dates"],
    default_config={"rules": None},
)
def create_learned(nlp: Language, name: str, rules: str | None = None) -> LearnedProposer:
    """Make the component; `rules` is a file or folder of the user's own."""
    return LearnedProposer(load_rules(rules))
