"""
From one reel to every ear: when which listener is sent how much.

Each listener is served once a second, in one send, whatever its mount's
bitrate: the number of system calls is what listening costs. So that the loop
never stops for long, listeners are spread over cohorts that take turns within
the second. Sending is also how a departure is noticed; nothing is polled.

When sound comes back after a pause, buffers are low: then everybody is served
within a fifth of a second instead.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from enum import StrEnum

from groundwave.transmitter.listener import Listener, ListenerGone
from groundwave.transmitter.reel import Reel


COHORTS = 20
TURN_SECONDS = 1 / COHORTS
# No new sound for so many turns is a pause; after it, so many turns serve everybody.
PAUSE_TURNS = COHORTS // 2
HASTY_TURNS = COHORTS // 5


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
        self._heard_until = reel.end
        self._still = 0
        self._haste = 0
        self.peak = 0
        self.count = 0
        self.bytes_sent = 0

    def __iter__(self) -> Iterator[Listener]:
        for cohort in self._cohorts:
            yield from tuple(cohort.values())

    def admit(self, listener: Listener, head: bytes, *, now: float) -> None:
        """Send the response *head* and the burst of *now*, in air seconds; serve on."""
        listener.position = self.reel.tune_in(self.burst_seconds, now=now)
        listener.owed = head
        self._cohort(listener.id)[listener.id] = listener
        self.count += 1
        self.peak = max(self.peak, self.count)
        self._serve(listener, self.reel.end)

    def turn(self, number: int) -> None:
        """Serve the cohort whose turn it is, and those still filling up."""
        end = self.reel.end
        due = [listener for cohort in self._due(number) for listener in cohort.values()]
        for listener in (*self._behind.values(), *due):
            if listener.id in self._cohort(listener.id):
                self._serve(listener, end)

    def _due(self, number: int) -> list[dict[int, Listener]]:
        self._notice_pause()
        if self._haste:
            self._haste -= 1
            return self._cohorts[self._haste :: HASTY_TURNS]
        return [self._cohorts[number % COHORTS]]

    def _notice_pause(self) -> None:
        if self.reel.end == self._heard_until:
            self._still += 1
            return
        if self._still >= PAUSE_TURNS:
            self._haste = HASTY_TURNS
        self._heard_until, self._still = self.reel.end, 0

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
