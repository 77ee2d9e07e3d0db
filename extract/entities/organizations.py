"""The pipeline component that mends, adds and drops names of organizations in `doc.ents`.

Places that became parts of them («Испании» in «Верховный суд Испании») are kept in
`doc.spans["places_in_names"]`.

The statistical tagger proposes; the `CORRECTIONS` at the bottom of the file, in this order, make of it what an
analyst would mark: the name alone, without quotes, legal form and generic word, and with the place or larger
body that belongs to it («Верховный суд Испании»).
"""

from spacy.language import Language
from spacy.tokens import Doc, Span

from extract.entities.known import known_organizations
from extract.entities.lexicon import stems
from extract.entities.mentions import QUOTES, Mentions, Name
from extract.entities.organization_bodies import (
    body_with_its_place,
    body_without_a_name,
    building_or_body,
    numbered_body,
)
from extract.entities.organization_edges import (
    adjective_without_its_noun,
    dotted_name,
    generic_word_before_name,
    generic_word_before_quotes,
    legal_form_in_words,
    marks_at_the_edges,
    names_across_lines,
    names_across_quotes,
    nationality_in_front,
    no_name_in_front,
    no_sum_behind,
    people_before_a_name,
    two_known_names,
    two_names_in_one,
)
from extract.entities.organization_quotes import (
    dealing_in_quotes,
    listed_between_names,
    name_in_quotes,
    named_otherwise,
    quoted_before,
    rest_of_the_quotes,
    short_name_in_brackets,
)
from extract.entities.organization_words import ORG, is_capital, is_generic, is_latin, listed
from extract.entities.places import country_of_adjective
from extract.language.morphology import parses
from extract.language.words import Words
from extract.rules import key_of, words_in

PLACES_WITHIN = "places_in_names"
JOINERS = frozenset("&+-–")
LEMMA_ENDINGS = tuple(words_in("entities/organizations", "mistaken", "lemmas"))  # of plants, courts, schools
FORM_ENDINGS = tuple(words_in("entities/organizations", "mistaken", "forms"))  # of banks
FORMER = tuple(words_in("entities/organizations", "former", "prefixes"))


@Language.component("ru_organizations", assigns=["doc.ents", "doc.spans"], requires=["doc.ents", "token.lemma"])
def find_organizations(doc: Doc) -> Doc:
    """Apply the rules to the proposed names."""
    names = Mentions(doc)
    places = names.of("LOC")
    sums = [mention for amount in doc._.amounts or () for mention in amount.mentions]
    no_sum_behind(names, sums)
    for correct in CORRECTIONS:
        correct(names)
    no_sum_behind(names, sums)
    names.write(doc)
    within = [place for place in places if _is_within(names, place)]
    doc.spans[PLACES_WITHIN] = [Span(doc, place.start, place.end, place.label) for place in within]
    return doc


def _is_within(names: Mentions, place: Name) -> bool:
    """Whether a place became a part of an organization's name, other than its first word."""
    if known_organizations().match(names.words, place.start) is not None:
        return False  # «ЕС» in «комиссия ЕС»
    name = names.at(place.start)
    return name is not None and name.label == ORG and name.start < place.start and place.end <= name.end


def company_taken_for_a_place(names: Mentions) -> None:
    """«Локо-банка», «Новотроицкого молокозавода»: a bank, plant or court is no place and no person."""
    words = names.words
    for name in [*names.of("LOC"), *names.of("PER")]:
        last = name.end - 1
        if words.lemma[last].endswith(LEMMA_ENDINGS) or words.norm[last].endswith(FORM_ENDINGS):
            names.put(name.start, name.end, ORG)


def known_name(names: Mentions) -> None:
    """«ЕС», «Еврокомиссия», «Белый дом»: names that the lexicon holds, also where the tagger saw a place."""
    words = names.words
    known_names = known_organizations()
    quoted = {opens + 1 for opens, _ in names.quotes}
    i = 0
    while i < len(words):
        match = known_names.match(words, i) if is_capital(words, i) else None
        if match is None:
            i += 1
            continue
        end, known = match
        covering = names.at(i)
        organization = covering is not None and covering.label == ORG
        inside = covering is None or (covering.start >= i and covering.end <= end)
        shorter = covering is not None and organization and covering.start == i and covering.end < end
        certain = not known.doubtful or (i in quoted and (end > i + 1 or not _is_common(words, i)))
        if shorter or (inside and not organization and certain):
            names.put(i, end, ORG)
        i = end


