"""From paths to articles' files."""

import os
from pathlib import Path

import pytest

from extract.articles.read import read
from extract.articles.sources import Source, walk
from extract.errors import ArticleError


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("b.txt", "a/2.TXT", "a/10.txt", "a/c/x.txt", "a.txt", "a/photo.jpg", ".git/y.txt"):
        path = tmp_path / "news" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("текст", "utf-8")
    return tmp_path


def ids(*paths: str, skip: tuple[Path, ...] = ()) -> list[str | None]:
    return [found.id for found in walk(map(Path, paths), skip)]


def test_a_folder_is_walked_in_the_order_of_names(folder: Path) -> None:
    expected = ["news/a/10.txt", "news/a/2.TXT", "news/a/c/x.txt", "news/a.txt", "news/b.txt"]
    assert ids("news") == expected
    assert ids("./news/") == expected


def test_ids_are_paths_as_given(folder: Path) -> None:
    assert ids("news/a/c") == ["news/a/c/x.txt"]
    assert ids(str(folder / "news/b.txt")) == [(folder / "news/b.txt").as_posix()]
    os.chdir(folder / "news" / "a")
    assert ids(".") == ["10.txt", "2.TXT", "c/x.txt"]
    assert ids("../b.txt") == ["../b.txt"]


def test_a_file_named_outright_is_taken_whatever_its_name(folder: Path) -> None:
    assert ids("news/a/photo.jpg") == ["news/a/photo.jpg"]


def test_each_article_comes_once(folder: Path) -> None:
    assert ids("news/a/c", "news/a", "news/b.txt", "news/b.txt") == [
        "news/a/c/x.txt",
        "news/a/10.txt",
        "news/a/2.TXT",
        "news/b.txt",
    ]


def test_what_is_being_written_is_skipped(folder: Path) -> None:
    assert ids("news/a", skip=(folder / "news/a/2.TXT",)) == ["news/a/10.txt", "news/a/c/x.txt"]


def test_links_are_followed_but_not_in_circles(folder: Path) -> None:
    (folder / "news" / "a" / "c" / "up").symlink_to(folder / "news")
    (folder / "other").mkdir()
    (folder / "other" / "z.txt").write_text("текст", "utf-8")
    (folder / "news" / "link").symlink_to(folder / "other")
    found = ids("news")
    assert found.count("news/b.txt") == 1
    assert "news/link/z.txt" in found
    assert len(found) == 6


def test_a_folder_that_cannot_be_listed_is_an_error(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    listed = os.scandir

    def refuse(path: Path) -> object:
        if Path(path).name == "c":
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = list(walk([Path("news")]))
    errors = [error for error in found if isinstance(error, ArticleError)]
    assert [(error.id, error.stage) for error in errors] == [("news/a/c", "read")]
    assert "Permission denied" in errors[0].reason
    assert sum(isinstance(source, Source) for source in found) == 4


def test_a_name_that_is_no_utf8_still_gives_an_id(tmp_path: Path) -> None:
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xcf\xf0.txt")).write_text("текст", "utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    [source] = walk([tmp_path])
    assert isinstance(source, Source)
    assert source.id.endswith("/\\xcf\\xf0.txt")
    assert source.path.read_text("utf-8") == "текст"


def test_links_that_lead_to_themselves_are_told(folder: Path) -> None:
    (folder / "news" / "loop.txt").symlink_to(folder / "news" / "pool.txt")
    (folder / "news" / "pool.txt").symlink_to(folder / "news" / "loop.txt")
    for skip in ((), (folder / "out.jsonl",)):
        found = {source.id: source for source in walk([Path("news")], skip) if isinstance(source, Source)}
        assert {"news/loop.txt", "news/b.txt"} <= set(found)
        with pytest.raises(ArticleError, match="can't be read"):
            read(found["news/loop.txt"])
