"""Spark, for real: on this machine's cores, and on a little cluster whose executors get killed."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime
from functools import reduce
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from extract.batch.run import Options, run
from extract.errors import RulesError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")
pytest.importorskip("pandas")
pyspark = pytest.importorskip("pyspark")
if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
    pytest.skip("there is no Java here", allow_module_level=True)

from pyspark.sql import DataFrame, SparkSession  # noqa: E402
from pyspark.sql import functions as F  # noqa: E402
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema  # noqa: E402

from extract import spark as program  # noqa: E402
from extract.batch.frames import frame_schema  # noqa: E402
from extract.batch.tables import record_schema  # noqa: E402
from extract.spark import extract_records  # noqa: E402

FULL = "EXTRACT_FULL_TESTS" in os.environ
LISTED = pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="this system doesn't list processes")
CORPUS = sorted((Path(__file__).parents[1] / "corpus" / "articles").glob("*.txt"))[:12]
CHEAP = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"  # for the JVM: short jobs needn't be optimized
TEXT = "Компания «Лютик» вчера купила «Василёк»."


@pytest.fixture(scope="session")
def spark() -> Iterator[SparkSession]:
    os.environ |= {"PYSPARK_PYTHON": sys.executable, "JDK_JAVA_OPTIONS": CHEAP}
    builder = SparkSession.builder.master("local[2,4]").config("spark.ui.enabled", False)
    session = (
        builder.config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.sql.session.timeZone", "Europe/Moscow")
        .config("spark.sql.shuffle.partitions", 2)
        .getOrCreate()
    )
    session.sparkContext.setLogLevel("ERROR")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The corpus, an id that comes twice, and three articles that can't be read."""
    rows: list[dict[str, Any]] = [
        {"id": path.stem, "text": path.read_text("utf-8"), "published": path.name[:10], "title": path.stem[11:]}
        for path in CORPUS
    ]
    rows.insert(3, {"id": "null", "text": None, "published": "2023-07-14", "title": None})
    rows.insert(5, {"id": "blank", "text": " \n", "published": None, "title": None})
    rows.append({"id": "long", "text": "а" * 5_000_001, "published": None, "title": None})
    rows.append(rows[0])
    path = tmp_path_factory.mktemp("spark") / "articles.parquet"
    pq.write_table(pa.Table.from_pylist(rows), path)
    return path


@pytest.fixture(scope="module")
def expected(articles: Path) -> list[dict[str, Any]]:
    """The rows that `extract-ru run` writes of them."""
    out = articles.with_name("records.parquet")
    assert run([articles], out, options=Options(workers=2)).failed == 3
    return sorted(pq.read_table(out).to_pylist(), key=lambda row: row["id"])


def split(path: Path) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """The records that a job wrote, sorted, and the reasons of the articles that failed."""
    rows = pq.read_table(path).to_pylist()
    failed = {row["id"]: row["error"]["reason"] for row in rows if row["error"]}
    records = [row for row in rows if row.pop("error") is None]
    return sorted(records, key=lambda row: row["id"]), failed


FAILED = {
    "null": "no text in the field «text»",
    "blank": "no text in the field «text»",
    "long": "too long: 5,000,001 characters; up to 5,000,000 are taken",
}


