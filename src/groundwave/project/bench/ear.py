"""
What one listener's player would have sounded like.

A player starts at the first byte of sound and plays at the mount's bitrate. It
falls silent when its buffer runs dry and goes on when sound arrives. Sound is
taken to have arrived when it was read, never earlier: silence may be overstated
by the time between two readings, and is never missed.
"""

from __future__ import annotations


# A player's output stage holds this much; a shorter gap is not heard.
INAUDIBLE_SECONDS = 0.02


class Ear:
    """
    A player's buffer, seen from its socket. All instants are monotonic seconds.

    Attributes:
        sound: the bytes of sound received.
        first_at: when the first of them was read.
        second_at: when the first second of sound was complete.
        gaps: how often the buffer ran dry.
        silence: for how many seconds in all.
        longest: the longest of these silences, in seconds.
        longest_at: when that one was over, or last noticed.
    """

    __slots__ = (
        "_byterate",
        "_gap",
        "first_at",
        "gaps",
        "longest",
        "longest_at",
        "second_at",
        "silence",
        "sound",
    )

    def __init__(self, byterate: int) -> None:
        self._byterate = byterate
        self._gap = 0.0
        self.sound = 0
        self.first_at: float | None = None
        self.second_at: float | None = None
        self.gaps = 0
        self.silence = 0.0
        self.longest = 0.0
        self.longest_at: float | None = None

    def hear(self, count: int, now: float) -> None:
        """Take in *count* bytes of sound."""
        if self.first_at is None:
            self.first_at = now
        else:
            self.play(now)
        self._gap = 0.0
        self.sound += count
        if self.second_at is None and self.sound >= self._byterate:
            self.second_at = now

    def play(self, now: float) -> None:
        """Play what is there until *now*."""
        if self.first_at is None:
            return
        dry = -self.buffered(now)
        if dry <= INAUDIBLE_SECONDS:
            return
        self.gaps += self._gap == 0.0
        self._gap += dry
        self.silence += dry
        if self._gap > self.longest:
            self.longest, self.longest_at = self._gap, now

    def buffered(self, now: float) -> float:
        """Return for how many seconds the player could go on; negative if dry."""
        if self.first_at is None:
            return 0.0
        played = now - self.first_at - self.silence
        return self.sound / self._byterate - played
