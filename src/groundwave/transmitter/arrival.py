"""
When did this sound happen? Placing a source's frames on the air's timeline.

A source tells no time: frames arrive early in bursts and late after a hiccup,
and its crystal is never quite ours. Laws:

* Frames follow each other without a gap, so time is counted in samples.
* The *least late* arrival of the last seconds is the truth about the clock:
  delay on a network is only ever added. The count is pulled towards it slowly,
  so that drift never accumulates and jitter never shows.
* Only when even the least late arrival is late by a second was sound lost; then
  the timeline jumps, once.
"""

from __future__ import annotations

from collections import deque


WINDOW_SECONDS = 3.0
LOST_SECONDS = 1.0
# 0.5 %: 50 times the worst crystal, a fiftieth of what a listener could notice.
PULL = 0.005
# However much arrives at once: pulled back by half a frame (10 ms at the least), a
# frame would be taken for one that was played already.
MOST_PULL_SECONDS = 0.004


class ArrivalClock:
    """Turns arrivals into start instants, in air seconds."""

    def __init__(self) -> None:
        self._next: float | None = None
        self._lateness: deque[tuple[float, float]] = deque()
        self._lost_since: float | None = None

    def place(self, seconds: float, *, arrived: float) -> float:
        """Return when *seconds* of sound that just *arrived* began."""
        if self._next is None:
            self._next = arrived - seconds
        start = self._next + self._correction(seconds, arrived)
        self._next = start + seconds
        return start

    def ahead(self, now: float) -> float:
        """By how many seconds the source is ahead of real time."""
        return 0.0 if self._next is None else self._next - now

    def _correction(self, seconds: float, arrived: float) -> float:
        lateness = arrived - (self._due + seconds)
        least = self._least_late(lateness, arrived)
        if self._is_lost(lateness, arrived):
            self._lateness.clear()
            self._lost_since = None
            return least
        pull = min(PULL * seconds, MOST_PULL_SECONDS)
        return max(-pull, min(pull, least))

    def _is_lost(self, lateness: float, arrived: float) -> bool:
        """Tell whether everything has been late for too long to be caught up."""
        if lateness <= LOST_SECONDS:
            self._lost_since = None
        elif self._lost_since is None:
            self._lost_since = arrived
        since = self._lost_since
        return since is not None and arrived - since > WINDOW_SECONDS

    @property
    def _due(self) -> float:
        return self._next or 0.0

    def _least_late(self, lateness: float, arrived: float) -> float:
        recent = self._lateness
        while recent and recent[0][0] < arrived - WINDOW_SECONDS:
            recent.popleft()
        # A minimum queue: whatever is later than the newcomer can never win.
        while recent and recent[-1][1] >= lateness:
            recent.pop()
        recent.append((arrived, lateness))
        return recent[0][1]
