"""People beside posts: who is named where, whether name and post agree in case, names in a row."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from extract.annotations import Entity, Mention, Position
from extract.language.morphology import CACHED_RARE, parses
from extract.language.words import Words
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import CASE, post_words
from extract.positions.posts import Post
from extract.rules import table

PERSONAL = frozenset({"он", "она"})


class Holder(NamedTuple):
    """A person named by a mention."""

    entity: Entity
    mention: Mention


@dataclass(slots=True)
class Holding:
    """A post with its holders; `former` where the construction says so, apart from the post's own words."""

    holders: list[Holder]
    rule: str
    former: bool = False


@dataclass(slots=True)
class Scene:
    """What the rules look at: the article's words, mentions and posts; `held` by the post's number.

    `others` are positions of posts that aren't among `posts`.
    """

    words: Words
    mentions: MentionIndex
    posts: list[Post]
    held: dict[int, Holding] = field(default_factory=dict)
    others: list[tuple[Entity, Position]] = field(default_factory=list)

    def person(self, i: int) -> Holder | None:
        """The person whose name begins at token `i`, what else describes them skipped: «45-летний француз Петров»."""
        while i < len(self.words) and (is_age(self.words.norm[i]) or self.words.lemma[i] in peoples()):
            i += 1
        found = self.mentions.person(i)
        return None if found is None else Holder(*found)

    def person_ending(self, i: int) -> Holder | None:
        """The person whose name ends right before token `i`, an age and a bracketed aside skipped."""
        at = i - 1
        if i > 2 and self.words.lemma[at] == "год" and self.words.text[i - 3] == ",":
            at = i - 4  # «Иван Петров, 45 лет»
        if at >= 0 and self.words.text[at] == ")":
            at = next((k - 1 for k in range(at, max(at - 16, 0), -1) if self.words.text[k] == "("), at)
        found = self.mentions.at.get(at)
        if found is None or found[0].type != "PER" or found[1].anaphor or found[1].end != at + 1:
            return None
        return Holder(*found)


@cache
def peoples() -> frozenset[str]:
    """Nouns for those who belong to a people: «француз»."""
    return frozenset(noun for country in table("entities/countries")["country"] for noun in country.get("people", ()))


def is_age(norm: str) -> bool:
    """«45-летний»."""
    return norm[0].isdigit() and "-летн" in norm


def same_sentence(scene: Scene, i: int, j: int) -> bool:
    """Whether two tokens stand in one sentence."""
    return scene.words.sentence[i] == scene.words.sentence[j]


def agree(scene: Scene, post: Post, holder: Holder) -> bool:
    """The post and the name can stand in one case; what doesn't decline agrees with everything."""
    if not post.cases:
        return True
    start, end = holder.mention.start, holder.mention.end
    strict = post.lemma in post_words().relational  # «представительница Петровой» has no name
    return all(_may_stand_in(scene.words, i, post.cases, strict) for i in range(start, end))


def _may_stand_in(words: Words, i: int, cases: frozenset[str], strict: bool) -> bool:
    """A part of a name is tagged with one of the cases, its form allows one, or it doesn't decline.

    If `strict`, the tag of a word that the dictionary knows for a name doesn't count.
    """
    norm = words.norm[i]
    if not strict and words.case(i) in cases:
        return True
    if words.text[i].islower() or norm.isascii() or norm[-1] in "оуэиюы":
        return True
    possible = cases_of_name(norm)
    tagged = words.case(i) in cases and not _is_known_name(norm)
    return not possible or tagged or bool(possible & cases)


@lru_cache(maxsize=CACHED_RARE)
def _is_known_name(norm: str) -> bool:
    return any({"Name", "Surn", "Patr"} & parse.tag.grammemes for parse in parses(norm))


@lru_cache(maxsize=CACHED_RARE)
def cases_of_name(norm: str) -> frozenset[str]:
    """The cases of a form in the singular; the accusative of a living being isn't like the nominative.

    Empty for what the dictionary takes for a plural: a foreign name that doesn't decline.
    """
    readings = [parse.tag for parse in parses(norm) if parse.tag.number == "sing" and parse.tag.case in CASE]
    possible = frozenset(CASE[str(tag.case)] for tag in readings)
    return possible - {"Acc"} if "Nom" in possible else possible


