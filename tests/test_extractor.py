"""The extractor: any text in, true offsets out; batches, processes, threads."""

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

import extract
from extract.record import Record, Span

CORPUS = Path(__file__).parents[1] / "corpus" / "articles"
NEWS = [
    "«Лютик» купит «Василёк»\n\nКомпания «Лютик» купит 25% акций «Василька» за 1,5 млрд руб. до 1 мая.",
    "Глава Минтранса Игорь Лапин заявил во вторник, что мост через Двину построит компания «Мостопоезд».",
    "Совет директоров банка «Заречье» одобрил кредит ООО «Кедр» на $20 млн, сообщила пресс-служба банка.",
    "Вчера суд оштрафовал Acme B.V. на 3 млн рублей. Представитель компании Анна Шмидт не ответила.",
]


def places(value: Any) -> Iterator[Span]:
    """Every place in the text that a record speaks of."""
    if isinstance(value, Span):
        yield value
    elif isinstance(value, list):
        for item in value:
            yield from places(item)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            yield from places(getattr(value, name))


def refs(value: Any) -> Iterator[str]:
    """Every reference from one part of a record to another."""
    if isinstance(value, list):
        for item in value:
            yield from refs(item)
    elif hasattr(value, "model_fields_set"):
        for name in type(value).model_fields:
            if name == "ref" and value.ref is not None:
                yield value.ref
            else:
                yield from refs(getattr(value, name))


def check(record: Record, text: str) -> None:
    """Assert what holds for the record of any text."""
    assert record.text == text
    for place in places(record):
        assert 0 <= place.start < place.end <= len(text)
        assert text[place.start : place.end] == place.text
        assert place.text == place.text.strip()
    things = [*record.organizations, *record.people, *record.locations]
    ids = [thing.id for thing in (*things, *record.dates, *record.amounts, *record.deals)]
    assert len(ids) == len(set(ids))
    assert set(refs(record)) <= set(ids)
    assert all(thing.mentions and thing.name.strip() for thing in things)
    assert all(deal.evidence and 0 <= deal.confidence <= 1 for deal in record.deals)
    assert Record.model_validate_json(record.model_dump_json()) == record


WORDS = """
    «Лютик» „Василёк“ ООО ПАО компания банк суд Игорь Лапин Анна Шмидт-Дюваль Москва Казахстан США ЕС B.V.
    Acme подписали купил продаст оштрафовал меморандум соглашение о покупке 25% акций
    1,5 млрд руб. $20 млн € ₽ № вчера во вторник 14 июля 2023 года 14.07.2023 июле этого конец
    — , . … ! ? : ; ( ) " ' [ ] / - – и с за на
    в до от у Cбepбaнк caнкции кAmAз й ё́ и̊ 👍🏽 👨‍👩‍👧 𝔄 ﬁ İ ß Ё ¼ ٣ १ ²
"""
words = st.sampled_from(re.findall(r"\S+", WORDS))
gaps = st.sampled_from(
    "\u00a0 \u00ad \u200b \ufeff и\u0306 е\u0308 \u0301 \r\n \n\n \t \u202e \0 \x1b \u2028 \u3000".split(" ")  # noqa: SIM905
)
news_like = st.lists(
    st.one_of(words, words, words, gaps, st.just(" "), st.just(" "), st.text(max_size=3)), max_size=60
).map("".join)
spaced = st.lists(st.one_of(words, words, gaps), max_size=60).map(" ".join)
fast = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@fast
@given(st.one_of(spaced, news_like, st.text(max_size=200)))
@example("")
@example(" ")
@example("\n\n\n")
@example("\ufeff")
@example("й")
@example("\u0306")
@example("1" * 400)
@example("«" * 300)
@example("(" * 300 + ")" * 300)
@example("а" * 5000)
@example("\U00017000 купил «Лютик\U00017000»")  # a letter without a name
@example("ООО Cбepбaнк \u00a0 :")  # white space is a token of its own
@example("31 февраля 2023 года, 99.99.9999, 32 июля")
@example("0 руб., 00000 %, 1e999 млрд долларов, −5 млн евро")
@example("Ко\u00adм\u00adпания «Лю\u00adтик» купила «Василе\u0308к» за 1\u00a0500\u00a0руб.\r\n\r\nЛоди\u0306")
def test_any_text_gives_a_record_with_true_offsets(extractor: extract.Extractor, text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        with pytest.raises(ValueError, match="surrogate"):
            extractor.extract(text)
    else:
        check(extractor.extract(text, published="2023-07-14"), text)
        check(extractor.extract(text), text)


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace(" ", "\u00a0"),
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("й", "и\u0306").replace("ё", "е\u0308"),
        lambda text: text.replace("Васил", "Ва\u00adсил").replace("Компания", "Ком\u00adпания"),
        lambda text: text.replace("а", "a").replace("о", "o"),  # Latin letters
        lambda text: "👍🏽 " + text.replace(". ", ". 👍🏽 "),
        lambda text: "\ufeff" + text,
    ],
    ids=[
        "no-break spaces",
        "Windows line ends",
        "decomposed",
        "soft hyphens",
        "Latin letters",
        "emoji",
        "mark",
    ],
)
def test_odd_spellings_keep_offsets(extractor: extract.Extractor, change: Any) -> None:
    for text in map(change, NEWS):
        check(extractor.extract(text, published="2023-07-14"), text)


