"""
Who listened, from when to when: the records that reports and rights rest on.

A listener on a mount is one connection, and its record is exact. A listener of
HLS only ever fetches: whoever goes on fetching one station's segments from one
address with one player is one session, which ends when the fetching does. Two of
the same make behind one router are then counted as one; that is the error of
every such count, and it is on the modest side.
"""

from __future__ import annotations

import itertools
import secrets
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from groundwave.patchbay.messages import AddressPrivacy, Came, ListeningSession
from groundwave.transmitter.clock import Clock
from groundwave.transmitter.fanout import Departure
from groundwave.transmitter.ledger import Ledger
from groundwave.transmitter.listener import Listener
from groundwave.transmitter.mount import Mount
from groundwave.transmitter.privacy import kept_address
from groundwave.wire.http.head import RequestHead


# Three segments of five seconds, and patience for a tunnel.
FETCHING_SECONDS = 30.0
# Beyond so many, a new player's name tells nobody apart: names are easily made up.
MAX_TOLD_APART = 20_000
# What was fetched last was still heard for about a segment.
SEGMENT = timedelta(seconds=5)


@dataclass(slots=True)
class _Fetching:
    """Somebody who listens by fetching."""

    id: str
    station: str
    mount: str
    agent: str
    address: str
    referrer: str
    started_at: datetime
    fetched_at: datetime
    fetched_air: float
    bytes_sent: int = 0


class Sessions:
    """
    Turns departures into records and hands them to the ledger.

    Args:
        privacy: what may be kept of an address, by the line-up in force.
    """

    def __init__(
        self, ledger: Ledger, *, clock: Clock, privacy: Callable[[], AddressPrivacy]
    ) -> None:
        self._ledger = ledger
        self._clock = clock
        self._privacy = privacy
        # Tells this run's listener numbers from those of runs before.
        self._run = secrets.token_hex(6)
        self._numbers = itertools.count(1)
        self._fetching: dict[tuple[str, str, str], _Fetching] = {}

    def departed(self, mount: Mount, listener: Listener, _: Departure) -> None:
        """Record a listener that left a mount."""
        self._ledger.record(self._of_listener(mount, listener))

    def fetched(
        self, station: str, path: str, head: RequestHead, *, address: str, sent: int
    ) -> None:
        """Note that somebody fetched *sent* bytes of a station's HLS."""
        agent = head.headers.get("user-agent")[:200]
        now, key = self._clock.now(), (station, address, agent)
        if key not in self._fetching and len(self._fetching) >= MAX_TOLD_APART:
            key = (station, address, "")
        known = self._fetching.get(key)
        if known is None:
            known = self._fetching[key] = _Fetching(
                id=f"{self._run}-h{next(self._numbers)}",
                station=station,
                mount=path,
                agent=agent,
                address=self.shown_address(address),
                referrer=head.headers.get("referer")[:200],
                started_at=now,
                fetched_at=now,
                fetched_air=0.0,
            )
        known.fetched_at, known.fetched_air = now, self._clock.air()
        known.bytes_sent += sent

    def fetching(self, station: str) -> int:
        """Return how many listen to a station's HLS now."""
        return sum(1 for slug, _, _ in self._fetching if slug == station)

    def sweep(self) -> None:
        """Record those who have stopped fetching; called about once a second."""
        earliest = self._clock.air() - FETCHING_SECONDS
        for key, known in tuple(self._fetching.items()):
            if known.fetched_air < earliest:
                del self._fetching[key]
                self._ledger.record(_of_fetching(known))

    def close(self) -> None:
        """Record everybody who still fetches; listeners are recorded as they go."""
        for known in self._fetching.values():
            self._ledger.record(_of_fetching(known))
        self._fetching.clear()

    def checkpoint(self, mounts: Iterator[Mount]) -> list[ListeningSession]:
        """Return the records of everybody who is listening, as if they left now."""
        connected = [
            self._of_listener(mount, listener)
            for mount in mounts
            for listener in mount.fanout
        ]
        return connected + [_of_fetching(known) for known in self._fetching.values()]

    def came(self, mounts: Iterator[Mount], *, step: int) -> tuple[Came, ...]:
        """Return when those who listen now came, rounded up to whole *step* seconds."""
        connected = (
            (mount.station, listener.started_at)
            for mount in mounts
            for listener in mount.fanout
        )
        fetching = (
            (known.station, known.started_at) for known in self._fetching.values()
        )
        counts = Counter(
            (station, -int(-since.timestamp() // step) * step)
            for station, since in itertools.chain(connected, fetching)
        )
        return tuple(
            Came(station=station, by=datetime.fromtimestamp(unix, UTC), listeners=count)
            for (station, unix), count in counts.items()
        )

    def shown_address(self, address: str) -> str:
        """Return what may be kept and shown of a listener's address."""
        return kept_address(address, self._privacy())

    def _of_listener(self, mount: Mount, listener: Listener) -> ListeningSession:
        return ListeningSession(
            id=f"{self._run}-{listener.id}",
            station=mount.station,
            mount=mount.path,
            started_at=listener.started_at,
            ended_at=self._clock.now(),
            bytes_sent=listener.bytes_sent,
            agent=listener.agent,
            address=self.shown_address(listener.address),
            referrer=listener.referrer,
        )


def _of_fetching(known: _Fetching) -> ListeningSession:
    return ListeningSession(
        id=known.id,
        station=known.station,
        mount=known.mount,
        started_at=known.started_at,
        ended_at=known.fetched_at + SEGMENT,
        bytes_sent=known.bytes_sent,
        agent=known.agent,
        address=known.address,
        referrer=known.referrer,
    )
