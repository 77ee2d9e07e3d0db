"""`extract-ru report`: records → a page to look at; many records → several pages and an index of them."""

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract.pages.labels import labels
from extract.pages.page import ECHARTS, page
from extract.pages.records import RecordsError
from extract.pages.view import Json, view_of
from extract.record import Record

# The charting library comes last: the table is there before the browser has read it.
SCRIPTS = ("static/dom.js", "static/article.js", "static/deals.js", "static/charts.js", "static/report.js", ECHARTS)
ARTICLES = 2_500  # on one page
BYTES = 20_000_000  # of data on one page; the charting library adds 1.1 million


@dataclass
class Part:
    """What the index says of one page."""

    name: str
    articles: int
    deals: int
    first: str | None
    last: str | None
    organizations: list[tuple[str, int]]


@dataclass
class _Pile:
    """Articles that go on one page, and their size in bytes."""

    views: list[Json] = field(default_factory=list)
    size: int = 0


def write_report(
    records: Iterable[Record], out: Path, rules: Path | None = None, articles: int = ARTICLES
) -> list[Path]:
    """Write the report.

    Args:
        records: read one by one; only those of one page are held.
        out: the page; the index, if there are more records than one page can hold, of `out-1.html`, `out-2.html`…
        rules: the user's rules file, for the names of its types and roles.
        articles: how many at most stand on one page.

    Returns:
        The files written, the one to open first.

    Raises:
        RecordsError: there are no records.
    """
    named = labels(rules)
    piles = _piles((view_of(record) for record in records), articles)
    pile, following = next(piles, None), next(piles, None)
    if pile is None:
        raise RecordsError("there are no records; is the file what `extract-ru run -o` wrote?")
    if following is None:
        out.write_text(_page(pile.views, named, None), "utf-8")
        return [out]
    parts: list[Part] = []
    while pile is not None:
        part = _part(f"{out.stem}-{len(parts) + 1}{out.suffix}", pile.views)
        (out.parent / part.name).write_text(_page(pile.views, named, out.name), "utf-8")
        parts.append(part)
        pile, following = following, next(piles, None)
    out.write_text(page("index.html", parts=parts), "utf-8")
    return [out, *(out.parent / part.name for part in parts)]


def _piles(views: Iterable[Json], articles: int) -> Iterator[_Pile]:
    pile = _Pile()
    for view in views:
        size = len(json.dumps(view, ensure_ascii=False).encode())
        if pile.views and (len(pile.views) >= articles or pile.size + size > BYTES):
            yield pile
            pile = _Pile()
        pile.views.append(view)
        pile.size += size
    if pile.views:
        yield pile


def _page(views: list[Json], named: Json, index: str | None) -> str:
    data: Json = {"labels": named, "articles": views}
    return page("report.html", SCRIPTS, data, index=index, summary=_part("", views), labels=named)


def _part(name: str, views: list[Json]) -> Part:
    days = sorted(view["published"] for view in views if view["published"])
    organizations: Counter[str] = Counter()
    for view in views:
        ids = {organization["id"] for organization in view["organizations"]}
        organizations.update(
            {party["name"] for deal in view["deals"] for party in deal["participants"] if party["ref"] in ids}
        )
    return Part(
        name=name,
        articles=len(views),
        deals=sum(len(view["deals"]) for view in views),
        first=days[0] if days else None,
        last=days[-1] if days else None,
        organizations=organizations.most_common(10),
    )
