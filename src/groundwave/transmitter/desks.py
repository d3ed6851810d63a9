"""
The transmitter's end of the patchbay: who from the site is on the line.

The worker's line is the site's desk, and so is one that publishes the line-up: it is
told whatever happens, and the worker also what happened lately while it was away.
Any other line only gets answers. What a slow desk has not taken is dropped, oldest
first, but for listening sessions, which wait in the ledger until they are kept.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from typing import Protocol, assert_never

import structlog

from groundwave.patchbay.errors import LineClosed
from groundwave.patchbay.line import WORKER, TransmitterLine
from groundwave.patchbay.messages import (
    Announced,
    FromSite,
    FromTransmitter,
    LineupPublished,
    LineupTaken,
    Listeners,
    ListenersAsked,
    Refused,
    SessionsEnded,
    SessionsKept,
    SourceHeld,
    SourceKicked,
    Status,
    StatusAsked,
    Titles,
    TitlesAsked,
)
from groundwave.transmitter.recent import Recent


log = structlog.get_logger()

WAITING_MESSAGES = 2000


class OnAir(Protocol):
    """What the site may ask of the transmitter."""

    edition: int

    async def take_lineup(self, lineup: LineupPublished, *, may_go_back: bool) -> None:
        """Put a line-up in force; an older one only if it may go back."""

    def kick(self, message: SourceKicked) -> str:
        """End a source; return why not, or nothing."""

    def hold(self, message: SourceHeld) -> str:
        """Switch by hand; return why not, or nothing."""

    def announce(self, message: Announced) -> None:
        """Tell open pages."""

    def status(self) -> Status:
        """Return everything a person may want to know."""

    def listeners(self, asked: ListenersAsked) -> Listeners:
        """Return who listens, by when they came."""

    async def titles(self, asked: TitlesAsked) -> Titles | Refused:
        """Return what was playing, or why that cannot be said."""


class _Desk:
    """One open line and what waits to be sent on it."""

    def __init__(self, line: TransmitterLine) -> None:
        self.line = line
        self.is_told = False
        self._waiting: deque[FromTransmitter] = deque(maxlen=WAITING_MESSAGES)
        self._news = asyncio.Event()

    def say(self, message: FromTransmitter) -> None:
        self._waiting.append(message)
        self._news.set()

    async def send_all(self) -> None:
        """Send until the line closes; its reader notices that, too."""
        with contextlib.suppress(LineClosed):
            await self._send_forever()

    async def _send_forever(self) -> None:
        while True:
            await self._news.wait()
            self._news.clear()
            while self._waiting:
                await self.line.send(self._waiting.popleft())


class Desks:
    """
    Every line from the site.

    Args:
        next_batch: returns the listening sessions that wait for the site, if any.
        kept: told which batch the site has stored. Both may wait for the disk and
            are called in a thread.
    """

    def __init__(
        self,
        on_air: OnAir,
        *,
        next_batch: Callable[[], SessionsEnded | None],
        kept: Callable[[int], None],
    ) -> None:
        self._on_air = on_air
        self._next_batch = next_batch
        self._kept = kept
        self._desks: set[_Desk] = set()
        self._recent = Recent()

    async def attend(self, line: TransmitterLine) -> None:
        """Serve one line until it closes."""
        desk = _Desk(line)
        self._desks.add(desk)
        if line.peer == WORKER:
            self._bring_up_to_date(desk)
        sending = asyncio.create_task(desk.send_all())
        try:
            while True:
                await self._hear(desk, await line.receive())
        except LineClosed:
            log.debug("patchbay_line_closed", peer=line.peer)
        finally:
            self._desks.discard(desk)
            sending.cancel()

    def tell(self, message: FromTransmitter) -> None:
        """Tell every desk, and the worker if it comes later."""
        self._recent.note(message)
        for desk in self._desks:
            if desk.is_told:
                desk.say(message)

    async def offer_sessions(self) -> None:
        """Send the waiting sessions again; a desk that has stored them says so."""
        if any(desk.is_told for desk in self._desks):
            batch = await asyncio.to_thread(self._next_batch)
            if batch is not None:
                self.tell(batch)

    def _bring_up_to_date(self, desk: _Desk) -> None:
        """Tell it what it may have missed, and from now on whatever happens."""
        desk.is_told = True
        for incident in self._recent:
            desk.say(incident)

    async def _hear(self, desk: _Desk, message: FromSite) -> None:
        match message:
            case LineupPublished():
                desk.is_told = True
                may_go_back = desk.line.peer == WORKER
                await self._on_air.take_lineup(message, may_go_back=may_go_back)
                desk.say(LineupTaken(edition=self._on_air.edition))
                await self.offer_sessions()
            case SourceKicked():
                self._answer(desk, self._on_air.kick(message))
            case SourceHeld():
                self._answer(desk, self._on_air.hold(message))
            case Announced():
                self._on_air.announce(message)
            case SessionsKept():
                await asyncio.to_thread(self._kept, message.batch)
                await self.offer_sessions()
            case ListenersAsked():
                desk.say(self._on_air.listeners(message))
            case TitlesAsked():
                desk.say(await self._on_air.titles(message))
            case StatusAsked():
                desk.say(self._on_air.status())
            case _:
                assert_never(message)

    def _answer(self, desk: _Desk, refusal: str) -> None:
        desk.say(Refused(sentence=refusal) if refusal else self._on_air.status())
