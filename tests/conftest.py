"""Fixtures that tests share: the models are loaded once a session."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from spacy.language import Language

import extract

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def extractor() -> extract.Extractor:
    return extract.load()


@pytest.fixture(scope="session")
def frames_only() -> extract.Extractor:
    """Without the network; in the folders that test frames and other rules, `extractor` and `nlp` are these."""
    return extract.load(model=False)


@pytest.fixture(scope="session")
def nlp(extractor: extract.Extractor) -> Language:
    return extractor.nlp


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The development data beside the repository; tests that use it skip where it is missing."""
    path = Path(__file__).parents[2] / "shared" / "data"
    if not path.is_dir():
        pytest.skip("the development data isn't here")
    return path


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium; without one the tests that need a browser skip."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright isn't installed")
    executable = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if executable is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as running:
        browser = running.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def look(chromium: Any) -> Iterator[Callable[..., Any]]:
    """Open a page; at the end, nothing may have been said on its console and nothing asked of the network."""
    said: list[str] = []
    contexts: list[Any] = []

    def open_page(address: str | Path, width: int = 1300, height: int = 900, **options: Any) -> Any:
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="ru", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda message: said.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: said.append(f"error: {error}"))
        page.on("dialog", lambda dialog: (said.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        if isinstance(address, Path):
            page.on("request", lambda request: _local(request.url) or said.append(f"request: {request.url}"))
        page.goto(address.as_uri() if isinstance(address, Path) else address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert said == []


def _local(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:", "about:"))
