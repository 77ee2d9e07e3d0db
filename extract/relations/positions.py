"""Positions of people: which post phrase belongs to which named person.

Each rule of `RULES` (at the bottom) handles one construction and returns the people who hold the post; the
first that finds some decides. Then come posts named by verbs («возглавляет «Восход»»), and what the posts of one
person say of each other.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from extract.annotations import Entity, Mention, Position
from extract.language.morphology import CACHED_FORMS, parses, possible_cases
from extract.language.words import Words
from extract.relations.complements import CLOSING, DASHES
from extract.relations.heads import CASE, head_of, lexicon, verbs
from extract.relations.mentions import Body, Mentions
from extract.relations.posts import Post, read_led, read_post
from extract.relations.referents import EMPLOYERS

GOVERNMENT = frozenset({"government"})
OFFICIALS = frozenset({"куратор", "статс-секретарь"})
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
    """What the rules look at: the article's words, mentions and posts; `held` by the post's number.

    `others` are positions of posts that aren't among `posts`.
    """

    words: Words
    mentions: Mentions
    posts: list[Post]
    held: dict[int, Held] = field(default_factory=dict)
    others: list[tuple[Entity, Position]] = field(default_factory=list)

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


def find_positions(words: Words, mentions: Mentions, posts: list[Post], entities: list[Entity]) -> None:
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
    stated = [pair for k, held in scene.held.items() for pair in _positions(scene, scene.posts[k], held)]
    stated += [*led_by_verb(scene), *scene.others]
    _assign(words, entities, stated)
    settle_unsaid(scene)
    for entity in entities:
        entity.positions = [p for p in entity.positions if p.organization or not _needs_organization(p)]


def post_before_name(scene: Scene, k: int) -> Held | None:
    """«президент Франции Эмманюэль Макрон», «адвокат Петрова Иван Сидоров»."""
    post = scene.posts[k]
    holder = scene.person(post.end)
    if holder is None or not _same_sentence(scene, post.head, post.end):
        return None
    second = scene.person(holder.mention.end)
    if second is not None and (post.lemma in lexicon().relational or not _agree(scene, post, holder)):
        _employer(scene, post, holder)
        holder = second
    if not _agree(scene, post, holder) or _is_relative_of(scene, post, holder):
        return None
    return Held(_listed(scene, holder) if post.plural else [holder], "position/post-before-name")


def _is_relative_of(scene: Scene, post: Post, holder: Holder) -> bool:
    """«дочь президента Анну Петрову»: the name is the relative's, not the holder's, unless both are genitives."""
    words, before = scene.words, post.start - 1
    if before < 0 or words.lemma[before] not in lexicon().relatives:
        return False
    return any(words.case(i) not in (None, "Gen") for i in range(holder.mention.start, holder.mention.end))


def _employer(scene: Scene, post: Post, employer: Holder) -> None:
    """«помощник президента Петрова Иван Сидоров»: the post within the post is Petrov's."""
    for i in range(post.head + 1, post.end):
        head = head_of(scene.words.norm[i])
        if head is not None:
            inner = read_post(scene.words, scene.mentions, i, head)
            if inner.end == post.end:
                held = Held([employer], "position/employer")
                scene.others += _positions(scene, inner, held)
            return


def _same_sentence(scene: Scene, i: int, j: int) -> bool:
    return scene.words.sentence[i] == scene.words.sentence[j]


def _agree(scene: Scene, post: Post, holder: Holder) -> bool:
    """The post and the name can stand in one case; what doesn't decline agrees with everything."""
    if not post.cases:
        return True
    start, end = holder.mention.start, holder.mention.end
    return all(_may_stand_in(scene.words, i, post.cases) for i in range(start, end))


def _may_stand_in(words: Words, i: int, cases: frozenset[str]) -> bool:
    """A part of a name is tagged with one of the cases, its form allows one, or it doesn't decline."""
    norm = words.norm[i]
    if words.case(i) in cases or words.text[i].islower() or norm.isascii() or norm[-1] in "оуэиюы":
        return True
    possible = _cases_of_name(norm)
    return not possible or bool(possible & cases)


