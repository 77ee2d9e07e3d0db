"""Deals of frames and of the network as one list; what each view adds to the confidence."""

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Candidate
from extract.deals.judge import BOTH, FRAMES, views_of
from extract.deals.learned import LearnedProposer
from extract.deals.rulebook import load_rules
from extract.deals.unite import Uniter
from extract.learned.reader import Reading, Telling

TEXT = (
    "Холдинг «Заречье» купил завод «Прогресс» за 2 млрд руб. в мае. "
    "Продавцом была группа «Веста». "
    "Завод «Прогресс» выдал «Ниве» кредит."
)
STATUSES = (("planned", 0.1), ("completed", 0.9))


@pytest.fixture(scope="module")
def doc(nlp: Language) -> Doc:
    return nlp(TEXT)


def ref(doc: Doc, name: str) -> str:
    return next(entity.id for entity in doc._.entities if entity.name == name)


def telling(doc: Doc, sentence: int, type: str, roles: dict[str, tuple[str, float]], probability: float) -> Telling:
    start = doc[: len(doc)].start + next(t.i for t in doc if t.is_sent_start and sentence_of(doc, t.i) == sentence)
    held = tuple((ref(doc, name), role, p) for role, (name, p) in roles.items())
    amounts = (("amount", doc._.amounts[0].id, 0.9),) if sentence == 0 else ()
    return Telling(sentence, type, probability, ((start, 0.8),), STATUSES, held, amounts)


def sentence_of(doc: Doc, token: int) -> int:
    return sum(1 for sent in doc.sents if sent.end <= token)


def learned(doc: Doc, *tellings: Telling, same: tuple[tuple[int, int, float], ...] = ()) -> tuple[Candidate, ...]:
    doc._.read = Reading(tellings, same, ("acquisition", "loan"))
    LearnedProposer(load_rules(None))(doc)
    found: tuple[Candidate, ...] = doc._.learned
    doc._.read = None
    return found


def names(candidate: Candidate) -> dict[str, str]:
    return {argument.role: argument.name for argument in candidate.arguments}


def test_tellings_of_one_deal_are_joined(doc: Doc) -> None:
    first = telling(doc, 0, "acquisition", {"buyer": ("Заречье", 0.9), "target": ("Прогресс", 0.8)}, 0.9)
    second = telling(doc, 1, "acquisition", {"seller": ("Веста", 0.7)}, 0.4)
    [joined] = learned(doc, first, second, same=((0, 1, 0.9),))
    assert names(joined) == {"buyer": "Заречье", "target": "Прогресс", "seller": "Веста"}
    assert joined.status == "completed"
    assert joined.amount is not None
    assert len(joined.evidence) == 2
    apart = learned(doc, first, second, same=((0, 1, 0.1),))
    assert [names(deal) for deal in apart] == [{"buyer": "Заречье", "target": "Прогресс"}, {"seller": "Веста"}]


def test_what_is_unlikely_is_left_out(doc: Doc) -> None:
    roles = {"buyer": ("Заречье", 0.9), "target": ("Прогресс", 0.2)}
    assert not learned(doc, telling(doc, 0, "acquisition", roles, 0.1))
    [found] = learned(doc, telling(doc, 0, "acquisition", roles, 0.9))
    assert names(found) == {"buyer": "Заречье"}
    assert not learned(doc, telling(doc, 0, "acquisition", {"lender": ("Заречье", 0.9)}, 0.9)), "no role of the type"


def test_where_nobody_is_sure_the_likeliest_is_taken(doc: Doc) -> None:
    roles = {"buyer": ("Заречье", 0.2), "target": ("Прогресс", 0.3)}
    [found] = learned(doc, telling(doc, 0, "acquisition", roles, 0.9))
    assert names(found) == {"target": "Прогресс"}
    assert not learned(doc, telling(doc, 0, "acquisition", {"buyer": ("Заречье", 0.1)}, 0.9))


def united(doc: Doc, frames: tuple[Candidate, ...], network: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
    doc._.finished, doc._.learned = frames, network
    Uniter(load_rules(None))(doc)
    found: tuple[Candidate, ...] = doc._.united
    return found


def test_a_deal_that_both_see_is_one_with_what_only_the_network_saw(doc: Doc) -> None:
    frames = tuple(deal for deal in doc._.finished if deal.type == "acquisition")
    first = telling(doc, 0, "acquisition", {"buyer": ("Заречье", 0.9), "target": ("Прогресс", 0.8)}, 0.9)
    second = telling(doc, 1, "acquisition", {"seller": ("Веста", 0.7)}, 0.4)
    [deal] = united(doc, frames, learned(doc, first, second, same=((0, 1, 0.9),)))
    assert deal.rule == frames[0].rule
    assert deal.partner is not None
    assert names(deal) == {"buyer": "Заречье", "target": "Прогресс", "seller": "Веста"}


def test_each_keeps_what_only_it_sees(doc: Doc) -> None:
    frames = tuple(deal for deal in doc._.finished if deal.type == "acquisition")
    loan = learned(doc, telling(doc, 2, "loan", {"lender": ("Прогресс", 0.9), "borrower": ("Нива", 0.9)}, 0.9))
    both = united(doc, frames, loan)
    assert [(deal.rule, deal.type) for deal in both] == [(frames[0].rule, "acquisition"), ("learned", "loan")]
    assert united(doc, frames, ()) == frames


def test_a_type_that_the_network_did_not_learn_is_judged_by_frames() -> None:
    candidate = Candidate("ru_frames", "lease/rent", "lease", (0, 1), (), (), False, ((0, 1),))
    assert views_of(None, candidate) == FRAMES
    assert views_of(Reading(types=("loan",)), candidate) == FRAMES
    assert views_of(Reading(types=("lease",)), candidate) == BOTH
