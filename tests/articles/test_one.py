"""The one article of a file."""

import json
import zipfile
from pathlib import Path

import pytest

from extract.articles.one import read_one
from extract.errors import ArticleError

ROW = {"title": "Кедр получил кредит", "body": "Банк «Заречье» выдал «Кедру» кредит.", "date": "2024-05-20"}


@pytest.mark.parametrize("rows", [ROW, [ROW], {"items": [ROW]}])
def test_an_object_is_an_article(tmp_path: Path, rows: object) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), "utf-8")
    article = read_one(path, "2020-01-01")
    assert (article.title, article.published) == (ROW["title"], ROW["date"])
    assert ROW["body"] in article.text and "{" not in article.text


def test_a_date_is_given_where_there_is_none(tmp_path: Path) -> None:
    for name, content in [("a.txt", ROW["body"]), ("a.json", json.dumps({"text": ROW["body"]}))]:
        (tmp_path / name).write_text(content, "utf-8")
        assert read_one(tmp_path / name, "2024-05-20").published == "2024-05-20"


def test_an_archive_of_one_file(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("a.txt", ROW["body"])
    assert read_one(tmp_path / "a.zip").text == ROW["body"]


@pytest.mark.parametrize(
    ("content", "reason"),
    [([ROW, ROW], "more than one article"), ([], "no article"), ({"what": 5}, "none of the fields")],
)
def test_other_files_are_refused(tmp_path: Path, content: object, reason: str) -> None:
    path = tmp_path / "a.json"
    path.write_text(json.dumps(content), "utf-8")
    with pytest.raises(ArticleError, match=reason):
        read_one(path)