def _is_compound(text: str) -> bool:
    """«IT-рынок», «YouTube-канал»: a common noun; bodies and banks are named so, too («МТС-банк»)."""
    first, hyphen, last = text.rpartition("-")
    if not hyphen or not last.islower() or last.isascii() or not (first.isascii() or first.isupper()):
        return False
    return not any(stem in key_of("entities/organizations", "bodies") for stem in stems(last))


def _is_common(words: Words, i: int) -> bool:
    """Whether a word is known as a common noun: «Самокат» in quotes may be anything."""
    readings = parses(words.norm[i])
    return readings[0].is_known and not any({"Geox", "Orgn", "Abbr"} & parse.tag.grammemes for parse in readings)


def latin_name(names: Mentions) -> None:
    """«Fusion Factor Fintech»: capitalized Latin words beside a name in Latin letters belong to it."""
    words = names.words
    for name in names.of(ORG):
        if is_latin(words, name.end - 1):
            start = name.start
            while start > 0 and _continues(names, start - 1, start):
                start -= 1
            names.move(name, start, _latin_end(names, name.end))


def _continues(names: Mentions, i: int, neighbour: int) -> bool:
    words = names.words
    same_sentence = words.sentence[i] == words.sentence[neighbour]
    return same_sentence and is_latin(words, i) and names.at(i) is None


def _latin_end(names: Mentions, end: int) -> int:
    """The end of the run of Latin words, «&» and hyphens between them included."""
    words = names.words
    while end < len(words):
        if _continues(names, end, end - 1) and not words.text[end][0].isdigit():
            end += 1
        elif words.text[end] in JOINERS and end + 1 < len(words) and _continues(names, end + 1, end):
            end += 2
        else:
            break
    return end


def latin_name_after_generic_word(names: Mentions) -> None:
    """«компания Baykar», «платформа JustGiving» that the tagger missed."""
    words = names.words
    for i in range(1, len(words)):
        text, before = words.text[i], words.lemma[i - 1]
        if not text.isascii() or len(text) == 1 or not text[0].isalpha() or not is_generic(before):
            continue
        if names.at(i) is None and is_latin(words, i) and not listed(before, "not_names"):
            names.put(i, _latin_end(names, i + 1), ORG)


def written_in_a_network(names: Mentions) -> None:
    """«написал в Twitter»: a place to write in, not a company that acts."""
    words = names.words
    networks = words_in("entities/organizations", "networks", "words")
    for name in names.of(ORG):
        if name.end - name.start > 1 or stems(words.norm[name.start]).isdisjoint(networks):
            continue
        at = name.start - 1
        while at > 0 and (words.text[at] in QUOTES or listed(words.lemma[at], "networks", "nouns")):
            at -= 1
        if at >= 0 and listed(words.lemma[at], "networks", "before"):
            names.drop(name)


def after_a_work_or_product(names: Mentions) -> None:
    """«фильм X», «препарат Y»: the noun before says that it is no organization."""
    words = names.words
    for name in names.of(ORG):
        before = words.lemma[name.start - 1] if name.start else ""
        if is_latin(words, name.start) and listed(before, "not_names") and not listed(before, "owned"):
            names.drop(name)


def work_with_its_year(names: Mentions) -> None:
    """«The Long Day (1997)»: a title and the year when it came out."""
    words = names.words
    for name in names.of(ORG):
        after = words.text[name.end : name.end + 3]
        bracketed = len(after) == 3 and after[0] == "(" and after[2] == ")"
        if bracketed and is_latin(words, name.start) and after[1].isdigit() and len(after[1]) == 4:
            names.drop(name)


