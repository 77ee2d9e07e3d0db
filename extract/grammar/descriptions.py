"""What a word is said of: «дочка» of the company that it is, «принадлежащий» of what stands before its comma.

Where a relation is stated by an apposition, a bracket or a relative clause, punctuation tells better than the
parser's tree what it belongs to: «группа «Заря», в банке которой … «Ладога» (входит в «Восход»)».
"""

from collections.abc import Iterator

from extract.grammar.phrases import APPOSED, QUOTES, Phrase
from extract.grammar.predicates import SUBJECT_RELATIONS, Actant, Sentence
from extract.grammar.voice import is_passive
from extract.language.words import Words
from extract.rules import words_in

COPULAS = words_in("grammar", "copulas")
POSSESSIVES = words_in("grammar", "possessives")
BREAKS = {"—", "–", "-", "("}  # between what something is and its name
LEGAL_FORMS = words_in("entities/organizations", "legal_forms", "english")
ASIDE = 16  # tokens of a bracketed aside after a name
AGREEING = ("Case", "Gender", "Number")


def passing_through(sentence: Sentence, noun: int) -> Iterator[Actant]:
    """The phrases that take part in the sentence through a noun: «дочка «Зари»», «доля «Зари» в «Ладоге»»."""
    words = sentence.words
    for phrase in sentence.standing_at(noun):
        if noun in phrase.path[2:3]:
            within = any(words.dep[child] == "case" for child in words.children[phrase.path[1]])
            yield Actant("в loc" if within else "gen", phrase, 0)


def named_by(sentence: Sentence, token: int, held: bool) -> Iterator[Actant]:
    """The phrases that a noun or adjective is said of, in the place «named», and in «gen» who has what it names.

    «дочка «Зари» «Ладога»», «Ладога», дочка «Зари»», «Ладога» — дочка «Зари»», «Ладога» остается дочкой «Зари»»,
    ««Заря» и ее дочка «Ладога»», «подконтрольная «Кедру» «Ладога»».

    Args:
        sentence: the sentence.
        token: the noun or adjective.
        held: True if the name after the noun may be that of who has it, not its own.
    """
    words = sentence.words
    attribute = words.dep[token] in {"amod", "acl"} and words.head[token] > token
    noun = words.head[token] if attribute else token
    before = _before_mark(sentence, token, noun)
    if not held:
        found = _own_name(sentence, noun) if attribute else before
    elif possessor := _possessor(sentence, token):
        yield from possessor
        found = _first_after(sentence, noun) or before
    else:
        holders = [phrase for phrase in _first_after(sentence, noun)[:1] if phrase.undeclined or "Gen" in phrase.cases]
        yield from (Actant("gen", phrase, 0) for phrase in holders)
        found = before or _next_to(sentence, holders) or _subject(sentence, noun) or _apposed_to(sentence, noun)
    yield from (Actant("named", phrase, 0) for phrase in {phrase.head: phrase for phrase in found}.values())


def adjoining(sentence: Sentence, verb: int) -> Iterator[Actant]:
    """What stands before a verb's bracket, a participle's comma or a relative pronoun, in the place that it has.

    «Ладога» (входит в «Зарю»)», «Ладога», принадлежащая «Заре»», «Заря», которой принадлежит «Ладога»».
    """
    words = sentence.words
    form, passive = words.feats[verb].get("VerbForm"), is_passive(words, verb)
    mark = verb - 1
    while mark > sentence.start and words.pos[mark] in {"ADV", "PART"}:
        mark -= 1
    place = "object" if passive else "subject"
    if form == "Fin" and words.text[mark] == "(":
        found = _ending_at(sentence, mark)
    elif form == "Part" and words.text[mark] == ",":
        found = [phrase for phrase in _ending_at(sentence, mark) if _agrees(words, verb, phrase, AGREEING)]
    else:
        pronoun = sentence.relative_of(verb)
        if pronoun is None:
            return
        place = sentence.place_of_relative(verb, pronoun, passive)
        comma = pronoun - 1 - (words.pos[pronoun - 1] == "ADP")
        found = [phrase for phrase in _ending_at(sentence, comma) if _agrees(words, pronoun, phrase, AGREEING[1:])]
    yield from (Actant(place, phrase, 0) for phrase in found)


def is_unlike(words: Words, verb: int, phrase: Phrase) -> bool:
    """«решение суда об участках, принадлежавших X»: a participle isn't said of what it disagrees with.

    Nor is anything said of an aside: «Ладога» (Омск) принадлежит «Заре»».
    """
    start = phrase.mention.start
    while start and words.text[start - 1] in QUOTES:
        start -= 1
    closed = start < verb and ")" not in words.text[start:verb]
    if start and words.text[start - 1] == "(" and not closed:
        return True
    return (
        words.head[verb] in phrase.path
        and words.feats[verb].get("VerbForm") == "Part"
        and not _agrees(words, verb, phrase, ("Number",))
    )


def _own_name(sentence: Sentence, noun: int) -> list[Phrase]:
    """«банк «Ладога»»: the name that is apposed to a noun."""
    words = sentence.words
    places = [noun, *(child for child in words.children[noun] if words.dep[child] in APPOSED)]
    return [phrase for place in places for phrase in sentence.standing_at(place) if place == phrase.path[0]]