@lru_cache(maxsize=CACHED_FORMS)
def _cases_of_name(norm: str) -> frozenset[str]:
    """The cases of a form in the singular; the accusative of a living being isn't like the nominative."""
    readings = [parse.tag for parse in parses(norm) if parse.tag.number == "sing" and parse.tag.case in CASE]
    possible = frozenset(CASE[str(tag.case)] for tag in readings) or possible_cases(norm)
    return possible - {"Acc"} if "Nom" in possible else possible


def _listed(scene: Scene, holder: Holder) -> list[Holder]:
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


def _listed_back(scene: Scene, holder: Holder) -> list[Holder]:
    """The names that lead up to the last: «Петров и Ким стали чемпионами»."""
    holders = [holder]
    while (mark := holders[0].mention.start - 1) > 0 and scene.words.norm[mark] in (",", "и"):
        before = scene.person_ending(mark)
        if before is None:
            break
        holders.insert(0, before)
    return holders


def chained_before_name(scene: Scene, k: int) -> Held | None:
    """«основатель и гендиректор «Восхода» Иван Петров»: the post shares the holder of the next one."""
    post = scene.posts[k]
    following = scene.held.get(k + 1)
    if following is None or following.rule not in CHAINED:
        return None
    after = scene.posts[k + 1]
    mark = scene.words.norm[post.end]
    if after.start != post.end + (mark in (",", "и", *DASHES)) or not _one_case(post, after):
        return None
    if post.plural != after.plural:
        return None
    if mark in DASHES and not post.bodies and not post.plural:
        after.title = f"{post.title} — {after.title}"  # «статс-секретарь — заместитель министра»
        return None
    if not post.bodies and (mark == "и" or post.lemma in lexicon().general):
        post.bodies = after.bodies
    return Held(following.holders, "position/chained-before-name", following.former)


def _one_case(one: Post, other: Post) -> bool:
    return not one.cases or not other.cases or bool(one.cases & other.cases)


CHAINED = ("position/post-before-name", "position/chained-before-name", "position/copula", "position/office")


def colleague(scene: Scene, k: int) -> Held | None:
    """«президент России Петров и его турецкий коллега Иванов»: the same post in another country."""
    post = scene.posts[k]
    held = post_before_name(scene, k)
    place = _country_before(scene, post)
    model = next((other for j in range(k - 1, -1, -1) if (other := _model(scene, j, post)) is not None), None)
    if held is None or model is None or place is None:
        return None
    post.title, post.bodies, post.lemma = model.title, [place], model.lemma
    return Held(held.holders, "position/colleague")


def _country_before(scene: Scene, post: Post) -> Body | None:
    for i in range(post.start, post.head):
        name = lexicon().nationalities.get(scene.words.lemma[i])
        if name is not None:
            return scene.mentions.place(name)
    return None


def _model(scene: Scene, k: int, post: Post) -> Post | None:
    """A post of a state in the same sentence or the one before it."""
    other = scene.posts[k]
    near = scene.words.sentence[post.head] - scene.words.sentence[other.head] <= 1
    return other if near and k in scene.held and other.lemma in lexicon().national else None


def name_after_dash(scene: Scene, k: int) -> Held | None:
    """«президентом стал Петров, а премьер-министром — Сидоров»."""
    post = scene.posts[k]
    if post.end + 1 >= len(scene.words) or scene.words.text[post.end] not in DASHES | {":"}:
        return None
    holder = scene.person(post.end + 1)
    if holder is not None and post.plural and "Nom" in post.cases:
        return Held(_listed(scene, holder), "position/name-after-dash")
    if holder is None or not _closed(scene.words, holder.mention.end) or not post.cases & {"Nom", "Ins"}:
        return None
    return Held([holder], "position/name-after-dash")


