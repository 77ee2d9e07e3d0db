"""Whom a participant acts for: «Москва заявила» is Russia, a minister signs for his country.

After the annotation guide: signatories are no participants, the party is whom they sign for; a capital that
acts is its state.
"""

from collections.abc import Iterable

from extract.annotations import Entity, Participant, Position, positions_by_person
from extract.entities.places import country_of_capital
from extract.relations.phrases import Phrase
from extract.relations.roles import Match

# Deals between states or bodies: a person in them signs for somebody.
OFFICIAL = {
    "agreement",
    "memorandum",
    "partnership",
    "supply",
    "grant",
    "joint_venture",
    "merger",
    "settlement",
}
TREATIES = {"agreement", "memorandum", "partnership"}


class Principals:
    """Finds whom the participants of an article act for."""

    def __init__(self, entities: list[Entity], positions: Iterable[Position] | None) -> None:
        self._by_name = {entity.name: entity for entity in entities if entity.type == "LOC"}
        self._by_id = {entity.id: entity for entity in entities}
        self._positions = positions_by_person(positions)

    def participant(self, role: str, phrase: Phrase, deal_type: str) -> Participant | None:
        """The participant that a phrase stands for in a role; None if a person signs for nobody known."""
        start, end = phrase.mention.start, phrase.mention.end
        entity = phrase.entity
        if entity.type == "PER" and (deal_type in OFFICIAL or role == "authority"):
            posts = self._positions.get(entity.id, [])
            post = next((position for position in posts if position.ref or position.organization), None)
            if phrase.preposition in {"с", "со"} and deal_type in TREATIES and not self._is_state(post):
                return None  # «контракт с директором»: she signs for herself, and no treaty
            if post is None:
                return Participant(role, entity.name, entity.id or None, start, end)
            principal = self._by_id.get(post.ref or "")
            if principal is None:
                return Participant(role, post.organization or entity.name, None, start, end)
            entity = principal
        if entity.type == "LOC" and entity.kind == "city" and phrase.preposition not in {"в", "из"}:
            country = country_of_capital(entity.name)
            if country is not None:
                known = self._by_name.get(country)
                return Participant(role, country, (known or entity).id or None, start, end)
        if entity.type == "ORG" and entity.kind == "government" and deal_type in TREATIES:
            entity = self._state_of_body(entity) or entity
        return Participant(role, entity.name, entity.id or None, start, end)

    def _is_state(self, post: Position | None) -> bool:
        body = self._by_id.get(post.ref or "") if post else None
        return body is not None and (body.type == "LOC" or body.kind in {"government", "international"})

    def known(self, match: Match, entity: Entity) -> Participant:
        """A party that the frame knows and the article names somewhere; the trigger stands for its mention."""
        token = match.predicate.trigger
        return Participant(next(iter(match.frame.roles)), entity.name, entity.id or None, token, token + 1)

    def _state_of_body(self, body: Entity) -> Entity | None:
        """«правительство Таиланда» → «Таиланд», where the article names the country; Russia's need no name."""
        for name, place in self._by_name.items():
            if place.kind == "country" and body.name.endswith(
                (f" {name}", f" {name[:-1]}и", f" {name[:-1]}ы", f" {name}а")
            ):
                return place
        return self._by_name.get("Россия") if " " not in body.name else None
