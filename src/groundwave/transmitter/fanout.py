"""
From one reel to every ear: when which listener is sent how much.

Each listener is served once a second, in one send, whatever its mount's
bitrate: the number of system calls is what listening costs. So that the loop
never stops for long, listeners are spread over cohorts that take turns within
the second. Sending is also how a departure is noticed; nothing is polled.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from groundwave.transmitter.listener import Listener, ListenerGone
from groundwave.transmitter.reel import Reel


COHORTS = 20
TURN_SECONDS = 1 / COHORTS


class Departure(StrEnum):
    """Why a listener is no longer here."""

    LEFT = "left"
    FELL_BEHIND = "fell behind"
    KICKED = "kicked"
    CLOSED = "closed"


class Fanout:
    """
    The listeners of one mount.

    Args:
        reel: what they hear.
        burst_seconds: the sound sent at once on tune-in.
        departed: told of each listener that goes, for the session record.
    """

    def __init__(
        self,
        reel: Reel,
        *,
        burst_seconds: float,
        departed: Callable[[Listener, Departure], None],
    ) -> None:
        self.reel = reel
        self.burst_seconds = burst_seconds
        self._departed = departed
        self._cohorts: list[dict[int, Listener]] = [{} for _ in range(COHORTS)]
        self._behind: dict[int, Listener] = {}
        self.peak = 0
        self.count = 0
        self.bytes_sent = 0

    def __iter__(self) -> Iterator[Listener]:
        for cohort in self._cohorts:
            yield from tuple(cohort.values())

    def admit(self, listener: Listener, head: bytes) -> None:
        """Send the response *head* and the burst; serve from now on."""
        listener.position = self.reel.tune_in(self.burst_seconds)
        listener.owed = head
        self._cohort(listener.id)[listener.id] = listener
        self.count += 1
        self.peak = max(self.peak, self.count)
        self._serve(listener, self.reel.end)

    def turn(self, number: int) -> None:
        """Serve the cohort whose turn it is, and those still filling up."""
        end = self.reel.end
        cohort = self._cohorts[number % COHORTS]
        for listener in (*self._behind.values(), *cohort.values()):
            if listener.id in self._cohort(listener.id):
                self._serve(listener, end)

    def kick(self, listener_id: int) -> bool:
        """End one listener's connection; return whether there was one."""
        listener = self._cohort(listener_id).get(listener_id)
        if listener is None:
            return False
        self._dismiss(listener, Departure.KICKED)
        return True

    def close(self) -> None:
        """End every connection."""
        for listener in self:
            self._dismiss(listener, Departure.CLOSED)

    def _cohort(self, listener_id: int) -> dict[int, Listener]:
        return self._cohorts[listener_id % COHORTS]

    def _serve(self, listener: Listener, end: int) -> None:
        if listener.position < self.reel.start:
            self._dismiss(listener, Departure.FELL_BEHIND)
            return
        before = listener.bytes_sent
        try:
            complete = listener.send(self.reel, end)
        except ListenerGone:
            self._dismiss(listener, Departure.LEFT)
            return
        moved = listener.bytes_sent - before
        self.bytes_sent += moved
        if complete or not moved:
            # A full socket is left alone until its cohort's next turn.
            self._behind.pop(listener.id, None)
        else:
            self._behind[listener.id] = listener

    def _dismiss(self, listener: Listener, why: Departure) -> None:
        del self._cohort(listener.id)[listener.id]
        self._behind.pop(listener.id, None)
        self.count -= 1
        listener.sock.close()
        self._departed(listener, why)
