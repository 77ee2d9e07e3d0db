"""Posts in a row, which share their holder or their organization, and posts named after another one."""

from extract.entities.places import places_by_adjective
from extract.positions.agreement import one_case
from extract.positions.apposition import is_closed, post_before_name
from extract.positions.declension import genitive_name
from extract.positions.holders import Holding, PostReading
from extract.positions.lexicon import ministry_beginnings, post_words
from extract.positions.marks import DASHES
from extract.positions.mention_index import Body
from extract.positions.posts import Post

BEFORE = (
    "position/post-before-name",
    "position/chained-before-name",
    "position/name-after-dash",
    "position/copula",
    "position/office",
)
AFTER = ("position/post-after-name", "position/chained-after-name", "position/copula", "position/office")


def chained_before_name(reading: PostReading, k: int) -> Holding | None:
    """«основатель и гендиректор «Восхода» Иван Петров»: the post shares the holder of the next one."""
    post = reading.posts[k]
    following = reading.holdings.get(k + 1)
    if following is None or following.rule not in BEFORE:
        return None
    after = reading.posts[k + 1]
    mark = reading.words.norm[post.end]
    if after.start != post.end + (mark in (",", "и", *DASHES)) or not one_case(post, after):
        return None
    if post.plural != after.plural:
        return None
    if mark in DASHES and not post.bodies and not post.plural:
        after.title = f"{post.title} — {after.title}"  # «статс-секретарь — заместитель министра»
        return None
    if mark == "и" and post.former:
        following.former = True  # «бывший депутат и мэр»
    if not post.bodies and (mark == "и" or post.lemma in post_words().general):
        post.bodies = after.bodies
    return Holding(following.holders, "position/chained-before-name", following.former)


def chained_after_name(reading: PostReading, k: int) -> Holding | None:
    """«Иван Петров, основатель «Восхода» и советник «Зари»»."""
    if k == 0 or (before := reading.holdings.get(k - 1)) is None or before.rule not in AFTER:
        return None
    post, previous = reading.posts[k], reading.posts[k - 1]
    if post.start != previous.end + 1 or (mark := reading.words.norm[previous.end]) not in (",", "и", *DASHES):
        return None
    if not is_closed(reading.words, post.end) or not one_case(post, previous):
        return None
    if mark in DASHES:
        if not previous.bodies and not previous.plural:
            previous.title, previous.bodies = f"{previous.title} — {post.title}", post.bodies
        return None
    return Holding(before.holders, "position/chained-after-name", before.former)


def share_body(reading: PostReading, k: int) -> None:
    """«Петров, директор и совладелец «Восхода»»: the body named after the second post is the first one's too."""
    post = reading.posts[k]
    if k in reading.holdings and not post.bodies and k + 1 < len(reading.posts):
        after = reading.posts[k + 1]
        if reading.words.norm[post.end : after.start] == ["и"] and one_case(post, after):
            post.bodies = after.bodies


def colleague(reading: PostReading, k: int) -> Holding | None:
    """«президент России Петров и его турецкий коллега Иванов»: the same post in another country."""
    post = reading.posts[k]
    holding = post_before_name(reading, k)
    country = _country_before(reading, post)
    model = next((other for j in range(k - 1, -1, -1) if (other := _model(reading, j, post)) is not None), None)
    if holding is None or model is None or country is None:
        return None
    body = _ministry_of(reading, model, country) or country
    post.title, post.bodies, post.lemma = model.title, [body], model.lemma
    return Holding(holding.holders, "position/colleague")


def _country_before(reading: PostReading, post: Post) -> Body | None:
    for i in range(post.start, post.head):
        name = places_by_adjective().get(reading.words.lemma[i])
        if name is not None:
            return reading.index.place(name)
    return None


def _model(reading: PostReading, k: int, post: Post) -> Post | None:
    """A post of a state in the same sentence or the one before it."""
    other = reading.posts[k]
    near = reading.words.sentence[post.head] - reading.words.sentence[other.head] <= 1
    return other if near and k in reading.holdings and other.lemma in post_words().national else None


def _ministry_of(reading: PostReading, model: Post, country: Body) -> Body | None:
    """The same ministry in another country: «глава МИД России» and «его турецкий коллега»."""
    name = model.bodies[0].name.split()[0] if model.bodies else ""
    if not name.startswith(ministry_beginnings()):
        return None
    return reading.index.organization(f"{name} {genitive_name(country.name)}")
