"""Post phrases: «бывший первый заместитель министра обороны Франции» as title, organization, former or not.

A post is found by its head noun, with the attributes before it and the complements after it.
"""

from dataclasses import dataclass

from extract.language.morphology import parses
from extract.language.words import Words
from extract.positions.attributes import read_attributes
from extract.positions.complement import Complement
from extract.positions.complements import read_complement
from extract.positions.declension import ADJECTIVES, nominal_cases
from extract.positions.lexicon import post_words
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.post_heads import PostHead, head_base, is_former, post_head
from extract.positions.titles import complement_text, title_of

NOMINAL = frozenset({"ADJ", "NOUN", "PROPN", "VERB", "X"})


@dataclass(slots=True)
class Post:
    """A post phrase of tokens `start` to `end` whose head noun is `head`.

    Attributes:
        lemma: of the head.
        title: in the nominative singular, without the organization.
        bodies: where the post is held; several for «президенты России и Турции».
        cases: the cases that the head's form allows; empty if it doesn't decline.
        inner: the lemmas of the complements that belong to the title.
    """

    head: int
    start: int
    end: int
    lemma: str
    title: str
    bodies: list[Body]
    former: bool
    plural: bool
    cases: frozenset[str]
    inner: tuple[str, ...] = ()

    @property
    def is_federal(self) -> bool:
        """Held in a country, which the article may leave unsaid."""
        lexical = post_words()
        aide = not lexical.federal_principals.isdisjoint(self.inner[:1])
        return aide or self.title in lexical.federal_titles or head_base(self.lemma) in lexical.federal


def posts_of(words: Words, index: MentionIndex) -> list[Post]:
    """Return the post phrases of an article in text order, those inside names left out."""
    found = []
    written_short = post_words().short
    for i, norm in enumerate(words.norm):
        if norm in written_short and (short := _short_post(words, index, i, written_short[norm])) is not None:
            found.append(short)
            continue
        if words.pos[i] not in NOMINAL or (head := post_head(norm)) is None or _is_attribute(words, i):
            continue
        covering = index.at.get(i)
        if covering is not None and not covering[1].anaphor:
            continue
        found.append(read_post(words, index, i, head))
    return [post for k, post in enumerate(found) if not any(_inside(post, other) for other in found[:k])]


def _short_post(words: Words, index: MentionIndex, i: int, lemma: str) -> Post | None:
    """«Проф. Петров», «акад. РАН Петров»."""
    if i + 2 >= len(words) or words.text[i + 1] != "." or not words.text[i + 2][0].isupper():
        return None
    rest = Complement(i + 2, words.sentences[words.sentence[i]][1], lemma, False)
    end = read_complement(words, index, rest)
    title = lemma + complement_text(words, rest.kept)
    return Post(i, i, end, lemma, title, rest.bodies, former=False, plural=False, cases=frozenset())


def _is_attribute(words: Words, i: int) -> bool:
    """«военной» in «военной операции», «управляющий» in «управляющий директор»: no noun here."""
    if i + 1 >= len(words) or words.pos[i] not in ("ADJ", "VERB") or words.lemma[i + 1] in post_words().duties:
        return False
    if not any(parse.tag.POS in ADJECTIVES for parse in parses(words.norm[i])):
        return False
    return words.pos[i + 1] == "NOUN" and bool(nominal_cases(words.norm[i]) & nominal_cases(words.norm[i + 1]))


def _inside(post: Post, other: Post) -> bool:
    """The post is part of another's title: «заместитель министра»."""
    return other.head < post.head < other.end


def read_post(words: Words, index: MentionIndex, i: int, head: PostHead) -> Post:
    """Read the phrase around the head at token `i`."""
    before = read_attributes(words, index, i, head)
    stop = words.sentences[words.sentence[i]][1]
    rest = Complement(i + 1, stop, head.lemma, _is_plural(words, i, head))
    end = read_complement(words, index, rest)
    former = before.former or is_former(words.norm[i])
    title = title_of(words, before.modifiers, i, head, rest.kept, rest.epithets)
    start, cases = before.start, head.cases
    if (acting := _acting_before(words, start)) is not None:
        title = f"{post_words().acting_title} {words.norm[i]}{complement_text(words, rest.kept)}"
        start, cases = acting, frozenset()
    inner = tuple(words.lemma[k] for k in rest.kept)
    return Post(i, start, end, head.lemma, title, rest.bodies or before.bodies, former, rest.plural, cases, inner)


def _acting_before(words: Words, start: int) -> int | None:
    """Where «и. о.» or «и.о.» before a post begins."""
    for length in (1, 2, 4):
        if "".join(words.norm[max(0, start - length) : start]) in post_words().acting_spellings:
            return start - length
    return None


def _is_plural(words: Words, i: int, head: PostHead) -> bool:
    return head.number == "plur" or (head.number == "" and words.feats[i].get("Number") == "Plur")
