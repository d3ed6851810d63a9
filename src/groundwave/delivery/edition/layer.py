"""
The outermost layer of the site: answers from memory what anybody may be answered.

Everything else goes through as it came.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from groundwave.delivery.edition.answer import Answer, Head, Start
from groundwave.delivery.edition.flights import Flights
from groundwave.delivery.edition.freshness import keep_seconds
from groundwave.delivery.edition.question import Environ, House, Key, for_everybody
from groundwave.delivery.edition.shelf import Figures, Shelf


# Of a page a Django response comes back, which its stubs do not call an iterable of bytes.
Application = Callable[[Environ, Any], Any]

# The layer that a request came through, in its ``environ``.
LAYER = "groundwave.edition"


class EditionLayer:
    """
    A WSGI application around the site's.

    Args:
        site: the site; what it returns for a page is a Django response.
        house: what is never answered from memory.
        room: how many bytes of memory answers may take.
        edition: says the number of the edition now.
        clock: seconds that never go back.
    """

    def __init__(
        self,
        site: Application,
        *,
        house: House,
        room: int,
        edition: Callable[[], int],
        clock: Callable[[], float],
    ) -> None:
        self._site, self._house = site, house
        self._shelf, self._flights = Shelf(room), Flights()
        self._edition, self._clock = edition, clock

    def __call__(self, environ: Environ, start: Start) -> Iterable[bytes]:
        key = self._house.key(environ)
        if key is None:
            through: Iterable[bytes] = self._site(environ | {LAYER: self}, start)
            return through
        # Read before anything is looked up: what is committed later is another edition.
        edition, now = self._edition(), self._clock()
        answer = self._shelf.find(key, edition, now)
        if answer:
            return answer.send(environ, start, now)
        return self._fetch(key, edition, environ, start)

    def figures(self) -> Figures:
        return self._shelf.figures()

    def _fetch(
        self, key: Key, edition: int, environ: Environ, start: Start
    ) -> Iterable[bytes]:
        flight, is_ours = self._flights.board(key, edition)
        if not is_ours:
            if answer := flight.awaited():
                return answer.send(environ, start, self._clock())
            return self._ask_site(key, edition, environ, start)[1]
        try:
            flight.answer, sent = self._ask_site(key, edition, environ, start)
            return sent
        finally:
            self._flights.land(flight)

    def _ask_site(
        self, key: Key, edition: int, environ: Environ, start: Start
    ) -> tuple[Answer | None, Iterable[bytes]]:
        """Have the site answer for everybody; return what may be kept, and what is sent."""
        said = _Said()
        response = self._site(for_everybody(environ, query=key[-1]), said)
        if getattr(response, "streaming", True):
            start(said.status, said.headers)
            return None, _without_body(response, environ)
        try:
            body = b"".join(response)
        finally:
            _close(response)
        answer = self._kept(key, edition, said, body)
        if answer:
            return answer, answer.send(environ, start, self._clock())
        start(said.status, said.headers)
        return None, [] if environ["REQUEST_METHOD"] == "HEAD" else [body]

    def _kept(self, key: Key, edition: int, said: _Said, body: bytes) -> Answer | None:
        seconds = keep_seconds(said.code, said.by_name())
        if not seconds:
            return None
        answer = Answer(
            said.status,
            said.headers,
            body,
            edition=edition,
            made_at=self._clock(),
            seconds=seconds,
        )
        self._shelf.put(key, answer, is_page=said.code == 200)
        return answer


class _Said:
    """What the site says first: WSGI's ``start_response``."""

    status = "500 Internal Server Error"
    headers: Head = []

    def __call__(self, status: str, headers: Head, *_: Any) -> None:
        self.status, self.headers = status, headers

    @property
    def code(self) -> int:
        return int(self.status[:3])

    def by_name(self) -> dict[str, str]:
        return {name.lower(): value for name, value in self.headers}


def _without_body(response: Iterable[bytes], environ: Environ) -> Iterable[bytes]:
    """Leave the body out where only the head was asked for; it was asked for whole."""
    if environ["REQUEST_METHOD"] != "HEAD":
        return response
    _close(response)
    return []


def _close(response: Iterable[bytes]) -> None:
    if close := getattr(response, "close", None):
        close()