def one_case(one: Post, other: Post) -> bool:
    """Whether two posts can stand in one case."""
    return not one.cases or not other.cases or bool(one.cases & other.cases)


def listed(scene: Scene, holder: Holder) -> list[Holder]:
    """The names that go on after the first: «Иван Петров, Анна Ким (5%) и Ли Вэй»."""
    words, holders = scene.words, [holder]
    at = _past_aside(words, holder.mention.end)
    while at + 1 < len(words) and words.norm[at] in (",", "и") and (following := scene.person(at + 1)):
        holders.append(following)
        at = _past_aside(words, following.mention.end)
    return holders


def _past_aside(words: Words, at: int) -> int:
    """The token after a bracketed aside at `at`; `at` itself if there is none."""
    if at < len(words) and words.text[at] == "(":
        return next((i + 1 for i in range(at, min(at + 12, len(words))) if words.text[i] == ")"), at)
    return at


def listed_back(scene: Scene, holder: Holder) -> list[Holder]:
    """The names that lead up to the last: «Петров и Ким стали чемпионами»."""
    holders = [holder]
    while (mark := holders[0].mention.start - 1) > 0 and scene.words.norm[mark] in (",", "и"):
        before = scene.person_ending(mark)
        if before is None:
            break
        holders.insert(0, before)
    return holders


def people_in(scene: Scene, start: int, stop: int) -> list[Holder]:
    """The people named, or referred to by a pronoun, in tokens `start` to `stop`."""
    found = []
    for i in range(start, stop):
        hit = scene.mentions.starting(i)
        if hit is not None and hit[0].type == "PER":
            found.append(Holder(*hit))
        elif hit is None and scene.words.norm[i] in PERSONAL and (last := _named_before(scene, i)):
            found.append(last)
    return found


def _named_before(scene: Scene, i: int) -> Holder | None:
    """The person named last, for a pronoun that the aliases leave open."""
    words = scene.words
    for mention, entity in reversed(scene.mentions.ordered):
        near = words.sentence[i] - words.sentence[mention.start] <= 1
        if mention.end <= i and near and entity.type == "PER" and may_be_subject(words, Holder(entity, mention)):
            return Holder(entity, Mention(i, i + 1, anaphor=True))
    return None


def may_be_subject(words: Words, holder: Holder) -> bool:
    """Nothing in the name is tagged as an oblique case; the tag of what doesn't decline says nothing."""
    return all(
        words.case(i) in (None, "Nom") or (_is_undeclined(words.norm[i]) and not holder.mention.anaphor)
        for i in range(holder.mention.start, holder.mention.end)
    )


def _is_undeclined(norm: str) -> bool:
    """«Берлускони», «Куан»: foreign by its ending, or unknown to the dictionary."""
    return norm.isascii() or norm[-1] in "оуэию"


def may_be_genitive(words: Words, holder: Holder) -> bool:
    """No part of the name is of a form that can't be a genitive: «Анну», «Иван»."""
    cases = [cases_of_name(words.norm[i]) or {words.case(i)} for i in range(holder.mention.start, holder.mention.end)]
    return all("Gen" in possible or None in possible for possible in cases)


def positions_of(scene: Scene, post: Post, held: Holding) -> Iterator[tuple[Entity, Position]]:
    """One position for each holder and body; «президенты России и Турции» are dealt out in order."""
    bodies: list[Body | None] = [*post.bodies] or [None]
    pairs = list(zip(held.holders, bodies, strict=False))
    if len(bodies) != len(held.holders):
        pairs = [(holder, body) for holder in held.holders for body in bodies]
    for holder, body in pairs:
        name, ref = body if body is not None else (None, None)
        start = min(post.start, holder.mention.start)
        end = max(post.end, holder.mention.end)
        former = post.former or held.former
        yield holder.entity, Position(post.title, name, ref, former, start, end, held.rule)
