"""The component that proposes deals and relations by frames: each trigger in a sentence, with who fills its roles."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate, sentence_around
from extract.deals.discourse import Context, authorities, discourse_words, last_pair, last_subject
from extract.deals.matcher import Match, Matcher, distributed
from extract.deals.refer import refers_back
from extract.deals.rulebook import Rulebook, load_relations, load_rules
from extract.deals.status import status_words
from extract.grammar.phrases import Phrase, phrases_of
from extract.grammar.predicates import Sentence
from extract.language.words import Words, words_of

NAME = "ru_frames"
DEEPEST = 100  # parser output may be odd, never endless


@dataclass(frozen=True)
class Reading:
    """An article with its phrases, which are looked for once some sentence holds a trigger."""

    doc: Doc
    words: Words
    transparent: frozenset[str]

    @cached_property
    def phrases(self) -> list[list[Phrase]]:
        """The phrases of each sentence."""
        entities = self.doc._.entities
        mentions = [(entity, mention) for entity in entities for mention in entity.mentions]
        return phrases_of(self.words, mentions + authorities(self.words, entities), self.transparent)


class Evocation:
    """The frames of a rulebook, with the words that evoke them."""

    def __init__(self, rules: Rulebook, names: Iterable[str] = ()) -> None:
        self.rules = rules
        self._links = status_words().links.union(*(frame.under for frame in rules.frames))
        self._triggers = {*rules.by_verb, *rules.by_noun, *names}

    def sentences(self, reading: Reading) -> Iterator[tuple[Matcher, list[int]]]:
        """The sentences that hold a trigger: a matcher for each, and its triggers."""
        words = reading.words
        by_sentence: dict[int, list[int]] = {}
        for i, lemma in enumerate(words.lemma):
            if lemma in self._triggers:
                by_sentence.setdefault(words.sentence[i], []).append(i)
        reporting = status_words().reporting
        for number, triggers in by_sentence.items():
            phrases = reading.phrases
            sentence = Sentence(words, phrases[number], number, self._links, reporting)
            context = Context(last_pair(phrases, number), last_subject(phrases, number))
            yield Matcher(words, sentence, self.rules, context), triggers


class FrameProposer:
    """Doc in, Doc out; sets `doc._.proposed`: of each sentence first the nouns that may name a deal told before.

    What frames of relations find stands apart, in `doc._.related`.
    """

    def __init__(self, rules: Rulebook, relations: Rulebook) -> None:
        self.rules = rules
        self._deals = Evocation(rules, discourse_words().names)
        self._relations = Evocation(relations)
        self._transparent = rules.lexicons["shares"] | rules.lexicons["owned"] | rules.lexicons["organs"]

    def __call__(self, doc: Doc) -> Doc:
        reading = self._reading(doc)
        doc._.proposed = tuple(self._found(reading))
        doc._.related = tuple(self._related(reading))
        return doc

    def sentences(self, doc: Doc) -> Iterator[tuple[Matcher, list[int]]]:
        """The sentences that hold a trigger of deals: a matcher for each, and its triggers."""
        return self._deals.sentences(self._reading(doc))

    def _reading(self, doc: Doc) -> Reading:
        return Reading(doc, words_of(doc), self._transparent)

    def _found(self, reading: Reading) -> Iterator[Candidate]:
        for matcher, triggers in self._deals.sentences(reading):
            matches = self._matches(matcher, triggers)
            yield from self._names(matcher.sentence, triggers, matches)
            for match in matches:
                for part in distributed(reading.words, match, self.rules):
                    yield _candidate(matcher, match, part)

    def _related(self, reading: Reading) -> Iterator[Candidate]:
        for matcher, triggers in self._relations.sentences(reading):
            for match in self._matches(matcher, triggers):
                yield _candidate(matcher, match, match.arguments)

    def _matches(self, matcher: Matcher, triggers: list[int]) -> list[Match]:
        """Match the deepest triggers first: a word that governs one that matched is part of the same deal."""
        words = matcher.words
        taken: set[int] = set()
        matches: list[Match] = []
        for trigger in sorted(triggers, key=lambda token: (-_depth(words, token), token)):
            match = matcher.match(trigger) if trigger not in taken else None
            if match is not None:
                taken.update(match.predicate.chain, [trigger], self._papers(words, match.predicate.chain))
                if words.pos[trigger] == "NOUN":  # «контракт на закупку и поставку» is one deal
                    taken.update(
                        i for i in words.children[trigger] if words.dep[i] == "conj" and words.pos[i] == "NOUN"
                    )
                    taken.add(words.head[trigger] if words.dep[trigger] == "conj" else trigger)
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

    def _names(self, sentence: Sentence, triggers: list[int], matches: list[Match]) -> Iterator[Candidate]:
        """The nouns that only name a deal: «сделка закрыта в мае»; which one, a later component finds out."""
        taken = {token for match in matches for token in (match.predicate.trigger, *match.predicate.chain)}
        for token in triggers:
            if token not in taken and refers_back(sentence.words, token):
                yield Candidate(
                    source=NAME,
                    rule="",
                    type="",
                    trigger=(token, token + 1),
                    chain=tuple(sentence.predicate(token).chain),
                    arguments=(),
                    unnamed_subject=False,
                    evidence=(sentence_around(sentence.words, token),),
                )


def _candidate(matcher: Matcher, match: Match, arguments: tuple[Argument, ...]) -> Candidate:
    trigger, roles = match.predicate.trigger, list(matcher.rules.types[match.frame.type].roles)
    return Candidate(
        source=NAME,
        rule=match.frame.rule,
        type=match.frame.type,
        trigger=(trigger, trigger + 1),
        chain=tuple(match.predicate.chain),
        arguments=tuple(sorted(arguments, key=lambda argument: roles.index(argument.role))),
        unnamed_subject=match.predicate.unnamed_subject,
        evidence=(sentence_around(matcher.words, trigger),),
    )


def _depth(words: Words, token: int) -> int:
    """How deep a token lies in its tree; a conjunct as deep as the first one."""
    depth = 0
    for _ in range(DEEPEST):
        if words.head[token] == token:
            break
        depth += words.dep[token] != "conj"
        token = words.head[token]
    return depth


@Language.factory(
    NAME,
    assigns=["doc._.proposed", "doc._.related"],
    requires=["doc._.entities", "token.lemma", "token.dep"],
    default_config={"rules": None},
)
def create_frames(nlp: Language, name: str, rules: str | None = None) -> FrameProposer:
    """Make the component; `rules` is a file or folder of the user's own."""
    return FrameProposer(load_rules(rules), load_relations(rules))
