"""Which frame a trigger evokes, and which phrase fills which role."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from extract.annotations import Entity
from extract.language.words import Words
from extract.relations.discourse import Context, joint_subject
from extract.relations.frames import Frame, Rules
from extract.relations.phrases import QUOTES, Phrase
from extract.relations.predicates import RELATIVES, VERBAL, Grammar, Place, Predicate, is_participle
from extract.relations.status import status_words

REACH = 30  # tokens: a prepositional phrase farther than this from its trigger belongs to something else
# Tokens between a trigger and its complement, where the tree doesn't join them.
AFTER = 7
BEFORE = 5
LIST_MARKS = {",", ";", ":", "и", "также", "—", "(", ")"}
OUTGOING = {"supply", "grant"}  # what a state has to approve before it leaves the country
CLAUSE_END = {";", ".", "!", "?", "…"}


@dataclass(slots=True)
class Match:
    """A frame that holds at a trigger, with its fillers.

    Attributes:
        fillers: role → the phrases that fill it, in text order.
        loose: the number of roles filled by word order instead of the tree.
        known: the parties that the frame itself knows, as far as the article names them.
    """

    frame: Frame
    predicate: Predicate
    fillers: dict[str, list[Phrase]] = field(default_factory=dict)
    loose: int = 0
    known: list[Entity] = field(default_factory=list)


@dataclass(slots=True)
class Outcome:
    """What became of a frame at a trigger: a match, or the reason (in Russian, for authors of rules) why none."""

    frame: Frame
    match: Match | None
    reason: str = ""


class Matcher:
    """Matches the frames of a rule set in one sentence."""

    def __init__(self, words: Words, grammar: Grammar, rules: Rules, context: Context) -> None:
        self.context = context
        self.words = words
        self.grammar = grammar
        self.rules = rules

    def match(self, trigger: int) -> Match | None:
        """The most specific frame that holds at a token, or None."""
        return next((outcome.match for outcome in self.consider(trigger) if outcome.match is not None), None)

    def consider(self, trigger: int) -> Iterator[Outcome]:
        """Try the frames of a trigger, the most specific first, and say what became of each."""
        words = self.words
        verbal = words.pos[trigger] in VERBAL
        frames = (self.rules.by_verb if verbal else self.rules.by_noun).get(words.lemma[trigger], ())
        if not frames:
            return
        if self._behind_barrier(trigger):
            reason = f"слово «{words.text[words.head[trigger]]}» над ним говорит не о сделке"
            yield from (Outcome(frame, None, reason) for frame in frames)
            return
        around = self._around(trigger)
        objects = list(self._objects(trigger, verbal))
        predicate: Predicate | None = None
        sure = [frame for frame in frames if not frame.object or self._are_of(objects, frame.object)]
        for frame in (*sure, *(frame for frame in frames if frame not in sure)):
            reason = _surroundings(frame, around)
            unknown = frame not in sure and bool(objects or not frame.free)
            if not reason and unknown and not (frame.suffice and self._may_change_hands(objects)):
                reason = f"объект не из списков {', '.join(frame.object)}"
            if reason:
                yield Outcome(frame, None, reason)
                continue
            predicate = predicate or self.grammar.predicate(trigger)
            outcome = self._outcome(frame, predicate)
            if unknown and outcome.match is not None and not self._suffices(outcome.match):
                outcome = Outcome(frame, None, f"объект не из списков {', '.join(frame.object)}, а сторон мало")
            yield outcome

    def _may_change_hands(self, objects: list[int]) -> bool:
        """A thing unknown to the lexicons, not a word that only makes an idiom: «поставить задачу»."""
        words = self.words
        return bool(objects) and all(
            words.pos[head] in {"NOUN", "NUM", "SYM"} and words.lemma[head] not in self.rules.lexicons["idle"]
            for head in objects
        )

    def _suffices(self, match: Match) -> bool:
        """Do the parties alone make the deal plain, each in a place of the trigger itself?"""
        return (
            match.loose == 0
            and all(
                phrase.entity.type != "PER" or role == "employee"
                for role in match.frame.suffice
                for phrase in match.fillers.get(role, ())
            )
            and all(role in match.fillers for role in match.frame.suffice)
        )

    def _outcome(self, frame: Frame, predicate: Predicate) -> Outcome:
        if frame.under and not self._is_under(frame.under, predicate):
            return Outcome(frame, None, "над ним нет слова из under")
        if frame.not_under and self._is_under(frame.not_under, predicate):
            return Outcome(frame, None, "над ним слово из not_under")
        match = self._fill(frame, predicate)
        missing = [role for role in frame.requires if role not in match.fillers]
        if missing:
            return Outcome(frame, None, f"некому занять роль {', '.join(missing)}")
        if not match.fillers and not match.known:
            return Outcome(frame, None, "нет ни одного названного участника")
        return Outcome(frame, match)

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

    def _around(self, trigger: int) -> set[str]:
        """The lemmas of the trigger's dependents, and of the words close by in its clause."""
        words = self.words
        found = {words.lemma[child] for child in words.children[trigger]}
        for child in words.children[trigger]:
            found.update(words.lemma[grandchild] for grandchild in words.children[child])
        for step, near in ((1, AFTER), (-1, BEFORE)):
            at = trigger
            for _ in range(near):
                at += step
                if not self.grammar.start <= at < self.grammar.end or words.text[at] in CLAUSE_END | {","}:
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
            and not any(phrase.case == "Dat" for phrase in self.grammar.standing_at(child))
            and not any(words.dep[grandchild] == "case" for grandchild in words.children[child])
        ]
        if (
            verbal
            and words.dep[trigger] in {"acl", "amod", "acl:relcl"}
            and words.feats[trigger].get("Voice") == "Pass"
        ):
            heads.append(words.head[trigger])
        if words.dep[trigger] == "acl:relcl":  # «вертолеты, которые купила A»
            heads = [words.head[trigger] if words.lemma[head] in RELATIVES else head for head in heads]
        heads = [head for head in heads if words.lemma[head] not in RELATIVES]
        return heads or self._next_noun(trigger)

    def _next_noun(self, trigger: int) -> list[int]:
        """The noun that follows a trigger directly, where the parser hangs it elsewhere: «покупке 339 самолетов»."""
        words = self.words
        for i in range(trigger + 1, min(trigger + 5, self.grammar.end)):
            if words.pos[i] in {"ADP", "PUNCT", "VERB", "CCONJ", "SCONJ"}:
                break
            if words.pos[i] in {"NOUN", "PROPN"} and words.case(i) in {"Gen", "Acc"}:
                return [i]
        return []

    def _is_one_of(self, head: int, kinds: tuple[str, ...]) -> bool:
        words = self.words
        lemmas = {words.lemma[head]}
        # «339 самолетов», «партия оружия», «60 вертолетов Chinook»: the counted thing hangs on the counter
        counts = (
            words.lemma[head] in self.rules.lexicons["counters"]
            or words.lemma[head] not in self.rules.lexicons["goods"]
        )
        lemmas.update(
            words.lemma[child]
            for child in words.children[head]
            if words.dep[child] == "conj"
            or (counts and words.dep[child].startswith(("nmod", "nummod", "amod")) and not self._has_preposition(child))
        )
        for kind in kinds:
            if kind in self.rules.lexicons:
                if not self.rules.lexicons[kind].isdisjoint(lemmas):
                    return True
                continue
            named = self.grammar.standing_at(head)
            if any(phrase.entity.type == kind for phrase in named):
                return True
            if not named and any(  # «вингера Карвалью»
                phrase.entity.type == kind == "PER" and phrase.governor == head and not phrase.preposition
                for phrase in self.grammar.phrases
            ):
                return True
        return False

    def _has_preposition(self, token: int) -> bool:
        return any(self.words.dep[child] == "case" for child in self.words.children[token])

    def _fill(self, frame: Frame, predicate: Predicate) -> Match:
        match = Match(frame, predicate)
        used: set[str] = set()
        places = self._open_places(frame, predicate) + self._places_of_complement(frame, predicate.trigger)
        for role, wanted in frame.roles.items():
            for slot in wanted:
                found = [place for place in places if _stands(place, slot) and self._fits(role, place.phrase, used)]
                if not found:
                    continue
                depth = min(place.depth for place in found)
                for place in found:
                    if place.depth == depth:
                        self._take(match, role, place, used)
                if role != "party":
                    break
        self._fill_counterpart(frame, match, places, used)
        self._fill_owner(frame, match)
        self._fill_by_order(frame, match, used)
        self._fill_implied_signer(frame, match, used)
        self._fill_list(frame, match, used)
        match.known = [entity for entity in self.context.entities if entity.name in frame.parties]
        if frame.counterpart and predicate.chain:
            self._part_signers(frame, match)
            self._turn_round(frame, match)
        if frame.counterpart == "party" and len(match.fillers.get("party", ())) < 2:
            self._fill_joint_subject(match)
        return match

    def _places_of_complement(self, frame: Frame, trigger: int) -> list[Place]:
        """«получила кредит банка X», «перешла под контроль Y»: X and Y hang on the complement."""
        words = self.words
        found: list[Place] = []
        for child in words.children[trigger]:
            if words.lemma[child] in frame.complement and words.pos[child] == "NOUN":
                found.extend(place for place in self.grammar.places(child) if place.slot != "subject")
        return found

    def _open_places(self, frame: Frame, predicate: Predicate) -> list[Place]:
        """The predicate's places, without subjects that only approve or ask («ЦБ разрешил сделку»)."""
        words, approving = self.words, status_words().approving
        links = [predicate.trigger, *predicate.chain]
        blocked = {depth for depth, token in enumerate(links) if depth and words.lemma[token] in approving}
        organs = self.rules.lexicons["organs"]
        places = [
            place
            for place in predicate.places
            if place.slot != "subject"
            or place.depth not in blocked
            or not organs.isdisjoint(place.phrase.through)  # «акционеры «Зари» одобрили слияние»
            or self._lets_its_own(frame, place)
        ]
        for depth in {*blocked, *self._controlled(predicate)}:
            addressed = [
                place
                for place in predicate.places
                if place.depth == depth and place.slot in {"dat", "object"} and place.phrase.governor == links[depth]
            ]
            if addressed:  # «разрешил «Йоте» купить»: who may buy stands in the dative
                places = [place for place in places if place.slot != "subject" or place.depth < depth]
                places += [Place("subject", place.phrase, depth) for place in addressed]
        return places

    def _controlled(self, predicate: Predicate) -> list[int]:
        """The depths of the verbs that tell somebody to do what an infinitive says."""
        words, links = self.words, [predicate.trigger, *predicate.chain]
        return [
            depth
            for depth, token in enumerate(links)
            if depth
            and words.lemma[token] in status_words().controlling
            and words.feats[links[depth - 1]].get("VerbForm") == "Inf"
        ]

    def _lets_its_own(self, frame: Frame, place: Place) -> bool:
        """«США одобрили поставки ракет»: a state lets its own goods go."""
        return frame.type in OUTGOING and place.phrase.entity.kind == "country"

    def _fits(self, role: str, phrase: Phrase, used: set[str]) -> bool:
        return phrase.entity.id not in used and phrase.entity.type in self.rules.fits[role]

    def _take(self, match: Match, role: str, place: Place, used: set[str]) -> None:
        match.fillers.setdefault(role, []).append(place.phrase)
        match.loose += place.loose
        used.add(place.phrase.entity.id)

    def _lacks_object(self, trigger: int) -> bool:
        """«оштрафовала за сговор компании A и B»: the parser gave the verb's object to another word."""
        words = self.words
        return words.pos[trigger] == "VERB" and not any(
            words.dep[child] in {"obj", "nsubj:pass", "xcomp", "ccomp"} for child in words.children[trigger]
        )

    def _fill_counterpart(self, frame: Frame, match: Match, places: list[Place], used: set[str]) -> None:
        """«заключила с X соглашение о покупке»: X is the other party."""
        if not frame.counterpart or (frame.counterpart in match.fillers and frame.counterpart != "party"):
            return
        for place in places:
            beside = _stands(place, "с ins") or _stands(place, "со ins")
            if beside and self._fits(frame.counterpart, place.phrase, used):
                self._take(match, frame.counterpart, place, used)

    def _fill_owner(self, frame: Frame, match: Match) -> None:
        """«активы Siemens»: Siemens sells, it isn't what is sold."""
        target = next((role for role, places in frame.roles.items() if "object" in places), "")
        if not frame.owner or target not in match.fillers:
            return
        owned = self.rules.lexicons["owned"]
        owners = [phrase for phrase in match.fillers[target] if phrase.through and phrase.through[0] in owned]
        if owners:
            match.fillers[target] = [phrase for phrase in match.fillers[target] if phrase not in owners]
            if not match.fillers[target]:
                del match.fillers[target]
            match.fillers.setdefault(frame.owner, []).extend(owners)

    def _part_signers(self, frame: Frame, match: Match) -> None:
        """«A и B подписали соглашение о покупке», «контракт между A и B на поставку»: one buys, the other sells.

        Who acts is named first. Where the frame doesn't say who that is («контракт на поставку»), the
        counterpart is.
        """
        signer, other = _signer(frame), frame.counterpart
        role = signer or next((role for role in match.fillers if role != other), "")
        if role in {"", other} or other in match.fillers:
            return
        between = [place.phrase for place in match.predicate.places if place.slot == "между ins"]
        both = match.fillers.get(role) or between
        contracting = self.rules.lexicons["documents"] | self.rules.lexicons["contracting"]
        signed = any(self.words.lemma[token] in contracting for token in match.predicate.chain)
        if signed and len(both) == 2 and both[0].first == both[1].first:
            first, second = (role, other) if signer else (other, role)
            if self._fits(first, both[0], set()) and self._fits(second, both[1], set()):
                match.fillers[first], match.fillers[second] = [both[0]], [both[1]]
            else:
                match.fillers.pop(role, None)

    def _turn_round(self, frame: Frame, match: Match) -> None:
        """«мэрия заключила с «Мостом» контракт на ремонт»: who signs first needn't be who works."""
        signer, other = _signer(frame), frame.counterpart
        if signer == other or signer not in match.fillers or other not in match.fillers:
            return
        typical = self.rules.typical
        for role, place in ((signer, other), (other, signer)):
            kinds = typical.get(place, frozenset())
            if all(p.entity.kind in kinds for p in match.fillers[role]) and not any(
                p.entity.kind in kinds for p in match.fillers[place]
            ):
                match.fillers[signer], match.fillers[other] = match.fillers[other], match.fillers[signer]
                return

    def _fill_implied_signer(self, frame: Frame, match: Match, used: set[str]) -> None:
        """«С кооперативом заключен договор»: who signed it is who was spoken of."""
        signer = _signer(frame)
        other = match.fillers.get(frame.counterpart, [])
        subject = self.context.subject
        if not signer or not other or subject is None or match.predicate.unnamed_subject:
            return
        alone = len(other) == 1 if signer == frame.counterpart else signer not in match.fillers
        if alone and other[0].preposition in {"с", "со"} and self._fits(signer, subject, used):
            self._take(match, signer, Place("subject", subject, 9, loose=True), used)

    def _fill_list(self, frame: Frame, match: Match, used: set[str]) -> None:
        """«Под санкции попали банк A, глава C Иван D; завод E»: all that the list after the trigger names."""
        fillers = match.fillers.get(frame.lists, [])
        trigger = match.predicate.trigger
        if not fillers or any(phrase.mention.end <= trigger for phrase in fillers):
            return
        match.fillers[frame.lists] = [phrase for phrase in fillers if not self._employs(phrase)] or fillers
        for phrase in self.grammar.phrases:
            if phrase.mention.start > trigger and self._is_item(phrase) and self._fits(frame.lists, phrase, used):
                self._take(match, frame.lists, Place(phrase.slot, phrase, 0), used)

    def _is_item(self, phrase: Phrase) -> bool:
        """An item of a list: after a comma, «и», colon or semicolon, and in the nominative if it declines."""
        words = self.words
        at = phrase.mention.start - 1
        if phrase.entity.type == "LOC" or phrase.preposition or (phrase.cases and "Nom" not in phrase.cases):
            return False
        while at > self.grammar.start and (words.text[at] in QUOTES or words.pos[at] in {"ADJ", "NOUN", "PROPN", "X"}):
            at -= 1
        return words.norm[at] in LIST_MARKS and not self._employs(phrase)

    def _employs(self, phrase: Phrase) -> bool:
        """«глава завода «Заря» Иван Петров»: the name before a person's is where the person works."""
        after = range(phrase.mention.end, min(phrase.mention.end + 2, self.grammar.end))
        return phrase.entity.type == "ORG" and any(
            other.entity.type == "PER"
            and other.mention.start in after
            and all(self.words.text[i] in QUOTES for i in range(phrase.mention.end, other.mention.start))
            for other in self.grammar.phrases
        )

    def _fill_joint_subject(self, match: Match) -> None:
        """«Стороны подписали соглашение»: the parties are those last named together."""
        if joint_subject(self.words, [match.predicate.trigger, *match.predicate.chain]):
            match.fillers["party"] = [*match.fillers.get("party", ()), *self.context.pair]
            match.loose += 1

    def _fill_by_order(self, frame: Frame, match: Match, used: set[str]) -> None:
        """Fill what the tree left open from the phrases after the trigger with a role's preposition."""
        predicate = match.predicate
        for role, wanted in frame.roles.items():
            if role in match.fillers and (role != "party" or len(match.fillers[role]) > 1):
                continue
            slots = {slot for slot in wanted if " " in slot or slot == "dat"}
            if "object" in wanted and self._lacks_object(predicate.trigger):
                slots.update(("gen", "acc"))
            if not slots:
                continue
            for phrase in self.grammar.phrases:
                near = predicate.trigger < phrase.mention.start < predicate.trigger + REACH
                verb = self.words.lemma[phrase.governor] if phrase.governor >= 0 else ""
                told = verb in status_words().reporting  # «…, сообщили «Вестям»»
                if near and not told and phrase.slot in slots and self._fits(role, phrase, used):
                    for conjunct in self.grammar.phrases:
                        if conjunct.first == phrase.first and self._fits(role, conjunct, used):
                            self._take(match, role, Place(phrase.slot, conjunct, 1, loose=True), used)
                    break


