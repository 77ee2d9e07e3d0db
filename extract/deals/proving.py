"""Do the frames find what their own sentences say, and keep still where they must?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Participant
from extract.deals.candidate import Argument
from extract.deals.rulebook import Rules, Source
from extract.deals.schema import Frame, Proof


@dataclass(frozen=True, slots=True)
class Failure:
    """A sentence that a frame gets wrong, and how."""

    source: Source
    rule: str
    sentence: str
    reason: str

    def __str__(self) -> str:
        return f"{self.source.file}:{self.source.line}: {self.rule}: {self.reason}: «{self.sentence}»"


def proofs(frame: Frame) -> list[str]:
    """All sentences beside a frame."""
    return [*(proof.text for proof in frame.yes), *frame.no]


def frames_to_prove(rules: Rules) -> list[Frame]:
    """The user's frames; if there are none, the built-in ones."""
    return [frame for frame in rules.frames if rules.source(frame).own] or list(rules.frames)


def failures(nlp: Language, rules: Rules) -> Iterator[Failure]:
    """Run the sentences of `frames_to_prove`.

    Args:
        nlp: the pipeline with these rules.
        rules: the rules.
    """
    frames = frames_to_prove(rules)
    docs = nlp.pipe(text for frame in frames for text in proofs(frame))
    for frame in frames:
        for proof in frame.yes:
            reason = _wrong(next(docs), frame, proof)
            if reason:
                yield Failure(rules.source(frame), frame.rule, proof.text, reason)
        for text in frame.no:
            if any(frame.rule in finding.rules for finding in _findings(next(docs))):
                yield Failure(rules.source(frame), frame.rule, text, "fires where it must not")


class Finding(NamedTuple):
    """A deal, or all the relations that one rule finds: rules, status, and who fills each role."""

    rules: set[str]
    status: str
    roles: dict[str, set[str]]


def _findings(doc: Doc) -> list[Finding]:
    found = []
    for candidate in doc._.finished:
        rules = {told.rule for told in candidate.told}
        found.append(Finding(rules, candidate.status, _names(candidate.arguments)))
    for rule in dict.fromkeys(relation.rule for relation in doc._.relations):
        arguments = (
            argument for relation in doc._.relations if relation.rule == rule for argument in relation.arguments
        )
        found.append(Finding({rule}, "", _names(arguments)))
    return found


def _names(arguments: Iterable[Argument | Participant]) -> dict[str, set[str]]:
    roles: dict[str, set[str]] = {}
    for argument in arguments:
        roles.setdefault(argument.role, set()).add(argument.name)
    return roles


def _wrong(doc: Doc, frame: Frame, proof: Proof) -> str:
    """What is wrong with what a frame finds in its sentence; "" if nothing is."""
    findings = _findings(doc)
    found = next((finding for finding in findings if frame.rule in finding.rules), None)
    if found is None:
        others = ", ".join(sorted(rule for finding in findings for rule in finding.rules if rule))
        return f"doesn't fire, but {others}" if others else "doesn't fire"
    if proof.status and found.status != proof.status:
        return f"the status is {found.status}, not {proof.status}"
    for role, names in proof.roles.items():
        wanted = {names} if isinstance(names, str) else set(names)
        if found.roles.get(role, set()) != wanted:
            has = ", ".join(sorted(found.roles.get(role, ()))) or "nobody"
            return f"{role} is {has}, not {', '.join(sorted(wanted))}"
    return ""
