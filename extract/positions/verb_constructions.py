"""Posts given by verbs: «стал директором», «занимает пост директора», «возглавляет «Восход»»."""

from collections.abc import Iterator

from extract.annotations import Entity, Position
from extract.language.words import Words
from extract.positions.complements import CLOSING, OPENING, is_generic
from extract.positions.holders import Holder, Holding, Scene, listed, listed_back, may_be_subject, people_in
from extract.positions.mention_index import Body
from extract.positions.post_heads import post_verbs
from extract.positions.posts import Post, read_led

NEAR = 14  # tokens between a verb and the post that it gives
OBJECTS = frozenset({"которого", "которую", "которых"})


def copula(scene: Scene, k: int) -> Holding | None:
    """«Петров был директором», «директором стал Петров», «Петрова назначили директором»."""
    words, post = scene.words, scene.posts[k]
    if "Ins" not in post.cases and post.cases:
        return None
    verb = _verb_near(scene, post, post_verbs().copulas)
    if verb is None or words.norm[verb - 1] in ("не", "бы") or words.pos[post.start - 1] == "ADP":
        return None  # «работала с мэром»
    ceased = words.lemma[verb - 1] in post_verbs().ceasing  # «перестал быть директором»
    if words.feats[verb].get("VerbForm") == "Inf" and not ceased:
        return None
    holders = _holders_at(scene, verb, post)
    if words.lemma[verb] not in post_verbs().appointing:
        holders = [holder for holder in holders if may_be_subject(words, holder)]
    former = ceased or (words.lemma[verb] in post_verbs().lasting and words.feats[verb].get("Tense") == "Past")
    if not post.bodies:
        post.bodies = _relative_body(scene, post)
    return Holding(holders, "position/copula", former)


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
        found = people_in(scene, verb + 1, post.start) or _relative(scene, first, verb)
    else:  # «директором стал Петров»
        end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:"), stop)
        found = people_in(scene, verb + 1, end)[:1]
        if found and post.plural:
            return listed(scene, found[0])
    if found:
        return found[-1:]
    before = people_in(scene, first, min(verb, post.start))[-1:] or _unnamed_subject(scene, verb)
    return listed_back(scene, before[0]) if before and post.plural else before


def _unnamed_subject(scene: Scene, verb: int) -> list[Holder]:
    """«Ранее был директором»: the person of the sentence before, if the verb has no subject of its own."""
    words = scene.words
    number = words.sentence[verb]
    subjects = [i for i in words.children[verb] if words.dep[i].startswith("nsubj")]
    if number == 0 or subjects or words.feats[verb].get("Number") != "Sing":
        return []
    start, stop = words.sentences[number - 1]
    named = [holder for holder in people_in(scene, start, stop) if may_be_subject(words, holder)]
    return named[:1] if len({holder.entity.id for holder in named}) == 1 else []


def _relative(scene: Scene, first: int, verb: int) -> list[Holder]:
    """«Петров, который был директором», «которого уволили с поста»: whom the pronoun before the verb means."""
    moved = _is_active(scene.words, verb) and scene.words.lemma[verb] in post_verbs().nominating | post_verbs().leaving
    for i in range(verb - 1, max(first, verb - (NEAR if moved else 8)), -1):
        object = moved and scene.words.norm[i] in OBJECTS
        if scene.words.lemma[i] == "который" and (object or scene.words.case(i) == "Nom"):
            holder = scene.person_ending(i - 1)
            return [holder] if holder else []
    return []


def appointment(scene: Scene, k: int) -> Holding | None:
    """«назначение Петрова директором», «после избрания Петрова президентом»."""
    post, holder = scene.posts[k], scene.person_ending(scene.posts[k].start)
    if holder is None or (post.cases and "Ins" not in post.cases):
        return None
    noun = scene.words.lemma[holder.mention.start - 1]
    return Holding([holder], "position/appointment") if noun in post_verbs().appointments else None


