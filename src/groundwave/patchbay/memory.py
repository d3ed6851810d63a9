"""
Lines without a socket, for tests and for a program that runs both halves.

Messages are framed and read back as on any other line, so that what does not
travel here does not travel anywhere. Nothing is dropped and nobody waits: what
is sent is held until it is received.
"""

from __future__ import annotations

import asyncio
from typing import Generic

from groundwave.patchbay.errors import LineClosed
from groundwave.patchbay.line import (
    SITE,
    Framing,
    Receives,
    Sends,
    SiteLine,
    TransmitterLine,
    site_framing,
    transmitter_framing,
)


# Held frames, then None for the end.
_Held = asyncio.Queue[bytes | None]


class MemoryLine(Generic[Sends, Receives]):
    """One end of a ``pair``."""

    def __init__(
        self, framing: Framing[Sends, Receives], sent: _Held, received: _Held
    ) -> None:
        self._framing = framing
        self._sent = sent
        self._received = received
        self._closed = False

    @property
    def peer(self) -> str:
        return self._framing.peer or ""

    async def send(self, message: Sends, /) -> None:
        if self._closed:
            raise LineClosed
        self._sent.put_nowait(self._framing.message(message))

    async def receive(self) -> Receives:
        while not self._closed:
            frame = await self._received.get()
            if frame is None:
                self.close()
                break
            self._framing.receive_data(frame)
            message = self._framing.next_message()
            if message is not None:
                return message
        raise LineClosed

    def close(self) -> None:
        if not self._closed:
            self._closed = True
            self._sent.put_nowait(None)
            self._received.put_nowait(None)  # wakes whoever waits in receive


def pair(*, name: str = SITE) -> tuple[SiteLine, TransmitterLine]:
    """
    Return the two ends of a new line, already introduced to each other.

    *name* is what the site's end calls itself.
    """
    to_site: _Held = asyncio.Queue()
    to_transmitter: _Held = asyncio.Queue()
    site, transmitter = site_framing(name), transmitter_framing()
    site.receive_data(transmitter.hello())
    transmitter.receive_data(site.hello())
    return (
        MemoryLine(site, to_transmitter, to_site),
        MemoryLine(transmitter, to_site, to_transmitter),
    )
