"""The pipeline component that finds deals: frames matched in every sentence, then merged."""

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc

from extract.annotations import Deal, Mention, Participant
from extract.language.words import Words, words_of
from extract.relations.attachment import amount_of, date_of, stake_of
from extract.relations.confidence import confidence, features_of, model
from extract.relations.discourse import Context, authorities, discourse_words, last_pair, last_subject
from extract.relations.followups import (
    amount_by_neighbours,
    date_by_neighbours,
    date_by_then,
    inherited,
    long_past,
    refers_back,
    told_of,
    update,
)
from extract.relations.frames import Rules, load_rules
from extract.relations.merging import Candidate, key, merge
from extract.relations.phrases import phrases_of
from extract.relations.predicates import Grammar
from extract.relations.principals import Principals
from extract.relations.roles import Match, Matcher, distributed
from extract.relations.status import status_of, status_words
from extract.relations.subject import subject_of


class DealFinder:
    """Doc in, Doc out; sets `doc._.deals`."""

    def __init__(self, rules: Rules) -> None:
        self.rules = rules
        self._links = status_words().links.union(*(frame.under for frame in rules.frames))
        self._triggers = {*rules.by_verb, *rules.by_noun, *discourse_words().names}
        self._transparent = rules.lexicons["shares"] | rules.lexicons["owned"] | rules.lexicons["organs"]

    def __call__(self, doc: Doc) -> Doc:
        doc._.deals = []
        for candidate in self.candidates(doc):
            deal = candidate.deal
            deal.confidence = round(confidence(candidate.features), 2)
            if deal.confidence >= model().least or candidate.frame.own:
                doc._.deals.append(deal)
                deal.id = f"deal-{len(doc._.deals)}"
        return doc

    def candidates(self, doc: Doc) -> list[Candidate]:
        """All deals that the frames see in a Doc, merged, however unsure."""
        words = words_of(doc)
        documents = self.rules.lexicons["documents"]
        principals = Principals(doc._.entities, doc._.positions)
        article = _Article(doc, words, principals, documents, long_past(doc._.dates, doc._.published))
        found: list[Candidate] = []
        for matcher, triggers in self.sentences(doc):
            matches = self._matches(words, matcher, triggers)
            self._follow_up(article, matcher.grammar, triggers, matches, found)
            for match in matches:
                for part in distributed(words, match, documents):
                    candidate = _candidate(article, part, matches)
                    kept = inherited(words, candidate, match.predicate.trigger, found, self.rules)
                    found += [kept] if kept is not None else []
        amounts = {amount.id: amount.value for amount in doc._.amounts}
        whole = [candidate for candidate in merge(found, amounts, article.past) if _is_whole(candidate.deal)]
        deals = [candidate.deal for candidate in whole]
        amount_by_neighbours(words, deals, doc._.amounts)
        date_by_neighbours(words, deals, doc._.dates, doc._.published)
        date_by_then(words, deals, doc._.dates)
        return whole

    def sentences(self, doc: Doc) -> Iterator[tuple[Matcher, list[int]]]:
        """The sentences that hold a trigger: a matcher for each, and its triggers."""
        words = words_of(doc)
        by_sentence: dict[int, list[int]] = {}
        for i, lemma in enumerate(words.lemma):
            if lemma in self._triggers:
                by_sentence.setdefault(words.sentence[i], []).append(i)
        if not by_sentence:
            return
        mentions = [(entity, mention) for entity in doc._.entities for mention in entity.mentions]
        phrases = phrases_of(words, mentions + authorities(words, doc._.entities), self._transparent)
        reporting = status_words().reporting
        for sentence, triggers in by_sentence.items():
            grammar = Grammar(words, phrases[sentence], sentence, self._links, reporting)
            context = Context(last_pair(phrases, sentence), last_subject(phrases, sentence), doc._.entities)
            yield Matcher(words, grammar, self.rules, context), triggers

    def _follow_up(
        self,
        article: "_Article",
        grammar: Grammar,
        triggers: list[int],
        matches: list[Match],
        found: list[Candidate],
    ) -> None:
        """Let nouns that name an earlier deal add to it what their sentence says."""
        doc, words = article.doc, article.words
        taken = {token for match in matches for token in (match.predicate.trigger, *match.predicate.chain)}
        names = frozenset(discourse_words().names)
        for token in triggers:
            if token in taken or not refers_back(words, token, names):
                continue
            candidate = told_of(words, token, found)
            if candidate is None:
                continue
            match = Match(candidate.frame, grammar.predicate(token))
            status = status_of(words, match.predicate, match.frame)
            rivals = [*matches, match]
            date = date_of(words, match, rivals, doc._.dates, status, doc._.published)
            amount = amount_of(words, match, rivals, doc._.amounts)
            update(candidate.deal, words, match, status, date.id if date else None, amount.id if amount else None)

    def _matches(self, words: Words, matcher: Matcher, triggers: list[int]) -> list[Match]:
        """Match the deepest triggers first: a word that governs one that matched is part of the same deal."""
        taken: set[int] = set()
        matches: list[Match] = []
        for trigger in sorted(triggers, key=lambda token: (-_depth(words, token), token)):
            if trigger in taken:
                continue
            match = matcher.match(trigger)
            if match is not None:
                taken.update(match.predicate.chain, [trigger])
                if words.pos[trigger] == "NOUN":  # «контракт на закупку и поставку» is one deal
                    taken.update(
                        i for i in words.children[trigger] if words.dep[i] == "conj" and words.pos[i] == "NOUN"
                    )
                    taken.add(words.head[trigger] if words.dep[trigger] == "conj" else trigger)
                taken.update(self._papers(words, match.predicate.chain))
                matches.append(match)
        return sorted(matches, key=lambda match: match.predicate.trigger)

    def _papers(self, words: Words, chain: list[int]) -> list[int]:
        """The papers signed by the verbs of a chain: «заключило контракт … на закупку» is one deal."""
        documents = self.rules.lexicons["documents"]
        return [
            child
            for link in chain
            for child in words.children[link]
            if words.lemma[child] in documents and words.dep[child] in {"obj", "nsubj:pass", "obl"}
        ]


