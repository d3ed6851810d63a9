"""
The relay in a station's chain: somebody else's stream, pulled as a source.

Each connection to the remote server is one source with its own feed, so that it
goes through the same chain, codec and tape as an encoder in the studio.
"""

from __future__ import annotations

import asyncio
from itertools import cycle

import structlog

from groundwave.patchbay.messages import Role
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.relay import Relay
from groundwave.transmitter.sign_on import new_source
from groundwave.transmitter.source import Source
from groundwave.transmitter.station import Station
from groundwave.transmitter.supervision import keep_going


log = structlog.get_logger()

# With several addresses, one that gives no sound for this long is left for the next.
PATIENCE_SECONDS = 30.0
LOOK_SECONDS = 1.0


class Relays:
    """Keeps pulling the relay addresses of one station, the first that sounds."""

    def __init__(self, station: Station, *, clock: Clock) -> None:
        self._station = station
        self._clock = clock
        self._task: asyncio.Task[None] | None = None
        self._relay: Relay | None = None
        self._source: Source | None = None
        self._is_hung_up = False
        self._closing: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin to pull, if the station has a relay at all."""
        if self._station.line.relays:
            self._task = asyncio.create_task(keep_going("relays", self._pull_forever))

    async def close(self) -> None:
        """Stop pulling."""
        if self._task:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        self._lose("The relay was stopped.")
        await asyncio.gather(*self._closing)

    async def _pull_forever(self) -> None:
        urls = self._station.line.relays
        for url in cycle(urls):
            relay = self._relay = Relay(
                url,
                hear=self._hear,
                title=self._entitle,
                describe=self._begin,
                troubled=self._trouble,
                pause=self._pause,
            )
            pulling = asyncio.create_task(keep_going("relay", relay.run))
            try:
                await self._until_hopeless(has_others=len(urls) > 1)
            finally:
                relay.close()
                pulling.cancel()
                await asyncio.gather(pulling, return_exceptions=True)
                self._lose("The next relay address is tried.")

    async def _until_hopeless(self, *, has_others: bool) -> None:
        sounded_at = self._clock.air()
        while not has_others or self._clock.air() - sounded_at < PATIENCE_SECONDS:
            await asyncio.sleep(LOOK_SECONDS)
            if self._source and self._source.feed.health.heard_at:
                sounded_at = self._source.feed.health.heard_at

    def _begin(self, content_type: str) -> None:
        """Put a new connection's source in its place in the chain."""
        self._lose("The relay connected again.", lost=True)
        self._is_hung_up = False
        self._source = new_source(
            self._station,
            Role.RELAY,
            clock=self._clock,
            content_type=content_type,
            hang_up=self._hang_up,
            refuse=self._hang_up,
            address=self._relay.shown if self._relay else "",
        )
        self._station.connect(self._source)

    def _hear(self, data: bytes) -> None:
        if self._source:
            self._source.received_at = self._clock.air()
            self._source.feed.receive(data)

    def _entitle(self, title: str) -> None:
        if self._source:
            self._station.entitle(self._source, title)

    def _trouble(self, sentence: str) -> None:
        log.warning("relay_troubled", station=self._station.slug, reason=sentence)
        self._lose(sentence, lost=not self._is_hung_up)

    def _pause(self) -> float:
        return self._source.feed.pause() if self._source else 0.0

    def _hang_up(self, reason: str, *, lost: bool = False) -> None:
        """End this connection; the relay says so itself, and connects again later."""
        if self._relay:
            self._is_hung_up = not lost
            self._relay.hang_up(reason)

    def _lose(self, reason: str, *, lost: bool = False) -> None:
        source, self._source = self._source, None
        if source is None:
            return
        self._station.disconnect(source, reason, lost=lost)
        task = asyncio.create_task(source.feed.close())
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
