"""Positions of people: which post phrase belongs to which named person.

Each rule of `RULES` (at the bottom) handles one construction and returns the people who hold the post; the
first that finds some decides. Then posts of verbs («возглавляет «Восход»»), and what the same person's posts say
of each other.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from extract.annotations import Entity, Mention, Position
from extract.language.words import Words
from extract.relations.mentions import Mentions
from extract.relations.posts import DASHES, Body, Post, lexicon, posts_of, verbs

NEAR = 14  # tokens between a verb and the post that it gives
COMMA_LIKE = frozenset({",", "(", *DASHES})


class Holder(NamedTuple):
    """A person named by a mention."""

    entity: Entity
    mention: Mention


@dataclass(slots=True)
class Held:
    """A post with its holders; `former` where the construction says so, apart from the post's own words."""

    holders: list[Holder]
    rule: str
    former: bool = False


@dataclass(slots=True)
class Scene:
    """What the rules look at: the article's words, mentions and posts; `held` by the post's number."""

    words: Words
    mentions: Mentions
    posts: list[Post]
    held: dict[int, Held] = field(default_factory=dict)

    def person(self, i: int) -> Holder | None:
        found = self.mentions.person(i)
        return None if found is None else Holder(*found)

    def person_ending(self, i: int) -> Holder | None:
        """The person whose name ends right before token `i`, a bracketed aside skipped."""
        at = i - 1
        if at >= 0 and self.words.text[at] == ")":
            at = next((k - 1 for k in range(at, max(at - 16, 0), -1) if self.words.text[k] == "("), at)
        found = self.mentions.at.get(at)
        if found is None or found[0].type != "PER" or found[1].anaphor or found[1].end != at + 1:
            return None
        return Holder(*found)


def find_positions(words: Words, entities: list[Entity]) -> None:
    """Set `positions` of every person among the entities."""
    mentions = Mentions(entities)
    if not any(entity.type == "PER" for entity in entities):
        return
    scene = Scene(words, mentions, posts_of(words, mentions))
    for k in reversed(range(len(scene.posts))):
        for rule in RULES:
            held = rule(scene, k)
            if held is not None and held.holders:
                scene.held[k] = held
                break
    for k in range(len(scene.posts)):
        if k not in scene.held and (held := chained_after_name(scene, k)):
            scene.held[k] = held
    stated = [pair for k, held in scene.held.items() for pair in _positions(scene, scene.posts[k], held)]
    stated += led_by_verb(scene)
    _assign(entities, stated)


def post_before_name(scene: Scene, k: int) -> Held | None:
    """«президент Франции Эмманюэль Макрон»."""
    post = scene.posts[k]
    holder = scene.person(post.end)
    if holder is None or not _same_sentence(scene, post.head, post.end) or not _agree(scene, post, holder):
        return None
    return Held(_listed(scene, holder) if post.plural else [holder], "position/post-before-name")


def _same_sentence(scene: Scene, i: int, j: int) -> bool:
    return scene.words.sentence[i] == scene.words.sentence[j]


def _agree(scene: Scene, post: Post, holder: Holder) -> bool:
    """The post and the name can stand in one case; what doesn't decline agrees with everything."""
    start, end = holder.mention.start, holder.mention.end
    tagged = {case for i in range(start, end) if (case := scene.words.case(i))}
    return not post.cases or not tagged or bool(post.cases & tagged) or _undeclined(scene, start)


def _undeclined(scene: Scene, i: int) -> bool:
    return scene.words.text[i].isascii() or scene.words.case(i) in (None, "Nom")


def _listed(scene: Scene, holder: Holder) -> list[Holder]:
    """The names that go on after the first: «Иван Петров, Анна Ким и Ли Вэй»."""
    holders = [holder]
    at = holder.mention.end
    while at + 1 < len(scene.words) and scene.words.norm[at] in (",", "и") and (following := scene.person(at + 1)):
        holders.append(following)
        at = following.mention.end
    return holders


def chained_before_name(scene: Scene, k: int) -> Held | None:
    """«основатель и гендиректор «Восхода» Иван Петров»: the post shares the holder of the next one."""
    post = scene.posts[k]
    following = scene.held.get(k + 1)
    if following is None or following.rule not in CHAINED or scene.words.norm[post.end] not in (",", "и", "—"):
        return None
    after = scene.posts[k + 1]
    if after.start != post.end + 1 or (post.cases and after.cases and not post.cases & after.cases):
        return None
    if not post.bodies and scene.words.norm[post.end] != ",":
        post.bodies = after.bodies
    return Held(following.holders, "position/chained-before-name", following.former)


CHAINED = ("position/post-before-name", "position/chained-before-name", "position/copula", "position/office")


