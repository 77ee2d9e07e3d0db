"""The service: what it answers, and what it turns away, always with a reason."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import extract
from extract.record import Record

pytest.importorskip("fastapi", reason="the extra «serve» isn't installed")

from fastapi.testclient import TestClient

from extract.serve.app import create_app
from extract.serve.limits import Limits

TEXT = "Банк «Заречье» выдал «Кедру» кредит на 5 млн рублей."


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("articles")
    (folder / "20240520_kedr.txt").write_text(TEXT, "utf-8")
    (folder / "empty.txt").write_text("", "utf-8")
    return folder


@pytest.fixture(scope="module")
def client(extractor: extract.Extractor, folder: Path) -> Iterator[TestClient]:
    app = create_app(extractor, Limits(chars=1000), folder)
    with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as client:
        yield client


def test_extract_gives_the_record(client: TestClient, extractor: extract.Extractor) -> None:
    answer = client.post("/extract", json={"text": TEXT, "id": "a1", "published": "2024-05-20"})
    assert answer.status_code == 200
    assert Record.model_validate(answer.json()) == extractor.extract(TEXT, "a1", None, "2024-05-20")


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        ({}, 422, "Field required"),
        ({"text": ""}, 422, "at least 1 character"),
        ({"text": 5}, 422, "valid string"),
        ({"text": TEXT, "texts": []}, 422, "Extra inputs"),
        ({"text": TEXT, "published": "вчера"}, 422, "published must be a day"),
        ({"text": TEXT, "published": "2024-02-30"}, 422, "published must be a day"),
        ({"text": "а" * 1001}, 413, "too long: 1,001 characters"),
        ({"text": "а" * 100_000}, 413, "larger than"),
        ([], 422, "valid dictionary"),
    ],
)
def test_bad_requests_are_told_why(client: TestClient, body: object, status: int, reason: str) -> None:
    answer = client.post("/extract", json=body)
    assert answer.status_code == status
    assert reason in answer.text
    assert "ааааа" not in answer.text  # what was sent doesn't come back


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"text": "\\ud800"}', b"", b"null"])
def test_what_is_no_json_is_refused(client: TestClient, content: bytes) -> None:
    answer = client.post("/extract", content=content, headers={"Content-Type": "application/json"})
    assert answer.status_code in (400, 422)
    assert answer.json()["detail"]


def test_other_sites_cannot_send_forms(client: TestClient) -> None:
    answer = client.post("/extract", content=b'{"text": "a"}', headers={"Content-Type": "text/plain"})
    assert answer.status_code == 422


def test_a_body_without_length_is_cut_off(client: TestClient) -> None:
    answer = client.post(
        "/extract", content=(b" " * 10_000 for _ in range(100)), headers={"Content-Type": "application/json"}
    )
    assert answer.status_code == 413


def test_other_names_of_this_machine_are_refused(client: TestClient) -> None:
    assert client.get("/health", headers={"Host": "evil.example"}).status_code == 400
    assert client.get("/health", headers={"Host": "127.0.0.1:8000"}).status_code == 200
    assert client.get("/health", headers={"Host": "[::1]:8000"}).status_code == 200


def test_health_schema_and_openapi(client: TestClient) -> None:
    assert client.get("/health").json()["status"] == "ok"
    assert client.get("/schema").json() == Record.model_json_schema()
    assert set(client.get("/openapi.json").json()["paths"]) == {"/extract", "/schema", "/health"}
    assert client.get("/docs").status_code == 404  # it would load scripts from elsewhere


def test_page_says_that_it_must_not_be_framed(client: TestClient) -> None:
    answer = client.get("/")
    assert "frame-ancestors 'none'" in answer.headers["Content-Security-Policy"]
    assert "connect-src &#39;self&#39;" in answer.text


def test_files_of_the_folder_are_read(client: TestClient, folder: Path) -> None:
    for path in ("20240520_kedr.txt", str(folder / "20240520_kedr.txt"), (folder / "20240520_kedr.txt").as_uri()):
        record = client.post("/view", json={"path": path}).json()["record"]
        assert (record["id"], record["published"]) == ("20240520_kedr.txt", "2024-05-20")


@pytest.mark.parametrize(
    ("path", "status"),
    [("/etc/passwd", 403), ("../x.txt", 403), ("none.txt", 404), (".", 404), ("empty.txt", 422), ("a\0b", 422)],
)
def test_other_files_are_not(client: TestClient, path: str, status: int) -> None:
    answer = client.post("/view", json={"path": path})
    assert answer.status_code == status
    assert answer.json()["detail"]


def test_a_json_file_of_one_article_is_read(client: TestClient, folder: Path) -> None:
    (folder / "one.json").write_text(f'{{"body": "{TEXT}", "date": "2024-05-20"}}', "utf-8")
    record = client.post("/view", json={"path": "one.json"}).json()["record"]
    assert (record["text"], record["published"], record["id"]) == (TEXT, "2024-05-20", "one.json#1")


@pytest.mark.parametrize(
    ("asked", "reason"),
    [
        ({"path": "/etc/passwd"}, "читаются только файлы из папки /"),
        ({"path": "none.txt"}, "нет такого файла: /"),
        ({"path": "empty.txt"}, "файл пуст"),
        ({"path": "space.txt"}, "в файле одни пробелы"),
        ({"path": "binary.txt"}, "это не текст"),
        ({"path": "broken.docx"}, "это не документ Word"),
        ({"path": "broken.pdf"}, "этот PDF не читается"),
        ({"path": "broken.zip"}, "архив испорчен"),
        ({"path": "two.json"}, "в файле не одна статья"),
        ({"path": "menu.html"}, "на веб-странице не нашлось"),
        ({"path": "long.txt"}, "слишком"),
        ({"text": TEXT, "published": "вчера"}, "дата публикации пишется так"),
        ({"text": TEXT, "path": "a.txt"}, "нужен текст или файл"),
        ({}, "нужен текст или файл"),
        ({"text": "а" * 1001}, "слишком длинный текст: знаков 1\N{NO-BREAK SPACE}001"),
        ({"text": "а" * 100_000}, "слишком длинный текст: принимается до"),
        ({"path": "a\0b"}, "прочесть не удалось"),
    ],
)
def test_the_page_is_told_in_russian(client: TestClient, folder: Path, asked: dict[str, str], reason: str) -> None:
    for name, content in {
        "space.txt": b" \n ",
        "binary.txt": bytes(range(256)) * 4,
        "broken.docx": b"PK\3\4",
        "broken.pdf": b"%PDF-1.4 what",
        "broken.zip": b"PK\3\4",
        "two.json": b'[{"text": "a"}, {"text": "b"}]',
        "menu.html": b"<html><body></body></html>",
        "long.txt": ("а" * 1001).encode(),
    }.items():
        (folder / name).write_bytes(content)
    answer = client.post("/view", json=asked)
    assert answer.status_code in (403, 404, 413, 422)
    assert answer.json()["detail"].startswith(reason)


def test_no_files_for_others_than_this_machine(extractor: extract.Extractor) -> None:
    with TestClient(create_app(extractor)) as client:
        assert client.post("/view", json={"path": "a.txt"}).status_code == 403
        assert 'name="path"' not in client.get("/").text


class Slow:
    """An extractor that takes its time."""

    def __init__(self, extractor: extract.Extractor) -> None:
        self.nlp, self.rules, self.extractor = extractor.nlp, None, extractor

    def read(self, article: extract.Article) -> Record:
        time.sleep(0.5)
        return self.extractor.read(article)


def test_what_takes_too_long_is_given_up(extractor: extract.Extractor) -> None:
    with TestClient(create_app(Slow(extractor), Limits(seconds=0.1))) as client:
        answer = client.post("/extract", json={"text": TEXT})
        assert (answer.status_code, answer.json()["detail"]) == (504, "the answer took longer than 0.1 seconds")


def test_too_many_at_once_are_sent_away(extractor: extract.Extractor) -> None:
    with TestClient(create_app(Slow(extractor), Limits(waiting=2))) as client, ThreadPoolExecutor(6) as clients:
        answers = list(clients.map(lambda _: client.post("/extract", json={"text": TEXT}), range(6)))
        assert sorted({answer.status_code for answer in answers}) == [200, 503]
        assert all("Retry-After" in answer.headers for answer in answers if answer.status_code == 503)
        assert client.post("/extract", json={"text": TEXT}).status_code == 200
