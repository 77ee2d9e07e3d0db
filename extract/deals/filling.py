"""Which phrase fills which role of a frame."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from extract.deals.candidate import Argument
from extract.deals.discourse import Context, is_joint
from extract.deals.rulebook import Rulebook
from extract.deals.schema import Frame, Role
from extract.deals.status import status_words
from extract.grammar.descriptions import adjoining, is_unlike, named_by, passing_through
from extract.grammar.order import companion, conjuncts_of, object_after, subject_before
from extract.grammar.phrases import QUOTES, Phrase, preposition_of
from extract.grammar.predicates import Actant, Predicate, Sentence
from extract.grammar.voice import VERBAL
from extract.language.words import Words
from extract.rules import words_in

REACH = 30  # tokens: a prepositional phrase farther than this from its trigger belongs to something else
WITH = words_in("grammar", "with")
BESIDE = frozenset(f"{preposition} ins" for preposition in WITH)
AMONG = frozenset(f"{preposition} ins" for preposition in words_in("grammar", "between"))
ATTENDING = words_in("grammar", "attending", "prepositions")
ATTENDING_NOUNS = words_in("grammar", "attending", "nouns")
LIST_MARKS = words_in("grammar", "list_marks")


class Filler(NamedTuple):
    """A phrase in a role.

    Attributes:
        loose: True where word order or context put it there, not the tree.
        inferred: True where it stands in an earlier sentence.
    """

    phrase: Phrase
    loose: bool = False
    inferred: bool = False


Fillers = dict[str, list[Filler]]


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A sentence as roles are filled from it."""

    words: Words
    sentence: Sentence
    rules: Rulebook
    context: Context


def arguments_of(frame: Frame, predicate: Predicate, around: Surroundings) -> tuple[Argument, ...]:
    """The arguments that a frame finds around a trigger, role by role; empty if there are none."""
    filling = _Filling(frame, predicate, around)
    filling.by_place()
    filling.by_counterpart()
    if around.rules.types[frame.type].relation:
        filling.by_clause()
        filling.by_words_between()
    else:
        filling.by_order_and_context()
    return tuple(_argument(role, filler, predicate) for role, fillers in filling.fillers.items() for filler in fillers)


def _argument(role: str, filler: Filler, predicate: Predicate) -> Argument:
    phrase = filler.phrase
    actant = next((actant for actant in predicate.actants if actant.phrase is phrase), None)
    return Argument(
        role=role,
        name=phrase.entity.name,
        ref=phrase.entity.id,
        type=phrase.entity.type,
        kind=phrase.entity.kind or "",
        mention=None if filler.inferred else (phrase.mention.start, phrase.mention.end),
        place=actant.place if actant else phrase.place,
        preposition=phrase.preposition,
        head=phrase.head,
        anaphor=phrase.mention.anaphor,
        loose=filler.loose,
    )


