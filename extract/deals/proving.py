"""Do the frames find what their own sentences say, and keep still where they must?"""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Candidate
from extract.deals.rulebook import Rulebook, Source
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


def failures(nlp: Language, rules: Rulebook) -> Iterator[Failure]:
    """Run the sentences of the user's frames; if there are none, of the built-in ones.

    Args:
        nlp: the pipeline with these rules.
        rules: the rules.
    """
    own = [frame for frame in rules.frames if rules.sources[frame.rule].own]
    frames = own or list(rules.frames)
    docs = nlp.pipe(text for frame in frames for text in proofs(frame))
    for frame in frames:
        for proof in frame.yes:
            reason = _wrong(next(docs), frame, proof)
            if reason:
                yield Failure(rules.sources[frame.rule], frame.rule, proof.text, reason)
        for text in frame.no:
            if _found(next(docs), frame):
                yield Failure(rules.sources[frame.rule], frame.rule, text, "fires where it must not")


def _found(doc: Doc, frame: Frame) -> list[Candidate]:
    return [candidate for candidate in doc._.finished if frame.rule in {told.rule for told in candidate.told}]


def _wrong(doc: Doc, frame: Frame, proof: Proof) -> str:
    """What is wrong with what a frame finds in its sentence; "" if nothing is."""
    found = _found(doc, frame)
    if not found:
        others = ", ".join(sorted({candidate.rule for candidate in doc._.finished}))
        return f"doesn't fire, but {others}" if others else "doesn't fire"
    candidate = found[0]
    if proof.status and candidate.status != proof.status:
        return f"the status is {candidate.status}, not {proof.status}"
    roles = {role: {argument.name for argument in candidate.in_role(role)} for role in frame.roles}
    for role, names in proof.roles.items():
        wanted = {names} if isinstance(names, str) else set(names)
        if roles.get(role, set()) != wanted:
            has = ", ".join(sorted(roles.get(role, ()))) or "nobody"
            return f"{role} is {has}, not {', '.join(sorted(wanted))}"
    return ""
