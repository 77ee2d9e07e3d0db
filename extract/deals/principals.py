"""Whom a participant acts for: «Москва заявила» is Russia, a minister signs for his country.

After the annotation guide: signatories are no participants, the party is whom they sign for; a capital that
acts is its state.
"""

from collections.abc import Iterable
from dataclasses import replace

from extract.annotations import Entity, Position, positions_by_person
from extract.deals.candidate import Argument
from extract.deals.filling import WITH
from extract.deals.schema import DealType
from extract.entities.places import country_of_capital
from extract.rules import table, words_in

WHERE = words_in("grammar", "where")
HOME = table("discourse")["home"]["name"]  # whose bodies are named without it: «правительство»
GENITIVES: list[list[str]] = table("discourse")["genitives"]["endings"]


class Principals:
    """Finds whom the participants of an article act for."""

    def __init__(self, entities: Iterable[Entity], positions: Iterable[Position] | None) -> None:
        self._by_id = {entity.id: entity for entity in entities}
        self._by_name = {entity.name: entity for entity in self._by_id.values() if entity.type == "LOC"}
        self._posts = positions_by_person(positions)

    def acting(self, argument: Argument, kind: DealType) -> Argument | None:
        """The argument with whom it acts for; None for a person who signs a treaty for nobody known."""
        if argument.type == "PER" and (kind.official or kind.roles[argument.role].official):
            post = self._post(argument)
            if argument.preposition in WITH and kind.treaty and not self._is_state(post):
                return None  # «контракт с директором»: she signs for herself, and no treaty
            if post is None:
                return argument
            principal = self._by_id.get(post.ref or "")
            if principal is None:
                return replace(argument, name=post.organization or argument.name, ref="")
            argument = _named(argument, principal)
        if argument.type == "LOC" and argument.kind == "city" and argument.preposition not in WHERE:
            country = country_of_capital(argument.name)
            if country is not None:
                known = self._by_name.get(country)
                return replace(argument, name=country, ref=known.id if known else argument.ref)
        if argument.type == "ORG" and argument.kind == "government" and kind.treaty:
            state = self._state_of_body(argument.name)
            return _named(argument, state) if state is not None else argument
        return argument

    def _post(self, argument: Argument) -> Position | None:
        return next((post for post in self._posts.get(argument.ref, ()) if post.ref or post.organization), None)

    def _is_state(self, post: Position | None) -> bool:
        body = self._by_id.get(post.ref or "") if post else None
        return body is not None and (body.type == "LOC" or body.kind in {"government", "international"})

    def _state_of_body(self, name: str) -> Entity | None:
        """«правительство Таиланда» → «Таиланд», where the article names the country; that of home needs no name."""
        for country, place in self._by_name.items():
            if place.kind == "country" and name.endswith(tuple(_genitives(country))):
                return place
        return self._by_name.get(HOME) if " " not in name else None


def _named(argument: Argument, entity: Entity) -> Argument:
    return replace(argument, name=entity.name, ref=entity.id, type=entity.type, kind=entity.kind or "")


def _genitives(country: str) -> list[str]:
    """The country as it may end the name of its body: «правительство Таиланд|а», «министерство Россия → России»."""
    return [f" {country}", *(f" {country.removesuffix(old)}{new}" for old, new in GENITIVES if country.endswith(old))]