def _before_mark(sentence: Sentence, token: int, noun: int) -> list[Phrase]:
    """«Ладога», дочка «Зари»», «Ладога» (филиал «Зари»)», «Ладога» — дочка «Зари»»."""
    words, start = sentence.words, token
    while start > sentence.start and (words.text[start - 1] in QUOTES or words.pos[start - 1] in {"ADJ", "DET", "ADV"}):
        start -= 1
    mark = start - 1
    if mark < sentence.start or words.text[mark] not in {",", *BREAKS}:
        return []
    apposed = words.text[mark] == ","
    if words.feats[noun].get("Number") == "Plur" or (apposed and not _is_closed(sentence, noun)):
        return []
    checked = ("Case",) if apposed else ()
    return [phrase for phrase in _ending_at(sentence, mark) if _agrees(words, noun, phrase, checked)]


def _is_closed(sentence: Sentence, noun: int) -> bool:
    """Does an apposition end before the verb goes on? Not in «как пишет газета, дочка «Зари» купила…»."""
    words = sentence.words
    for i in range(noun + 1, sentence.end):
        if words.pos[i] == "PUNCT" and words.text[i] not in QUOTES:
            return True
        if words.feats[i].get("VerbForm") == "Fin":
            return False
    return True


def _first_after(sentence: Sentence, noun: int) -> list[Phrase]:
    """The name after a noun, only common nouns and adjectives between, and its conjuncts."""
    words = sentence.words
    for phrase in sentence.phrases:
        if phrase.mention.start > noun:
            between = range(noun + 1, phrase.mention.start)
            nominal = all(words.text[i] in QUOTES or words.pos[i] in {"ADJ", "NOUN"} for i in between)
            return _conjuncts(sentence, phrase) if nominal else []
    return []


def _next_to(sentence: Sentence, holders: list[Phrase]) -> list[Phrase]:
    """«дочерняя компания «Зари» «Ладога»»: the name after that of the owner, and its conjuncts."""
    for phrase in sentence.phrases:
        if holders and phrase.mention.start >= holders[-1].mention.end:
            between = sentence.words.text[_past_form(sentence, holders[-1].mention.end) : phrase.mention.start]
            return _conjuncts(sentence, phrase) if all(text in {*QUOTES, *BREAKS} for text in between) else []
    return []


def _conjuncts(sentence: Sentence, first: Phrase) -> list[Phrase]:
    after = first.mention.start
    return [phrase for phrase in sentence.phrases if phrase.first == first.first and phrase.mention.start >= after]


def _subject(sentence: Sentence, noun: int) -> list[Phrase]:
    """«Ладога» — дочка «Зари»», «Ладога» остается дочкой «Зари»»."""
    words = sentence.words
    subjects = [child for child in words.children[noun] if words.dep[child] in SUBJECT_RELATIONS]
    found = [phrase for child in subjects for phrase in sentence.standing_at(child)]
    verb = words.head[noun]
    if found or words.lemma[verb] not in COPULAS or words.case(noun) not in {"Ins", "Nom"}:
        return found
    near = [actant.phrase for actant in adjoining(sentence, verb) if actant.place in {"subject", "object"}]
    around = [actant.phrase for actant in sentence.predicate(verb).actants if actant.place in {"subject", "object"}]
    return near or [phrase for phrase in around if phrase.case in {"Nom", ""} and noun not in phrase.path]


def _apposed_to(sentence: Sentence, noun: int) -> list[Phrase]:
    words, head = sentence.words, sentence.words.head[noun]
    if words.dep[noun] not in {*APPOSED, "parataxis"} or words.feats[noun].get("Number") == "Plur":
        return []
    return [phrase for phrase in sentence.standing_at(head) if head in phrase.path[:2]]


def _possessor(sentence: Sentence, token: int) -> list[Actant]:
    """««Заря» и ее дочка «Ладога»»: whom «ее» means, or else the last name before it."""
    words = sentence.words
    for at in range(token - 1, max(token - 4, sentence.start), -1):
        if words.norm[at] in POSSESSIVES:
            before = [phrase for phrase in sentence.phrases if phrase.mention.end <= at and phrase.entity.type != "LOC"]
            meant = sentence.standing_at(at) or before[-1:]
            return [Actant("gen", phrase, 0, loose=True) for phrase in meant]
        if words.text[at] not in QUOTES and words.pos[at] not in {"ADJ", "DET"}:
            break
    return []


def _ending_at(sentence: Sentence, mark: int) -> list[Phrase]:
    """The phrase right before a mark; closing quotes, a legal form and a bracketed aside are skipped."""
    words, at = sentence.words, mark
    if at > sentence.start and words.text[at - 1] == ")":
        at = next((k for k in range(at - 1, max(at - ASIDE, sentence.start), -1) if words.text[k] == "("), at)
    return [
        phrase for phrase in sentence.phrases if phrase.mention.end <= at == _past_form(sentence, phrase.mention.end)
    ]


def _past_form(sentence: Sentence, end: int) -> int:
    """The token after a name, its closing quotes and legal form: «Kedr» Ltd.»."""
    words = sentence.words
    while end < sentence.end and (words.text[end] in QUOTES or words.norm[end].rstrip(".") in LEGAL_FORMS):
        end += 1
        end += end < sentence.end and words.text[end] == "." and words.norm[end - 1] in LEGAL_FORMS
    return end


def _agrees(words: Words, token: int, phrase: Phrase, features: tuple[str, ...]) -> bool:
    """Has a word the case, gender and number of a phrase, as far as both tell?"""
    if phrase.undeclined and phrase.head in range(phrase.mention.start, phrase.mention.end):
        return True
    own, other = words.feats[token], words.feats[phrase.head]
    return all(own.get(name, "") in {other.get(name, ""), ""} or name not in other for name in features)
