"""Articles in a Spark DataFrame → their records, on as many machines as there are.

As a program, for `spark-submit` or by itself: `python -m extract.spark INPUT OUTPUT`, Parquet to Parquet.
"""

import os
import sys
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Annotated

import typer

from extract.articles.read import MAX_CHARS
from extract.articles.rows import fields_of
from extract.batch.frames import TIMEOUT, frame_schema, read_frames, settings_of
from extract.deals.rulebook import load_rules
from extract.errors import MissingExtra

try:
    from pyspark.errors import AnalysisException
    from pyspark.sql import Column, DataFrame, SparkSession
    from pyspark.sql import functions as F
    from pyspark.sql import types as T
    from pyspark.sql.pandas.types import from_arrow_schema
except ImportError:
    raise MissingExtra("Spark jobs", "spark") from None

DATES = (T.StringType, T.DateType, T.TimestampType, T.TimestampNTZType, T.NullType, T.IntegralType)
TYPES: dict[str, tuple[type[T.DataType], ...]] = {
    "text": (T.StringType,),
    "title": (T.StringType, T.NullType),
    "url": (T.StringType, T.NullType),
    "published": DATES,  # whole numbers are Unix time stamps
    "id": (T.StringType, T.DateType, T.TimestampType, T.NullType, T.NumericType),
}
PARTS = 2  # partitions for each core, where the input has fewer than there are cores


def extract_records(
    df: DataFrame,
    text: str = "text",
    id: str | None = "id",
    published: str | None = "published",
    title: str | None = None,
    url: str | None = None,
    *,
    rules: str | PathLike[str] | None = None,
    model: bool = True,
    timeout: float | None = TIMEOUT,
    max_chars: int = MAX_CHARS,
) -> DataFrame:
    """Read the articles of a DataFrame: a row in, a row out.

    A row has the columns of a record, typed as in the Parquet files of `extract-ru run`, and `error`, a struct of
    `stage` and `reason`. Where an article failed, `error` says why, and all else but the `id` is null. What else `df`
    has is left out: join it by the id. Like all of Spark it's lazy, and done again for each action: write the
    records before you use them twice.

    Args:
        df: an article a row; ids needn't be unique, they only come back.
        text, id, published, title, url: the columns that hold what, None for what there isn't. Dates may be dates,
            timestamps (the day is that of the session's time zone) or strings; where one is null, the text's
            dateline is looked at.
        rules: a TOML file of your own deal types and lexicons, on the driver.
        model: whether the network proposes deals too.
        timeout: seconds that an article may take, for each 200,000 characters; None for no limit.
        max_chars: the length of the longest text that is taken.

    Raises:
        ValueError: a column is missing or of a type that can't be it, or the rules file has a mistake
            (`RulesError`); told before a job is started.
    """
    if rules is not None:
        load_rules(Path(rules))
    given = {"text": text, "id": id, "published": published, "title": title, "url": url}
    names = {part: name for part, name in given.items() if name is not None}
    selected = df.select([_column(df, part, name) for part, name in names.items()])
    schema = frame_schema()
    reader = partial(
        read_frames,
        names={part: part for part in names},
        settings=settings_of(rules, model, max_chars),
        timeout=timeout,
        schema=schema,
    )
    return selected.mapInArrow(reader, from_arrow_schema(schema))


def _column(df: DataFrame, part: str, name: str) -> Column:
    """The column that holds a part of the article, under the part's name."""
    column = F.col(name).alias(part)
    try:
        [field] = df.select(column).schema
    except AnalysisException as error:
        known = ", ".join(f"«{other}»" for other in df.columns)
        raise ValueError(f"{part}={name!r}: the DataFrame must have one column of this name; it has {known}") from error
    if not isinstance(field.dataType, TYPES[part]):
        raise ValueError(f"{part}={name!r}: the column is {field.dataType.simpleString()}; cast it to string")
    return column


app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)


@app.command()
def main(
    source: Annotated[str, typer.Argument(help="Parquet: an article a row.", metavar="INPUT")],
    out: Annotated[str, typer.Argument(help="The folder for the records, in Parquet.", metavar="OUTPUT")],
    text: Annotated[str | None, typer.Option(help="The column of the texts.", metavar="COLUMN")] = None,
    id: Annotated[str | None, typer.Option(help="Of their ids.", metavar="COLUMN")] = None,
    published: Annotated[str | None, typer.Option(help="Of the publication dates.", metavar="COLUMN")] = None,
    title: Annotated[str | None, typer.Option(help="Of the headlines.", metavar="COLUMN")] = None,
    url: Annotated[str | None, typer.Option(help="Of the addresses.", metavar="COLUMN")] = None,
    partitions: Annotated[
        int, typer.Option(help="Into how many parts the articles are cut; 0: by what there is.", min=0)
    ] = 0,
    rules: Annotated[
        Path | None, typer.Option(help="A TOML file of your own deal types and lexicons.", metavar="FILE")
    ] = None,
    model: Annotated[
        bool, typer.Option("--model/--no-model", help="With the network that proposes deals too, or without.")
    ] = True,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Begin anew even if OUTPUT is there.")] = False,
    timeout: Annotated[
        float, typer.Option(help="Seconds that an article may take, for each 200,000 characters.", min=0.1)
    ] = TIMEOUT,
    max_chars: Annotated[int, typer.Option(help="Characters that an article may have.", min=1)] = MAX_CHARS,
) -> None:
    """Read articles with Spark and write one record for each; an article that fails is a row with its `error`.

    Which columns hold what is guessed by their usual names where it isn't said.
    """
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)  # else Spark takes any python3
    spark = SparkSession.builder.appName("extract-ru").getOrCreate()
    try:
        articles = spark.read.parquet(source)
        said = {"text": text, "id": id, "published": published, "title": title, "url": url}
        names = fields_of(
            dict.fromkeys(articles.columns), {part: name for part, name in said.items() if name is not None}
        )
        cores = spark.sparkContext.defaultParallelism
        if not partitions and articles.rdd.getNumPartitions() < cores:
            partitions = PARTS * cores
        if partitions:
            articles = articles.repartition(partitions)
        records = extract_records(
            articles,
            names.get("text", "text"),
            names.get("id"),
            names.get("published"),
            names.get("title"),
            names.get("url"),
            rules=rules,
            model=model,
            timeout=timeout,
            max_chars=max_chars,
        )
        records.write.mode("overwrite" if overwrite else "error").parquet(out)
    except (AnalysisException, ValueError) as error:
        typer.echo(f"extract.spark: {error}", err=True)
        raise typer.Exit(2) from None
    written = spark.read.parquet(out)
    failed = written.where("error IS NOT NULL").count()
    typer.echo(f"{written.count() - failed} records in {out}", err=True)
    if failed:
        typer.echo(f"{failed} articles failed, see its column «error»", err=True)


if __name__ == "__main__":
    app()