def post_after_name(scene: Scene, k: int) -> Held | None:
    """«Иван Петров, президент «Восхода», …», «Иван Петров — президент», «Иван Петров (президент)»."""
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


def _share_body(scene: Scene, k: int) -> None:
    """«Петров, директор и совладелец «Восхода»»: the body named after the second post is the first one's too."""
    post = scene.posts[k]
    if k in scene.held and not post.bodies and k + 1 < len(scene.posts):
        after = scene.posts[k + 1]
        if scene.words.norm[post.end : after.start] == ["и"] and _one_case(post, after):
            post.bodies = after.bodies


def chained_after_name(scene: Scene, k: int) -> Held | None:
    """«Иван Петров, основатель «Восхода» и советник «Зари»»."""
    if k == 0 or (before := scene.held.get(k - 1)) is None or before.rule not in AFTER:
        return None
    post, previous = scene.posts[k], scene.posts[k - 1]
    if post.start != previous.end + 1 or scene.words.norm[previous.end] not in (",", "и", *DASHES):
        return None
    if not _closed(scene.words, post.end) or not _one_case(post, previous):
        return None
    if scene.words.norm[previous.end] in DASHES:
        if not previous.bodies and not previous.plural:
            previous.title, previous.bodies = f"{previous.title} — {post.title}", post.bodies
        return None
    return Held(before.holders, "position/chained-after-name", before.former)


AFTER = ("position/post-after-name", "position/chained-after-name", "position/copula", "position/office")


def copula(scene: Scene, k: int) -> Held | None:
    """«Петров был директором», «директором стал Петров», «Петрова назначили директором»."""
    words, post = scene.words, scene.posts[k]
    if "Ins" not in post.cases and post.cases:
        return None
    verb = _verb_near(scene, post, verbs().copulas)
    if verb is None or words.feats[verb].get("VerbForm") == "Inf" or words.norm[verb - 1] in ("не", "бы"):
        return None
    holders = _holders_at(scene, verb, post)
    if words.lemma[verb] not in verbs().appointing:
        holders = [holder for holder in holders if _may_be_subject(words, holder)]
    former = words.lemma[verb] in verbs().lasting and words.feats[verb].get("Tense") == "Past"
    if not post.bodies:
        post.bodies = _relative_body(scene, post)
    return Held(holders, "position/copula", former)


def _relative_body(scene: Scene, post: Post) -> list[Body]:
    """«банк «Восход», директором которого был Петров»."""
    words = scene.words
    if words.lemma[post.end : post.end + 1] != ["который"] or words.text[post.start - 1] != ",":
        return []
    at = post.start - 2
    found = scene.mentions.at.get(at if words.text[at] not in CLOSING else at - 1)
    return [Body(found[0].name, found[0].id)] if found is not None and found[0].type != "PER" else []


def _verb_near(scene: Scene, post: Post, lemmas: frozenset[str]) -> int | None:
    """The verb before the post, or soon after it."""
    words = scene.words
    first, stop = words.sentences[words.sentence[post.head]]
    for i in range(post.start - 1, max(first, post.start - NEAR) - 1, -1):
        if words.lemma[i] in lemmas and words.pos[i] in ("VERB", "AUX", "ADJ"):
            return i
        if _is_predicate(words, i) or words.text[i] in ";:":
            break
    for i in range(post.end, min(stop, post.end + 9)):
        if words.lemma[i] in lemmas and words.pos[i] in ("VERB", "AUX", "ADJ"):
            return i
        if words.text[i] in ",;:—" and not _opens_relative(words, i):
            break
    return None


def _is_predicate(words: Words, i: int) -> bool:
    """A finite verb or a short participle: «убит», «сообщил»."""
    feats = words.feats[i]
    return words.pos[i] == "VERB" and (feats.get("VerbForm") == "Fin" or feats.get("Variant") == "Short")


def _opens_relative(words: Words, i: int) -> bool:
    return i + 1 < len(words) and words.lemma[i + 1] == "который"


