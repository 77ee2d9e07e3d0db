"""Why a deal was found, or not: for authors of rules, and for whoever doubts a record. In Russian."""

from collections.abc import Iterator

from spacy.tokens import Doc

from extract.language.words import Words, words_of
from extract.relations.confidence import confidence, model, shares
from extract.relations.deals import DealFinder
from extract.relations.merging import Candidate
from extract.relations.phrases import Phrase
from extract.relations.predicates import Predicate
from extract.relations.roles import Match, Matcher, Outcome

WEIGHTY = 0.2  # log-odds: what weighs less on the confidence isn't worth telling


def explain(doc: Doc, finder: DealFinder) -> str:
    """Tell, sentence by sentence, what every trigger evoked and why; then the deals and what was dropped.

    Args:
        doc: an article after the whole pipeline.
        finder: the pipeline's component `ru_deals`.
    """
    words = words_of(doc)
    lines: list[str] = []
    for matcher, triggers in finder.sentences(doc):
        told = [line for trigger in triggers for line in _trigger(words, matcher, trigger)]
        if told:
            start, end = matcher.grammar.start, matcher.grammar.end
            lines += ["", f"«{doc[start:end].text.strip()}»", *told]
    lines += ["", "Сделки:"]
    candidates = finder.candidates(doc)
    for candidate in candidates:
        lines += _candidate(doc, candidate)
    if not candidates:
        lines.append("  нет")
    return "\n".join(lines).strip()


def _trigger(words: Words, matcher: Matcher, trigger: int) -> Iterator[str]:
    outcomes = list(matcher.consider(trigger))
    if not outcomes:
        return
    yield f"  {words.text[trigger]} ({words.lemma[trigger]})"
    chosen = False
    for outcome in outcomes:
        yield from _outcome(words, outcome, chosen)
        chosen = chosen or outcome.match is not None


def _outcome(words: Words, outcome: Outcome, chosen: bool) -> Iterator[str]:
    rule = outcome.frame.rule
    if outcome.match is None:
        yield f"    ✗ {rule}: {outcome.reason}"
    elif chosen:
        yield f"    ✗ {rule}: подошёл бы, но уступает более точному"
    else:
        yield f"    ✓ {rule}{_chain(words, outcome.match.predicate)}"
        yield from _fillers(words, outcome.match)


def _chain(words: Words, predicate: Predicate) -> str:
    links = [words.text[token] for token in predicate.chain]
    return f", управляют: {' ← '.join(links)}" if links else ""


def _fillers(words: Words, match: Match) -> Iterator[str]:
    for role, phrases in match.fillers.items():
        for phrase in phrases:
            place = next((place for place in match.predicate.places if place.phrase is phrase), None)
            slot = place.slot if place else phrase.slot
            found = "по порядку слов" if place is None or place.loose else "по дереву"
            yield f"        {role}: {phrase.entity.name} — {slot}, {found}: {_path(words, phrase, match.predicate)}"
    for entity in match.known:
        yield f"        {next(iter(match.frame.roles))}: {entity.name} — известен правилу (parties)"


def _path(words: Words, phrase: Phrase, predicate: Predicate) -> str:
    """The way through the tree from the phrase up to the trigger or a word of its chain."""
    goal = {predicate.trigger, *predicate.chain}
    steps = [words.text[phrase.head]]
    at = phrase.head
    for _ in range(12):
        if at in goal or words.head[at] == at:
            break
        steps.append(f"—{words.dep[at]}→ {words.text[words.head[at]]}")
        at = words.head[at]
    return " ".join(steps)


def _candidate(doc: Doc, candidate: Candidate) -> Iterator[str]:
    deal, sure = candidate.deal, confidence(candidate.features)
    reported = candidate.frame.own or round(sure, 2) >= model().least
    verdict = "" if reported else f", ниже порога {model().least}: в запись не попадает"
    yield f"  {deal.rule}, {deal.status}, уверенность {sure:.2f}{verdict}"
    yield "    " + "; ".join(f"{participant.role}: {participant.name}" for participant in deal.participants)
    for place in deal.evidence:
        yield f"    «{doc[place.start : place.end].text}»"
    weighty = sorted(shares(candidate.features).items(), key=lambda item: -abs(item[1]))
    told = [f"{name} {value:+.1f}" for name, value in weighty if abs(value) >= WEIGHTY]
    if told:
        yield "    уверенность складывается из: " + ", ".join(told)
