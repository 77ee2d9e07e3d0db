"""What became of a variant: whether the record tells its deals, and no others."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Literal, get_args

from forms import Name
from variants import Told, Variant

import extract
from extract.evaluation.names import any_match
from extract.record import Deal, Record

Outcome = Literal["right", "partly", "another type", "roles mixed", "missed", "one too many"]
OUTCOMES: tuple[Outcome, ...] = get_args(Outcome)
PUBLISHED = "2024-03-12"


def outcome(variant: Variant, record: Record) -> Outcome:
    """Compare a record with what its text tells; the worst of what is wrong is told."""
    deals = list(record.deals)
    wrong: set[Outcome] = set()
    for told in variant.told:
        same = [deal for deal in deals if deal.type == told.type]
        best = max(same, key=lambda deal: _fitting(told, deal), default=None)
        if best is None:
            others = [deal for deal in deals if _parties(told, deal)]
            wrong.add("another type" if others and len(variant.told) == 1 else "missed")
            deals = [deal for deal in deals if deal not in others]
            continue
        deals.remove(best)
        if _mixed(told, best):
            wrong.add("roles mixed")
        elif _fitting(told, best) < len(told.names) or len(best.participants) > len(told.names):
            wrong.add("partly")
    if deals:
        wrong.add("one too many")
    worst: tuple[Outcome, ...] = ("roles mixed", "another type", "one too many", "partly", "missed")
    return next((kind for kind in worst if kind in wrong), "right")


def _role(slot: str) -> str:
    return slot.rstrip("0123456789")


def _is(name: Name, called: str) -> bool:
    return any_match("PER" if name.kind == "person" else "ORG", (name.name,), (called,))


def _fitting(told: Told, deal: Deal) -> int:
    """How many of its names a deal has in their roles."""
    return sum(
        any(one.role == _role(slot) and _is(name, one.name) for one in deal.participants)
        for slot, name in told.names.items()
    )


def _parties(told: Told, deal: Deal) -> int:
    return sum(any(_is(name, one.name) for one in deal.participants) for name in told.names.values())


def _mixed(told: Told, deal: Deal) -> bool:
    """Does somebody do what another one does in the text?"""
    return any(
        _is(name, one.name) and one.role not in {_role(slot) for slot, other in told.names.items() if other == name}
        for one in deal.participants
        for name in told.names.values()
    )


def outcomes(
    extractor: extract.Extractor, variants: Sequence[Variant], workers: int = 1
) -> Iterator[tuple[Variant, Outcome]]:
    """Read all variants."""
    articles = (extract.Article(variant.text, variant.id, published=PUBLISHED) for variant in variants)
    for variant, record in zip(variants, extractor.pipe(articles, workers=workers), strict=True):
        yield variant, outcome(variant, record)


def table(found: Iterable[tuple[Variant, Outcome]], bases: Mapping[str, Outcome]) -> list[str]:
    """A row a change: its variants, those whose base is right, the share of these that is right, what went wrong."""
    rows: dict[str, Counter[str]] = {}
    for variant, what in found:
        count = rows.setdefault(variant.change, Counter())
        count["all"] += 1
        if bases[variant.base] == "right":
            count["based"] += 1
            count[what] += 1
    lines = ["| change | variants | base right | right | " + " | ".join(OUTCOMES[1:]) + " |"]
    lines.append("|---" * (4 + len(OUTCOMES) - 1) + "|")
    for change, count in sorted(rows.items(), key=lambda row: row[1]["right"] / max(row[1]["based"], 1)):
        share = f"{count['right'] / max(count['based'], 1):.3f}"
        wrong = " | ".join(str(count[kind]) for kind in OUTCOMES[1:])
        lines.append(f"| {change} | {count['all']} | {count['based']} | {share} | {wrong} |")
    return lines