def _holders_at(scene: Scene, verb: int, post: Post) -> list[Holder]:
    """The people that a verb speaks of: its subject, or the object of an appointment."""
    words = scene.words
    first, stop = words.sentences[words.sentence[verb]]
    if post.start > verb:  # «Петров стал директором»
        found = _people(scene, verb + 1, post.start) or _relative(scene, first, verb)
    else:  # «директором стал Петров»
        end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:"), stop)
        found = _people(scene, verb + 1, end)[:1]
        if found and post.plural:
            return _listed(scene, found[0])
    if found:
        return found[-1:]
    before = _people(scene, first, min(verb, post.start))[-1:] or _unnamed_subject(scene, verb)
    return _listed_back(scene, before[0]) if before and post.plural else before


def _unnamed_subject(scene: Scene, verb: int) -> list[Holder]:
    """«Ранее был директором»: the person of the sentence before, if the verb has no subject of its own."""
    words = scene.words
    number = words.sentence[verb]
    subjects = [i for i in words.children[verb] if words.dep[i].startswith("nsubj")]
    if number == 0 or subjects or words.feats[verb].get("Number") != "Sing":
        return []
    start, stop = words.sentences[number - 1]
    named = [holder for holder in _people(scene, start, stop) if _may_be_subject(words, holder)]
    return named[:1] if len({holder.entity.id for holder in named}) == 1 else []


def _may_be_subject(words: Words, holder: Holder) -> bool:
    """Nothing in the name is tagged as an oblique case."""
    return all(words.case(i) in (None, "Nom") for i in range(holder.mention.start, holder.mention.end))


def _people(scene: Scene, start: int, stop: int) -> list[Holder]:
    """The people named, or referred to by a pronoun, in tokens `start` to `stop`."""
    found = []
    for i in range(start, stop):
        hit = scene.mentions.starting(i)
        if hit is not None and hit[0].type == "PER":
            found.append(Holder(*hit))
        elif hit is None and scene.words.norm[i] in PERSONAL and (last := _named_before(scene, i)):
            found.append(last)
    return found


PERSONAL = frozenset({"он", "она"})


def _named_before(scene: Scene, i: int) -> Holder | None:
    """The person named last, for a pronoun that the aliases leave open."""
    words = scene.words
    for mention, entity in reversed(scene.mentions.ordered):
        near = words.sentence[i] - words.sentence[mention.start] <= 1
        if mention.end <= i and near and entity.type == "PER" and _may_be_subject(words, Holder(entity, mention)):
            return Holder(entity, Mention(i, i + 1, anaphor=True))
    return None


def _relative(scene: Scene, first: int, verb: int) -> list[Holder]:
    """«Петров, который был директором»: whom the pronoun before the verb means."""
    for i in range(verb - 1, max(first, verb - 8), -1):
        if scene.words.lemma[i] == "который" and scene.words.case(i) == "Nom":
            holder = scene.person_ending(i - 1)
            return [holder] if holder else []
    return []


def office(scene: Scene, k: int) -> Held | None:
    """«Петров занимает пост директора», «покинул должность», «на пост директора назначен Петров»."""
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
    end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:—"), stop)
    holders = _people(scene, verb + 1, noun) if verb < noun else _people(scene, verb + 1, end)
    if words.lemma[verb] in verbs().nominating and _is_active(words, verb):
        holders = holders or _people(scene, post.end, min(stop, post.end + 8))[:1]
        return Held(holders, "position/office") if holders else None
    holders = holders or _relative(scene, first, verb) or _people(scene, first, min(verb, noun))[-1:]
    holders = holders or _unnamed_subject(scene, verb)
    past = words.feats[verb].get("Tense") == "Past"
    former = words.lemma[verb] in verbs().leaving or (words.lemma[verb] in verbs().lasting and past)
    return Held(holders[:1], "position/office", former)


