"""
What open pages learn without asking: server-sent events to thousands.

A page is a socket and a filter. An event is encoded once and sent to all; a page
that does not take it is let go, and comes back with ``Last-Event-ID`` for what it
missed. (WHATWG HTML, section 9.2.)

However fast events come, a page is written to once when its turn comes, and gets
everything since the last time: what waits is a number for each page.
"""

from __future__ import annotations

import itertools
import re
import socket
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from groundwave.wire.http.head import response
from groundwave.wire.http.text import clean_text
from groundwave.wire.sse import HEARTBEAT, ServerSentEvent, retry


# Resume reaches this far back; a page that was away longer gets the present state,
# and one that fell behind further is let go, to come back for it.
KEPT_EVENTS = 1000
HEARTBEAT_SECONDS = 15.0
# Pages are written to in groups, so that sound is never late because of news.
PAGES_PER_TURN = 500
# Pages wait this long before they come back; all at once would be a storm.
RETRY_MS = 2500
MAX_NAME = 100

_NUMBER = re.compile("[0-9]{1,18}")  # what a page sends back may be of any length

HEAD = response(
    200,
    [
        ("Content-Type", "text/event-stream; charset=utf-8"),
        ("Cache-Control", "no-store"),
        ("Access-Control-Allow-Origin", "*"),
        ("X-Accel-Buffering", "no"),
        ("Connection", "close"),
    ],
    version="HTTP/1.1",
)


@dataclass(slots=True, eq=False)
class _Page:
    sock: socket.socket
    station: str


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    station: str
    data: bytes


class Events:
    """
    The pages that are open, and what they are told.

    Args:
        epoch: distinguishes this run's event ids from those of runs before.
        present: returns the events that bring a new page up to date, for a station
            (or all, if empty).
    """

    def __init__(
        self, *, epoch: str, present: Callable[[str], list[tuple[str, str]]]
    ) -> None:
        self._epoch = epoch
        self._present = present
        self._numbers = itertools.count(1)
        self._last = 0
        self._kept: deque[_Kept] = deque(maxlen=KEPT_EVENTS)
        self._pages: dict[socket.socket, _Page] = {}
        # Whose turn comes, in order, and the last event that each has been told.
        self._due: dict[_Page, int] = {}

    @property
    def count(self) -> int:
        """How many pages are open."""
        return len(self._pages)

    def open_page(self, sock: socket.socket, *, station: str, last_id: str) -> None:
        """Answer a page and bring it up to date; the socket is ours from now on."""
        missed = self._missed(station, last_id)
        if missed is None:
            missed = self._encode_present(station)
        page = _Page(sock, station)
        self._pages[sock] = page
        self._write(page, HEAD + retry(RETRY_MS) + missed)

    def announce(self, event: str, data: str, *, station: str = "") -> None:
        """Tell every page of *station* (all, if empty); sent within the next turns."""
        self._make_due(station)
        self._last = next(self._numbers)
        encoded = self._encode(self._last, clean_text(event, limit=MAX_NAME), data)
        self._kept.append(_Kept(self._last, station, encoded))

    def heartbeat(self) -> None:
        """Keep proxies from closing quiet connections, and notice who has left."""
        self._make_due("")

    def turn(self) -> None:
        """Write to the next group of pages; called many times a second."""
        news = cache(self._news)  # many pages were told the same last time
        for page in tuple(itertools.islice(self._due, PAGES_PER_TURN)):
            data = news(page.station, self._due.pop(page))
            if data is None:
                self._let_go(page)
            else:
                self._write(page, data or HEARTBEAT)

    def close(self) -> None:
        """End every page's connection."""
        for page in tuple(self._pages.values()):
            self._let_go(page)

    def _make_due(self, station: str) -> None:
        """Give the pages of *station* a turn; those that wait for one keep it."""
        for page in self._pages.values():
            if not station or not page.station or page.station == station:
                self._due.setdefault(page, self._last)

    def _missed(self, station: str, last_id: str) -> bytes | None:
        """Return what a page missed since *last_id*; None if that is not known."""
        epoch, _, number = last_id.rpartition("-")
        if epoch != self._epoch or not _NUMBER.fullmatch(number):
            return None
        return self._news(station, int(number))

    def _news(self, station: str, seen: int) -> bytes | None:
        """Return all that *station* was told since *seen*; None if that is not known."""
        oldest = self._kept[0].number if self._kept else self._last + 1
        if seen + 1 < oldest or seen > self._last:
            return None
        newer = itertools.takewhile(lambda k: k.number > seen, reversed(self._kept))
        theirs = [
            kept.data for kept in newer if kept.station in ("", station or kept.station)
        ]
        return b"".join(reversed(theirs))

    def _encode_present(self, station: str) -> bytes:
        return b"".join(
            self._encode(self._last, event, data)
            for event, data in self._present(station)
        )

    def _encode(self, number: int, event: str, data: str) -> bytes:
        identifier = f"{self._epoch}-{number}"
        return ServerSentEvent(id=identifier, event=event, data=data).encode()

    def _write(self, page: _Page, data: bytes) -> None:
        try:
            sent = page.sock.send(data)
        except OSError:  # gone, or not reading: either way it will come back
            sent = -1
        if sent != len(data):
            self._let_go(page)

    def _let_go(self, page: _Page) -> None:
        self._pages.pop(page.sock, None)
        self._due.pop(page, None)
        page.sock.close()
