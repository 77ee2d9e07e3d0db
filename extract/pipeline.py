"""The pipeline: text → language → entities → relations, each step a spaCy component, Doc in, Doc out."""

import spacy
from spacy.language import Language

from extract import annotations
from extract.language import tokenizer as tokenizer  # registers it
from extract.positions import component as component  # registers it, whatever entry points are installed

COMPONENTS = [
    "ru_slovnet",  # parts of speech, morphology, syntax, proposed names
    "ru_lemmas",
    "ru_dates",  # doc._.dates
    "ru_amounts",  # doc._.amounts
    "ru_people",  # doc.ents: names of people repaired and added
    "ru_organizations",  # doc.ents: organizations likewise
    "ru_locations",  # doc.ents: places likewise
    "ru_aliases",  # doc._.entities: mentions of one thing joined under its canonical name
    "ru_positions",  # doc._.positions: who holds which post where
    "ru_relations",  # doc._.relations: ownership, meeting, part_of
    "ru_deals",  # doc._.deals
]


LONGEST = 100_000_000  # characters; the models see a text in windows, so its length costs time, not memory


def build(rules: str | None = None) -> Language:
    """Build the pipeline with its models.

    Args:
        rules: a TOML file of the user's own frames and lexicons.
    """
    annotations.register()
    nlp = spacy.blank("ru", config={"nlp": {"tokenizer": {"@tokenizers": "extract.razdel.v1"}}})
    nlp.max_length = LONGEST
    for name in COMPONENTS:
        nlp.add_pipe(name, config={"rules": rules} if name == "ru_deals" else {})
    return nlp
