"""What a request may ask for, and the layer that turns away what is too large, too slow or meant for another host."""

import asyncio
from dataclasses import dataclass

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extract.serve.reasons import in_russian

JSON_CHARACTER = 12  # bytes: an emoji as two \uXXXX
ENVELOPE = 65_536  # bytes for what stands around the text
PAGE = "/view"  # where the page asks; a person reads the reasons there


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of a service.

    Attributes:
        chars: of a text.
        seconds: for sending a request, and again for answering it.
        waiting: requests that are worked on or wait for it; one more is turned away.
    """

    chars: int = 200_000
    seconds: float = 30
    waiting: int = 64

    @property
    def body(self) -> int:
        """Bytes of a request's body."""
        return self.chars * JSON_CHARACTER + ENVELOPE


class Guard:
    """Wraps an ASGI application.

    Args:
        app: the application.
        limits: of a request's size and time.
        hosts: the names under which the service may be asked for, or None for any. A web page elsewhere could
            otherwise point a name of its own at this machine and read what the service answers.
    """

    def __init__(self, app: ASGIApp, limits: Limits, hosts: frozenset[str] | None = None) -> None:
        self.app = app
        self.limits = limits
        self.hosts = hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        refusal = self._refusal(headers)
        if refusal is not None:
            status, reason = refusal
            told = in_russian(reason) if scope["path"] == PAGE else reason
            await JSONResponse({"detail": told}, status)(scope, receive, send)
        else:
            await self.app(scope, self._limited(receive), send)

    def _refusal(self, headers: Headers) -> tuple[int, str] | None:
        if self.hosts is not None and _name(headers.get("host", "")) not in self.hosts:
            return 400, f"this service answers to the names {', '.join(sorted(self.hosts))} only"
        length = headers.get("content-length", "0")
        if not length.isdecimal() or int(length) > self.limits.body:
            return 413, self._too_large()
        return None

    def _limited(self, receive: Receive) -> Receive:
        size, whole = 0, False

        async def limited() -> Message:
            nonlocal size, whole
            if whole:  # only the client's going away can come now
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), self.limits.seconds)
            except TimeoutError:
                raise HTTPException(408, f"the request didn't come within {self.limits.seconds:g} seconds") from None
            size += len(message.get("body", b""))
            whole = not message.get("more_body", False)
            if size > self.limits.body:
                raise HTTPException(413, self._too_large())
            return message

        return limited

    def _too_large(self) -> str:
        return f"larger than {self.limits.body:,} bytes; texts of up to {self.limits.chars:,} characters are taken"


def _name(host: str) -> str:
    """A Host header without its port."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0]
