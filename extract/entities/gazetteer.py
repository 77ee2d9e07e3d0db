"""The pipeline component that finds the organizations that the user names."""

from collections.abc import Mapping, Sequence
from typing import Any

from spacy.language import Language
from spacy.tokens import Doc

from extract.entities.known import gazetteer_of
from extract.entities.mentions import Mentions
from extract.entities.organization_words import ORG


class GazetteerReader:
    """Doc in, Doc out; adds names to `doc.ents`."""

    def __init__(self, organizations: Sequence[Mapping[str, Any]]) -> None:
        self._known = gazetteer_of(organizations)

    def __call__(self, doc: Doc) -> Doc:
        if not self._known:
            return doc
        names = Mentions(doc)
        at = 0
        while at < len(names.words):
            match = self._known.match(names.words, at)
            end = match[0] if match is not None else at + 1
            covering = names.at(at)
            if match is not None and (covering is None or covering.end - covering.start <= end - at):
                names.put(at, end, ORG)
            at = end
        names.write(doc)
        return doc


@Language.factory(
    "ru_gazetteer",
    assigns=["doc.ents"],
    requires=["doc.ents", "token.lemma"],
    default_config={"organizations": []},
)
def create_gazetteer(nlp: Language, name: str, organizations: list[dict[str, Any]]) -> GazetteerReader:
    """Make the component; `organizations` are those of the user's rules, each with name, aliases, kind and INN."""
    return GazetteerReader(organizations)
