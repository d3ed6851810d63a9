"""One output's frames from one source: when each is heard, and the last of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from groundwave.transmitter.arrival import ArrivalClock
from groundwave.transmitter.shelf import Shelf
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.frame import Frame


SHELF_SECONDS = 15.0


@dataclass(slots=True)
class Lane:
    """
    Places frames on the timeline and keeps the last of them for a take-over.

    Attributes:
        seconds: how much sound there was so far.
        ends_at: when the newest of it ends; None before the first.
    """

    clock: ArrivalClock = field(default_factory=ArrivalClock)
    shelf: Shelf = field(default_factory=lambda: Shelf(SHELF_SECONDS))
    seconds: float = 0.0
    ends_at: float | None = None

    def place(self, frames: Sequence[Frame], now: float) -> list[StampedFrame]:
        """Return *frames*, which arrived *now*, each with when it is heard."""
        seconds = sum(frame.seconds for frame in frames)
        at = self.clock.place(seconds, arrived=now)
        self.seconds, self.ends_at = self.seconds + seconds, at + seconds
        placed = []
        for frame in frames:
            placed.append(StampedFrame(frame, at))
            at += frame.seconds
        self.shelf.add(placed)
        return placed