def post_after_name(scene: Scene, k: int) -> Held | None:
    """«Иван Петров, президент «Восхода», …», «Иван Петров — президент «Восхода»», «Иван Петров (президент)»."""
    words, post = scene.words, scene.posts[k]
    mark = post.start - 1
    if mark < 1 or words.text[mark] not in COMMA_LIKE or not _same_sentence(scene, mark, post.head):
        return None
    holder = scene.person_ending(mark)
    if holder is None or not (words.text[mark] in DASHES or _closed(words, post.end)):
        return None
    if not _agree(scene, post, holder) and "Nom" not in post.cases:
        return None
    return Held([holder], "position/post-after-name")


def _closed(words: Words, end: int) -> bool:
    """A mark ends the apposition, or the sentence does; «и» goes on with another post."""
    return end >= len(words) or words.pos[end] in ("PUNCT", "SPACE") or words.norm[end] in ("и", "а")


def chained_after_name(scene: Scene, k: int) -> Held | None:
    """«Иван Петров, основатель «Восхода» и советник «Зари»»."""
    if k == 0 or (before := scene.held.get(k - 1)) is None or before.rule not in AFTER:
        return None
    post, previous = scene.posts[k], scene.posts[k - 1]
    if post.start != previous.end + 1 or scene.words.norm[previous.end] not in (",", "и"):
        return None
    if not _closed(scene.words, post.end) or (post.cases and previous.cases and not post.cases & previous.cases):
        return None
    return Held(before.holders, "position/chained-after-name", before.former)


AFTER = ("position/post-after-name", "position/chained-after-name", "position/copula", "position/office")


def copula(scene: Scene, k: int) -> Held | None:
    """«Петров был директором», «директором стал Петров», «Петрова назначили директором»."""
    words, post = scene.words, scene.posts[k]
    if "Ins" not in post.cases and post.cases:
        return None
    verb = _verb_near(scene, post, verbs().copulas)
    if verb is None:
        return None
    holders = _holders_at(scene, verb, post)
    former = words.lemma[verb] in verbs().lasting and words.feats[verb].get("Tense") == "Past"
    return Held(holders, "position/copula", former)


def _verb_near(scene: Scene, post: Post, lemmas: frozenset[str]) -> int | None:
    """The verb before the post, or right after it."""
    words = scene.words
    first, stop = words.sentences[words.sentence[post.head]]
    for i in range(post.start - 1, max(first, post.start - NEAR) - 1, -1):
        if words.lemma[i] in lemmas and words.pos[i] in ("VERB", "AUX", "ADJ"):
            return i
        if words.pos[i] == "VERB" and words.feats[i].get("VerbForm") == "Fin" or words.text[i] in ";:":
            break
    for i in range(post.end, min(stop, post.end + 5)):
        if words.lemma[i] in lemmas and words.pos[i] in ("VERB", "AUX", "ADJ"):
            return i
        if words.text[i] in ",;:" and words.norm[i + 1 : i + 2] != ["которого"]:
            break
    return None


def _holders_at(scene: Scene, verb: int, post: Post) -> list[Holder]:
    """The people that a verb speaks of: its subject, or the object of an appointment."""
    words = scene.words
    first, stop = words.sentences[words.sentence[verb]]
    if post.start > verb:  # «Петров стал директором»
        between = _people(scene, verb + 1, post.start)
        found = between or _relative(scene, first, verb) or _people(scene, first, verb)[-1:]
    else:  # «директором стал Петров»
        found = _people(scene, verb + 1, min(stop, verb + 8))[:1]
        if not found:
            found = _people(scene, first, post.start)[-1:]
    return _listed(scene, found[0]) if found and post.plural else _joined_before(scene, found, post)


def _joined_before(scene: Scene, found: list[Holder], post: Post) -> list[Holder]:
    return found[-1:]


def _people(scene: Scene, start: int, stop: int) -> list[Holder]:
    """The people named, or referred to by a pronoun, in tokens `start` to `stop`."""
    found = []
    for i in range(start, stop):
        hit = scene.mentions.starting(i)
        if hit is not None and hit[0].type == "PER":
            found.append(Holder(*hit))
    return found


def _relative(scene: Scene, first: int, verb: int) -> list[Holder]:
    """«Петров, который был директором»: whom the pronoun before the verb means."""
    for i in range(verb - 1, max(first, verb - 8), -1):
        if scene.words.lemma[i] == "который" and scene.words.case(i) == "Nom":
            holder = scene.person_ending(i - 1)
            return [holder] if holder else []
    return []


