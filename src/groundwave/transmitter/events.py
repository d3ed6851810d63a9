"""
What open pages learn without asking: server-sent events to thousands.

A page is a socket and a filter. An event is encoded once and sent to all; a page
that does not take it is let go, and comes back with ``Last-Event-ID`` for what it
missed. (WHATWG HTML, section 9.2.)

However fast events come, a page is written to once when its turn comes, and gets
everything since the last time: what waits is a number for each page. Of what holds
until the next of its name, it gets the last for each station and matter.
"""

from __future__ import annotations

import itertools
import re
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from random import Random, SystemRandom

from groundwave.transmitter.standing import STANDING
from groundwave.wire.http.head import response
from groundwave.wire.http.text import clean_text
from groundwave.wire.sse import ServerSentEvent, retry


# Resume reaches this far back; a page that was away longer gets the present state,
# and one that fell behind further is let go, to come back for it.
KEPT_EVENTS = 1000
HEARTBEAT_SECONDS = 15.0
# Pages are written to in groups, so that sound is never late because of news.
PAGES_PER_TURN = 500
# How long a page waits before it comes back, shortest and longest: thousands that lost
# the same transmitter in one instant do not return in one.
RETRY_MS = (1_500, 6_000)
MAX_NAME = 100
# An event and not a comment: a script has to see that its line is alive.
BEAT = ServerSentEvent(event="beat", data="{}").encode()

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
    event: str
    about: str
    data: bytes


class Events:
    """
    The pages that are open, and what they are told.

    Args:
        epoch: distinguishes this run's event ids from those of runs before.
        present: returns the events that bring a new page up to date, for a station
            (or all, if empty).
        random: which page waits how long before it comes back.
    """

    def __init__(
        self,
        *,
        epoch: str,
        present: Callable[[str], list[tuple[str, str]]],
        random: Random | None = None,
    ) -> None:
        self._epoch = epoch
        self._present = present
        self._random = random or SystemRandom()
        # As it is until the next turn, by station: thousands may come in between.
        self._presents: dict[str, bytes] = {}
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
        self._write(page, HEAD + retry(self._random.randint(*RETRY_MS)) + missed)

    def announce(
        self, event: str, data: str, *, station: str = "", about: str = ""
    ) -> None:
        """Tell every page of *station* (all, if empty); sent within the next turns."""
        self._make_due(station)
        self._presents.clear()
        self._last = next(self._numbers)
        event = clean_text(event, limit=MAX_NAME)
        encoded = self._encode(self._last, event, data)
        self._kept.append(_Kept(self._last, station, event, about, encoded))

    def heartbeat(self) -> None:
        """Tell every page that its line is alive, and notice who has left."""
        self._make_due("")

    def turn(self) -> None:
        """Write to the next group of pages; called many times a second."""
        self._presents.clear()
        news = cache(self._news)  # many pages were told the same last time
        for page in tuple(itertools.islice(self._due, PAGES_PER_TURN)):
            data = news(page.station, self._due.pop(page))
            if data is None:
                self._let_go(page)
            else:
                self._write(page, data or BEAT)

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
        theirs = (
            kept for kept in newer if kept.station in ("", station or kept.station)
        )
        return b"".join(reversed([kept.data for kept in _in_force(theirs)]))

    def _encode_present(self, station: str) -> bytes:
        if station not in self._presents:
            self._presents[station] = b"".join(
                self._encode(self._last, event, data)
                for event, data in self._present(station)
            )
        return self._presents[station]

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


def _in_force(newest_first: Iterable[_Kept]) -> Iterator[_Kept]:
    """Leave out what was said of something that newer words hold for."""
    told: set[tuple[str, str, str]] = set()
    for kept in newest_first:
        place = (kept.station, kept.event, kept.about)
        if kept.event in STANDING and place in told:
            continue
        told.add(place)
        yield kept
