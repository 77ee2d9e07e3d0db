"""The component that gives out the relations: what frames, posts and names say, each relation once."""

from collections.abc import Iterable, Iterator
from itertools import chain, product

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Relation
from extract.deals.candidate import Argument, Candidate, distinct
from extract.deals.report import participant_of
from extract.deals.rulebook import Rulebook, load_relations
from extract.deals.status import Manner, status_of
from extract.language.words import words_of
from extract.positions.component import post_reading
from extract.relations.names import parts_in_names
from extract.relations.owners import owners_by_post

NAME = "ru_relations"


class RelationReporter:
    """Doc in, Doc out; sets `doc._.relations`."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words, reading = words_of(doc), post_reading(doc)
        found = [
            *owners_by_post(reading, doc._.entities or [], doc._.positions or (), self.rules.lexicons["owners"]),
            *(candidate for candidate in doc._.related if self._holds(doc, candidate)),
            *parts_in_names(words, reading.index),
        ]
        told = chain.from_iterable(map(self._relations, found))
        doc._.relations = list(_distinct(sorted(told, key=lambda relation: relation.start)))
        return doc

    def _holds(self, doc: Doc, candidate: Candidate) -> bool:
        """Not so «не владеет», «отказался от встречи»."""
        frame = self.rules.by_rule[candidate.rule]
        manner = Manner(frame.done, frame.present, frame.under)
        return status_of(words_of(doc), candidate.word, candidate.chain, manner) != "cancelled"

    def _relations(self, candidate: Candidate) -> Iterator[Relation]:
        """One relation, or, of several owners or parts, one each."""
        kind = self.rules.types[candidate.type]
        if kind.symmetric:
            arguments = tuple(distinct(candidate.arguments))
            if len(arguments) > 1:
                yield _relation(candidate, arguments)
            return
        for arguments in product(*(candidate.in_role(role) for role in kind.roles)):
            if len({argument.key for argument in arguments}) == len(arguments):
                yield _relation(candidate, arguments)


def _relation(candidate: Candidate, arguments: Iterable[Argument]) -> Relation:
    participants = [participant_of(argument) for argument in arguments]
    first, last = candidate.evidence[0]
    mentions = [argument.mention for argument in arguments if argument.mention is not None]
    spans = [candidate.trigger, *((start, end) for start, end in mentions if first <= start and end <= last)]
    start, end = min(start for start, _ in spans), max(end for _, end in spans)
    return Relation(candidate.type, participants, start, end, candidate.rule)


def _distinct(relations: Iterable[Relation]) -> Iterator[Relation]:
    """Each relation between the same things once, where it is stated first."""
    seen = set()
    for relation in relations:
        things = [(argument.role, argument.ref or argument.name) for argument in relation.arguments]
        key = (relation.type, *sorted(things))
        if key not in seen:
            seen.add(key)
            yield relation


@Language.factory(
    NAME,
    assigns=["doc._.relations"],
    requires=["doc._.related", "doc._.positions", "doc._.entities"],
    default_config={"rules": None},
)
def find_relations(nlp: Language, name: str, rules: str | None = None) -> RelationReporter:
    """Make the component; `rules` is a file or folder of the user's own."""
    return RelationReporter(load_relations(rules))