@dataclass(frozen=True, slots=True)
class _Article:
    """What the candidates of one article share.

    Attributes:
        documents: lemmas of papers.
        past: ids of the dates long before the publication.
    """

    doc: Doc
    words: Words
    principals: Principals
    documents: frozenset[str]
    past: set[str]


def _candidate(article: _Article, match: Match, rivals: list[Match]) -> Candidate:
    doc, words = article.doc, article.words
    start, end = words.sentences[words.sentence[match.predicate.trigger]]
    while end > start and words.pos[end - 1] in {"SPACE", "PUNCT"}:
        end -= 1
    status = status_of(words, match.predicate, match.frame)
    amount = amount_of(words, match, rivals, doc._.amounts)
    date = date_of(words, match, rivals, doc._.dates, status, doc._.published)
    if match.frame.type == "employment" and status == "agreed" and date is not None and date.id in article.past:
        status = "completed"  # a contract signed years ago has run its course
    deal = Deal(
        id="",
        type=match.frame.type,
        status=status,
        participants=_participants(match, article.principals),
        subject=subject_of(words, match, article.documents),
        amount=amount.id if amount else None,
        stake=stake_of(words, match, rivals, doc._.amounts),
        date=date.id if date else None,
        evidence=[Mention(start, max(end, start + 1))],
        confidence=0.0,
        rule=match.frame.rule,
    )
    return Candidate(deal, match.frame, features_of(words, match, deal))


def _participants(match: Match, principals: Principals) -> list[Participant]:
    """The fillers as participants, each in one role: a state and its capital are the same party."""
    found: dict[tuple[str, str], Participant] = {}
    for entity in match.known:
        found[next(iter(match.frame.roles)), entity.id] = principals.known(match, entity)
    for role, phrases in match.fillers.items():
        for phrase in phrases:
            participant = principals.participant(role, phrase, match.frame.type)
            if participant is not None and not any(name == key(participant) != "" for _, name in found):
                found[role, key(participant)] = participant
    return list(found.values())


def _is_whole(deal: Deal) -> bool:
    """An agreement has two parties; of one alone nothing can be said."""
    return any(participant.role != "party" for participant in deal.participants) or len(deal.participants) > 1


def _depth(words: Words, token: int) -> int:
    """How deep a token lies in its tree; a conjunct as deep as the first one."""
    depth = 0
    for _ in range(100):
        if words.head[token] == token:
            break
        depth += words.dep[token] != "conj"
        token = words.head[token]
    return depth


@Language.factory(
    "ru_deals",
    assigns=["doc._.deals"],
    requires=["doc._.entities", "doc._.dates", "doc._.amounts", "doc._.positions"],
    default_config={"rules": None},
)
def create_deals(nlp: Language, name: str, rules: str | None = None) -> DealFinder:
    return DealFinder(load_rules(rules))
