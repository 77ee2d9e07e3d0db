"""Later words on a deal that name it only by a noun: «Документ был подписан 22 августа», «Сумма сделки — $1 млрд»."""

from dataclasses import replace
from datetime import date, timedelta

from extract.annotations import Amount, Date, Deal, Participant
from extract.language.words import Words
from extract.relations.discourse import discourse_words
from extract.relations.frames import Rules
from extract.relations.merging import SYMMETRIC, Candidate, key
from extract.relations.roles import Match
from extract.relations.status import status_words

RECENT = timedelta(days=14)
NEWS = timedelta(days=60)  # what happened before is background
THEN = 3  # tokens within which «тогда» opens a sentence
AFTER = 2  # sentences that may still speak of the sum
UNPAID = {"agreement", "memorandum", "partnership", "merger", "offering"}  # of which sums are rarely told
CLOSED_BY_PAPER = {"acquisition", "employment", "investment", "lease", "license", "loan", "services"}
CONTENT = {"о", "об", "на", "по", "в"}
NEW = {"новый", "другой", "аналогичный", "очередной", "еще", "первый", "второй", "предыдущий", "прежний", "подобный"}


def refers_back(words: Words, token: int, lemmas: frozenset[str]) -> bool:
    """Is a noun the name of a deal told before: singular, and not a new or another one?"""
    return (
        words.lemma[token] in lemmas
        and words.pos[token] == "NOUN"
        and words.feats[token].get("Number") == "Sing"
        and not any(words.lemma[child] in NEW for child in words.children[token])
    )


def told_of(words: Words, token: int, candidates: list[Candidate]) -> Candidate | None:
    """The last deal before a noun that it can name: any for «сделка», one with a paper for «договор»."""
    names = discourse_words().names
    types = names.get(words.lemma[token])
    for candidate in reversed(candidates):
        if types is None or candidate.deal.type in types:
            return candidate
    return None


def update(deal: Deal, words: Words, match: Match, status: str, date: str | None, amount: str | None) -> None:
    """Let a later sentence say what the first left open; a closing or an end replaces what was agreed."""
    deal.date = deal.date or date
    deal.amount = deal.amount or amount
    says = {status_words().says.get(words.lemma[token]) for token in match.predicate.chain}
    if (status == "completed" and "completed" in says) or (status == "cancelled" and "cancelled" in says):
        deal.status = status


def inherited(
    words: Words, candidate: Candidate, trigger: int, earlier: list[Candidate], rules: Rules
) -> Candidate | None:
    """A deal told only as «договор с X» or «переговоры с X», read as one like a deal told before.

    The nearest earlier deal that shares a party, and that the noun can name, gives type and roles.

    Returns:
        The candidate itself if nothing is to be inherited, None if it has to be and cannot.
    """
    if not candidate.frame.inherits or (candidate.frame.inherits == "may" and _has_content(words, trigger)):
        return candidate
    if candidate.frame.inherits == "may":
        told = next((other for other in reversed(earlier) if _has_parties(other.deal, candidate.deal)), None)
        if told is not None:  # the paper of a deal told before: «Стороны заключили окончательное соглашение»
            told.deal.date = told.deal.date or candidate.deal.date
            told.deal.amount = told.deal.amount or candidate.deal.amount
            return None
    types = discourse_words().names.get(words.lemma[trigger], frozenset())
    for other in reversed(earlier):
        participants = (
            _in_roles_of(candidate.deal, other.deal, rules) if types is None or other.deal.type in types else []
        )
        if participants:
            deal = replace(candidate.deal, type=other.deal.type, rule=other.deal.rule, participants=participants)
            return Candidate(deal, other.frame, candidate.features)
    return candidate if candidate.frame.inherits == "may" else None


def _has_parties(deal: Deal, paper: Deal) -> bool:
    """Are both parties of a paper, and perhaps others, those of a deal with roles of their own?"""
    parties = {key(participant) for participant in deal.participants}
    papers = {key(participant) for participant in paper.participants}
    return deal.type in CLOSED_BY_PAPER and len(papers) > 1 and papers <= parties


def _has_content(words: Words, noun: int) -> bool:
    """«соглашение о мире», «контракт на ремонт» say themselves what they are about."""
    return any(
        words.dep[child] in {"acl:relcl", "ccomp"}
        or (words.dep[child] == "nmod" and any(words.norm[i] in CONTENT for i in words.children[child]))
        for child in words.children[noun]
    )


