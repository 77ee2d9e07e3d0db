"""Which frame a trigger evokes."""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.deals.candidate import Argument
from extract.deals.discourse import Context
from extract.deals.filling import WITH, Surroundings, arguments_of
from extract.deals.rulebook import Rulebook
from extract.deals.schema import Frame
from extract.deals.status import status_words
from extract.grammar.predicates import RELATIVES, Predicate, Sentence
from extract.grammar.voice import VERBAL, is_participle
from extract.language.words import Words

# Tokens between a trigger and its complement, where the tree doesn't join them.
AFTER = 7
BEFORE = 5
CLAUSE_END = {";", ".", "!", "?", "…", ","}


@dataclass(frozen=True, slots=True)
class Match:
    """A frame that holds at a trigger, with what fills its roles."""

    frame: Frame
    predicate: Predicate
    arguments: tuple[Argument, ...]


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a frame doesn't hold: the key of a message of `extract.deals.explain`, and the words it speaks of."""

    key: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a frame at a trigger."""

    frame: Frame
    found: Match | Refusal


class Matcher:
    """Matches the frames of a rulebook in one sentence."""

    def __init__(self, words: Words, sentence: Sentence, rules: Rulebook, context: Context) -> None:
        self.words = words
        self.sentence = sentence
        self.rules = rules
        self.around = Surroundings(words, sentence, rules, context)

    def match(self, trigger: int) -> Match | None:
        """The most specific frame that holds at a token, or None."""
        return next((outcome.found for outcome in self.consider(trigger) if isinstance(outcome.found, Match)), None)

    def consider(self, trigger: int) -> Iterator[Outcome]:
        """Try the frames of a trigger, the most specific first, and say what became of each."""
        words = self.words
        verbal = words.pos[trigger] in VERBAL
        frames = (self.rules.by_verb if verbal else self.rules.by_noun).get(words.lemma[trigger], ())
        if not frames:
            return
        if self._behind_barrier(trigger):
            refusal = Refusal("barrier", words.text[words.head[trigger]])
            yield from (Outcome(frame, refusal) for frame in frames if not frame.describes)
            frames = tuple(frame for frame in frames if frame.describes)
        near = self._near(trigger)
        objects = self._objects(trigger, verbal)
        predicate: Predicate | None = None
        sure = [frame for frame in frames if not frame.object or self._are_of(objects, frame.object)]
        for frame in (*sure, *(frame for frame in frames if frame not in sure)):
            refusal_near = _refusal_near(frame, near)
            unknown = frame not in sure and bool(objects or not frame.free)
            if refusal_near is not None:
                yield Outcome(frame, refusal_near)
            elif unknown and not (frame.suffice and self._may_change_hands(objects)):
                yield Outcome(frame, Refusal("object", ", ".join(frame.object)))
            else:
                predicate = predicate or self.sentence.predicate(trigger)
                found = self._found(frame, predicate)
                if unknown and isinstance(found, Match) and not self._suffices(found):
                    found = Refusal("parties", ", ".join(frame.object))
                yield Outcome(frame, found)

    def _found(self, frame: Frame, predicate: Predicate) -> Match | Refusal:
        if frame.under and not self._is_under(frame.under, predicate):
            return Refusal("under")
        if frame.not_under and self._is_under(frame.not_under, predicate):
            return Refusal("not under")
        arguments = arguments_of(frame, predicate, self.around)
        missing = set(frame.requires) - {argument.role for argument in arguments}
        if missing:
            return Refusal("role", ", ".join(role for role in frame.requires if role in missing))
        if not arguments:
            return Refusal("nobody")
        return Match(frame, predicate, arguments)

    def _may_change_hands(self, objects: list[int]) -> bool:
        """A thing unknown to the lexicons, not a word that only makes an idiom: «поставить задачу»."""
        words = self.words
        return bool(objects) and all(
            words.pos[head] in {"NOUN", "NUM", "SYM"} and words.lemma[head] not in self.rules.lexicons["idle"]
            for head in objects
        )

    def _suffices(self, match: Match) -> bool:
        """Do the parties alone make the deal plain, each in a place of the trigger itself?"""
        filled = {argument.role for argument in match.arguments}
        return filled.issuperset(match.frame.suffice) and not any(
            argument.loose
            or (
                argument.type == "PER"
                and argument.role in match.frame.suffice
                and self.rules.role(match.frame, argument.role).fits != {"PER"}
            )
            for argument in match.arguments
        )

    def _behind_barrier(self, trigger: int) -> bool:
        """«закон о поставках», «рынок аренды» speak of no deal."""
        words = self.words
        head = words.head[trigger]
        return (
            head != trigger
            and not is_participle(words, trigger)
            and words.dep[trigger] in {"nmod", "obl", "amod", "acl"}
            and words.lemma[head] in status_words().barriers
        )

    def _near(self, trigger: int) -> set[str]:
        """The lemmas of the trigger's dependents, and of the words close by in its clause."""
        words = self.words
        found = {words.lemma[child] for child in words.children[trigger]}
        for child in words.children[trigger]:
            found.update(words.lemma[grandchild] for grandchild in words.children[child])
        for step, reach in ((1, AFTER), (-1, BEFORE)):
            at = trigger
            for _ in range(reach):
                at += step
                if not self.sentence.start <= at < self.sentence.end or words.text[at] in CLAUSE_END:
                    break
                found.add(words.lemma[at])
        return found

    def _is_under(self, lemmas: frozenset[str], predicate: Predicate) -> bool:
        words = self.words
        above = {words.lemma[token] for token in predicate.chain}
        head = words.head[predicate.trigger]
        return not lemmas.isdisjoint(above | {words.lemma[head]})

    def _are_of(self, heads: list[int], kinds: tuple[str, ...]) -> bool:
        """Does what is bought, sold or given belong to one of the lexicons or entity types?"""
        return any(self._is_one_of(head, kinds) for head in heads)

    def _objects(self, trigger: int, verbal: bool) -> list[int]:
        words = self.words
        relations = {"obj", "nsubj:pass"} if verbal else {"nmod", "obj"}
        holders = [trigger]
        if not verbal:  # «закупку и поставку ракет»: both have one object
            holders += [i for i in words.children[trigger] if words.dep[i] == "conj" and words.pos[i] == "NOUN"]
        heads = [
            child
            for holder in holders
            for child in words.children[holder]
            if words.dep[child] in relations
            and words.pos[child] != "ADP"
            and (verbal or words.case(child) in {"Gen", None})
            and not any(phrase.case == "Dat" for phrase in self.sentence.standing_at(child))
            and not self._has_preposition(child)
        ]
        passive = verbal and words.feats[trigger].get("Voice") == "Pass"
        if passive and words.dep[trigger] in {"acl", "amod", "acl:relcl"}:
            heads.append(words.head[trigger])
        if words.dep[trigger] == "acl:relcl":  # «вертолеты, которые купила A»
            heads = [words.head[trigger] if words.lemma[head] in RELATIVES else head for head in heads]
        heads = [head for head in heads if words.lemma[head] not in RELATIVES]
        return heads or self._next_noun(trigger)

    def _next_noun(self, trigger: int) -> list[int]:
        """The noun that follows a trigger directly, where the parser hangs it elsewhere: «покупке 339 самолетов»."""
        words = self.words
        for i in range(trigger + 1, min(trigger + 5, self.sentence.end)):
            if words.pos[i] in {"ADP", "PUNCT", "VERB", "CCONJ", "SCONJ"}:
                break
            if words.pos[i] in {"NOUN", "PROPN"} and words.case(i) in {"Gen", "Acc"}:
                return [i]
        return []

    def _is_one_of(self, head: int, kinds: tuple[str, ...]) -> bool:
        words, lexicons = self.words, self.rules.lexicons
        lemmas = {words.lemma[head]}
        # «339 самолетов», «партия оружия», «60 вертолетов Chinook»: the counted thing hangs on the counter
        counts = words.lemma[head] in lexicons["counters"] or words.lemma[head] not in lexicons["goods"]
        lemmas.update(
            words.lemma[child]
            for child in words.children[head]
            if words.dep[child] == "conj"
            or (counts and words.dep[child].startswith(("nmod", "nummod", "amod")) and not self._has_preposition(child))
        )
        for kind in kinds:
            if kind in lexicons:
                if not lexicons[kind].isdisjoint(lemmas):
                    return True
                continue
            named = self.sentence.standing_at(head)
            if any(phrase.entity.type == kind for phrase in named):
                return True
            if not named and any(  # «вингера Карвалью»
                phrase.entity.type == kind == "PER" and phrase.governor == head and not phrase.preposition
                for phrase in self.sentence.phrases
            ):
                return True
        return False

    def _has_preposition(self, token: int) -> bool:
        return any(self.words.dep[child] == "case" for child in self.words.children[token])


def _refusal_near(frame: Frame, near: set[str]) -> Refusal | None:
    """Why a frame doesn't go with the words near its trigger; None if it does."""
    spoiling = sorted(frame.without & near)
    if spoiling:
        return Refusal("without", spoiling[0])
    if frame.complement and frame.complement.isdisjoint(near):
        return Refusal("with")
    return None


def distributed(words: Words, match: Match, rules: Rulebook) -> list[tuple[Argument, ...]]:
    """The arguments of each deal that a match tells of: «оштрафовал A и B», «контракты с A и B» tell of two."""
    kind, role = rules.types[match.frame.type], match.frame.each
    papers = [
        token
        for token in (match.predicate.trigger, *match.predicate.chain)
        if words.lemma[token] in rules.lexicons["documents"]
    ]
    if not kind.undivided and any(words.feats[token].get("Number") == "Plur" for token in papers):
        role = role or match.frame.counterpart
    each = [argument for argument in match.arguments if argument.role == role]
    if role and kind.roles[role].symmetric:  # only who stands after «с»
        each = [argument for argument in each if argument.preposition in WITH]
    if len(each) < 2:
        return [match.arguments]
    others = [argument for argument in match.arguments if argument not in each]
    return [(*others, argument) for argument in each]
