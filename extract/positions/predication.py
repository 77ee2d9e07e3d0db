"""Posts given by verbs and nouns: «стал директором», «занимает пост директора», «назначение директором»."""

from extract.language.words import Words
from extract.positions.agreement import may_be_subject
from extract.positions.holders import Holder, Holding, PostReading, listed, listed_back, people_in
from extract.positions.lexicon import function_words, post_verbs
from extract.positions.marks import CLOSING
from extract.positions.mention_index import Body
from extract.positions.posts import Post
from extract.positions.subjects import NEAR, is_active, relative_subject, unnamed_subject

NEAR_AFTER = 9  # tokens from a post to a verb after it
NEAR_OFFICE = 5  # the same where a noun for a post stands before it
NEAR_NAME = 8  # from a post to the name of whom someone puts in it


def copula(reading: PostReading, k: int) -> Holding | None:
    """«Петров был директором», «директором стал Петров», «Петрова назначили директором»."""
    words, post = reading.words, reading.posts[k]
    if "Ins" not in post.cases and post.cases:
        return None
    verb = _copula_near(reading, post)
    if verb is None or words.norm[verb - 1] in function_words().unreal or words.pos[post.start - 1] == "ADP":
        return None  # «работала с мэром»
    ceased = words.lemma[verb - 1] in post_verbs().ceasing  # «перестал быть директором»
    if words.feats[verb].get("VerbForm") == "Inf" and not ceased:
        return None
    holders = _holders_at(reading, verb, post)
    if words.lemma[verb] not in post_verbs().appointing:
        holders = [holder for holder in holders if may_be_subject(words, holder.mention)]
    if not post.bodies:
        post.bodies = _relative_body(reading, post)
    return Holding(holders, "position/copula", ceased or _is_over(words, verb))


def _is_over(words: Words, verb: int) -> bool:
    """«был», «занимал»: a verb that says nothing of the end, in the past."""
    return words.lemma[verb] in post_verbs().lasting and words.feats[verb].get("Tense") == "Past"


def _relative_body(reading: PostReading, post: Post) -> list[Body]:
    """«банк «Восход», директором которого был Петров»."""
    words = reading.words
    if words.text[post.start - 1] != "," or function_words().relatives.isdisjoint(words.lemma[post.end : post.end + 1]):
        return []
    at = post.start - 2
    found = reading.index.at.get(at if words.text[at] not in CLOSING else at - 1)
    return [Body(found[0].name, found[0].id)] if found is not None and found[0].type != "PER" else []


def _copula_near(reading: PostReading, post: Post) -> int | None:
    """The verb before the post, or soon after it."""
    words = reading.words
    first, stop = words.sentences[words.sentence[post.head]]
    for i in range(post.start - 1, max(first, post.start - NEAR) - 1, -1):
        if _is_copula(words, i):
            return i
        if _is_predicate(words, i) or words.text[i] in ";:":
            break
    for i in range(post.end, min(stop, post.end + NEAR_AFTER)):
        if _is_copula(words, i):
            return i
        if words.text[i] in ",;:—" and not _opens_relative(words, i):
            break
    return None


def _is_copula(words: Words, i: int) -> bool:
    return words.lemma[i] in post_verbs().copulas and words.pos[i] in ("VERB", "AUX", "ADJ")


def _is_predicate(words: Words, i: int) -> bool:
    """A finite verb or a short participle: «убит», «сообщил»."""
    feats = words.feats[i]
    return words.pos[i] == "VERB" and (feats.get("VerbForm") == "Fin" or feats.get("Variant") == "Short")


def _opens_relative(words: Words, i: int) -> bool:
    return i + 1 < len(words) and words.lemma[i + 1] in function_words().relatives


def _holders_at(reading: PostReading, verb: int, post: Post) -> list[Holder]:
    """The people that a verb speaks of: its subject, or the object of an appointment."""
    words = reading.words
    first, stop = words.sentences[words.sentence[verb]]
    if post.start > verb:  # «Петров стал директором»
        found = people_in(reading, verb + 1, post.start) or relative_subject(reading, first, verb)
    else:  # «директором стал Петров»
        end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:"), stop)
        found = people_in(reading, verb + 1, end)[:1]
        if found and post.plural:
            return listed(reading, found[0])
    if found:
        return found[-1:]
    before = people_in(reading, first, min(verb, post.start))[-1:] or unnamed_subject(reading, verb)
    return listed_back(reading, before[0]) if before and post.plural else before


def appointment(reading: PostReading, k: int) -> Holding | None:
    """«назначение Петрова директором», «после избрания Петрова президентом»."""
    post, holder = reading.posts[k], reading.person_ending(reading.posts[k].start)
    if holder is None or (post.cases and "Ins" not in post.cases):
        return None
    noun = reading.words.lemma[holder.mention.start - 1]
    return Holding([holder], "position/appointment") if noun in post_verbs().appointments else None


def office(reading: PostReading, k: int) -> Holding | None:
    """«Петров занимает пост директора», «покинул должность», «на пост директора назначен Петров»."""
    words, post = reading.words, reading.posts[k]
    noun = post.start - 1
    if noun < 0 or words.lemma[noun] not in post_verbs().offices or _is_sought(words, noun):
        return None
    verb = _verb_of_office(words, noun, post)
    if verb is None or words.lemma[verb] in post_verbs().seeking:
        return None
    after = reading.person(post.end)
    if verb < noun and words.feats[verb].get("VerbForm") == "Part" and words.text[verb - 1] != "," and after:
        return Holding([after], "position/office")  # «занимающий пост директора Иван Петров»
    first, stop = words.sentences[words.sentence[noun]]
    end = next((i for i in range(verb + 1, stop) if words.text[i] in ",;:—"), stop)
    holders = people_in(reading, verb + 1, noun if verb < noun else end)
    if words.lemma[verb] in post_verbs().nominating and is_active(words, verb):
        holders = holders or people_in(reading, post.end, min(stop, post.end + NEAR_NAME))[:1]
        return Holding(holders, "position/office") if holders else None
    holders = holders or relative_subject(reading, first, verb) or people_in(reading, first, min(verb, noun))[-1:]
    holders = holders or unnamed_subject(reading, verb)
    if words.lemma[noun] in post_verbs().capacities:
        holders = [holder for holder in holders if may_be_subject(words, holder.mention)]
    former = words.lemma[verb] in post_verbs().leaving or _is_over(words, verb)
    return Holding(holders[:1], "position/office", former)


def _verb_of_office(words: Words, noun: int, post: Post) -> int | None:
    """The verb before the noun for a post, or soon after the post."""
    first, stop = words.sentences[words.sentence[noun]]
    before = range(noun - 1, max(first, noun - NEAR) - 1, -1)
    after = range(post.end, min(stop, post.end + NEAR_OFFICE))
    return next((i for i in (*before, *after) if _is_verb(words, i)), None)


def _is_sought(words: Words, noun: int) -> bool:
    """«кандидат на пост», «прекращение полномочий»."""
    before = noun - 1 - (words.pos[noun - 1] == "ADP")
    return before >= 0 and words.lemma[before] in post_verbs().seekers


def _is_verb(words: Words, i: int) -> bool:
    """Any form of a verb but a short participle."""
    return words.pos[i] in ("VERB", "AUX") and words.feats[i].get("VerbForm") in ("Fin", "Part", "Inf", "Conv")
