"""Meetings of people: «Петров встретился с Ивановым», «переговоры Петрова и Иванова»."""

from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from extract.annotations import Participant, Relation
from extract.language.words import Words
from extract.positions.mention_index import MentionIndex
from extract.relations.clauses import Named, cases_of, named
from extract.rules import table

REACH = 16  # tokens from «с» to the name: a long post stands between


class Lexicon(NamedTuple):
    """The meeting part of `rules/relations.toml`."""

    meeting: frozenset[str]
    meetings: frozenset[str]
    receiving: frozenset[str]
    residences: frozenset[str]
    declining: frozenset[str]
    holding: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Read the words once."""
    data = table("relations")["meeting"]
    return Lexicon(*(frozenset(data[field]) for field in Lexicon._fields))


def find_meetings(words: Words, mentions: MentionIndex) -> Iterator[Relation]:
    """All meetings that the article speaks of, repetitions included."""
    lexical = lexicon()
    for i, lemma in enumerate(words.lemma):
        if lemma in lexical.meeting and words.pos[i] == "VERB":
            yield from _met(words, mentions, i)
        elif lemma in lexical.meetings and words.pos[i] == "NOUN":
            yield from _meeting_noun(words, mentions, i)
        elif lemma in lexical.receiving and words.pos[i] == "VERB":
            yield from _received(words, mentions, i)


def relation(participants: list[Named], rule: str) -> Iterator[Relation]:
    """The fact, if at least two people took part."""
    distinct = {item.entity.id: item for item in participants}
    if len(distinct) < 2:
        return
    arguments = [
        Participant("participant", item.entity.name, item.entity.id, item.mention) for item in distinct.values()
    ]
    start = min(item.mention.start for item in distinct.values())
    yield Relation("meeting", arguments, start, max(item.mention.end for item in distinct.values()), rule)


def _met(words: Words, mentions: MentionIndex, verb: int) -> Iterator[Relation]:
    """«Петров встретился с Ивановым», «Петров и Иванов встретились»."""
    if words.norm[verb - 1] == "не":
        return
    subjects = _subjects(words, mentions, verb)
    yield from relation(subjects + _company(words, mentions, verb + 1), "meeting/meet")


def _meeting_noun(words: Words, mentions: MentionIndex, noun: int) -> Iterator[Relation]:
    """«встреча Петрова с Ивановым», «встреча Петрова и Иванова», «провел переговоры с Ивановым»."""
    company = _company(words, mentions, noun + 1)
    hosts = _people_from(words, mentions, noun + 1, company[0].mention.start if company else None, "Gen")
    if hosts:
        yield from relation(hosts + company, "meeting/noun")
        return
    if words.norm[noun + 1 : noun + 2] == ["между"]:
        yield from relation(_people_from(words, mentions, noun + 2, None, "Ins"), "meeting/between")
        return
    subjects = _subjects(words, mentions, noun)
    if company and not _declined(words, noun):
        after = _people(mentions, company[-1].mention.end, words.sentences[words.sentence[noun]][1])
        subjects = subjects or [item for item in after[:1] if "Nom" in _cases(words, item)]
        yield from relation(subjects + company, "meeting/hold")
    elif any(lemma in lexicon().holding for lemma in words.lemma[max(0, noun - 3) : noun]):
        yield from relation(subjects, "meeting/hold")


def _declined(words: Words, noun: int) -> bool:
    """«отказался от встречи с Петровым», «отменил переговоры»."""
    first, _ = words.sentences[words.sentence[noun]]
    return any(words.lemma[i] in lexicon().declining for i in range(max(first, noun - 6), noun))


def _received(words: Words, mentions: MentionIndex, verb: int) -> Iterator[Relation]:
    """«Петров принял Иванова в резиденции»."""
    stop = words.sentences[words.sentence[verb]][1]
    near = words.lemma[verb + 1 : min(stop, verb + 24)]
    if not any(lemma in lexicon().residences for lemma in near):
        return
    guests = [item for item in _people(mentions, verb + 1, stop) if _cases(words, item) & {"Acc", "Gen"}][:1]
    if guests and not any(words.pos[i] == "VERB" for i in range(verb + 1, guests[0].mention.start)):
        yield from relation(_subjects(words, mentions, verb) + guests, "meeting/receive")


def _people(mentions: MentionIndex, start: int, stop: int) -> list[Named]:
    return [item for item in named(mentions, start, stop) if item.entity.type == "PER"]


def _cases(words: Words, item: Named) -> set[str]:
    """A person's case as tagged, where the tagger gives one; else all that the form allows."""
    tagged = {case for i in range(item.mention.start, item.mention.end) if (case := words.case(i))}
    return tagged | set(cases_of(words, item)) if len(tagged) != 1 else tagged


def _subjects(words: Words, mentions: MentionIndex, verb: int) -> list[Named]:
    """The subject of a verb: the nearest person in the nominative before it, and those joined to them."""
    first, _ = words.sentences[words.sentence[verb]]
    before = _people(mentions, first, verb)
    found: list[Named] = []
    for item in reversed(before):
        if found and not _joins(words, item.mention.end, found[0].mention.start):
            break
        if "Nom" in _cases(words, item):
            found.insert(0, item)
        elif found:
            break
    return found


def _joins(words: Words, start: int, stop: int) -> bool:
    """Between two names only «и», a comma and the words of a post."""
    return stop - start < 12 and "и" in words.norm[start:stop] and _is_nominal(words, start, stop)


def _is_nominal(words: Words, start: int, stop: int) -> bool:
    return all(
        words.pos[i] not in ("VERB", "AUX", "ADV", "SCONJ", "PRON") and words.text[i] not in ",.;:—"
        for i in range(start, stop)
    )


def _company(words: Words, mentions: MentionIndex, start: int) -> list[Named]:
    """The people after «с»: «с президентом Ивановым и министром Петровым»."""
    stop = words.sentences[words.sentence[start - 1]][1]
    for i in range(start, min(stop, start + 24)):
        if words.norm[i] in ("с", "со"):
            found = _people_from(words, mentions, i + 1, None, "Ins")
            if found:
                return found
        if words.text[i] in ".;:" or (words.pos[i] == "VERB" and words.feats[i].get("VerbForm") == "Fin"):
            break
    return []


def _people_from(words: Words, mentions: MentionIndex, start: int, stop: int | None, case: str) -> list[Named]:
    """The people of the noun phrase that begins at token `start`, all in one case."""
    end = words.sentences[words.sentence[start - 1]][1] if stop is None else stop
    found: list[Named] = []
    for item in _people(mentions, start, min(end, start + 2 * REACH)):
        at = found[-1].mention.end if found else start
        fits = case in _cases(words, item) and item.mention.start - at < REACH
        if (
            not fits
            or not _is_nominal(words, at, item.mention.start)
            or (found and not _joins(words, at, item.mention.start))
        ):
            break
        found.append(item)
    return found
