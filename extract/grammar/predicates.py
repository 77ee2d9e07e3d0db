"""A trigger word in its sentence: its form, the words that govern it, and the phrases in the places around it.

Grammar is known here once for all frames. Frames name deep places («subject» is who buys, «object» what is
bought); this module tells which phrase stands there in «A купила B», «B куплена A», «купившая B компания A»,
«A, которая купила B», «A планирует купить B», «покупка B компанией A», «A объявила о покупке B».
"""

from collections.abc import Iterator
from dataclasses import dataclass

from extract.grammar.phrases import NOMINAL, QUOTES, Phrase
from extract.grammar.voice import VERBAL, is_participle, is_passive, is_predicate
from extract.language.words import Words
from extract.rules import words_in

SUBJECT_RELATIONS = {"nsubj", "nsubj:pass", "csubj"}
# Relations by which a word hangs on the word that says how far along it is («планирует купить»).
GOVERNED_BY = {
    "obj", "obl", "iobj", "nmod", "xcomp", "ccomp", "csubj", "nsubj", "nsubj:pass", "csubj:pass", "acl", "appos",
    "obl:agent", "parataxis",
}  # fmt: skip
RELATIVES = words_in("grammar", "relatives")
RELATIVES_ALIKE = words_in("grammar", "relatives_alike")
COMITATIVE = tuple(words_in("grammar", "comitative"))


@dataclass(slots=True)
class Actant:
    """A phrase in a place of a predicate.

    Attributes:
        place: «subject», «object», a bare case («gen»), or a preposition with its case («у gen»).
        phrase: what stands there.
        depth: how many governors up it was found; 0 at the trigger itself.
        loose: True where word order, not the parser's tree, put it there.
    """

    place: str
    phrase: Phrase
    depth: int
    loose: bool = False


@dataclass(slots=True)
class Predicate:
    """A trigger with its chain of governors and the phrases around it.

    Attributes:
        trigger: the token.
        chain: the tokens that govern it, nearest first, as long as they tell of the deal and not of another.
        actants: the phrases, the surest first.
        unnamed_subject: True if its subject is a noun that names no entity («компании», «инвесторы»).
    """

    trigger: int
    chain: list[int]
    actants: list[Actant]
    unnamed_subject: bool


def is_own_voice(phrase: Phrase) -> bool:
    """True for who may tell of its own doing: a company or state, not a newspaper, nor a person who speaks for it."""
    return phrase.entity.type != "PER" and phrase.entity.kind != "media"


