"""Articles in worker processes: order, loss, delay."""

import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from extract.articles.article import Article
from extract.articles.outcome import Done, Outcome
from extract.batch.tasks import Settings, Task, pool_of
from extract.errors import ArticleError, RulesError

TEXT = "Компания «Лютик» купила «Василёк» за 5 млн рублей."


def tasks(number: int, size: int = 4) -> Iterator[list[Task]]:
    for start in range(0, number, size):
        yield [Article(TEXT, id=str(i)) for i in range(start, min(start + size, number))]


def ids(outcomes: list[Outcome]) -> list[str | None]:
    return [outcome.id for outcome in outcomes]


def test_outcomes_come_in_the_order_of_tasks(running: Callable[[], list[int]]) -> None:
    with pool_of(Settings(), 2) as pool:
        outcomes = list(pool.map(tasks(30)))
    assert ids(outcomes) == [str(i) for i in range(30)]
    assert all(isinstance(outcome, Done) for outcome in outcomes)
    assert not running()


def test_errors_known_before_keep_their_place() -> None:
    given: list[Task] = [
        Article(TEXT, "a"),
        ArticleError("b", "read", "the file is empty"),
        Article("\ud800", "c"),
    ]
    with pool_of(Settings()) as pool:
        first, second, third = pool.map([given])
    assert isinstance(first, Done)
    assert isinstance(second, ArticleError)
    assert isinstance(third, ArticleError)
    assert (second.stage, second.reason) == ("read", "the file is empty")
    assert (third.stage, third.id) == ("extract", "c")


def test_a_killed_worker_costs_nothing_but_time(running: Callable[[], list[int]]) -> None:
    with pool_of(Settings(), 2) as pool:
        outcomes = pool.map(tasks(60))
        found = [next(outcomes)]
        for child in running():
            os.kill(child, signal.SIGKILL)
        found.extend(outcomes)
    assert ids(found) == [str(i) for i in range(60)]
    assert all(isinstance(outcome, Done) for outcome in found)


def test_an_article_that_takes_too_long_is_named_and_the_rest_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("extract.batch.tasks.IN_TIME", 10**9)  # no more time for a long one
    chunk: list[Task] = [Article(TEXT, "a"), Article("компания " * 100_000, "long"), Article(TEXT, "b")]
    with pool_of(Settings(), timeout=3) as pool:
        first, second, third = pool.map([chunk])
    assert isinstance(first, Done)
    assert isinstance(third, Done)
    assert isinstance(second, ArticleError)
    assert (second.id, second.stage, second.reason) == ("long", "extract", "not done after 3 seconds")


def test_an_old_worker_gives_way_to_a_fresh_one(
    running: Callable[[], list[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("extract.processes.pool.LIFETIME", 8)
    seen: set[int] = set()
    with pool_of(Settings()) as pool:
        outcomes = []
        for outcome in pool.map(tasks(20)):
            outcomes.append(outcome)
            seen.update(running())
            assert len(running()) <= 1
    assert ids(outcomes) == [str(i) for i in range(20)]
    assert all(isinstance(outcome, Done) for outcome in outcomes)
    assert len(seen) >= 2
    assert not running()


def test_workers_end_when_the_caller_stops_early(running: Callable[[], list[int]]) -> None:
    with pytest.raises(KeyboardInterrupt), pool_of(Settings(), 2) as pool:
        next(pool.map(tasks(1000)))
        raise KeyboardInterrupt
    assert not running()


def test_a_mistake_in_the_rules_is_told(tmp_path: Path) -> None:
    rules = tmp_path / "rules.toml"
    rules.write_text("[[frames]\n", "utf-8")
    with pytest.raises(RulesError, match=r"rules\.toml:1"), pool_of(Settings(rules=str(rules)), 2) as pool:
        list(pool.map(tasks(8)))
