"""The extractor: articles in, records out."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from os import PathLike, fspath

from spacy.language import Language
from spacy.tokens import Doc

from extract import pipeline
from extract.articles.article import Article, check_day
from extract.articles.outcome import Done, Outcome, lost
from extract.chunks import chunks
from extract.errors import ArticleError
from extract.language.normalize import plain_spaces
from extract.processes.pool import Pool
from extract.processes.worker import Job
from extract.record import Record, record_of

__all__ = ["Article", "Extractor", "load"]

BATCH_ARTICLES = 16  # more don't make the models faster, only their matrices larger
BATCH_CHARS = 100_000


class Extractor:
    """Holds the models; read-only once made, so that threads can share it.

    Attributes:
        nlp: the spaCy pipeline underneath, usable on its own.
        rules: the user's own rules file, if any.
        model: whether the network reads along.
    """

    def __init__(self, nlp: Language, rules: str | None = None, model: bool = True) -> None:
        self.nlp = nlp
        self.rules = rules
        self.model = model

    def extract(
        self,
        text: str,
        id: str | None = None,
        title: str | None = None,
        published: str | None = None,
        url: str | None = None,
    ) -> Record:
        """Read one article.

        Args:
            text: the article, headline included if it has one; never changed, all offsets refer to it.
            id: comes back as the record's `id`.
            title: the headline, if it is known apart from the text.
            published: the publication date, `YYYY-MM-DD`; without it relative dates keep their X.
            url: the article's address; comes back as the record's `url`.

        Raises:
            ValueError: the date is none, or the text holds a lone surrogate.
        """
        return self.read(Article(text, id, title, published, url))

    def read(self, article: Article) -> Record:
        """Read one article; raises what `extract` does."""
        return _record(article, self.doc(article))

    def doc(self, article: Article) -> Doc:
        """The Doc of one article after the whole pipeline; raises what `extract` does."""
        return self.nlp(self._doc(article))

    def docs(self, articles: Iterable[Article]) -> Iterator[Doc]:
        """The Docs of many articles, in batches through the models; raises what `extract` does."""
        return self.nlp.pipe(map(self._doc, articles), batch_size=BATCH_ARTICLES)

    def pipe(self, articles: Iterable[Article | str], workers: int = 1) -> Iterator[Record]:
        """Read many articles, in batches through the models; records come in the articles' order.

        Args:
            articles: articles or plain strings; read a bounded number ahead of the records.
            workers: the number of processes, each of which loads the models and rules for itself; components
                that you added to `nlp` aren't in them.

        Raises:
            ArticleError: an article could not be read; the records of those before it were given out.
        """
        wanted = (Article(article) if isinstance(article, str) else article for article in articles)
        outcomes = self._in_processes(wanted, workers) if workers > 1 else self._in_batches(wanted)
        for outcome in outcomes:
            if isinstance(outcome, ArticleError):
                raise outcome
            yield outcome

    def attempt(self, batch: Sequence[Article]) -> Iterator[Record | ArticleError]:
        """Read a batch at once; should that fail, one by one, so that a bad article fails alone."""
        try:
            docs = self.nlp.pipe([self._doc(article) for article in batch])
            records = [_record(article, doc) for article, doc in zip(batch, docs, strict=True)]
        except Exception:
            yield from map(self._attempt_one, batch)
        else:
            yield from records

    def written(self, batch: Sequence[Article]) -> list[Outcome]:
        """Read a batch as `attempt` does; records come as JSON.

        What spaCy's string store learns from a batch is forgotten after it: a long run's memory stays flat.
        """
        with self.nlp.memory_zone():
            return [_written(result) for result in self.attempt(batch)]

    @staticmethod
    def start(options: tuple[str | None, bool]) -> Callable[[Sequence[Article]], Iterable[Outcome]]:
        """Begin a worker process of `pipe` (see `extract.processes.worker.Job`)."""
        return load(*options).written

    def _attempt_one(self, article: Article) -> Record | ArticleError:
        try:
            return self.read(article)
        except Exception as error:
            reason = str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}"
            failure = ArticleError(article.id, "extract", reason)
            failure.__cause__ = error
            return failure

    def _in_batches(self, articles: Iterable[Article]) -> Iterator[Record | ArticleError]:
        for batch in _batches(articles):
            yield from self.attempt(batch)

    def _in_processes(self, articles: Iterable[Article], workers: int) -> Iterator[Record | ArticleError]:
        job: Job[Article, Outcome] = Job("extract:Extractor.start", (self.rules, self.model), lost)
        with Pool(job, workers) as pool:
            for outcome in pool.map(_batches(articles)):
                yield Record.model_validate_json(outcome.json) if isinstance(outcome, Done) else outcome

    def _doc(self, article: Article) -> Doc:
        if article.published is not None:
            check_day(article.published)
        # A no-break space would be a token of its own, between words that rules look for side by side.
        doc = self.nlp.make_doc(plain_spaces(article.text))
        doc._.published = article.published
        return doc


def _batches(articles: Iterable[Article]) -> Iterator[list[Article]]:
    return chunks(articles, BATCH_ARTICLES, BATCH_CHARS, lambda article: len(article.text))


def _written(result: Record | ArticleError) -> Outcome:
    if isinstance(result, ArticleError):
        return result
    try:
        return Done(result.id, result.model_dump_json().encode())
    except ValueError as error:  # no JSON can be made of it
        return ArticleError(result.id, "extract", str(error))


def _record(article: Article, doc: Doc) -> Record:
    return record_of(doc, article)


def load(rules: str | PathLike[str] | None = None, model: bool = True) -> Extractor:
    """Load the models and rules once.

    Args:
        rules: a TOML file of the user's own frames and lexicons, added to the built-in ones.
        model: whether the network proposes deals beside the frames; without it, reading is faster and finds fewer.

    Raises:
        RulesError: the file has a mistake; says file, line and how to mend it.
        ModelError: the network's weights are missing or damaged.
    """
    path = None if rules is None else fspath(rules)
    return Extractor(pipeline.build(path, model), path, model)