def _in_roles_of(deal: Deal, model: Deal, rules: Rules) -> list[Participant]:
    """The participants of a deal in the roles of another that has one of them; empty if there is no such."""
    roles = {key(participant): participant.role for participant in model.participants}
    shared = {roles[key(participant)] for participant in deal.participants if key(participant) in roles}
    main = rules.types[model.type][:2]
    if not shared or not shared <= set(main):
        return []
    free = [role for role in main if role not in shared] or ([SYMMETRIC] if SYMMETRIC in main else [])
    found = [replace(p, role=roles.get(key(p)) or free[0]) for p in deal.participants if key(p) in roles or free]
    return found if all(p.role in main for p in found) else []


def long_past(dates: list[Date], published: str | None) -> set[str]:
    """The ids of the dates that ended too long before the publication to be those of its news."""
    if published is None:
        return set()
    earliest = _before(published, NEWS)
    return {found.id for found in dates if found.end is not None and found.end < earliest}


def _before(published: str, time: timedelta) -> str:
    """The day so long before, or the calendar's first."""
    return (max(date.fromisoformat(published), date.min + time) - time).isoformat()


def amount_by_neighbours(words: Words, deals: list[Deal], amounts: list[Amount]) -> None:
    """Value a deal by one of the two sentences after it, if they tell of no other deal.

    «A заключила с B контракт. Работы обойдутся в €96 млн»: the only sum of a sentence that speaks of a price.
    """
    lexicon = discourse_words()
    taken = _sentences_of(words, deals)
    used = {deal.amount for deal in deals}
    sums: dict[int, list[Amount]] = {}
    for amount in amounts:
        for mention in amount.mentions:
            if amount.kind == "money":
                sums.setdefault(words.sentence[mention.start], []).append(amount)
    for deal in deals:
        if deal.amount is not None or deal.type in UNPAID:
            continue
        last = max(words.sentence[place.start] for place in deal.evidence)
        for sentence in range(last + 1, min(last + 1 + AFTER, len(words.sentences))):
            if sentence in taken:
                break
            start, end = words.sentences[sentence]
            lemmas = set(words.lemma[start:end])
            single = len(sums.get(sentence, ())) == 1 and sums[sentence][0].id not in used
            if single and lemmas & lexicon.worth and not lemmas & lexicon.other_sums:
                deal.amount = sums[sentence][0].id
                break


def date_by_neighbours(words: Words, deals: list[Deal], dates: list[Date], published: str | None) -> None:
    """Date what was done by the sentence after it, where that one tells of no other deal.

    «Стартап привлек 120 млн руб. Деньги поступили в пятницу»: only a single day of the weeks before the
    publication will do.
    """
    if published is None:
        return
    taken = _sentences_of(words, deals)
    earliest = _before(published, RECENT)
    days: dict[int, list[str]] = {}
    for found in dates:
        for mention in found.mentions:
            recent = found.grain == "day" and found.start is not None and earliest <= found.start <= published
            days.setdefault(words.sentence[mention.start], []).append(found.id if recent else "")
    for deal in deals:
        if deal.date is None and deal.status in {"completed", "agreed"}:
            after = max(words.sentence[place.start] for place in deal.evidence) + 1
            if after not in taken and len(days.get(after, ())) == 1:
                deal.date = days[after][0] or None


def _sentences_of(words: Words, deals: list[Deal]) -> set[int]:
    """The sentences that state a deal."""
    return {words.sentence[place.start] for deal in deals for place in deal.evidence}


def date_by_then(words: Words, deals: list[Deal], dates: list[Date]) -> None:
    """«Первый раунд прошел весной 2021 года. Тогда X вложил 15 млн»: «тогда» is the date spoken of before."""
    for deal in deals:
        place = deal.evidence[0]
        if deal.date is None and "тогда" in words.norm[place.start : place.start + THEN]:
            sentence = words.sentence[place.start]
            before = [
                (mention.start, found.id)
                for found in dates
                for mention in found.mentions
                if sentence - 2 <= words.sentence[mention.start] < sentence
            ]
            deal.date = max(before)[1] if before else None
