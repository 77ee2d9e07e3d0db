"""The extractor: articles in, records out."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from os import PathLike

from spacy.language import Language
from spacy.tokens import Doc

from extract import pipeline
from extract.record import Record, record_of


@dataclass(frozen=True, slots=True)
class Article:
    """A text to read; `published` is its date as `YYYY-MM-DD`, against which «вчера» is resolved."""

    text: str
    id: str | None = None
    title: str | None = None
    published: str | None = None


class Extractor:
    """Holds the models; read-only once made, so that threads can share it.

    Attributes:
        nlp: the spaCy pipeline underneath, usable on its own.
    """

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp

    def extract(
        self, text: str, id: str | None = None, title: str | None = None, published: str | None = None
    ) -> Record:
        """Read one article.

        Args:
            text: the article, headline included if it has one; never changed, all offsets refer to it.
            id: comes back as the record's `id`.
            title: the headline, if it is known apart from the text.
            published: the publication date, `YYYY-MM-DD`; without it relative dates keep their X.

        Raises:
            ValueError: the date is none, or the text holds a lone surrogate.
        """
        return next(self.pipe([Article(text, id, title, published)]))

    def pipe(self, articles: Iterable[Article | str], workers: int = 1) -> Iterator[Record]:
        """Read many articles, in batches through the models; records come in the articles' order.

        Args:
            articles: articles or plain strings; read as they are needed.
            workers: the number of processes; each loads the models once.
        """
        pairs = self.nlp.pipe(map(self._doc, articles), as_tuples=False)
        for doc in pairs:
            article: Article = doc.user_data["extract.article"]
            yield record_of(doc, article.id, article.title, article.published)

    def _doc(self, article: Article | str) -> Doc:
        if isinstance(article, str):
            article = Article(article)
        if article.published is not None:
            check_date(article.published)
        doc = self.nlp.make_doc(article.text)
        doc._.published = article.published
        doc.user_data["extract.article"] = article
        return doc


def check_date(published: str) -> None:
    """Raise a ValueError that says what is expected unless the string is a calendar day."""
    try:
        date.fromisoformat(published)
    except ValueError as error:
        raise ValueError(f"published must be a day as YYYY-MM-DD, not {published!r}: {error}") from None


def load(rules: str | PathLike[str] | None = None) -> Extractor:
    """Load the models and rules once.

    Args:
        rules: a TOML file of the user's own frames and lexicons, added to the built-in ones.

    Raises:
        RulesError: the file has a mistake; says file, line and how to mend it.
    """
    return Extractor(pipeline.build())
