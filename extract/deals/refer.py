"""The component that reads what a sentence leaves to what was told before.

Whom a participant acts for; a deal told only as «договор с X», in the roles of one like it; and nouns that name a
deal told before: «Документ был подписан 22 августа», «Сумма сделки — $1 млрд».
"""

from dataclasses import replace

from spacy.language import Language
from spacy.tokens import Doc

from extract.deals.candidate import Argument, Candidate, distinct
from extract.deals.discourse import discourse_words
from extract.deals.principals import Principals
from extract.deals.rulebook import Rulebook, load_rules
from extract.deals.status import status_words
from extract.language.words import Words, words_of
from extract.rules import words_in

CONTENT = words_in("discourse", "content")
NEW = words_in("discourse", "new")


class Referrer:
    """Doc in, Doc out; sets `doc._.referred`: the deals of single sentences, each with its own parties."""

    def __init__(self, rules: Rulebook) -> None:
        self.rules = rules

    def __call__(self, doc: Doc) -> Doc:
        words, principals = words_of(doc), Principals(doc._.entities, doc._.positions)
        found: list[Candidate] = []
        for candidate in doc._.completed:
            if not candidate.rule:
                self._add_to_named(words, candidate, found)
                continue
            kind = self.rules.types[candidate.type]
            acting = (principals.acting(argument, kind) for argument in candidate.arguments)
            arguments = tuple(distinct(argument for argument in acting if argument is not None))
            kept = self._inherited(words, replace(candidate, arguments=arguments), found)
            if kept is not None:
                found.append(kept)
        doc._.referred = tuple(found)
        return doc

    def _add_to_named(self, words: Words, naming: Candidate, found: list[Candidate]) -> None:
        """Let a noun that names the last deal it can name say what that one left open; an end replaces what was."""
        names = discourse_words().names[words.lemma[naming.word]]
        at = next((i for i in reversed(range(len(found))) if names is None or found[i].type in names), None)
        if at is None:
            return
        told = found[at]
        frame = self.rules.by_rule.get(told.rule)
        says = {status_words().says.get(words.lemma[token]) for token in naming.chain}
        closed = naming.status == "completed" and (frame is None or frame.done == "completed")
        ended = naming.status in says and (closed or naming.status == "cancelled")
        found[at] = _with_values(told, naming, naming.status if ended else told.status)

    def _inherited(self, words: Words, candidate: Candidate, found: list[Candidate]) -> Candidate | None:
        """A deal told only as «договор с X» or «переговоры с X», read as one like a deal told before.

        The nearest earlier deal that shares a party, and that the noun can name, gives type and roles.

        Returns:
            The candidate itself if nothing is to be inherited, None if it has to be and cannot, or if it is the
            paper of a deal told before.
        """
        frame = self.rules.by_rule.get(candidate.rule)
        if frame is None or not frame.inherits or (frame.inherits == "may" and _has_content(words, candidate.word)):
            return candidate
        if frame.inherits == "may":
            at = next((i for i in reversed(range(len(found))) if self._is_paper_of(candidate, found[i])), None)
            if at is not None:  # «Стороны заключили окончательное соглашение»
                found[at] = _with_values(found[at], candidate, found[at].status)
                return None
        types = discourse_words().names.get(words.lemma[candidate.word], frozenset())
        for told in reversed(found):
            if types is None or told.type in types:
                arguments = self._in_roles_of(candidate, told)
                if arguments:
                    return replace(candidate, type=told.type, rule=told.rule, arguments=arguments)
        return candidate if frame.inherits == "may" else None

    def _is_paper_of(self, paper: Candidate, deal: Candidate) -> bool:
        """Are both parties of a paper, and perhaps others, those of a deal that such papers close?"""
        parties = {argument.key for argument in deal.arguments}
        signers = {argument.key for argument in paper.arguments}
        return self.rules.types[deal.type].papered and len(signers) > 1 and signers <= parties

    def _in_roles_of(self, candidate: Candidate, model: Candidate) -> tuple[Argument, ...]:
        """The arguments of a deal in the roles of another that has one of them; empty if there is no such."""
        kind = self.rules.types[model.type]
        roles = {argument.key: argument.role for argument in model.arguments}
        shared = {roles[argument.key] for argument in candidate.arguments if argument.key in roles}
        main = kind.main
        if not shared or not shared <= set(main):
            return ()
        free = [role for role in main if role not in shared] or [role for role in main if role == kind.symmetric]
        found = [
            replace(argument, role=roles.get(argument.key) or free[0])
            for argument in candidate.arguments
            if argument.key in roles or free
        ]
        return tuple(found) if all(argument.role in main for argument in found) else ()


def refers_back(words: Words, token: int) -> bool:
    """Is a noun the name of a deal told before: singular, and not a new or another one?"""
    return (
        words.lemma[token] in discourse_words().names
        and words.pos[token] == "NOUN"
        and words.feats[token].get("Number") == "Sing"
        and not any(words.lemma[child] in NEW for child in words.children[token])
    )


def _with_values(told: Candidate, later: Candidate, status: str) -> Candidate:
    return replace(told, status=status, date=told.date or later.date, amount=told.amount or later.amount)


def _has_content(words: Words, noun: int) -> bool:
    """«соглашение о мире», «контракт на ремонт» say themselves what they are about."""
    return any(
        words.dep[child] in {"acl:relcl", "ccomp"}
        or (words.dep[child] == "nmod" and any(words.norm[i] in CONTENT for i in words.children[child]))
        for child in words.children[noun]
    )


@Language.factory(
    "ru_reference",
    assigns=["doc._.referred"],
    requires=["doc._.completed", "doc._.entities", "doc._.positions"],
    default_config={"rules": None},
)
def create_reference(nlp: Language, name: str, rules: str | None = None) -> Referrer:
    """Make the component; `rules` is a file or folder of the user's own."""
    return Referrer(load_rules(rules))