def no_organization(names: Mentions) -> None:
    """«СМИ», «COVID-19», «ТЭЦ», an adjective or a single letter: never a name."""
    words = names.words
    for name in names.of(ORG):
        first = name.start
        text = "".join(words.text[first : name.end])
        nameless = not any(character.isupper() or character.isdigit() for character in text)
        building = any(listed(words.lemma[i], "facilities") for i in range(first, min(first + 3, name.end)))
        nameless = nameless and country_of_adjective(words.lemma[first]) is None
        nameless = nameless or listed(words.text[first], "namesakes")
        if nameless or building or _is_phrase(words, name) or (name.end == first + 1 and _is_no_name(words, first)):
            names.drop(name)


def _is_phrase(words: Words, name: Name) -> bool:
    """«Первый замглавы», «По центру Харькова» at the start of a sentence: a person, a place."""
    first = name.start
    if first != words.sentences[words.sentence[first]][0] or name.end - first == 1:
        return False
    head = next((i for i in range(first, name.end) if words.pos[i] != "ADJ"), first)
    reading = parses(words.norm[head])[0]
    person = "anim" in reading.tag and reading.is_known and not {"Surn", "Name"} & reading.tag.grammemes
    return words.pos[first] == "ADP" or (person and reading.tag.number == "sing")


def _is_no_name(words: Words, i: int) -> bool:
    text = words.text[i]
    if listed(words.norm[i], "drop") or listed(words.lemma[i], "drop") or text.isdigit():
        return True
    if text.isupper():
        return len(text) == 1 and not listed(text, "letters")
    if _is_compound(text) or words.norm[i].startswith(FORMER):
        return True
    readings = parses(words.norm[i])
    if all(parse.tag.POS in {"ADJF", "PRTF"} for parse in readings):
        return i == 0 or words.text[i - 1] not in QUOTES
    if i != words.sentences[words.sentence[i]][0] or known_organizations().match(words, i) is not None:
        return False
    proper = any({"Geox", "Orgn", "Surn", "Name", "Abbr"} & parse.tag.grammemes for parse in readings)
    named = listed(words.lemma[i], "plain") and words.feats[i].get("Number") != "Plur"
    return readings[0].is_known and not proper and not named


def seen_before(names: Mentions) -> None:
    """A name that is an organization in one sentence is one in the others, where the tagger saw nothing."""
    words = names.words
    known: dict[str, set[tuple[str, ...]]] = {}
    for name in names.of(ORG):
        forms = tuple(words.text[name.start : name.end])
        if len(forms) > 1 or forms[0].isupper() or is_latin(words, name.start):
            known.setdefault(forms[0], set()).add(forms)
    for i, text in enumerate(words.text):
        for forms in sorted(known.get(text, ()), key=len, reverse=True):
            end = i + len(forms)
            if tuple(words.text[i:end]) == forms and all(_is_free(names, i, at, end) for at in range(i, end)):
                names.put(i, end, ORG)
                break


def _is_free(names: Mentions, start: int, i: int, end: int) -> bool:
    """Whether a token is in no mention, or in a place inside a longer name: «Голос Америки»."""
    name = names.at(i)
    return name is None or (name.label == "LOC" and start < name.start and name.end <= end)


CORRECTIONS = [
    names_across_lines,
    two_names_in_one,
    names_across_quotes,
    people_before_a_name,
    no_name_in_front,
    nationality_in_front,
    company_taken_for_a_place,
    marks_at_the_edges,
    legal_form_in_words,
    generic_word_before_quotes,
    generic_word_before_name,
    marks_at_the_edges,
    name_in_quotes,
    rest_of_the_quotes,
    adjective_without_its_noun,
    known_name,
    building_or_body,
    latin_name,
    latin_name_after_generic_word,
    short_name_in_brackets,
    body_with_its_place,
    numbered_body,
    written_in_a_network,
    after_a_work_or_product,
    work_with_its_year,
    no_organization,
    body_without_a_name,
    dotted_name,
    dealing_in_quotes,
    quoted_before,
    listed_between_names,
    short_name_in_brackets,
    seen_before,
    named_otherwise,
    two_known_names,
]
