"""The pipeline: text → language → entities → relations, each step a spaCy component, Doc in, Doc out."""

import spacy
from spacy.language import Language

from extract import annotations
from extract.deals import candidate, frames, judge, learned, merge, neighbours, refer, report, unite, values
from extract.deals.rulebook import load_rules
from extract.entities import gazetteer
from extract.language import tokenizer
from extract.learned import reader
from extract.positions import component as positions
from extract.relations import facts

# Components are registered by being imported.
REGISTERING = (
    facts,
    frames,
    gazetteer,
    judge,
    learned,
    merge,
    neighbours,
    positions,
    reader,
    refer,
    report,
    tokenizer,
    unite,
    values,
)

COMPONENTS = [
    "ru_slovnet",  # parts of speech, morphology, syntax, proposed names
    "ru_lemmas",
    "ru_dates",  # doc._.dates
    "ru_amounts",  # doc._.amounts
    "ru_people",  # doc.ents: names of people repaired and added
    "ru_organizations",  # doc.ents: organizations likewise
    "ru_locations",  # doc.ents: places likewise
    "ru_gazetteer",  # doc.ents: the user's organizations
    "ru_aliases",  # doc._.entities: mentions of one thing joined under its canonical name
    "ru_posts",  # doc._.posts: where posts are spoken of
    "ru_reader",  # doc._.read: what the network sees
    "ru_positions",  # doc._.positions: who holds which post where
    "ru_frames",  # doc._.proposed and doc._.related: deals and relations as frames see them, sentence by sentence
    "ru_relations",  # doc._.relations: ownership, meeting, part_of
    "ru_values",  # doc._.completed: their status, sum, stake, date, subject
    "ru_reference",  # doc._.referred: whom participants act for; what was told before
    "ru_merge",  # doc._.merged: every deal once
    "ru_neighbours",  # doc._.finished: sums and days of the sentences after
    "ru_learned",  # doc._.learned: the deals that the network proposes
    "ru_unite",  # doc._.united: the deals of both
    "ru_judge",  # doc._.judged: how sure
    "ru_deals",  # doc._.deals: those sure enough
]
NAMING = ("ru_gazetteer", "ru_aliases")  # components that know the user's organizations
RULED = COMPONENTS[COMPONENTS.index("ru_frames") :]  # those read the user's rules
MODEL = "ru_reader"  # the component that needs the network's weights

LONGEST = 100_000_000  # characters; the models see a text in windows, so its length costs time, not memory


def build(rules: str | None = None, model: bool = True) -> Language:
    """Build the pipeline with its models.

    Args:
        rules: a TOML file, or a folder of them, of the user's own types, frames and lexicons.
        model: whether the network reads along.
    """
    annotations.register(*candidate.LAYERS)
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "extract.razdel.v1"}}})
    nlp.max_length = LONGEST
    organizations = [known.model_dump(mode="json") for known in load_rules(rules).organizations]
    configs = {"rules": dict.fromkeys(RULED, rules), "organizations": dict.fromkeys(NAMING, organizations)}
    for name in COMPONENTS:
        if name == MODEL and not model:
            continue
        nlp.add_pipe(name, config={key: config[name] for key, config in configs.items() if name in config})
    return nlp