def test_the_records_are_those_of_a_run(
    spark: SparkSession, articles: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    df = spark.read.parquet(str(articles)).repartition(3)
    records = extract_records(df, title="title")
    assert to_arrow_schema(records.drop("error").schema).equals(record_schema())
    records.write.parquet(str(tmp_path / "out"))
    found, failed = split(tmp_path / "out")
    assert found == expected
    assert failed == FAILED
    table = pq.read_table(tmp_path / "out")
    assert table.schema.equals(frame_schema())


def test_columns_of_many_types(spark: SparkSession) -> None:
    rows = [(1, TEXT, date(2023, 7, 14), datetime(2023, 7, 13, 22, 0), 1689327000, "14.07.2023")]
    df = spark.createDataFrame(rows, "n bigint, t string, d date, m timestamp, u bigint, s string")
    df = df.withColumn("m", F.expr("timestamp '2023-07-13 21:30:00 UTC'")).withColumn("at", F.struct("s", "t"))
    columns = ("d", "m", "u", "s", "at.s")
    jobs = [extract_records(df, "at.t", "n", column).select("id", "published", "dates.value") for column in columns]
    assert [tuple(row) for row in reduce(DataFrame.union, jobs).collect()] == [("1", "2023-07-14", ["2023-07-13"])] * 5


def test_nothing_in_nothing_out(spark: SparkSession) -> None:
    df = spark.createDataFrame([], "id string, text string, published string").repartition(2)
    records = extract_records(df)
    assert records.collect() == []
    assert records.schema == from_arrow_schema(frame_schema())


@pytest.mark.parametrize(
    ("columns", "message"),
    [
        ({"text": "body"}, "text='body': .* must have one column of this name; it has «text», «id», «flag», «Flag»"),
        ({"published": "day"}, "published='day': .* must have one column"),
        ({"text": "flag"}, "text='flag': .* must have one column"),  # there are two
        ({"text": "id"}, "text='id': the column is bigint; cast it to string"),
        ({"title": "id"}, "title='id': the column is bigint"),
        ({"published": "list"}, "published='list': the column is array<int>"),
        ({"id": "list"}, "id='list': the column is array<int>"),
    ],
)
def test_unfit_columns_are_told_before_the_job(spark: SparkSession, columns: dict[str, str], message: str) -> None:
    df = spark.sql("SELECT 'a' AS text, 1L AS id, true AS flag, true AS Flag, array(1) AS list")
    with pytest.raises(ValueError, match=message):
        extract_records(df, **({"published": None} | columns))  # type: ignore[arg-type]


def test_a_mistake_in_the_rules_is_told_before_the_job(spark: SparkSession, tmp_path: Path) -> None:
    df = spark.sql("SELECT 'a' AS text, 1L AS id, null AS published")
    (tmp_path / "rules.toml").write_text("[[frames]\n", "utf-8")
    with pytest.raises(RulesError, match=r"rules\.toml:1"):
        extract_records(df, rules=tmp_path / "rules.toml")


def test_as_a_program(spark: SparkSession, articles: Path, expected: list[dict[str, Any]], tmp_path: Path) -> None:
    call = [str(articles), str(tmp_path / "out")]
    done = CliRunner().invoke(program.app, call)
    assert done.exit_code == 0, done.output
    assert f"{len(expected)} records in {tmp_path / 'out'}\n3 articles failed" in done.stderr
    assert split(tmp_path / "out") == (expected, FAILED)
    for refused, message in ((call, "already exists"), ([*call, "--text", "body"], "text='body'")):
        done = CliRunner().invoke(program.app, refused)
        assert done.exit_code == 2
        assert message in done.stderr


# --- Killed processes


def parent(process: int) -> int:
    return int(Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[1])


def descendants(process: int) -> dict[int, bytes]:
    """The process ids and command lines of a process's children and theirs."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").glob("[1-9]*"):
        with suppress(OSError):  # it's gone
            parents[int(folder.name)] = parent(int(folder.name))
    found = {process}
    while more := {child for child, parent in parents.items() if parent in found} - found:
        found |= more
    commands = {}
    for child in found - {process}:
        with suppress(OSError):
            commands[child] = Path(f"/proc/{child}/cmdline").read_bytes()
    return commands


def reader_of(job: int, but: set[int], running: Callable[[], bool]) -> int:
    """The worker process of one of a job's Python processes, as soon as there is one."""
    while running():
        for process, command in descendants(job).items():
            if b"extract.processes" in command and process not in but:
                return process
        time.sleep(0.2)
    pytest.fail("the job ended before it read anything")


@LISTED
def test_a_killed_python_process_costs_a_try(
    spark: SparkSession, articles: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    before = {process for process, command in descendants(os.getpid()).items() if b"extract.processes" in command}
    settings = {"title": "title", "max_chars": 4_999_999}  # unlike earlier ones: no worker waits for them
    records = extract_records(spark.read.parquet(str(articles)).repartition(2), **settings)  # type: ignore[arg-type]
    with ThreadPoolExecutor(1) as thread:
        job = thread.submit(records.write.parquet, str(tmp_path / "out"))
        os.kill(parent(reader_of(os.getpid(), before, lambda: not job.done())), signal.SIGKILL)
        job.result()
    found, failed = split(tmp_path / "out")
    assert found == expected
    assert failed.keys() == FAILED.keys()


@LISTED
@pytest.mark.skipif(not FULL, reason="starts four Java processes; EXTRACT_FULL_TESTS=1 runs it")
def test_a_cluster_that_loses_executors_ends_as_if_nothing_had_happened(
    articles: Path, expected: list[dict[str, Any]], tmp_path: Path
) -> None:
    """Of two executors one is killed while it reads, then the Python process of another."""
    out = tmp_path / "out"
    submit = [
        Path(pyspark.__file__).parent / "bin" / "spark-submit",
        *("--master", "local-cluster[2,1,1024]", "--conf", "spark.ui.enabled=false"),
        *("--conf", "spark.shuffle.io.retryWait=1s"),  # for what the killed one had kept
        *("--conf", "spark.driver.bindAddress=127.0.0.1", "--conf", "spark.driver.host=127.0.0.1"),
        *("--conf", "spark.task.maxFailures=10", program.__file__, articles, out, "--partitions", "6"),
    ]
    environment = os.environ | {
        "PYSPARK_PYTHON": sys.executable,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "JDK_JAVA_OPTIONS": CHEAP,
    }
    with subprocess.Popen(
        list(map(str, submit)), env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    ) as submitted:
        try:
            reader = reader_of(submitted.pid, set(), lambda: submitted.poll() is None)
            executor = next(
                process
                for process, command in descendants(submitted.pid).items()
                if b"CoarseGrainedExecutorBackend" in command and reader in descendants(process)
            )
            killed = set(descendants(executor))
            os.kill(executor, signal.SIGKILL)
            reader = reader_of(submitted.pid, killed, lambda: submitted.poll() is None)
            os.kill(parent(reader), signal.SIGKILL)
            told, _ = submitted.communicate(timeout=900)
        finally:
            submitted.kill()
    assert submitted.returncode == 0, told.decode()
    assert f"{len(expected)} records in {out}\n3 articles failed".encode() in told
    assert split(out) == (expected, FAILED)
