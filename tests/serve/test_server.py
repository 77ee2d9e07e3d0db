"""The server as a process of its own: many requests, its memory, its page in a browser."""

import http.client
import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

pytest.importorskip("uvicorn", reason="the extra «serve» isn't installed")

REQUESTS, CLIENTS = 1000, 8
GROWTH = 80_000_000  # bytes


@pytest.fixture(scope="module")
def server(tmp_path_factory) -> Iterator[tuple[int, subprocess.Popen]]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("articles")
    (folder / "a.txt").write_text("Банк «Заречье» выдал «Кедру» кредит.", "utf-8")
    command = [sys.executable, "-m", "extract", "serve", "--port", str(port), "--folder", str(folder)]
    process = subprocess.Popen(command, stderr=subprocess.DEVNULL)
    try:
        _wait_for(port, process)
        yield port, process
    finally:
        process.terminate()
        assert process.wait(20) in (0, -15)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    for _ in range(240):
        assert process.poll() is None
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.25)
        else:
            return
    pytest.fail("the server didn't start within a minute")


def _memory(process: subprocess.Popen) -> int:
    status = Path(f"/proc/{process.pid}/status")
    if not status.exists():
        pytest.skip("memory is read from /proc")
    return next(int(line.split()[1]) * 1024 for line in status.read_text().splitlines() if line.startswith("VmRSS"))


def test_nothing_is_lost_of_many_requests(server: tuple[int, subprocess.Popen]) -> None:
    port, process = server

    def ask(client: int) -> list[str]:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        ids = []
        for number in range(REQUESTS // CLIENTS):
            name = f"{client}-{number}"
            body = json.dumps({"text": f"Банк «Заречье {name}» выдал «Кедру» кредит.", "id": name})
            connection.request("POST", "/extract", body, {"Content-Type": "application/json"})
            answer = connection.getresponse()
            record = json.loads(answer.read())
            assert answer.status == 200
            assert f"Заречье {name}" in record["text"]
            ids.append(record["id"])
        return ids

    ask(CLIENTS)  # caches fill
    before = _memory(process)
    with ThreadPoolExecutor(CLIENTS) as clients:
        ids = [id for found in clients.map(ask, range(CLIENTS)) for id in found]
    assert ids == [f"{client}-{number}" for client in range(CLIENTS) for number in range(REQUESTS // CLIENTS)]
    assert _memory(process) - before < GROWTH


def test_only_this_machine_is_listened_to(server: tuple[int, subprocess.Popen]) -> None:
    port, _ = server
    with socket.socket() as other:  # bound to all addresses, the port would be taken on this one too
        other.bind(("127.0.0.2", port))


def test_page_reads_a_pasted_text_and_a_file(server: tuple[int, subprocess.Popen], look) -> None:
    port, _ = server
    page = look(f"http://127.0.0.1:{port}/")
    page.fill("textarea", "Банк «Заречье» выдал «Кедру» <b>кредит</b> на 5 млн рублей вчера.")
    page.fill("[name=published]", "2024-05-20")
    page.click("button.primary")
    page.wait_for_selector("#result article")
    assert "<b>кредит</b>" in page.inner_text("#result .body")
    assert page.locator("#result .card[aria-pressed=true]").count() == 1
    page.fill("textarea", "")
    page.fill("[name=path]", "a.txt")
    page.click("button.primary")
    page.wait_for_selector("#result .meta:has-text('a.txt')")
    assert page.inner_text("#problem") == ""
    page.fill("[name=path]", "")
    page.click("form button")
    assert "Вставьте текст" in page.inner_text("#problem")


def test_port_that_is_taken(server: tuple[int, subprocess.Popen]) -> None:
    port, _ = server
    command = [sys.executable, "-m", "extract", "serve", "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode != 0
    assert str(port) in done.stderr
