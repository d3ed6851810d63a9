"""
One encoding of a station's programme: an unbroken line of frames.

The source on air changes; what leaves here does not stop. A newcomer is joined
on at the first frame that begins where the last one ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from groundwave.audio.job import Encoding
from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.reservoir import bridge


# More than the longest bit reservoir: 511 bytes, at most 16 frames of 8 kbit/s.
LEAD_IN_SECONDS = 0.5

Hear = Callable[[Sequence[StampedFrame]], None]


@dataclass(slots=True)
class Output:
    """
    One encoding of the programme, and who is given its frames.

    Attributes:
        passthrough: a source in this very format may pass through untouched.
        position: where the line ends, in air seconds; None before the first frame.
    """

    encoding: Encoding
    passthrough: bool
    hear: list[Hear] = field(default_factory=list)
    position: float | None = None

    def play(self, frames: Iterable[StampedFrame]) -> None:
        """Add the frames that lie beyond the position; drop those already played."""
        new = [stamped for stamped in frames if self._is_due(stamped)]
        if not new:
            return
        self.position = new[-1].ends_at
        for hear in self.hear:
            hear(new)

    def splice(self, frames: Sequence[StampedFrame]) -> None:
        """
        Play *frames* of another source, joined on without a wrong sound.

        *frames* should begin ``LEAD_IN_SECONDS`` before the position: an MP3 frame
        borrows bytes from those before it (the bit reservoir), which are not
        played, but are needed to make the seam clean.
        """
        due = [stamped for stamped in frames if self._is_due(stamped)]
        if len(due) > 1 and not due[0].frame.independent:
            lead_in = [s.frame for s in frames[: len(frames) - len(due) + 1]]
            bridged = bridge(lead_in, due[1].frame)
            if bridged is not None:
                due[0] = StampedFrame(bridged, due[0].at)
        self.play(due)

    def missing_before(self, frames: Iterable[StampedFrame]) -> float:
        """Return how many seconds there are from the position to the next of *frames*."""
        begins_at = next((each.at for each in frames if self._is_due(each)), None)
        if begins_at is None or self.position is None:
            return 0.0
        return begins_at - self.position

    def _is_due(self, stamped: StampedFrame) -> bool:
        middle = stamped.at + stamped.frame.seconds / 2
        return self.position is None or middle >= self.position