class Sentence:
    """The phrases of one sentence, found by the words that govern them."""

    def __init__(
        self,
        words: Words,
        phrases: list[Phrase],
        sentence: int,
        links: frozenset[str],
        reporting: frozenset[str],
    ) -> None:
        """Index the phrases of a sentence.

        Args:
            words: the annotated tokens.
            phrases: the sentence's phrases in text order.
            sentence: its number.
            links: the lemmas that a chain of governors may climb through.
            reporting: the lemmas of verbs of saying.
        """
        self.words = words
        self.reporting = reporting
        self.phrases = phrases
        self.start, self.end = words.sentences[sentence]
        self.links = links
        self._governed: dict[int, list[Phrase]] = {}
        self._standing: dict[int, list[Phrase]] = {}
        for phrase in phrases:
            self._governed.setdefault(phrase.governor, []).append(phrase)
            for token in {*phrase.path, *range(phrase.mention.start, phrase.mention.end)}:
                self._standing.setdefault(token, []).append(phrase)

    def predicate(self, trigger: int) -> Predicate:
        """Collect the chain and actants of a trigger."""
        chain = self._clause_about(trigger)
        for link in self._chain(trigger):  # «контракт на поставку, заключенный A с B»
            chain += [link, *(verb for verb in self._clause_about(link) if verb not in chain and verb != trigger)]
        actants: list[Actant] = []
        for depth, token in enumerate([trigger, *chain]):
            for place, phrase in self._places(token):
                actants.append(Actant(place, phrase, depth))
                if depth and place == "gen" and self.words.pos[token] == "NOUN":
                    actants.append(Actant("subject", phrase, depth))  # «планы «Зари» купить»
        unnamed = False
        if not any(actant.place == "subject" for actant in actants):
            links = [trigger, *chain]
            unnamed = any(self._has_unnamed_subject(token) for token in links)
            if not unnamed and is_predicate(self.words, links[-1]) and not is_participle(self.words, links[-1]):
                actants.extend(self._inherited_subject(links[-1], len(chain)))
        return Predicate(trigger, chain, actants, unnamed)

    def standing_at(self, token: int) -> list[Phrase]:
        """The phrases that a noun names or stands for."""
        return self._standing.get(token, [])

    def actants(self, token: int) -> list[Actant]:
        """The phrases that depend on one token."""
        return [Actant(place, phrase, 0) for place, phrase in self._places(token)]

    def _clause_about(self, trigger: int) -> list[int]:
        """«протокол, который подписали A и B», «договор, заключенный с X»: the verb below does a governor's work."""
        words = self.words
        if words.pos[trigger] in VERBAL:
            return []
        return [
            child
            for child in words.children[trigger]
            if words.dep[child] in {"acl", "acl:relcl", "amod"}
            and words.pos[child] in VERBAL
            and words.lemma[child] in self.links
        ][:1]

    def _chain(self, trigger: int) -> Iterator[int]:
        words, at = self.words, trigger
        for _ in range(8):
            head = words.head[at]
            if head == at:
                return
            if words.dep[at] == "conj":  # «купить A и продать B»: both hang on what governs the first
                at = head
                continue
            if words.dep[at] not in GOVERNED_BY and words.dep[at] not in {"advcl", "amod", "acl:relcl"}:
                return
            if words.lemma[head] not in self.links:
                return
            if words.lemma[head] in self.reporting and words.dep[at] in {"parataxis", "ccomp", "advcl"}:
                return  # «X предложил купить Y, сообщили источники»
            yield head
            at = head

    def _places(self, token: int) -> Iterator[tuple[str, Phrase]]:
        """The phrases that depend on a token, with the deep place of each."""
        words = self.words
        verbal = is_predicate(words, token)
        passive = verbal and is_passive(words, token)
        if verbal and is_participle(words, token):
            for phrase in self.standing_at(words.head[token]):
                yield ("object" if passive else "subject"), phrase
        if words.dep[token] == "acl:relcl":
            yield from self._through_relative(token, passive)
        places = [(self._place(token, phrase, verbal, passive), phrase) for phrase in self._governed.get(token, ())]
        yield from self._one_subject(token, places)
        yield from self._under_object(token)

    def _place(self, token: int, phrase: Phrase, verbal: bool, passive: bool) -> str:
        """Name the deep place of a phrase that hangs on a token."""
        if phrase.preposition.startswith(COMITATIVE):
            return "subject"
        if phrase.preposition:
            return phrase.place
        if phrase.relation == "amod":
            return "adj"  # «американские санкции»
        if not verbal:
            if phrase.case == "Gen" and "Dat" in phrase.cases and self._has_genitive_before(token, phrase.head):
                return "dat"  # «поставки дронов России»: the second of two is a dative
            return {"Ins": "subject", "Nom": "apposed"}.get(phrase.case, phrase.case.lower())
        if phrase.case == "Acc" and phrase.relation == "nsubj" and self.words.dep[token] == "acl:relcl":
            return "object"
        if phrase.relation in SUBJECT_RELATIONS or (phrase.case == "Nom" and phrase.relation != "obj"):
            if not passive and self._disagrees(token, phrase):
                return "object"
            return "object" if passive else "subject"
        if phrase.relation == "obl:agent" or (passive and phrase.case == "Ins"):
            return "subject"
        if phrase.relation == "obj" or phrase.case == "Acc":
            return "object"
        return phrase.case.lower()

    def _has_genitive_before(self, noun: int, phrase: int) -> bool:
        words = self.words
        return any(
            noun < child < phrase and words.case(child) == "Gen" and words.pos[child] == "NOUN"
            for child in words.children[noun]
        )

    def _one_subject(self, token: int, places: list[tuple[str, Phrase]]) -> list[tuple[str, Phrase]]:
        """«A не будет покупать банк B»: of two nominatives that aren't joined, the one after the verb is its object."""
        subjects = [phrase for place, phrase in places if place == "subject"]
        if not subjects:
            return self._object_first(token, places)
        if len({phrase.first for phrase in subjects}) < 2 or any(place == "object" for place, _ in places):
            return places
        if all(phrase.head > token for phrase in subjects) or any(phrase.through for phrase in subjects):
            return places  # «активы A выкупит B»: the object may come first
        return [("object" if place == "subject" and phrase.head > token else place, phrase) for place, phrase in places]

    def _object_first(self, verb: int, places: list[tuple[str, Phrase]]) -> list[tuple[str, Phrase]]:
        """«вышки A покупает холдинг B»: where the first of two objects disagrees in number, the other acts."""
        words = self.words
        feats = words.feats[verb]
        objects = [phrase for place, phrase in places if place == "object" and not phrase.preposition]
        before = [phrase for phrase in objects if phrase.path[-1] < verb]
        after = [phrase for phrase in objects if phrase.path[-1] > verb]
        if feats.get("VerbForm") != "Fin" or is_passive(words, verb) or not before or not after:
            return places
        if words.feats[before[0].path[-1]].get("Number") in {feats.get("Number"), None}:
            return places
        return [("subject" if phrase in after else place, phrase) for place, phrase in places]

    def _disagrees(self, verb: int, phrase: Phrase) -> bool:
        """«Ефимова оштрафовали»: a name in the singular is no subject of a plural verb."""
        words = self.words
        return (
            words.feats[verb].get("Number") == "Plur"
            and words.feats[verb].get("VerbForm") == "Fin"
            and (phrase.entity.type == "PER" or (phrase.entity.type == "ORG" and self._is_singular(phrase)))
            and not phrase.through
            and sum(other.first == phrase.first for other in self.phrases) == 1
        )

    def _is_singular(self, phrase: Phrase) -> bool:
        """««Кинозал» оштрафовали»: a quoted name in the singular, unlike «Крылья Советов» or США."""
        words, head = self.words, phrase.head
        quoted = phrase.mention.start > 0 and words.text[phrase.mention.start - 1] in QUOTES
        return quoted and words.feats[head].get("Number") == "Sing" and not words.text[head].isupper()

    def _under_object(self, token: int) -> Iterator[tuple[str, Phrase]]:
        """«поставки оружия Украине», «купил акции банка у X»: the parser hangs the last phrase on the object."""
        words = self.words
        for child in words.children[token]:
            if words.dep[child] not in {
                "obj",
                "nmod",
                "nummod",
                "nummod:gov",
                "nsubj:pass",
            } or self.standing_at(child):
                continue
            if any(words.dep[i] == "case" for i in words.children[child]):
                continue
            for inner in (child, *words.children[child]):
                if inner != child and (words.dep[inner] != "nmod" or self.standing_at(inner)):
                    continue
                for phrase in self._governed.get(inner, ()):
                    if phrase.mention.start < token or phrase.through:
                        continue
                    if phrase.preposition:
                        yield phrase.place, phrase
                    elif phrase.case == "Dat" or "Dat" in phrase.cases:
                        yield "dat", phrase
                    elif phrase.case == "Ins":
                        yield "subject", phrase

    def _through_relative(self, token: int, passive: bool) -> Iterator[tuple[str, Phrase]]:
        """«A, которая купила B»: the antecedent stands where its pronoun does."""
        words = self.words
        antecedents = self.standing_at(words.head[token])
        if not antecedents:
            return
        pronoun = self.relative_of(token)
        if pronoun is not None:
            place = self.place_of_relative(token, pronoun, passive)
            yield from ((place, phrase) for phrase in antecedents)

    def relative_of(self, verb: int) -> int | None:
        """The relative pronoun before a verb, in its clause: «который»."""
        words = self.words
        return next(
            (
                child
                for child in words.subtree(verb)
                if child < verb and words.lemma[child] in RELATIVES and words.pos[child] in {"PRON", "DET"}
            ),
            None,
        )

    def place_of_relative(self, verb: int, pronoun: int, passive: bool) -> str:
        """The place of a relative pronoun, and so of what it means."""
        words = self.words
        case = words.case(pronoun) or ""
        preposition = next((words.norm[i] for i in words.children[pronoun] if words.dep[i] == "case"), "")
        if case == "Acc" and not preposition and self._takes_other_object(verb, words.norm[pronoun]):
            case = "Nom"
        if preposition:
            return f"{preposition} {case.lower()}"
        if case == "Nom" or words.dep[pronoun] in SUBJECT_RELATIONS:
            return "object" if passive else "subject"
        return {"Acc": "object", "Ins": "subject" if passive else "ins"}.get(case, case.lower())

    def _takes_other_object(self, verb: int, pronoun: str) -> bool:
        """«который купил банк»: the tags make both accusatives, so the pronoun is the subject."""
        words = self.words
        return pronoun in RELATIVES_ALIKE and any(
            child > verb and words.case(child) == "Acc" and words.dep[child] in {"obj", "nsubj"}
            for child in words.children[verb]
        )

    def _has_unnamed_subject(self, token: int) -> bool:
        words = self.words
        return any(
            words.dep[child] in SUBJECT_RELATIONS
            and words.pos[child] in NOMINAL
            and words.lemma[child] not in RELATIVES
            and not self.standing_at(child)
            and words.lemma[child] not in self.links
            for child in words.children[token]
        )

    def _inherited_subject(self, verb: int, depth: int) -> Iterator[Actant]:
        """The subject that a verb without one shares: with its conjunct, its main clause, or by word order.

        Who only reports is no party: «…, сообщил X», «министр заявил, что…».
        """
        words, at = self.words, verb
        for _ in range(6):
            head = words.head[at]
            if head == at or words.pos[head] not in VERBAL:
                break
            if words.dep[at] not in {"conj", "xcomp", "ccomp", "advcl"}:
                return
            depth += 1
            reports = words.lemma[head] in self.reporting
            found = [phrase for place, phrase in self._places(head) if place == "subject"]
            found = [phrase for phrase in found if not reports or is_own_voice(phrase)]
            if found or self._has_unnamed_subject(head):
                yield from (Actant("subject", phrase, depth, loose=True) for phrase in found)
                return
            at = head
        finite = words.feats[at].get("VerbForm") == "Fin" or words.pos[at] == "ADJ"
        if finite and words.dep[at] != "parataxis":
            yield from self._subject_by_order(min(verb, at))

    def _subject_by_order(self, verb: int) -> Iterator[Actant]:
        """The nearest phrase before the verb that can be a nominative and that nothing else governs.

        Where there is none, a name that doesn't decline: its case was the parser's guess.
        """
        free = [phrase for phrase in reversed(self.phrases) if self._stands_free(phrase, verb)]
        nominative = (phrase for phrase in free if _can_be_nominative(phrase))
        guessed = (phrase for phrase in free if phrase.undeclined and phrase.relation == "nmod" and not phrase.through)
        subject = next(nominative, None) or next(guessed, None)
        if subject is not None:
            for phrase in self.phrases:
                if phrase.first == subject.first:
                    yield Actant("subject", phrase, 3, loose=True)

    def _stands_free(self, phrase: Phrase, verb: int) -> bool:
        """Before the verb, after no preposition, and neither in brackets nor in another clause."""
        between = self.words.text[phrase.mention.end : verb]
        return (
            phrase.mention.end <= verb
            and not phrase.preposition
            and is_own_voice(phrase)
            and not {";", "»", "—"} & set(between[1:])
            and not (")" in between and "(" not in between)
        )


def _can_be_nominative(phrase: Phrase) -> bool:
    return phrase.case == "Nom" or ("Nom" in phrase.cases and phrase.relation != "nmod")
