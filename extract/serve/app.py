"""The HTTP service: `POST /extract`, `GET /schema`, `GET /health`, and a page at `/`."""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, TypeVar

from fastapi import FastAPI, HTTPException, Request
from fastapi.exception_handlers import http_exception_handler
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, Response
from pydantic import BaseModel, ConfigDict, Field, model_validator
from starlette.exceptions import HTTPException as Refusal

from extract.articles.article import Article
from extract.articles.headline import headline
from extract.articles.one import read_one
from extract.extractor import Extractor
from extract.pages.labels import labels
from extract.pages.page import page
from extract.pages.view import view_of
from extract.record import Record
from extract.serve.limits import PAGE, Guard, Limits
from extract.serve.reasons import in_russian

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
SCRIPTS = ("static/dom.js", "static/article.js", "static/serve.js")
DAY = Field(None, description="The publication date, YYYY-MM-DD.", examples=["2024-05-20"])
HEADERS = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
Answer = TypeVar("Answer")


class ArticleIn(BaseModel):
    """An article to read."""

    model_config = ConfigDict(extra="forbid")

    text: str = Field(min_length=1, examples=["Банк «Заречье» выдал «Кедру» кредит."])
    id: str | None = Field(None, description="Comes back as the record's id.", max_length=1000)
    title: str | None = Field(None, max_length=10_000)
    published: str | None = DAY
    url: str | None = Field(None, description="Comes back as the record's url.", max_length=2000)


class Pasted(BaseModel):
    """What the page sends: a text, or the path of a file on this machine."""

    model_config = ConfigDict(extra="forbid")

    text: str | None = None
    path: str | None = Field(None, max_length=4096)
    published: str | None = DAY

    @model_validator(mode="after")
    def _one(self) -> "Pasted":
        if bool(self.text and self.text.strip()) == bool(self.path and self.path.strip()):
            raise ValueError("give a text or a file's path, one of them")
        return self


class Service:
    """Reads articles one at a time in a thread of its own, as many others waiting as the limits allow.

    Args:
        extractor: the models.
        limits: of size, time and number.
        folder: the folder of which files may be read, or None for no files.
    """

    def __init__(self, extractor: Extractor, limits: Limits, folder: Path | None) -> None:
        self.extractor = extractor
        self.limits = limits
        self.folder = None if folder is None else folder.resolve()
        self.rules = None if extractor.rules is None else Path(extractor.rules)
        self._thread = ThreadPoolExecutor(1, "extract")
        self._waiting = 0

    def record(self, article: Article) -> Record:
        # What spaCy's string store learns from an article is forgotten after it: memory stays flat.
        with self.extractor.nlp.memory_zone():
            return self.extractor.read(article)

    def view(self, given: Pasted) -> dict[str, Any]:
        """The record, and what the page shows of it."""
        if given.path:
            article = self._file(given.path.strip(), given.published)
        else:
            article = Article(given.text or "", None, headline(given.text or ""), given.published)
        record = self.record(article)
        return {"view": view_of(record), "record": record.model_dump()}

    def _file(self, path: str, published: str | None) -> Article:
        if self.folder is None:
            raise HTTPException(403, "files are read only while the service is bound to this machine alone")
        file = (self.folder / path.removeprefix("file://")).resolve()
        if not file.is_relative_to(self.folder):
            raise HTTPException(403, f"only files in {self.folder} are read; --folder names another one")
        if not file.is_file():
            raise HTTPException(404, f"{file}: no such file")
        article = read_one(file, published, self.limits.chars)
        return replace(article, id=(article.id or "").replace(f"{self.folder.as_posix()}/", "", 1))

    async def run(self, work: Callable[[], Answer]) -> Answer:
        """Do a piece of work in the thread.

        Raises:
            HTTPException: too many wait (503), it took too long (504), or it was refused (422).
        """
        if self._waiting >= self.limits.waiting:
            raise HTTPException(503, "too many requests are waiting; try again later", {"Retry-After": "1"})
        self._waiting += 1
        try:
            return await asyncio.wait_for(asyncio.wrap_future(self._thread.submit(work)), self.limits.seconds)
        except TimeoutError:
            raise HTTPException(504, f"the answer took longer than {self.limits.seconds:g} seconds") from None
        except ValueError as error:
            raise HTTPException(422, str(error)) from None
        finally:
            self._waiting -= 1

    def check(self, text: str | None) -> None:
        if text is not None and len(text) > self.limits.chars:
            raise HTTPException(
                413, f"too long: {len(text):,} characters; texts of up to {self.limits.chars:,} are taken"
            )


def create_app(extractor: Extractor, limits: Limits | None = None, folder: Path | None = None) -> FastAPI:
    """Make the service.

    Args:
        extractor: the models; the service alone should use them.
        limits: of size, time and number of requests.
        folder: the folder of which the page may read files; None where others than this machine can reach it.
    """
    service = Service(extractor, limits or Limits(), folder)
    html = page("serve.html", SCRIPTS, {"labels": labels(service.rules)}, connect="'self'", folder=folder)
    # The interactive documentation that FastAPI brings loads its scripts from elsewhere: only /openapi.json is kept.
    app = FastAPI(
        title="extract-ru",
        version=version("extract-ru"),
        summary="Facts from Russian news, each with the place in the text that states it",
        docs_url=None,
        redoc_url=None,
    )
    app.add_middleware(Guard, limits=service.limits, hosts=None if folder is None else LOCAL_NAMES)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        """Say what is wrong without sending back what was sent: it may be large, or no valid text."""
        if request.url.path == PAGE:
            return JSONResponse({"detail": "; ".join(in_russian(item["msg"]) for item in error.errors())}, 422)
        reasons = [{"loc": item["loc"], "msg": item["msg"], "type": item["type"]} for item in error.errors()]
        return JSONResponse({"detail": reasons}, 422)

    @app.exception_handler(Refusal)
    async def refused(request: Request, error: Refusal) -> Response:
        """Tell the page's reader in Russian, programs in English."""
        if request.url.path == PAGE:
            error.detail = in_russian(error.detail)
        return await http_exception_handler(request, error)

    @app.get("/", include_in_schema=False)
    async def home() -> HTMLResponse:
        return HTMLResponse(html, headers=HEADERS)

    @app.post("/extract", summary="Read an article")
    async def extract(article: ArticleIn) -> Record:
        service.check(article.text)
        given = Article(**article.model_dump())
        return await service.run(lambda: service.record(given))

    @app.post(PAGE, include_in_schema=False)
    async def view(given: Pasted) -> dict[str, Any]:
        service.check(given.text)
        return await service.run(lambda: service.view(given))

    @app.get("/schema", summary="The record's JSON Schema")
    async def schema() -> dict[str, Any]:
        return Record.model_json_schema()

    @app.get("/health", summary="Whether the service works")
    async def health() -> dict[str, str]:
        return {"status": "ok", "version": app.version}

    return app
