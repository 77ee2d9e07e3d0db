"""Records to show."""

from collections.abc import Callable
from pathlib import Path

import pytest

import extract
from extract.articles.headline import headline
from extract.record import (
    Amount,
    Date,
    Deal,
    DealAmount,
    DealDate,
    Mention,
    Organization,
    Party,
    Person,
    Position,
    Record,
    Span,
)

ARTICLES = Path(__file__).parents[2] / "corpus" / "articles"


@pytest.fixture(scope="session")
def records(extractor: extract.Extractor) -> list[Record]:
    """What the program reads from the corpus."""
    paths = sorted(ARTICLES.glob("*.txt"))
    texts = [path.read_text("utf-8") for path in paths]
    articles = [
        extract.Article(text, path.name, headline(text), path.name[:10])
        for path, text in zip(paths, texts, strict=True)
    ]
    return list(extractor.pipe(articles))


def mention(text: str, part: str) -> Mention:
    start = text.index(part)
    return Mention(start=start, end=start + len(part), text=part)


def place(text: str, part: str) -> Span:
    start = text.index(part)
    return Span(start=start, end=start + len(part), text=part)


@pytest.fixture(scope="session")
def make_record() -> Callable[..., Record]:
    """A record of one purchase, with names and words of one's own."""

    def make(
        buyer: str = "Лютик", target: str = "Василёк", id: str = "a1", title: str | None = "Сделка", before: str = ""
    ) -> Record:
        text = f"{before}14 июля {buyer} купил у партнёров {target} за 5 млн рублей, сказала глава {buyer} Анна Ким.\n"
        names = {"organizations": [("org-1", buyer), ("org-2", target)]}
        return Record(
            id=id,
            title=title,
            published="2023-07-20",
            language="ru",
            text=text,
            organizations=[
                Organization(id=key, name=name, aliases=[], kind="company", mentions=[mention(text, name)])
                for key, name in names["organizations"]
            ],
            people=[
                Person(
                    id="per-1",
                    name="Анна Ким",
                    first="Анна",
                    patronymic=None,
                    last="Ким",
                    aliases=["Ким"],
                    mentions=[mention(text, "Анна Ким")],
                    positions=[
                        Position(
                            title="глава",
                            organization=buyer,
                            ref="org-1",
                            former=False,
                            evidence=place(text, f"глава {buyer} Анна Ким"),
                        )
                    ],
                )
            ],
            locations=[],
            dates=[
                Date(
                    id="date-1",
                    value="2023-07-14",
                    start="2023-07-14",
                    end="2023-07-14",
                    grain="day",
                    mentions=[mention(text, "14 июля")],
                )
            ],
            amounts=[
                Amount(
                    id="amount-1",
                    kind="money",
                    value=5_000_000,
                    currency="RUB",
                    mentions=[mention(text, "5 млн рублей")],
                )
            ],
            deals=[
                Deal(
                    id="deal-1",
                    type="acquisition",
                    status="completed",
                    participants=[
                        Party(role="buyer", name=buyer, ref="org-1", mention=place(text, buyer)),
                        Party(role="target", name=target, ref="org-2", mention=place(text, target)),
                    ],
                    subject=None,
                    amount=DealAmount(value=5_000_000, currency="RUB", ref="amount-1"),
                    stake=None,
                    date=DealDate(value="2023-07-14", ref="date-1"),
                    trigger=place(text, "купил"),
                    evidence=[place(text, f"14 июля {buyer} купил у партнёров {target} за 5 млн рублей")],
                    confidence=0.9,
                    rule="acquisition/buy",
                )
            ],
            relations=[],
        )

    return make
