"""
The site's half of the edition: it makes a page for everybody when the front asks.

Everything else goes through as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from groundwave.delivery.edition.answer import made
from groundwave.delivery.edition.freshness import keep_seconds
from groundwave.delivery.edition.question import without_trackers
from groundwave.delivery.edition.words import ANSWER, CLIENT, WANTS


Environ = dict[str, Any]
Start = Callable[..., object]
# Of a page a Django response comes back, which its stubs do not call an iterable of bytes.
Application = Callable[[Environ, Any], Any]

# In ``environ``: what comes of it will be compressed here if it may be kept.
FOR_EVERYBODY = "groundwave.for_everybody"


class BehindTheFront:
    """
    A WSGI application around the site's, on the socket that the front alone reaches.

    Args:
        site: the site; what it returns for a page is a Django response.
        host: where the front listens.
        port: the same.
    """

    def __init__(self, site: Application, *, host: str, port: int) -> None:
        self._site = site
        self._place = {"SERVER_NAME": host, "SERVER_PORT": str(port)}

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        # A socket of this machine has no address; any other is not the front's word.
        if not environ.get("REMOTE_ADDR"):
            client = environ.get(_variable(CLIENT), "")
            environ = {**environ, **self._place, "REMOTE_ADDR": client}
            if _variable(WANTS) in environ:
                return self._answer(environ, start)
        through: Iterable[bytes] = self._site(environ, start)
        return through

    def _answer(self, environ: Environ, start: Start) -> Iterable[bytes]:
        """Have the site answer for everybody; hand over what may be kept, or nothing."""
        said = _Said()
        response = self._site(for_everybody(environ), said)
        is_whole = not getattr(response, "streaming", True)
        try:
            body = b"".join(response) if is_whole else b""
        finally:
            _close(response)
        seconds = keep_seconds(said.code, said.by_name()) if is_whole else 0
        if not seconds:
            start("204 No Content", [])
            return []
        start("200 OK", [(ANSWER, "1")])
        answer = made(said.status, said.headers, body, seconds=seconds)
        return [msgspec.msgpack.encode(answer)]


def for_everybody(environ: Environ) -> Environ:
    """Return *environ* as nobody in particular would have sent it."""
    query = without_trackers(environ.get("QUERY_STRING", ""))
    return environ | {"QUERY_STRING": query, FOR_EVERYBODY: True}


class _Said:
    """What the site says first: WSGI's ``start_response``."""

    status = "500 Internal Server Error"
    headers: list[tuple[str, str]] = []

    def __call__(self, status: str, headers: list[tuple[str, str]], *_: Any) -> None:
        self.status, self.headers = status, headers

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def by_name(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers}


def _variable(header: str) -> str:
    """Return what WSGI calls a request's *header*."""
    return f"HTTP_{header.upper().replace('-', '_')}"


def _close(response: Iterable[bytes]) -> None:
    if close := getattr(response, "close", None):
        close()
