"""Positions of people: which post phrase belongs to which named person.

Each rule of `RULES` (at the bottom) handles one construction and returns the people who hold the post; the
first that finds some decides. Then come posts named by verbs («возглавляет «Восход»»), and what the posts of one
person say of each other.
"""

from extract.annotations import Entity
from extract.language.words import Words
from extract.positions.complements import DASHES
from extract.positions.holders import (
    Holder,
    Holding,
    Scene,
    agree,
    listed,
    may_be_genitive,
    one_case,
    positions_of,
    same_sentence,
)
from extract.positions.mention_index import Body, MentionIndex
from extract.positions.merging import MINISTRIES, assign, needs_organization, settle_unsaid
from extract.positions.post_heads import head_of, post_words
from extract.positions.posts import Post, read_post
from extract.positions.titles import genitive_name
from extract.positions.verb_constructions import appointment, copula, headed, led_by_verb, office

COMMA_LIKE = frozenset({",", "(", *DASHES})
CHAINED = (
    "position/post-before-name",
    "position/chained-before-name",
    "position/name-after-dash",
    "position/copula",
    "position/office",
)
AFTER = ("position/post-after-name", "position/chained-after-name", "position/copula", "position/office")


def find_positions(words: Words, mentions: MentionIndex, posts: list[Post], entities: list[Entity]) -> None:
    """Set `positions` of every person among the entities."""
    scene = Scene(words, mentions, posts)
    for k in reversed(range(len(scene.posts))):
        if scene.posts[k].lemma == "коллега":
            continue
        for rule in RULES:
            held = rule(scene, k)
            if held is not None and held.holders:
                scene.held[k] = held
                break
    for k in range(len(scene.posts)):
        _share_body(scene, k)
        if k not in scene.held and (held := chained_after_name(scene, k)):
            scene.held[k] = held
    for k, post in enumerate(scene.posts):
        if post.lemma == "коллега" and (held := colleague(scene, k)):
            scene.held[k] = held
    stated = [pair for k, held in scene.held.items() for pair in positions_of(scene, scene.posts[k], held)]
    stated += [*led_by_verb(scene), *headed(scene), *scene.others]
    assign(words, entities, stated)
    settle_unsaid(scene)
    for entity in entities:
        entity.positions = [p for p in entity.positions if p.organization or not needs_organization(p)]


def post_before_name(scene: Scene, k: int) -> Holding | None:
    """«президент Франции Эмманюэль Макрон», «адвокат Петрова Иван Сидоров»."""
    post = scene.posts[k]
    holder = scene.person(post.end)
    if holder is None or not same_sentence(scene, post.head, post.end):
        return None
    second = scene.person(holder.mention.end)
    if second is not None and (post.lemma in post_words().relational or not agree(scene, post, holder)):
        _employer(scene, post, holder)
        holder = second
    elif not agree(scene, post, holder):
        _employer(scene, post, holder)
    if _is_one_of(scene.words, post) and not (k and scene.posts[k - 1].end == post.start - 2):
        return Holding([holder], "position/post-before-name")
    if not agree(scene, post, holder) or _is_relative_of(scene, post, holder) or _is_eponym(scene.words, post):
        return None
    holders = listed(scene, holder) if post.plural else [holder]
    if post.plural and len(holders) == 1 and (post.lemma in post_words().relational or _is_short(holder)):
        return None  # «адвокаты Берлускони», «критики Петрова»
    return Holding(holders, "position/post-before-name")


def _is_one_of(words: Words, post: Post) -> bool:
    """«один из лидеров партии Иван Петров»: the name stands in the case of «один»."""
    start = post.start
    return post.plural and start > 1 and words.norm[start - 1] == "из" and words.lemma[start - 2] == "один"


def _is_short(holder: Holder) -> bool:
    return holder.mention.end == holder.mention.start + 1


def _is_eponym(words: Words, post: Post) -> bool:
    """«улица Генерала Петрова», «институт имени академика Петрова»."""
    return post.start > 0 and words.lemma[post.start - 1] in post_words().eponymous


def _is_relative_of(scene: Scene, post: Post, holder: Holder) -> bool:
    """«дочь президента Анну Петрову»: the name is the relative's, not the holder's, unless both are genitives."""
    return _follows_relative(scene.words, post) and not may_be_genitive(scene.words, holder)


def _follows_relative(words: Words, post: Post) -> bool:
    return post.start > 0 and words.lemma[post.start - 1] in post_words().relatives


def _employer(scene: Scene, post: Post, employer: Holder) -> None:
    """«помощник президента Петрова Иван Сидоров»: the post within the post is Petrov's."""
    for i in range(post.head + 1, post.end):
        head = head_of(scene.words.norm[i])
        if head is not None:
            inner = read_post(scene.words, scene.mentions, i, head)
            if inner.end == post.end and agree(scene, inner, employer):
                held = Holding([employer], "position/employer")
                scene.others += positions_of(scene, inner, held)
            return


def chained_before_name(scene: Scene, k: int) -> Holding | None:
    """«основатель и гендиректор «Восхода» Иван Петров»: the post shares the holder of the next one."""
    post = scene.posts[k]
    following = scene.held.get(k + 1)
    if following is None or following.rule not in CHAINED:
        return None
    after = scene.posts[k + 1]
    mark = scene.words.norm[post.end]
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


