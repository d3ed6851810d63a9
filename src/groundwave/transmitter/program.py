"""
A station's programme: one unbroken line of frames for each encoding it is heard in.

The source on air changes; what leaves here does not stop. A newcomer is joined
on at the first frame that begins where the last one ended.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from groundwave.audio.job import Encoding
from groundwave.transmitter.stamped import StampedFrame


# How far a splice looks for a frame that decodes without those before it.
CLEAN_START_FRAMES = 10

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

    def splice(self, frames: Iterable[StampedFrame]) -> None:
        """Play *frames* of another source, from a clean start if one is near."""
        due = iter([stamped for stamped in frames if self._is_due(stamped)])
        head = list(islice(due, CLEAN_START_FRAMES))
        clean = next((i for i, s in enumerate(head) if s.frame.independent), 0)
        self.play([*head[clean:], *due])

    def _is_due(self, stamped: StampedFrame) -> bool:
        middle = stamped.at + stamped.frame.seconds / 2
        return self.position is None or middle >= self.position
