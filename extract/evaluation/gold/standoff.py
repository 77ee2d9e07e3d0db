"""Samples annotated by labelled spans and relations between them, whatever file they come from."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from extract.evaluation.gold.labels import LabelMap, choose
from extract.evaluation.samples import GoldError, Relation, RelationArgument, Sample, Span


@dataclass(frozen=True, slots=True)
class Bound:
    """A labelled stretch of the text."""

    label: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A labelled relation from one stretch to another."""

    label: str
    first: Bound
    second: Bound


@dataclass(slots=True)
class Annotated:
    """An article with its stretches and links, under the annotator's own labels."""

    text: str
    id: str
    bounds: list[Bound]
    links: list[Link] = field(default_factory=list)
    published: str | None = None
    title: str | None = None


def samples(source: Path, articles: Sequence[Annotated], labels: Path | None) -> list[Sample]:
    """Put annotated articles into our types; what the map doesn't name is left out.

    A type that no article of the source annotates isn't scored.

    Raises:
        GoldError: no label is known, or a stretch lies outside its text.
    """
    found = {bound.label for article in articles for bound in article.bounds}
    mapping = choose(source, found, labels)
    types = frozenset(type for label in found if (type := mapping.type(label)))
    links = {link.label for article in articles for link in article.links}
    relations = frozenset(mapping.relations[label].type for label in links if label in mapping.relations)
    return [_sample(source, article, mapping, types, relations) for article in articles]


def _sample(
    source: Path, article: Annotated, labels: LabelMap, types: frozenset[str], relations: frozenset[str]
) -> Sample:
    for bound in article.bounds:
        if not 0 <= bound.start < bound.end <= len(article.text):
            raise GoldError(
                f"{source}, article {article.id}: {bound.label} {bound.start}–{bound.end} lies outside "
                f"the text of {len(article.text)} characters"
            )
    typed = [(bound, labels.type(bound.label)) for bound in article.bounds]
    return Sample(
        text=article.text,
        id=article.id,
        published=article.published,
        title=article.title,
        spans=[Span(bound.start, bound.end, type) for bound, type in typed if type],
        span_types=types,
        relations=[_relation(article.text, link, labels) for link in article.links if _is_scored(link, labels)]
        if relations
        else None,
        relation_types=relations,
    )


def _is_scored(link: Link, labels: LabelMap) -> bool:
    """The map names the relation and both its ends."""
    ends = (link.first, link.second)
    return link.label in labels.relations and all(labels.type(bound.label) for bound in ends)


def _relation(text: str, link: Link, labels: LabelMap) -> Relation:
    known = labels.relations[link.label]
    ends = (link.first, link.second)
    return Relation(
        known.type,
        tuple(
            RelationArgument(role, text[bound.start : bound.end], ((bound.start, bound.end),))
            for role, bound in zip(known.roles, ends, strict=True)
        ),
        min(bound.start for bound in ends),
        max(bound.end for bound in ends),
    )
