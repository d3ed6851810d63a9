"""A frame and the instant it belongs to."""

from __future__ import annotations

from dataclasses import dataclass

from groundwave.wire.frames.frame import Frame


@dataclass(frozen=True, slots=True)
class StampedFrame:
    """
    A frame of the programme, placed on the station's timeline.

    Attributes:
        frame: the encoded frame.
        at: when its first sample was on air: in air seconds within the
            transmitter, in Unix seconds on the tape.
    """

    frame: Frame
    at: float

    @property
    def ends_at(self) -> float:
        return self.at + self.frame.seconds
