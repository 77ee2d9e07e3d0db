"""Relations of two things that no word of a frame states, as candidates."""

from typing import NamedTuple

from extract.annotations import Entity, Mention
from extract.deals.candidate import Argument, Candidate, Span


class Named(NamedTuple):
    """An entity at one of its mentions."""

    entity: Entity
    mention: Mention


def pair(rule: str, evidence: Span, **fillers: Named) -> Candidate:
    """A candidate by the rule's name, «type/name», with what fills each role."""
    return Candidate(
        source="ru_relations",
        rule=rule,
        type=rule.split("/")[0],
        trigger=evidence,
        chain=(),
        arguments=tuple(_argument(role, *filler) for role, filler in fillers.items()),
        unnamed_subject=False,
        evidence=(evidence,),
    )


def _argument(role: str, entity: Entity, mention: Mention) -> Argument:
    span = (mention.start, mention.end)
    return Argument(role, entity.name, entity.id, entity.type, entity.kind or "", span, anaphor=mention.anaphor)