def office(scene: Scene, k: int) -> Held | None:
    """«Петров занимает пост директора», «покинул должность директора», «на пост директора назначен Петров»."""
    words, post = scene.words, scene.posts[k]
    noun = post.start - 1
    if noun < 0 or words.lemma[noun] not in verbs().offices:
        return None
    first, stop = words.sentences[words.sentence[noun]]
    verb = next((i for i in range(noun - 1, max(first, noun - NEAR) - 1, -1) if _is_finite(words, i)), None)
    if verb is None:
        verb = next((i for i in range(post.end, min(stop, post.end + 5)) if _is_finite(words, i)), None)
    if verb is None:
        return None
    holders = _people(scene, verb + 1, noun) if verb < noun else _people(scene, verb + 1, min(stop, verb + 8))
    holders = holders or _relative(scene, first, verb) or _people(scene, first, min(verb, noun))[-1:]
    past = words.feats[verb].get("Tense") == "Past"
    former = words.lemma[verb] in verbs().leaving or (words.lemma[verb] in verbs().lasting and past)
    return Held(holders[:1], "position/office", former)


def _is_finite(words: Words, i: int) -> bool:
    return words.pos[i] in ("VERB", "AUX") and words.feats[i].get("VerbForm") in ("Fin", "Part", "Inf", "Conv")


def led_by_verb(scene: Scene) -> Iterator[tuple[Entity, Position]]:
    """«Петров возглавляет «Восход»»: the verb itself names the post."""
    words = scene.words
    titles = verbs().leading
    for verb, lemma in enumerate(words.lemma):
        if lemma not in titles or words.pos[verb] not in ("VERB", "AUX"):
            continue
        body = _led_body(scene, verb)
        first, stop = words.sentences[words.sentence[verb]]
        if body is None:
            continue
        if words.feats[verb].get("VerbForm") == "Part":
            holder = scene.person_ending(verb - 1) if words.text[verb - 1] == "," else None
            holders = [holder] if holder else []
        else:
            holders = _relative(scene, first, verb) or _people(scene, max(first, verb - NEAR), verb)[-1:]
        for holder in holders:
            past = words.feats[verb].get("Tense") == "Past" and words.feats[verb].get("Aspect") == "Imp"
            start = min(holder.mention.start, verb)
            entity, mention = body
            end = max(mention.end, verb + 1)
            name = Body(entity.name, entity.id)
            yield holder.entity, Position(titles[lemma], *name, past, start, end, "position/leading-verb")


def _led_body(scene: Scene, verb: int) -> tuple[Entity, Mention] | None:
    """The organization that the verb governs: right after it, adjectives and common nouns skipped."""
    words = scene.words
    for i in range(verb + 1, min(verb + 8, len(words))):
        found = scene.mentions.starting(i)
        if found is not None:
            return found if found[0].type == "ORG" else None
        if words.pos[i] not in ("ADJ", "NOUN", "PUNCT", "DET") or words.text[i] in ".,;":
            return None
    return None


def _positions(scene: Scene, post: Post, held: Held) -> Iterator[tuple[Entity, Position]]:
    """One position for each holder; «президенты России и Турции» are dealt out in order."""
    bodies: list[Body | None] = [*post.bodies] or [None]
    paired = len(bodies) == len(held.holders)
    for number, holder in enumerate(held.holders):
        body = bodies[number] if paired else bodies[0]
        name, ref = body if body is not None else (None, None)
        start = min(post.start, holder.mention.start)
        end = max(post.end, holder.mention.end)
        yield holder.entity, Position(post.title, name, ref, post.former or held.former, start, end, held.rule)


def _assign(entities: list[Entity], stated: list[tuple[Entity, Position]]) -> None:
    """Give each person the positions that the article states, each once, in text order."""
    people: dict[str, list[Position]] = {entity.id: [] for entity in entities if entity.type == "PER"}
    home = next((e for e in entities if e.type == "LOC" and e.name in ("Россия", "РФ", "Российская Федерация")), None)
    for entity, position in sorted(stated, key=lambda pair: pair[1].start):
        people[entity.id].append(position)
    for entity in entities:
        if entity.type == "PER":
            entity.positions = _distinct(people[entity.id])
            for position in entity.positions:
                _settle_country(position, home)


def _distinct(positions: list[Position]) -> list[Position]:
    kept: list[Position] = []
    for position in positions:
        same = next((other for other in kept if _is_same(other, position)), None)
        if same is None:
            kept.append(position)
        elif same.organization is None:
            same.organization, same.ref = position.organization, position.ref
    return kept


def _is_same(first: Position, second: Position) -> bool:
    """One post named twice: the same organization, the same or a more general title."""
    if first.former != second.former or not _same_body(first.organization, second.organization):
        return False
    general = lexicon().general
    one, other = first.title, second.title
    if one == other or one.startswith(other + " ") or other.startswith(one + " "):
        return True
    return first.organization is not None and bool({one, other} & general)


def _same_body(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one


def _settle_country(position: Position, home: Entity | None) -> None:
    """A federal post without a country is held in the article's own."""
    if position.organization is not None:
        return
    head = position.title.split()
    if any(word in lexicon().federal for word in head[:2]) or position.title.endswith("президента"):
        position.organization = home.name if home is not None else "Россия"
        position.ref = home.id if home is not None else None


RULES = [post_before_name, chained_before_name, post_after_name, office, copula]
