"""The component that gives out the deals: those sure enough, in the record's terms."""

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Deal, Mention, Participant
from extract.deals.candidate import Argument, Candidate, Value
from extract.deals.judge import confidence, reported
from extract.deals.rulebook import Rulebook, load_rules
from extract.language.words import words_of


class DealReporter:
    """Doc in, Doc out; sets `doc._.deals`."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        found = reported(words_of(doc), doc._.judged, self.rules, doc._.read)
        doc._.deals = [deal_of(doc, candidate, f"deal-{i}") for i, candidate in enumerate(found, 1)]
        return doc


def deal_of(doc: Doc, candidate: Candidate, id: str) -> Deal:
    """A judged candidate as the Doc's annotation."""
    amounts = {amount.id: amount.value for amount in doc._.amounts}
    return Deal(
        id=id,
        type=candidate.type,
        status=candidate.status,
        participants=[participant_of(argument) for argument in candidate.arguments],
        subject=candidate.subject.text if candidate.subject else None,
        amount=_ref(candidate.amount),
        stake=amounts[candidate.stake.ref] if candidate.stake else None,
        date=_ref(candidate.date),
        trigger=Mention(*candidate.trigger),
        evidence=[Mention(*span) for span in candidate.evidence],
        confidence=confidence(candidate),
        rule=candidate.rule,
        stake_ref=_ref(candidate.stake),
    )


def participant_of(argument: Argument) -> Participant:
    """A filler of a role as the Doc's annotation."""
    mention = Mention(*argument.mention, argument.anaphor) if argument.mention is not None else None
    return Participant(argument.role, argument.name, argument.ref or None, mention)


def _ref(value: Value | None) -> str | None:
    return value.ref if value is not None else None


@Language.factory(
    "ru_deals",
    assigns=["doc._.deals"],
    requires=["doc._.judged", "doc._.amounts"],
    default_config={"rules": None},
)
def create_deals(nlp: Language, name: str, rules: str | None = None) -> DealReporter:
    """Make the component; `rules` is a file or folder of the user's own."""
    return DealReporter(load_rules(rules))
