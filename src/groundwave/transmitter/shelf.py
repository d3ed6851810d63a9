"""
The last seconds of a source that is connected, on air or not.

A take-over after the grace period starts where the lost source stopped, some
seconds ago: those seconds are taken from here, and no listener's buffer shrinks.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator

from groundwave.transmitter.stamped import StampedFrame


class Shelf:
    """Keeps frames until they are *seconds* older than the newest."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._frames: deque[StampedFrame] = deque()

    def __len__(self) -> int:
        return len(self._frames)

    def add(self, frames: Iterable[StampedFrame]) -> None:
        """Put *frames*, in order, on the shelf."""
        self._frames.extend(frames)
        kept = self._frames
        while kept and kept[0].at < kept[-1].at - self._seconds:
            kept.popleft()

    def since(self, instant: float) -> Iterator[StampedFrame]:
        """Yield the frames whose middle lies at or after *instant*."""
        return (
            stamped
            for stamped in self._frames
            if stamped.at + stamped.frame.seconds / 2 >= instant
        )