class _Filling:
    """The roles of one frame at one trigger, while they are being filled."""

    def __init__(self, frame: Frame, predicate: Predicate, around: Surroundings) -> None:
        self.frame = frame
        self.predicate = predicate
        self.words = around.words
        self.sentence = around.sentence
        self.rules = around.rules
        self.context = around.context
        self.type = around.rules.types[frame.type]
        self.fillers: Fillers = {}
        self.used: set[str] = set()
        self.actants = self._open_places() + self._places_of_complement()
        if self.type.relation:
            self.actants = self._near() + self.actants

    def by_place(self) -> None:
        """What stands in the places that the frame names, the preferred first."""
        for role, wanted in self.frame.roles.items():
            for place in wanted:
                found = [
                    actant for actant in self.actants if _stands(actant, place) and self._fits(role, actant.phrase)
                ]
                if not found:
                    continue
                depth = min(actant.depth for actant in found)
                for actant in found:
                    if actant.depth == depth:
                        self._take(role, actant.phrase, actant.loose)
                if not self._role(role).symmetric:
                    break

    def by_counterpart(self) -> None:
        """«заключила с X соглашение о покупке»: X is the other party."""
        role = self.frame.counterpart
        if not role or (role in self.fillers and not self._role(role).symmetric):
            return
        for actant in self.actants:
            if any(_stands(actant, place) for place in BESIDE) and self._fits(role, actant.phrase):
                self._take(role, actant.phrase, actant.loose)

    def by_order_and_context(self) -> None:
        """What a deal's roles are filled with from word order, and from what was told before."""
        self.by_owner()
        self.by_order()
        self.by_what_was_told()
        self.by_list()
        if self.frame.counterpart and self.predicate.chain:
            self.part_signers()
            self.turn_round()
        self.by_joint_subject()

    def by_words_between(self) -> None:
        """What the tree left open of a relation whose parts all do the same: companions, conjuncts, the subject."""
        role = self.type.symmetric
        if not role or role not in self.frame.roles:
            return
        for phrase in self._left_open(role, self.frame.roles[role]):
            self._take(role, phrase, loose=True)
        if all(filler.phrase.preposition in WITH for filler in self.fillers.get(role, ())):
            self.fillers.pop(role, None)  # «запланированы встречи с A и B»: nobody says whose
        for filler in list(self.fillers.get(role, ())):
            case = "Ins" if filler.phrase.preposition in WITH else filler.phrase.case
            for phrase in conjuncts_of(self.words, filler.phrase, case, self._fitting(role)):
                self._take(role, phrase, loose=True)

    def _left_open(self, role: str, wanted: tuple[str, ...]) -> Iterator[Phrase]:
        trigger, top = self.predicate.trigger, (self.predicate.trigger, *self.predicate.chain)[-1]
        for preposition, case in (place.split() for place in wanted if " " in place):
            kin = WITH if preposition in WITH else {preposition}
            if not any(filler.phrase.preposition in kin for filler in self.fillers.get(role, ())):
                found = companion(self.sentence, trigger, kin, case.capitalize(), self._fitting(role))
                yield from [found] if found else []
        if "object" in wanted and len(self.fillers.get(role, ())) < 2:
            found = object_after(self.sentence, trigger, self._fitting(role))
            yield from [found] if found else []
        alone = len(self.fillers.get(role, ())) == 1 and not self.predicate.unnamed_subject
        if alone and "subject" in wanted and self.words.feats[top].get("VerbForm") == "Fin":
            yield from subject_before(self.sentence, top, self._fitting(role))

    def _fitting(self, role: str) -> list[Phrase]:
        return [phrase for phrase in self.sentence.phrases if self._fits(role, phrase)]

    def by_clause(self) -> None:
        """«На встрече с X Y заявил»: Y takes part in what stands beside its verb."""
        role, at = self.frame.attends, self.predicate.trigger
        if not role or self.words.pos[at] in VERBAL or len(self.fillers.get(role, ())) > 1:
            return
        verb = self._attending_verb(at)
        if verb is None:
            return
        for actant in self.sentence.predicate(verb).actants:
            if actant.place == "subject" and self._fits(role, actant.phrase):
                self._take(role, actant.phrase, loose=True)

    def _attending_verb(self, noun: int) -> int | None:
        """The verb that «на встрече», «в ходе встречи» stand beside."""
        words = self.words
        if words.lemma[words.head[noun]] in ATTENDING_NOUNS and words.dep[noun] == "nmod":
            noun = words.head[noun]
        before = {preposition_of(words, noun)}
        beside = words.lemma[noun] in ATTENDING_NOUNS or ATTENDING.intersection(before)
        verb = words.head[noun]
        return verb if beside and words.case(noun) != "Acc" and words.pos[verb] in VERBAL else None

    def by_owner(self) -> None:
        """«активы Siemens»: Siemens sells, it isn't what is sold."""
        target = next((role for role, places in self.frame.roles.items() if "object" in places), "")
        if not self.frame.owner or target not in self.fillers:
            return
        owned = self.rules.lexicons["owned"]
        found = self.fillers.pop(target)
        owners = [filler for filler in found if filler.phrase.through and filler.phrase.through[0] in owned]
        rest = [filler for filler in found if filler not in owners]
        if rest:
            self.fillers[target] = rest
        if owners:
            self.fillers.setdefault(self.frame.owner, []).extend(owners)

    def by_order(self) -> None:
        """Fill what the tree left open from the phrases after the trigger with a role's preposition."""
        for role, wanted in self.frame.roles.items():
            if role in self.fillers and (not self._role(role).symmetric or len(self.fillers[role]) > 1):
                continue
            places = {place for place in wanted if " " in place or place == "dat"}
            if "object" in wanted and self._lacks_object():
                places.update(("gen", "acc"))
            first = next((phrase for phrase in self.sentence.phrases if self._follows(role, phrase, places)), None)
            if first is not None:
                for phrase in self.sentence.phrases:
                    if phrase.first == first.first and self._fits(role, phrase):
                        self._take(role, phrase, loose=True)

    def by_what_was_told(self) -> None:
        """«С кооперативом заключен договор»: who signed it is who was spoken of."""
        signer, counterpart = self.frame.actor, self.frame.counterpart
        other, subject = self.fillers.get(counterpart, []), self.context.subject
        if not signer or not other or subject is None or self.predicate.unnamed_subject:
            return
        alone = len(other) == 1 if signer == counterpart else signer not in self.fillers
        if alone and other[0].phrase.preposition in WITH and self._fits(signer, subject):
            self._take(signer, subject, loose=True, inferred=True)

    def by_list(self) -> None:
        """«Под санкции попали банк A, глава C Иван D; завод E»: all that the list after the trigger names."""
        role, trigger = self.frame.lists, self.predicate.trigger
        fillers = self.fillers.get(role, [])
        if not fillers or any(filler.phrase.mention.end <= trigger for filler in fillers):
            return
        self.fillers[role] = [filler for filler in fillers if not self._employs(filler.phrase)] or fillers
        for phrase in self.sentence.phrases:
            if phrase.mention.start > trigger and self._is_item(phrase) and self._fits(role, phrase):
                self._take(role, phrase)

    def part_signers(self) -> None:
        """«A и B подписали соглашение о покупке», «контракт между A и B на поставку»: one buys, the other sells.

        Who acts is named first. Where the frame doesn't say who that is («контракт на поставку»), the
        counterpart is.
        """
        signer, other = self.frame.actor, self.frame.counterpart
        role = signer or next((role for role in self.fillers if role != other), "")
        if role in {"", other} or other in self.fillers:
            return
        both = self.fillers.get(role) or [
            Filler(actant.phrase) for actant in self.predicate.actants if actant.place in AMONG
        ]
        contracting = self.rules.lexicons["documents"] | self.rules.lexicons["contracting"]
        signed = any(self.words.lemma[token] in contracting for token in self.predicate.chain)
        if signed and len(both) == 2 and both[0].phrase.first == both[1].phrase.first:
            first, second = (role, other) if signer else (other, role)
            if self._can_fill(first, both[0].phrase) and self._can_fill(second, both[1].phrase):
                self.fillers[first], self.fillers[second] = [both[0]], [both[1]]
            else:
                self.fillers.pop(role, None)

    def turn_round(self) -> None:
        """«мэрия заключила с «Мостом» контракт на ремонт»: who signs first needn't be who works."""
        signer, other = self.frame.actor, self.frame.counterpart
        if signer == other or signer not in self.fillers or other not in self.fillers:
            return
        for role, place in ((signer, other), (other, signer)):
            kinds = self._role(place).typical
            if all(filler.phrase.entity.kind in kinds for filler in self.fillers[role]) and not any(
                filler.phrase.entity.kind in kinds for filler in self.fillers[place]
            ):
                self.fillers[signer], self.fillers[other] = self.fillers[other], self.fillers[signer]
                return

    def by_joint_subject(self) -> None:
        """«Стороны подписали соглашение»: the parties are those last named together."""
        role = self.frame.counterpart
        if not role or not self._role(role).symmetric or len(self.fillers.get(role, ())) > 1:
            return
        if is_joint(self.words, [self.predicate.trigger, *self.predicate.chain]) and self.context.pair:
            pair = [Filler(phrase, loose=True, inferred=True) for phrase in self.context.pair]
            self.fillers[role] = [*self.fillers.get(role, ()), *pair]

    def _role(self, role: str) -> Role:
        return self.type.roles[role]

    def _can_fill(self, role: str, phrase: Phrase) -> bool:
        return phrase.entity.type in self._role(role).fits

    def _fits(self, role: str, phrase: Phrase) -> bool:
        return phrase.entity.id not in self.used and self._can_fill(role, phrase)

    def _take(self, role: str, phrase: Phrase, loose: bool = False, inferred: bool = False) -> None:
        self.fillers.setdefault(role, []).append(Filler(phrase, loose, inferred))
        self.used.add(phrase.entity.id)

    def _places_of_complement(self) -> list[Actant]:
        """«получила кредит банка X», «перешла под контроль Y»: X and Y hang on the complement."""
        words = self.words
        found: list[Actant] = []
        for child in words.children[self.predicate.trigger]:
            if words.lemma[child] in self.frame.complement and words.pos[child] == "NOUN":
                found.extend(actant for actant in self.sentence.actants(child) if actant.place != "subject")
        return found

    def _near(self) -> list[Actant]:
        """What a relation is said of, as nouns and marks have it; a place so filled isn't filled by the tree."""
        sentence, trigger = self.sentence, self.predicate.trigger
        near = [*passing_through(sentence, trigger), *adjoining(sentence, trigger)]
        if self.frame.describes:
            near += named_by(sentence, trigger, held=any("gen" in places for places in self.frame.roles.values()))
        places = {actant.place for actant in near}
        self.actants = [
            actant
            for actant in self.actants
            if actant.place not in places and not (actant.depth == 0 and is_unlike(self.words, trigger, actant.phrase))
        ]
        return near

    def _open_places(self) -> list[Actant]:
        """The predicate's actants, without subjects that only approve or ask («ЦБ разрешил сделку»)."""
        words, predicate, approving = self.words, self.predicate, status_words().approving
        links = [predicate.trigger, *predicate.chain]
        blocked = {depth for depth, token in enumerate(links) if depth and words.lemma[token] in approving}
        organs = self.rules.lexicons["organs"]
        actants = [
            actant
            for actant in predicate.actants
            if actant.place != "subject"
            or actant.depth not in blocked
            or not organs.isdisjoint(actant.phrase.through)  # «акционеры «Зари» одобрили слияние»
            or (self.type.released and actant.phrase.entity.kind == "country")  # «США одобрили поставки ракет»
        ]
        for depth in {*blocked, *self._controlled()}:
            addressed = [
                actant
                for actant in predicate.actants
                if actant.depth == depth
                and actant.place in {"dat", "object"}
                and actant.phrase.governor == links[depth]
            ]
            if addressed:  # «разрешил «Йоте» купить»: who may buy stands in the dative
                actants = [actant for actant in actants if actant.place != "subject" or actant.depth < depth]
                actants += [Actant("subject", actant.phrase, depth) for actant in addressed]
        return actants

    def _controlled(self) -> list[int]:
        """The depths of the verbs that tell somebody to do what an infinitive says."""
        words, links = self.words, [self.predicate.trigger, *self.predicate.chain]
        return [
            depth
            for depth, token in enumerate(links)
            if depth
            and words.lemma[token] in status_words().controlling
            and words.feats[links[depth - 1]].get("VerbForm") == "Inf"
        ]

    def _lacks_object(self) -> bool:
        """«оштрафовала за сговор компании A и B»: the parser gave the verb's object to another word."""
        words, trigger = self.words, self.predicate.trigger
        return words.pos[trigger] == "VERB" and not any(
            words.dep[child] in {"obj", "nsubj:pass", "xcomp", "ccomp"} for child in words.children[trigger]
        )

    def _follows(self, role: str, phrase: Phrase, places: set[str]) -> bool:
        """Does a phrase after the trigger stand in one of the places? «…, сообщили «Вестям»» does not."""
        trigger = self.predicate.trigger
        if phrase.place not in places or not trigger < phrase.mention.start < trigger + REACH:
            return False
        verb = self.words.lemma[phrase.governor] if phrase.governor >= 0 else ""
        return verb not in status_words().reporting and self._fits(role, phrase)

    def _is_item(self, phrase: Phrase) -> bool:
        """An item of a list: after a comma, «и», colon or semicolon, and in the nominative if it declines."""
        words = self.words
        at = phrase.mention.start - 1
        if phrase.entity.type == "LOC" or phrase.preposition or (phrase.cases and "Nom" not in phrase.cases):
            return False
        while at > self.sentence.start and (words.text[at] in QUOTES or words.pos[at] in {"ADJ", "NOUN", "PROPN", "X"}):
            at -= 1
        return words.norm[at] in LIST_MARKS and not self._employs(phrase)

    def _employs(self, phrase: Phrase) -> bool:
        """«глава завода «Заря» Иван Петров»: the name before a person's is where the person works."""
        after = range(phrase.mention.end, min(phrase.mention.end + 2, self.sentence.end))
        return phrase.entity.type == "ORG" and any(
            other.entity.type == "PER"
            and other.mention.start in after
            and all(self.words.text[i] in QUOTES for i in range(phrase.mention.end, other.mention.start))
            for other in self.sentence.phrases
        )


def _stands(actant: Actant, place: str) -> bool:
    """Is this the place that a frame names? After a preposition a name that doesn't decline has any case."""
    return actant.place == place or (
        bool(actant.phrase.preposition) and not actant.phrase.case and place.startswith(f"{actant.place} ")
    )
