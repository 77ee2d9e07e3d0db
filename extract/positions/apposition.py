"""Posts beside the names of their holders: «президент Петров», «Петров, президент», «президентом — Петров»."""

from extract.language.words import Words
from extract.positions.agreement import agree, may_be_genitive
from extract.positions.holders import Holder, Holding, PostReading, listed, positions_of
from extract.positions.lexicon import function_words, holder_words, post_words
from extract.positions.marks import DASHES
from extract.positions.post_heads import post_head
from extract.positions.posts import Post, read_post

COMMA_LIKE = frozenset({",", "(", *DASHES})


def post_before_name(reading: PostReading, k: int) -> Holding | None:
    """«президент Франции Эмманюэль Макрон», «адвокат Петрова Иван Сидоров»."""
    words, post = reading.words, reading.posts[k]
    holder = reading.person(post.end)
    if holder is None or not reading.in_one_sentence(post.head, post.end):
        return None
    holder = _past_employer(reading, post, holder)
    if _is_one_of(words, post) and not (k and reading.posts[k - 1].end == post.start - 2):
        return Holding([holder], "position/post-before-name")
    if not agree(words, post, holder.mention) or _is_relative_of(words, post, holder) or _is_eponym(words, post):
        return None
    holders = listed(reading, holder) if post.plural else [holder]
    if post.plural and len(holders) == 1 and (post.lemma in post_words().relational or _is_short(holder)):
        return None  # «адвокаты Берлускони», «критики Петрова»
    return Holding(holders, "position/post-before-name")


def _past_employer(reading: PostReading, post: Post, first: Holder) -> Holder:
    """«адвокат Петрова Иван Сидоров»: the second of two names, where the first one is the employer's."""
    second = reading.person(first.mention.end)
    agrees = agree(reading.words, post, first.mention)
    if second is not None and (post.lemma in post_words().relational or not agrees):
        _read_inner_post(reading, post, first)
        return second
    if not agrees:
        _read_inner_post(reading, post, first)
    return first


def _read_inner_post(reading: PostReading, post: Post, employer: Holder) -> None:
    """«помощник президента Петрова Иван Сидоров»: the post within the post is Petrov's."""
    for i in range(post.head + 1, post.end):
        head = post_head(reading.words.norm[i])
        if head is not None:
            inner = read_post(reading.words, reading.index, i, head)
            if inner.end == post.end and agree(reading.words, inner, employer.mention):
                reading.within += positions_of(inner, Holding([employer], "position/employer"))
            return


def _is_one_of(words: Words, post: Post) -> bool:
    """«один из лидеров партии Иван Петров»: the name stands in the case of «один»."""
    start, lexical = post.start, function_words()
    if not post.plural or start < 2:
        return False
    return words.norm[start - 1] in lexical.out_of and words.lemma[start - 2] in lexical.one


def _is_short(holder: Holder) -> bool:
    return holder.mention.end == holder.mention.start + 1


def _is_eponym(words: Words, post: Post) -> bool:
    """«улица Генерала Петрова», «институт имени академика Петрова»."""
    return post.start > 0 and words.lemma[post.start - 1] in holder_words().eponymous


def _is_relative_of(words: Words, post: Post, holder: Holder) -> bool:
    """«дочь президента Анну Петрову»: the name is the relative's, not the holder's, unless both are genitives."""
    return _follows_relative(words, post) and not may_be_genitive(words, holder.mention)


def _follows_relative(words: Words, post: Post) -> bool:
    return post.start > 0 and words.lemma[post.start - 1] in holder_words().relatives


def name_after_dash(reading: PostReading, k: int) -> Holding | None:
    """«президентом стал Петров, а премьер-министром — Сидоров»."""
    words, post = reading.words, reading.posts[k]
    if post.end + 1 >= len(words) or words.text[post.end] not in DASHES | {":"}:
        return None
    holder = reading.person(post.end + 1)
    if holder is None:
        return None
    agrees = agree(words, post, holder.mention)
    if post.plural and ("Nom" in post.cases or agrees):
        return Holding(listed(reading, holder), "position/name-after-dash")
    if not is_closed(words, holder.mention.end):
        return None
    if not post.cases & {"Nom", "Ins"} and not (agrees and not _follows_relative(words, post)):
        return None
    return Holding([holder], "position/name-after-dash")


def name_between_commas(reading: PostReading, k: int) -> Holding | None:
    """«Водитель машины, Иван Петров, не пострадал»."""
    words, post = reading.words, reading.posts[k]
    if post.end + 1 >= len(words) or words.text[post.end] != "," or post.plural:
        return None
    holder = reading.person(post.end + 1)
    if holder is None or not reading.in_one_sentence(post.head, post.end + 1):
        return None
    if not agree(words, post, holder.mention):
        return None
    end = holder.mention.end
    closed = end < len(words) and words.text[end] == "," and reading.person(end + 1) is None
    return Holding([holder], "position/name-between-commas") if closed else None


def post_after_name(reading: PostReading, k: int) -> Holding | None:
    """«Иван Петров, президент «Восхода», …», «Иван Петров — президент», «Иван Петров (президент)»."""
    words, post = reading.words, reading.posts[k]
    one_of = _is_one_of(words, post)
    mark = post.start - (3 if one_of else 1)
    once = mark > 0 and words.norm[mark] in post_words().once  # «Петров, некогда директор «Восхода»»
    mark -= once or words.norm[mark] in post_words().now
    if mark < 1 or words.text[mark] not in COMMA_LIKE or not reading.in_one_sentence(mark, post.head):
        return None
    holder = reading.person_ending(mark)
    if holder is None or not (words.text[mark] in DASHES or is_closed(words, post.end)):
        return None
    if not agree(words, post, holder.mention) and "Nom" not in post.cases and not one_of:
        return None
    return Holding([holder], "position/post-after-name", once)


def is_closed(words: Words, end: int) -> bool:
    """A mark ends the apposition, or the sentence does; «и» goes on with another post."""
    return end >= len(words) or words.pos[end] in ("PUNCT", "SPACE") or words.norm[end] in ("и", "а")
