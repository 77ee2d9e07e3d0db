"""Why a deal was found, or not: for authors of rules, and for whoever doubts a record. In Russian."""

from collections.abc import Iterator

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate
from extract.deals.frames import FrameProposer
from extract.deals.judge import confidence, model, reported, views_of
from extract.deals.learned import RULE as LEARNED
from extract.deals.matcher import Match, Matcher, Outcome, Refusal
from extract.grammar.predicates import Predicate
from extract.language.words import Words, words_of
from extract.learned.reader import Reading

WEIGHTY = 0.2  # log-odds: what weighs less on the confidence isn't worth telling
REFUSALS = {
    "barrier": "слово «{}» над ним говорит не о сделке",
    "object": "объект не из списков {}",
    "parties": "объект не из списков {}, а сторон мало",
    "under": "над ним нет слова из under",
    "not under": "над ним слово из not_under",
    "role": "некому занять роль {}",
    "nobody": "нет ни одного названного участника",
    "without": "рядом слово «{}» из without",
    "with": "рядом нет слова из with",
}


def explain(doc: Doc, nlp: Language) -> str:
    """Tell, sentence by sentence, what every trigger evoked and why; then the deals and what was dropped.

    Args:
        doc: an article after the whole pipeline.
        nlp: that pipeline.
    """
    proposer = next(pipe for _, pipe in nlp.pipeline if isinstance(pipe, FrameProposer))
    words = words_of(doc)
    lines: list[str] = []
    for matcher, triggers in proposer.sentences(doc):
        told = [line for trigger in triggers for line in _trigger(words, matcher, trigger)]
        if told:
            start, end = matcher.sentence.start, matcher.sentence.end
            lines += ["", f"«{doc[start:end].text.strip()}»", *told]
    lines += ["", "Сделки:"]
    found = {id(candidate) for candidate in reported(words_of(doc), doc._.judged, proposer.rules, doc._.read)}
    for candidate in doc._.judged:
        lines += _candidate(doc, candidate, id(candidate) in found)
    if not doc._.judged:
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
        chosen = chosen or isinstance(outcome.found, Match)


def _outcome(words: Words, outcome: Outcome, chosen: bool) -> Iterator[str]:
    rule, found = outcome.frame.rule, outcome.found
    if isinstance(found, Refusal):
        yield f"    ✗ {rule}: {REFUSALS[found.key].format(found.words)}"
    elif chosen:
        yield f"    ✗ {rule}: подошёл бы, но уступает более точному"
    else:
        yield f"    ✓ {rule}{_chain(words, found.predicate)}"
        for argument in found.arguments:
            yield _argument(words, argument, found.predicate)


def _chain(words: Words, predicate: Predicate) -> str:
    links = [words.text[token] for token in predicate.chain]
    return f", управляют: {' ← '.join(links)}" if links else ""


def _argument(words: Words, argument: Argument, predicate: Predicate) -> str:
    how = "по порядку слов" if argument.loose else "по дереву"
    if argument.mention is None:
        return f"        {argument.role}: {argument.name} — сказано раньше"
    return f"        {argument.role}: {argument.name} — {argument.place}, {how}: {_path(words, argument, predicate)}"


def _path(words: Words, argument: Argument, predicate: Predicate) -> str:
    """The way through the tree from the phrase up to the trigger or a word of its chain."""
    goal = {predicate.trigger, *predicate.chain}
    steps = [words.text[argument.head]]
    at = argument.head
    for _ in range(12):
        if at in goal or words.head[at] == at:
            break
        steps.append(f"—{words.dep[at]}→ {words.text[words.head[at]]}")
        at = words.head[at]
    return " ".join(steps)


def _candidate(doc: Doc, candidate: Candidate, reported: bool) -> Iterator[str]:
    weights = model(views_of(doc._.read, candidate))
    verdict = "" if reported else f", ниже порога {weights.least}: в запись не попадает"
    yield f"  {candidate.rule}, {candidate.status}, уверенность {confidence(candidate):.2f}{verdict}"
    yield "    " + "; ".join(f"{argument.role}: {argument.name}" for argument in candidate.arguments)
    for start, end in candidate.evidence:
        yield f"    «{doc[start:end].text}»"
    if doc._.read is not None:
        yield from _network(doc, candidate, doc._.read)
    weighty = sorted(weights.shares(dict(candidate.features)).items(), key=lambda item: -abs(item[1]))
    told = [f"{name} {value:+.1f}" for name, value in weighty if abs(value) >= WEIGHTY]
    if told:
        yield "    уверенность складывается из: " + ", ".join(told)


def _network(doc: Doc, candidate: Candidate, reading: Reading) -> Iterator[str]:
    """What the network sees where a deal is told, and whether frames and network agree."""
    sentences = candidate.sentences(words_of(doc))
    tellings = [
        telling for telling in reading.tellings if telling.sentence in sentences and telling.type == candidate.type
    ]
    if candidate.rule == LEARNED:
        yield "    предложила сеть; кадры этой сделки не видят"
    elif candidate.partner is not None:
        yield "    сеть видит её тоже"
    else:
        yield "    сеть её не предлагает"
    for telling in tellings:
        words = ", ".join(f"{doc[token].text} {weight:.2f}" for token, weight in telling.words)
        yield f"    сеть: {telling.type} {telling.probability:.2f}; весомее всего: {words}"
        names = {entity.id: entity.name for entity in doc._.entities}
        roles = [f"{role}: {names[ref]} {probability:.2f}" for ref, role, probability in telling.roles]
        if roles:
            yield "        " + "; ".join(roles)