@pytest.mark.parametrize("path", sorted(CORPUS.glob("*.txt"))[::10], ids=lambda path: path.stem)
def test_no_break_spaces_and_line_ends_change_no_fact(extractor: extract.Extractor, path: Path) -> None:
    text = path.read_text("utf-8")
    plain = extractor.extract(text, published="2024-05-20")
    spaced = extractor.extract(text.replace(" ", "\u00a0"), published="2024-05-20")
    assert spaced.model_dump_json().replace("\u00a0", " ") == plain.model_dump_json()
    windows = extractor.extract(text.replace("\n", "\r\n"), published="2024-05-20")
    for layer in ("organizations", "people", "locations", "dates", "amounts", "deals", "relations"):
        assert without_places(getattr(windows, layer)) == without_places(getattr(plain, layer))


def without_places(value: Any) -> Any:
    """A part of a record as plain data, but for the offsets."""
    if isinstance(value, list):
        return [without_places(item) for item in value]
    if hasattr(value, "model_fields_set"):
        names = set(type(value).model_fields) - {"start", "end"}
        return {name: without_places(getattr(value, name)) for name in sorted(names)}
    return value


def test_metadata_comes_back(extractor: extract.Extractor) -> None:
    record = extractor.extract(NEWS[0], id="a1", title="«Лютик» купит «Василёк»", published="2023-07-14")
    assert (record.id, record.title, record.published) == ("a1", "«Лютик» купит «Василёк»", "2023-07-14")
    assert (record.schema_version, record.language, record.text) == ("1.1", "ru", NEWS[0])


@pytest.mark.parametrize("published", ["14.07.2023", "2023-7-14", "20230714", "2023-W28-5", "2023-02-30", "вчера", ""])
def test_a_publication_date_must_be_a_day(extractor: extract.Extractor, published: str) -> None:
    with pytest.raises(ValueError, match="YYYY-MM-DD"):
        extractor.extract(NEWS[0], published=published)


def test_a_lone_surrogate_is_refused(extractor: extract.Extractor) -> None:
    with pytest.raises(ValueError, match="lone surrogate at offset 3"):
        extractor.extract("Ура\ud83d!")


def test_pipe_takes_strings_and_articles_and_keeps_the_order(extractor: extract.Extractor) -> None:
    mixed = [extract.Article(text, id=str(number)) if number % 2 else text for number, text in enumerate(NEWS * 9)]
    records = list(extractor.pipe(mixed))
    assert [record.text for record in records] == NEWS * 9
    assert [record.id for record in records] == [str(i) if i % 2 else None for i in range(36)]