def _is_active(words: Words, verb: int) -> bool:
    """A finite verb that takes an object: «выдвинул», not «выдвинут»."""
    feats = words.feats[verb]
    return feats.get("VerbForm") == "Fin" and feats.get("Voice") != "Pass"


def _is_finite(words: Words, i: int) -> bool:
    return words.pos[i] in ("VERB", "AUX") and words.feats[i].get("VerbForm") in (
        "Fin",
        "Part",
        "Inf",
        "Conv",
    )


def led_by_verb(scene: Scene) -> Iterator[tuple[Entity, Position]]:
    """«Петров возглавляет «Восход»», «руководит отделом рекламы»: the verb itself names the post."""
    words = scene.words
    for verb, lemma in enumerate(words.lemma):
        if lemma not in verbs().leading or words.pos[verb] not in ("VERB", "AUX"):
            continue
        led = read_led(words, scene.mentions, verb)
        if led is None or words.norm[verb - 1] == "не":
            continue
        body = led.bodies[0] if led.bodies else _last_organization(scene, verb)
        past = words.feats[verb].get("Tense") == "Past" and words.feats[verb].get("Aspect") == "Imp"
        for holder in _leaders(scene, verb):
            start = min(holder.mention.start, verb)
            name, ref = body if body is not None else (None, None)
            yield holder.entity, Position(led.title, name, ref, past, start, led.end, "position/leading-verb")


def _leaders(scene: Scene, verb: int) -> list[Holder]:
    """Who leads: the subject before the verb, the relative pronoun's antecedent, the noun of a participle."""
    words = scene.words
    first, _ = words.sentences[words.sentence[verb]]
    if words.feats[verb].get("VerbForm") in ("Part", "Conv"):
        holder = scene.person_ending(verb - 1) if words.text[verb - 1] == "," else None
        return [holder] if holder else []
    if relative := _relative(scene, first, verb):
        return relative
    before = [h for h in _people(scene, max(first, verb - NEAR), verb) if _may_be_subject(words, h)][-1:]
    before = before or _unnamed_subject(scene, verb)
    singular = words.feats[verb].get("Number") == "Sing"
    return _listed_back(scene, before[0]) if before and not singular else before


def _last_organization(scene: Scene, i: int, kinds: frozenset[str] = EMPLOYERS) -> Body | None:
    entity = scene.mentions.referents.employer(i, kinds)
    return Body(entity.name, entity.id) if entity is not None else None


def _positions(scene: Scene, post: Post, held: Held) -> Iterator[tuple[Entity, Position]]:
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


def _assign(words: Words, entities: list[Entity], stated: list[tuple[Entity, Position]]) -> None:
    """Give each person the positions that the article states, each once, in text order, the headline's last."""
    people: dict[str, list[Position]] = {entity.id: [] for entity in entities if entity.type == "PER"}
    headline = _headline_end(words)
    for entity, position in sorted(stated, key=lambda pair: (pair[1].end <= headline, pair[1].start)):
        people[entity.id].append(position)
    for entity in entities:
        if entity.type == "PER":
            entity.positions = _distinct([p for p in people[entity.id] if p.title not in lexicon().statuses])


def _headline_end(words: Words) -> int:
    """Where the headline ends: a first sentence without a full stop, before a line break; 0 without one."""
    end = words.sentences[0][1] if words.sentences else 0
    broken = any("\n" in words.text[i] for i in range(max(0, end - 1), min(end + 1, len(words))))
    return end if broken and not any(words.text[i] == "." for i in range(max(0, end - 2), end)) else 0


def _distinct(positions: list[Position]) -> list[Position]:
    kept: list[Position] = []
    for position in positions:
        same = next((other for other in kept if _is_same(other, position)), None)
        if same is None:
            kept.append(position)
            continue
        if same.organization is None and not _heads_ministry(position, same):
            same.organization, same.ref = position.organization, position.ref
        if same.title in position.title:
            same.title = position.title
    return kept