def _stands(place: Place, slot: str) -> bool:
    """Is this the place that a frame names? After a preposition a name that doesn't decline has any case."""
    return place.slot == slot or (
        bool(place.phrase.preposition) and not place.phrase.case and slot.startswith(f"{place.slot} ")
    )


def _surroundings(frame: Frame, around: set[str]) -> str:
    """Why a frame doesn't go with the words around its trigger; "" if it does."""
    spoiling = sorted(frame.without & around)
    if spoiling:
        return f"рядом слово «{spoiling[0]}» из without"
    if frame.complement and frame.complement.isdisjoint(around):
        return "рядом нет слова из with"
    return ""


def _signer(frame: Frame) -> str:
    """The role of who acts: the one whose first place is the subject."""
    return next((role for role, places in frame.roles.items() if places and places[0] == "subject"), "")


def distributed(words: Words, match: Match, documents: frozenset[str]) -> list[Match]:
    """One match for each deal: «оштрафовал A и B», «контракты с A и B» tell of two."""
    role = match.frame.each
    papers = [token for token in (match.predicate.trigger, *match.predicate.chain) if words.lemma[token] in documents]
    if match.frame.type != "agreement" and any(words.feats[token].get("Number") == "Plur" for token in papers):
        role = role or match.frame.counterpart
    fillers = match.fillers.get(role, [])
    if role == "party":  # only who stands after «с»
        fillers = [phrase for phrase in fillers if phrase.preposition in {"с", "со"}]
    if len(fillers) < 2:
        return [match]
    rest = [phrase for phrase in match.fillers[role] if phrase not in fillers]
    return [replace(match, fillers={**match.fillers, role: [*rest, phrase]}) for phrase in fillers]
