"""People in the text, as holders of posts: who is named where, alone or in a row with others."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from extract.annotations import Entity, Mention, Position
from extract.language.words import Words
from extract.positions.agreement import may_be_subject
from extract.positions.lexicon import function_words, holder_words
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.posts import Post
from extract.rules import table

LONGEST_ASIDE = 12  # tokens of a bracketed aside after a name


class Holder(NamedTuple):
    """A person named by a mention."""

    entity: Entity
    mention: Mention


@dataclass(slots=True)
class Holding:
    """A post's holders; `former` where the construction says so, apart from the post's own words."""

    holders: list[Holder]
    rule: str
    former: bool = False


@dataclass(slots=True)
class PostReading:
    """Who holds the posts of an article, as far as it is read.

    Attributes:
        words: the article's words.
        index: its mentions.
        posts: its posts in text order.
        holdings: who holds them, by the post's number.
        within: positions of posts that stand within another's title, and so aren't among `posts`.
    """

    words: Words
    index: MentionIndex
    posts: list[Post]
    holdings: dict[int, Holding] = field(default_factory=dict)
    within: list[Position] = field(default_factory=list)

    def person(self, i: int) -> Holder | None:
        """The person whose name begins at token `i`, what else describes them skipped: «45-летний француз Петров»."""
        while i < len(self.words) and (is_age(self.words.norm[i]) or self.words.lemma[i] in peoples()):
            i += 1
        found = self.index.person(i)
        return None if found is None else Holder(*found)

    def person_ending(self, i: int) -> Holder | None:
        """The person whose name ends right before token `i`, an age and a bracketed aside skipped."""
        at = i - 1
        if i > 2 and self.words.lemma[at] in holder_words().years and self.words.text[i - 3] == ",":
            at = i - 4  # «Иван Петров, 45 лет»
        if at >= 0 and self.words.text[at] == ")":
            at = next((k - 1 for k in range(at, max(at - 16, 0), -1) if self.words.text[k] == "("), at)
        found = self.index.at.get(at)
        if found is None or found[0].type != "PER" or found[1].anaphor or found[1].end != at + 1:
            return None
        return Holder(*found)

    def in_one_sentence(self, i: int, j: int) -> bool:
        """Whether two tokens stand in one sentence."""
        return self.words.sentence[i] == self.words.sentence[j]


@cache
def peoples() -> frozenset[str]:
    """Nouns for those who belong to a people: «француз»."""
    return frozenset(noun for country in table("entities/countries")["country"] for noun in country.get("people", ()))


def is_age(norm: str) -> bool:
    """«45-летний»."""
    return norm[0].isdigit() and any(part in norm for part in holder_words().age_parts)


def listed(reading: PostReading, holder: Holder) -> list[Holder]:
    """The names that go on after the first: «Иван Петров, Анна Ким (5%) и Ли Вэй»."""
    words, holders = reading.words, [holder]
    at = _past_aside(words, holder.mention.end)
    while at + 1 < len(words) and words.norm[at] in (",", "и") and (following := reading.person(at + 1)):
        holders.append(following)
        at = _past_aside(words, following.mention.end)
    return holders


def _past_aside(words: Words, at: int) -> int:
    """The token after a bracketed aside at `at`; `at` itself if there is none."""
    if at < len(words) and words.text[at] == "(":
        return next((i + 1 for i in range(at, min(at + LONGEST_ASIDE, len(words))) if words.text[i] == ")"), at)
    return at


def listed_back(reading: PostReading, holder: Holder) -> list[Holder]:
    """The names that lead up to the last: «Петров и Ким стали чемпионами»."""
    holders = [holder]
    while (mark := holders[0].mention.start - 1) > 0 and reading.words.norm[mark] in (",", "и"):
        before = reading.person_ending(mark)
        if before is None:
            break
        holders.insert(0, before)
    return holders


def people_in(reading: PostReading, start: int, stop: int) -> list[Holder]:
    """The people named, or referred to by a pronoun, in tokens `start` to `stop`."""
    found = []
    for i in range(start, stop):
        hit = reading.index.starting(i)
        if hit is not None and hit[0].type == "PER":
            found.append(Holder(*hit))
        elif hit is None and reading.words.norm[i] in function_words().personal and (last := _named_before(reading, i)):
            found.append(last)
    return found


def _named_before(reading: PostReading, i: int) -> Holder | None:
    """The person named last, for a pronoun that the aliases leave open."""
    words = reading.words
    for mention, entity in reversed(reading.index.ordered):
        near = words.sentence[i] - words.sentence[mention.start] <= 1
        if mention.end <= i and near and entity.type == "PER" and may_be_subject(words, mention):
            return Holder(entity, Mention(i, i + 1, anaphor=True))
    return None


def positions_of(post: Post, holding: Holding) -> Iterator[Position]:
    """One position for each holder and body; «президенты России и Турции» are dealt out in order."""
    bodies: list[Body | None] = [*post.bodies] or [None]
    pairs = list(zip(holding.holders, bodies, strict=False))
    if len(bodies) != len(holding.holders):
        pairs = [(holder, body) for holder in holding.holders for body in bodies]
    for holder, body in pairs:
        name, ref = body if body is not None else (None, None)
        start = min(post.start, holder.mention.start)
        end = max(post.end, holder.mention.end)
        former = post.former or holding.former
        yield Position(holder.entity.id, post.title, name, ref, former, start, end, holding.rule)