def _is_same(first: Position, second: Position) -> bool:
    """One post named twice: the same organization, the same or a more general title."""
    if first.former != second.former:
        return False
    if _heads_ministry(first, second) or _heads_ministry(second, first):
        return True
    if not _same_body(first.organization, second.organization):
        return False
    one, other = (f" {_plain(position.title)} " for position in (first, second))
    if one in other or other in one:
        return True
    return first.organization is not None and bool({first.title, second.title} & lexicon().general)


def _plain(title: str) -> str:
    """A title with its words replaced by their plain synonyms, for comparison: «гендиректор», «голкипер»."""
    synonyms = lexicon().synonyms
    return " ".join(synonyms.get(word, word) for word in title.split())


def _heads_ministry(one: Position, other: Position) -> bool:
    """«министр обороны» of a country is «глава» of its ministry."""
    ministry = (one.organization or "").lower()
    return one.title in lexicon().general and ministry.startswith(("мин", "мид")) and other.title.startswith("министр")


def _same_body(first: str | None, second: str | None) -> bool:
    if first is None or second is None:
        return True
    one, other = set(first.lower().split()), set(second.lower().split())
    return one <= other or other <= one


def _needs_organization(position: Position) -> bool:
    """«партнер», «совладелец» of nothing that has a name are no posts."""
    return any(word in lexicon().hollow for word in position.title.split()[:2])


def settle_unsaid(scene: Scene) -> None:
    """Complete the posts for which the article names no organization or country anywhere."""
    for k, held in scene.held.items():
        post = scene.posts[k]
        for holder in held.holders:
            for position in holder.entity.positions:
                if position.organization is None and position.title == post.title:
                    body = _unsaid(scene, post, holder)
                    if body is not None:
                        position.organization, position.ref = body


def _unsaid(scene: Scene, post: Post, holder: Holder) -> Body | None:
    if post.title == "заместитель министра" or post.lemma.startswith("замминистр"):
        ministry = scene.mentions.before(post.start, lambda e: e.type == "ORG" and e.name.startswith(MINISTRIES))
        if ministry is not None:
            return Body(ministry.name, ministry.id)
    if post.is_federal:
        return settle_country(scene, post, holder)
    if post.lemma in lexicon().regional:
        return _last_place(scene, post, lexicon().regional[post.lemma])
    if post.lemma in lexicon().players:
        return _last_organization(scene, post.start, frozenset({"club"}))
    if post.lemma in lexicon().dependent or any(word in lexicon().units for word in post.inner):
        kinds = EMPLOYERS | GOVERNMENT if post.lemma in OFFICIALS else EMPLOYERS
        return _last_organization(scene, post.start, kinds)
    return None


def _last_place(scene: Scene, post: Post, kind: str) -> Body | None:
    place = scene.mentions.before(post.start, lambda entity: entity.type == "LOC" and entity.kind == kind)
    return Body(place.name, place.id) if place is not None else None


def settle_country(scene: Scene, post: Post, holder: Holder) -> Body | None:
    """The country of a federal post that is named without one.

    It is Russia's for a Russian name that isn't known as another country's leader's, else that of the foreign
    country named last before the post.
    """
    last = (holder.entity.last or holder.entity.name.split()[-1]).replace("ё", "е")
    name = lexicon().leaders.get(last)
    first = (holder.entity.first or "").replace("ё", "е")
    native = RUSSIAN_LAST_NAME.search(last.lower()) and (not first or first in lexicon().first_names)
    if name is not None or native:
        return scene.mentions.place(name or "Россия")
    country = scene.mentions.referents.foreign_country(post.start)
    return Body(country.name, country.id) if country is not None else None


MINISTRIES = ("Мин", "МИД", "МВД", "МЧС")
RUSSIAN_LAST_NAME = re.compile(r"(?:(?:[оеё]в|[иы]н)а?|[сц]к(?:ий|ой|ая)|[нй]ко|[чш]ук|ых|[аея]к)$")


RULES = [post_before_name, chained_before_name, name_after_dash, post_after_name, office, copula]
