"""
What the bench and its listener driver say to each other, a JSON line each.

The bench writes one ``Order``; the driver answers with ``TuningIn`` about twice
a second, one ``TunedIn`` when every listener has heard a second of sound or
failed to, and one ``Heard`` at the end.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """
    How many listeners to be, of what, and for how long.

    Attributes:
        source_address: the loopback address they come from. Another one each
            run: the last run's ports are still in TIME_WAIT.
        spread_seconds: over how long they tune in; 0 means all at once.
        admission_seconds: how long to wait for a second of sound for all.
        hold_seconds: how long to listen after that.
        sweep_seconds: how often every socket is read.
        icy: they ask for titles.
    """

    host: str
    port: int
    path: str
    listeners: int
    source_address: str = ""
    spread_seconds: float = 0.0
    admission_seconds: float = 120.0
    hold_seconds: float = 30.0
    sweep_seconds: float = 0.5
    byterate: int = 16_000
    icy: bool = False


class Spread(msgspec.Struct, frozen=True):
    """
    Seconds over all listeners, those who waited in vain included.

    None where that many never got it.
    """

    p50: float | None
    p99: float | None
    longest: float | None

    @classmethod
    def over(cls, waits: Sequence[float | None]) -> Spread:
        """Sum up everyone's *waits*; None waited in vain."""
        ordered = sorted(math.inf if wait is None else wait for wait in waits)
        return cls(*(_rank(ordered, share) for share in (0.50, 0.99, 1.0)))


class TuningIn(msgspec.Struct, frozen=True, tag=True):
    """Admission goes on."""

    asked: int
    heard: int


class TunedIn(msgspec.Struct, frozen=True, tag=True):
    """Admission is over."""

    heard: int
    waited: float


class Heard(msgspec.Struct, frozen=True, tag=True, kw_only=True):
    """
    What all the listeners heard, and what it cost to listen.

    Attributes:
        heard: those who got a second of sound while admission lasted.
        first_byte: from each one's own connect call to its first byte of sound.
        second: from each one's own connect call to one second of sound.
        all_within: from the first connect call of all to one second of sound
            for the last one; None if someone never got it.
        refused, dropped: how many, by reason, before and after the head of a 200.
        never: who was neither, and never heard a second of sound.
        gaps: buffers run dry; ``ears_with_gaps`` is in how many players.
        sweep_late: the worst delay of a reading, which ``longest_silence`` may
            be overstated by.
    """

    listeners: int
    heard: int
    refused: dict[str, int]
    dropped: dict[str, int]
    never: int
    first_byte: Spread
    second: Spread
    all_within: float | None
    gaps: int
    ears_with_gaps: int
    longest_silence: float
    sound_bytes: int
    admission_cpu: float
    admission_wall: float
    hold_cpu: float
    hold_wall: float
    sweep_late: float

    @property
    def lost(self) -> int:
        """Those who were refused, dropped or kept waiting."""
        gone = sum(self.refused.values()) + sum(self.dropped.values())
        return gone + self.never


Word = TuningIn | TunedIn | Heard


def _rank(waits: Sequence[float], share: float) -> float | None:
    if not waits:
        return None
    wait = waits[max(0, math.ceil(share * len(waits)) - 1)]
    return wait if math.isfinite(wait) else None
