"""Several people of one surname: «супруги Ивановы», «братьев Зайцевых», «Петр и Анна Смирновы»."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import pairwise

from extract.annotations import Entity, Mention
from extract.entities.person_names import ENDINGS, FEMN, MASC, is_first_name, is_surname, known_parses
from extract.language.inflection import nominative, with_ending
from extract.language.morphology import CACHED_RARE
from extract.language.words import Words
from extract.rules import table, words_in

Span = tuple[int, int]
# (a pattern with the stem as its group, the nominative's ending, those of one person) by `[[family]]`
FAMILIES: list[tuple[re.Pattern[str], str, dict[str, str]]] = [
    (
        re.compile(rf"(\w+{row['stem']})(?:{'|'.join(row['endings'])})"),
        row["endings"][0],
        {MASC: row["masc"], FEMN: row["femn"]},
    )
    for row in table("person_names")["family"]
]


def family_mentions(words: Words, spans: Iterable[Span]) -> Iterator[Span]:
    """The mentions that mean a family, not a person; «Ивановым», too, once «Ивановы» are named and no Иванов is."""
    spans = sorted(set(spans))
    plural = [span for span in spans if _is_plural(words, *span)]
    yield from plural
    stems = {stem for start, _ in plural if (stem := _stem(words.norm[start])) is not None}
    stems -= {words.norm[end - 1] for _, end in spans}
    for start, end in set(spans).difference(plural):
        if end - start == 1 and _stem(words.norm[start]) in stems:
            yield start, end


def _is_plural(words: Words, start: int, end: int) -> bool:
    if end - start != 1:
        return False
    norm, tagged = words.norm[start], words.feats[start].get("Number") == "Plur"
    if norm.endswith(ENDINGS["plural"]):
        return tagged or (norm.endswith(ENDINGS["plural_only"]) and _after_relatives(words, start))
    return tagged and norm.endswith(ENDINGS["plural_of_surnames"]) and is_surname(norm)


def _after_relatives(words: Words, i: int) -> bool:
    """«супруги», «братьям»: relatives are named next."""
    return i > 0 and words.lemma[i - 1] in words_in("person_names", "words", "families")


def _stem(norm: str) -> str | None:
    found = singulars(norm) if norm.endswith(ENDINGS["plural"]) else None
    return found[MASC] if found is not None else None


def families(words: Words, spans: Iterable[Span]) -> Iterator[Entity]:
    """The families that mentions mean, under the surname in the plural."""
    found: dict[str, Entity] = {}
    for start, end in sorted(spans):
        name = _plural_name(words, start, end)
        if name not in found:
            found[name] = Entity("", "PER", name, last=name)
        found[name].mentions.append(Mention(start, end))
    yield from found.values()


def _plural_name(words: Words, start: int, end: int) -> str:
    """«Ивановых» → «Ивановы»."""
    for stem, ending, _ in FAMILIES:
        match = stem.fullmatch(words.norm[start])
        if match is not None and end - start == 1:
            return with_ending(words.text[start], match.group(1) + ending)
    return nominative(words, start, end)


def in_couples(words: Words, spans: Iterable[Span]) -> Iterator[tuple[Span, Span, dict[str, str]]]:
    """Yield (the first name alone, the name with the surname of both, that surname for a man and for a woman)."""
    spans = sorted(set(spans))
    for one, two in pairwise(spans):
        alone = one[1] - one[0] == 1 and is_first_name(words.norm[one[0]])
        full = two[1] - two[0] == 2 and is_first_name(words.norm[two[0]])
        if alone and full and words.norm[one[1] : two[0]] == ["и"] and not _is_ones_own(words, *two):
            surnames = singulars(words.norm[two[1] - 1])
            if surnames is not None:
                yield one, two, surnames


def _is_ones_own(words: Words, first: int, end: int) -> bool:
    """«Сидоров» in «Иван и Петр Сидоров»: in the singular, in the case of the first name."""
    norm = words.norm[end - 1]
    if norm.endswith(ENDINGS["plural_only"]):
        return False
    cases = {parse.tag.case for parse in known_parses(words.norm[first]) if parse.tag.number == "sing"}
    if any(parse.tag.number == "sing" and parse.tag.case in cases for parse in known_parses(norm)):
        return True
    tagged = words.feats[end - 1].get("Number") == "Plur"
    return not (tagged or norm.endswith(ENDINGS["plural"]) or _after_relatives(words, first - 2))


@lru_cache(maxsize=CACHED_RARE)
def singulars(norm: str) -> dict[str, str] | None:
    """A man's and a woman's surname by that of their family, in any case; None for what is none."""
    for stem, _, endings in FAMILIES:
        match = stem.fullmatch(norm)
        if match is not None:
            return {gender: match.group(1) + ending for gender, ending in endings.items()}
    return None