def office(scene: Scene, k: int) -> Holding | None:
    """«Петров занимает пост директора», «покинул должность», «на пост директора назначен Петров»."""
    words, post = scene.words, scene.posts[k]
    noun = post.start - 1
    if noun < 0 or words.lemma[noun] not in post_verbs().offices or _is_sought(words, noun):
        return None
    first, stop = words.sentences[words.sentence[noun]]
    verb = next((i for i in range(noun - 1, max(first, noun - NEAR) - 1, -1) if _is_finite(words, i)), None)
    if verb is None:
        verb = next((i for i in range(post.end, min(stop, post.end + 5)) if _is_finite(words, i)), None)
    if verb is None:
        return None
    if words.lemma[verb] in post_verbs().seeking:
        return None
    after = scene.person(post.end)
    if verb < noun and words.feats[verb].get("VerbForm") == "Part" and words.text[verb - 1] != "," and after:
        return Holding([after], "position/office")  # «занимающий пост директора Иван Петров»
    end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:—"), stop)
    holders = people_in(scene, verb + 1, noun) if verb < noun else people_in(scene, verb + 1, end)
    if words.lemma[verb] in post_verbs().nominating and _is_active(words, verb):
        holders = holders or people_in(scene, post.end, min(stop, post.end + 8))[:1]
        return Holding(holders, "position/office") if holders else None
    holders = holders or _relative(scene, first, verb) or people_in(scene, first, min(verb, noun))[-1:]
    holders = holders or _unnamed_subject(scene, verb)
    if words.lemma[noun] == "качество":
        holders = [holder for holder in holders if may_be_subject(words, holder)]
    past = words.feats[verb].get("Tense") == "Past"
    former = words.lemma[verb] in post_verbs().leaving or (words.lemma[verb] in post_verbs().lasting and past)
    return Holding(holders[:1], "position/office", former)


def _is_sought(words: Words, noun: int) -> bool:
    """«кандидат на пост», «прекращение полномочий»."""
    before = noun - 1 - (words.pos[noun - 1] == "ADP")
    return before >= 0 and words.lemma[before] in post_verbs().seekers


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
        if lemma not in post_verbs().leading or words.pos[verb] not in ("VERB", "AUX"):
            continue
        led = read_led(words, scene.mentions, verb)
        if led is None or words.norm[verb - 1] == "не":
            continue
        body = led.bodies[0] if led.bodies else _employer(scene, verb)
        past = words.feats[verb].get("Tense") == "Past" and words.feats[verb].get("Aspect") == "Imp"
        for holder in _leaders(scene, verb):
            start = min(holder.mention.start, verb)
            name, ref = body if body is not None else (None, None)
            yield holder.entity, Position(led.title, name, ref, past, start, led.end, "position/leading-verb")


def headed(scene: Scene) -> Iterator[tuple[Entity, Position]]:
    """««Восход» во главе с Петровым», «правительство Франции во главе с Петровым»."""
    words = scene.words
    for i in range(1, len(words) - 3):
        if words.norm[i : i + 3] != ["во", "главе", "с"] or (holder := scene.person(i + 3)) is None:
            continue
        found = scene.mentions.at.get(i - 1 - (words.text[i - 1] in CLOSING))
        if found is not None and found[0].type == "ORG" and not _is_complement(scene, found[1].start):
            start, end = found[1].start, holder.mention.end
            yield holder.entity, Position("глава", found[0].name, found[0].id, False, start, end, "position/headed")


def _is_complement(scene: Scene, i: int) -> bool:
    """A name in the genitive after a noun that isn't a mere «компания»: «делегация «Восхода»»."""
    words, before = scene.words, i - 1 - (scene.words.text[i - 1] in OPENING)
    if before < 0 or words.pos[before] != "NOUN":
        return False
    return not is_generic(words, scene.mentions, before)


def _leaders(scene: Scene, verb: int) -> list[Holder]:
    """Who leads: the subject before the verb, the relative pronoun's antecedent, the noun of a participle."""
    words = scene.words
    first, _ = words.sentences[words.sentence[verb]]
    if words.feats[verb].get("VerbForm") in ("Part", "Conv"):
        holder = scene.person_ending(verb - 1) if words.text[verb - 1] == "," else None
        return [holder] if holder else []
    if relative := _relative(scene, first, verb):
        return relative
    before = [h for h in people_in(scene, max(first, verb - NEAR), verb) if may_be_subject(words, h)][-1:]
    before = before or _unnamed_subject(scene, verb)
    singular = words.feats[verb].get("Number") == "Sing"
    return listed_back(scene, before[0]) if before and not singular else before


def _employer(scene: Scene, i: int) -> Body | None:
    entity = scene.mentions.referents.employer(i)
    return Body(entity.name, entity.id) if entity is not None else None