def colleague(scene: Scene, k: int) -> Holding | None:
    """«президент России Петров и его турецкий коллега Иванов»: the same post in another country."""
    post = scene.posts[k]
    held = post_before_name(scene, k)
    place = _country_before(scene, post)
    model = next((other for j in range(k - 1, -1, -1) if (other := _model(scene, j, post)) is not None), None)
    if held is None or model is None or place is None:
        return None
    body = _ministry_of(scene, model, place) or place
    post.title, post.bodies, post.lemma = model.title, [body], model.lemma
    return Holding(held.holders, "position/colleague")


def _ministry_of(scene: Scene, model: Post, country: Body) -> Body | None:
    """The same ministry in another country: «глава МИД России» and «его турецкий коллега»."""
    name = model.bodies[0].name.split()[0] if model.bodies else ""
    if not name.startswith(MINISTRIES):
        return None
    return scene.mentions.organization(f"{name} {' '.join(map(genitive_name, country.name.split()))}")


def _country_before(scene: Scene, post: Post) -> Body | None:
    for i in range(post.start, post.head):
        name = post_words().nationalities.get(scene.words.lemma[i])
        if name is not None:
            return scene.mentions.place(name)
    return None


def _model(scene: Scene, k: int, post: Post) -> Post | None:
    """A post of a state in the same sentence or the one before it."""
    other = scene.posts[k]
    near = scene.words.sentence[post.head] - scene.words.sentence[other.head] <= 1
    return other if near and k in scene.held and other.lemma in post_words().national else None


def name_after_dash(scene: Scene, k: int) -> Holding | None:
    """«президентом стал Петров, а премьер-министром — Сидоров»."""
    post = scene.posts[k]
    if post.end + 1 >= len(scene.words) or scene.words.text[post.end] not in DASHES | {":"}:
        return None
    holder = scene.person(post.end + 1)
    if holder is not None and post.plural and ("Nom" in post.cases or agree(scene, post, holder)):
        return Holding(listed(scene, holder), "position/name-after-dash")
    if holder is None or not _closed(scene.words, holder.mention.end):
        return None
    apposed = agree(scene, post, holder) and not _follows_relative(scene.words, post)
    if not post.cases & {"Nom", "Ins"} and not apposed:
        return None
    return Holding([holder], "position/name-after-dash")


def name_between_commas(scene: Scene, k: int) -> Holding | None:
    """«Водитель машины, Иван Петров, не пострадал»."""
    post = scene.posts[k]
    if post.end + 1 >= len(scene.words) or scene.words.text[post.end] != "," or post.plural:
        return None
    holder = scene.person(post.end + 1)
    if holder is None or not same_sentence(scene, post.head, post.end + 1) or not agree(scene, post, holder):
        return None
    end = holder.mention.end
    closed = end < len(scene.words) and scene.words.text[end] == "," and scene.person(end + 1) is None
    return Holding([holder], "position/name-between-commas") if closed else None


def post_after_name(scene: Scene, k: int) -> Holding | None:
    """«Иван Петров, президент «Восхода», …», «Иван Петров — президент», «Иван Петров (президент)»."""
    words, post = scene.words, scene.posts[k]
    one_of = _is_one_of(words, post)
    mark = post.start - (3 if one_of else 1)
    once = mark > 0 and words.norm[mark] in post_words().once  # «Петров, некогда директор «Восхода»»
    mark -= once or words.norm[mark] in post_words().now
    if mark < 1 or words.text[mark] not in COMMA_LIKE or not same_sentence(scene, mark, post.head):
        return None
    holder = scene.person_ending(mark)
    if holder is None or not (words.text[mark] in DASHES or _closed(words, post.end)):
        return None
    if not agree(scene, post, holder) and "Nom" not in post.cases and not one_of:
        return None
    return Holding([holder], "position/post-after-name", once)


def _closed(words: Words, end: int) -> bool:
    """A mark ends the apposition, or the sentence does; «и» goes on with another post."""
    return end >= len(words) or words.pos[end] in ("PUNCT", "SPACE") or words.norm[end] in ("и", "а")


def _share_body(scene: Scene, k: int) -> None:
    """«Петров, директор и совладелец «Восхода»»: the body named after the second post is the first one's too."""
    post = scene.posts[k]
    if k in scene.held and not post.bodies and k + 1 < len(scene.posts):
        after = scene.posts[k + 1]
        if scene.words.norm[post.end : after.start] == ["и"] and one_case(post, after):
            post.bodies = after.bodies


def chained_after_name(scene: Scene, k: int) -> Holding | None:
    """«Иван Петров, основатель «Восхода» и советник «Зари»»."""
    if k == 0 or (before := scene.held.get(k - 1)) is None or before.rule not in AFTER:
        return None
    post, previous = scene.posts[k], scene.posts[k - 1]
    if post.start != previous.end + 1 or scene.words.norm[previous.end] not in (",", "и", *DASHES):
        return None
    if not _closed(scene.words, post.end) or not one_case(post, previous):
        return None
    if scene.words.norm[previous.end] in DASHES:
        if not previous.bodies and not previous.plural:
            previous.title, previous.bodies = f"{previous.title} — {post.title}", post.bodies
        return None
    return Holding(before.holders, "position/chained-after-name", before.former)


RULES = [
    post_before_name,
    chained_before_name,
    name_after_dash,
    post_after_name,
    name_between_commas,
    appointment,
    office,
    copula,
]
