"""What a run keeps to, however much there is: flat memory, long texts whole, the same bytes, an end in time."""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import extract
from extract.articles.article import Article
from extract.articles.outcome import Done
from extract.batch.run import Options, run
from extract.batch.tasks import CHUNK, Settings, Task, pool_of
from extract.chunks import chunks

FULL = "EXTRACT_FULL_TESTS" in os.environ
CORPUS = Path(__file__).parents[2] / "corpus" / "articles"
MEMORY = 600_000_000  # bytes that a worker may take
EARLY, LATE, GROWTH = (2_000, 50_000, 1.1) if FULL else (100, 400, 1.2)  # at first the caches fill
LONG = 2_000_000 if FULL else 250_000  # characters
WORD = re.compile("[А-ЯЁ]?[а-яё]{5,}")
VOWELS, CONSONANTS = "аеиоуыя", "бвгджзклмнпрстфх"


def renamed(text: str, chance: random.Random) -> str:
    """An article with a few words that no article had before, as the next one of a long run has."""

    def new(match: re.Match[str]) -> str:
        word = match.group()
        if chance.random() > 0.03:
            return word
        letters = (chance.choice(VOWELS if letter in VOWELS else CONSONANTS) for letter in word[:-2].lower())
        made = "".join(letters) + word[-2:]
        return made.capitalize() if word[0].isupper() else made

    return WORD.sub(new, text)


def articles(number: int) -> Iterator[Task]:
    texts = [path.read_text("utf-8") for path in sorted(CORPUS.glob("*.txt"))]
    chance = random.Random(0)
    for i in range(number):
        yield Article(renamed(texts[i % len(texts)], chance), str(i), published="2023-07-14")


def resident(process: int) -> int:
    """Bytes of memory that a process has now."""
    status = Path(f"/proc/{process}/status").read_text()
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmRSS"))


def test_memory_stays_flat(running: Callable[[], list[int]]) -> None:
    found: list[int] = []
    with pool_of(Settings()) as pool:
        for number, outcome in enumerate(pool.map(chunks(articles(LATE), CHUNK)), 1):
            assert isinstance(outcome, Done)
            if number in (EARLY, LATE - 8 * CHUNK):  # the worker is a few chunks ahead
                (worker,) = running()
                found.append(resident(worker))
    early, late = found
    print(f"{early / 1e6:.0f} MB after {EARLY} articles, {late / 1e6:.0f} MB after {LATE}")
    assert late < early * GROWTH
    assert late < MEMORY


def test_a_long_text_is_read_whole(running: Callable[[], list[int]]) -> None:
    sentence = "Завод «Лютик» купил {} банк «Василёк»."
    body = "\n\n".join(article.text for article in articles(LONG // 1_000) if isinstance(article, Article))
    body = body[:LONG]
    text = f"{sentence.format('вчера')}\n\n{body}\n\n{sentence.format('сегодня')}"
    with pool_of(Settings()) as pool:
        (outcome,) = pool.map([[Article(text, "long", published="2023-07-14")]])
        (worker,) = running()
        taken = resident(worker)
    assert isinstance(outcome, Done)
    record = json.loads(outcome.json)
    assert record["text"] == text
    dates = {date["id"]: date for date in record["dates"]}
    ends = [date["value"] for date in dates.values() for place in date["mentions"] if place["start"] > len(text) - 40]
    assert ends == ["2023-07-14"]
    starts = {place["start"] for deal in record["deals"] for place in deal["evidence"]}
    tenths = {start * 10 // len(text) for start in starts}
    assert tenths == set(range(10))  # deals are found from one end to the other
    print(f"{taken / 1e6:.0f} MB after {len(text)} characters")
    assert taken < MEMORY


def test_batch_or_single_the_same_bytes(extractor: extract.Extractor, tmp_path: Path) -> None:
    run([CORPUS], tmp_path / "out.jsonl", Settings(published="2023-07-14"), Options(workers=2))
    batched = (tmp_path / "out.jsonl").read_bytes().splitlines()
    assert len(batched) == len(list(CORPUS.glob("*.txt")))
    for line in batched:
        told = json.loads(line)
        single = extractor.extract(told["text"], told["id"], told["title"], told["published"])
        assert single.model_dump_json().encode() == line


def test_an_interrupt_ends_cleanly(tmp_path: Path) -> None:
    lines = (json.dumps({"text": article.text}) for article in articles(2_000) if isinstance(article, Article))
    (tmp_path / "news.jsonl").write_text("\n".join(lines), "utf-8")
    command = [sys.executable, "-m", "extract", "run", "news.jsonl", "-o", "out.jsonl", "--workers", "2"]
    process = subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, text=True, start_new_session=True)
    while not (tmp_path / "out.jsonl").is_file() or not (tmp_path / "out.jsonl").stat().st_size:
        assert process.poll() is None
        time.sleep(0.1)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does it: to the workers, too
    _, said = process.communicate(timeout=20)
    assert process.returncode == 130
    written = re.search(r"stopped after (\d+) records; --resume goes on from there", said)
    assert written is not None, said
    assert "Traceback" not in said
    records = (tmp_path / "out.jsonl").read_bytes()
    assert records.endswith(b"\n")
    assert len([json.loads(line) for line in records.splitlines()]) == int(written.group(1)) > 0