def test_a_batch_reads_as_single_articles_do(extractor: extract.Extractor) -> None:
    single = [extractor.extract(text).model_dump_json() for text in NEWS * 5]
    assert [record.model_dump_json() for record in extractor.pipe(NEWS * 5)] == single


def test_processes_read_as_one_does(extractor: extract.Extractor) -> None:
    single = [record.model_dump_json() for record in extractor.pipe(NEWS * 12)]
    assert [record.model_dump_json() for record in extractor.pipe(NEWS * 12, workers=2)] == single


@pytest.mark.parametrize("workers", [1, 2])
def test_pipe_reads_ahead_within_bounds(extractor: extract.Extractor, workers: int) -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield NEWS[taken % len(NEWS)]

    records = extractor.pipe(endless(), workers=workers)
    for _ in range(5):
        next(records)
    records.close()  # type: ignore[attr-defined]
    assert taken < 300


@pytest.mark.parametrize("workers", [1, 2])
def test_a_bad_article_is_named_after_the_records_before_it(extractor: extract.Extractor, workers: int) -> None:
    articles = [extract.Article(text, id=str(number)) for number, text in enumerate(NEWS * 6)]
    articles[21] = extract.Article("Ура\ud83d!", id="bad")
    records = extractor.pipe(articles, workers=workers)
    assert [record.id for record in islice(records, 21)] == [str(number) for number in range(21)]
    with pytest.raises(extract.ArticleError, match="article bad: the text holds a lone surrogate") as caught:
        next(records)
    assert (caught.value.id, caught.value.stage) == ("bad", "extract")
    assert isinstance(caught.value, ValueError)


def test_a_failing_component_costs_its_article_only(
    extractor: extract.Extractor, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_doc = extractor.nlp.make_doc

    def fail(text: str) -> Any:
        if text == NEWS[2]:
            raise IndexError("list index out of range")
        return make_doc(text)

    monkeypatch.setattr(extractor.nlp, "make_doc", fail)
    results = list(extractor.attempt([extract.Article(text) for text in NEWS]))
    assert [isinstance(result, Record) for result in results] == [True, True, False, True]
    assert str(results[2]) == "IndexError: list index out of range"


def test_threads_share_the_models(extractor: extract.Extractor) -> None:
    expected = [extractor.extract(text).model_dump_json() for text in NEWS]
    with ThreadPoolExecutor(4) as threads:
        found = list(threads.map(lambda text: extractor.extract(text).model_dump_json(), NEWS * 10))
    assert found == expected * 10


def test_the_spacy_pipeline_is_usable_on_its_own(extractor: extract.Extractor) -> None:
    doc = extractor.nlp(NEWS[1])
    assert doc.text == NEWS[1]
    assert {"PER", "ORG"} <= {span.label_ for span in doc.ents}
    assert all(token.pos_ and token.lemma_ for token in doc)


HOSTILE = {
    "brackets": "(" * 20_000,
    "quotes": "«" * 20_000,
    "pairs of quotes": "«»" * 10_000,
    "digits": "1" * 20_000,
    "numbers": "1 " * 10_000,
    "one letter": "а" * 20_000,
    "initials": "А. " * 7_000,
    "empty lines": "\n" * 20_000,
    "right to left": "\u202e" * 20_000,
    "marks": "й" + "\u0306" * 20_000,
    "companies": "компания «Лютик» и " * 1_000,
    "dates": "14 июля " * 2_500,
    "money": "5 млн руб. и " * 2_000,
    "hyphens": "а-" * 40_000,
    "dots": "." * 20_000,
    "people": "Игорь Лапин, " * 2_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_hostile_texts_take_no_longer_than_their_length(extractor: extract.Extractor, text: str) -> None:
    begin = time.perf_counter()
    check(extractor.extract(text), text)
    assert time.perf_counter() - begin < 15
