"""
A segment: five seconds of a station, the same in every rendition.

The renditions of one segment begin together, last equally long and share one
initialization segment. What a player may be told about a segment is therefore
told once for all of them.
"""

from __future__ import annotations

import re

import msgspec

from groundwave.transmitter.tape.errors import NameUnsafe
from groundwave.transmitter.tape.title import Title


# No segment is longer, rounded: every playlist's EXT-X-TARGETDURATION.
TARGET_SECONDS = 5

_NAME = re.compile(r"[a-z0-9][a-z0-9_-]{0,63}")


class Segment(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """
    What a playlist says of a segment.

    Attributes:
        sequence: its media sequence number; one more than the segment before.
        start: when its first sample was on air, in Unix seconds, whole microseconds.
        duration: in seconds, exactly that of its samples.
        discontinuity: its timeline or encoding does not continue the last one's.
        discontinuities: how many there were on this tape, this one included.
        init: the id of its initialization segment.
        titles: that are heard in it, the first as it begins (see ``title``).
    """

    sequence: int
    start: float
    duration: float
    discontinuity: bool
    discontinuities: int
    init: str
    titles: tuple[Title, ...] = ()

    @property
    def end(self) -> float:
        return self.start + self.duration

    @property
    def name(self) -> str:
        """
        Name the segment as its URL does.

        The start is in it so that a name is never given to other audio: not
        after a crash that lost the last sequence numbers, not on a wiped disk.
        """
        return f"{self.sequence}-{_microseconds(self.start) // 1000}"

    @property
    def hour(self) -> int:
        """The hour it starts in, counted from 1970 in UTC."""
        return hour_of(self.start)


def hour_of(instant: float) -> int:
    """Return which hour since 1970 (UTC) *instant* falls in."""
    return _microseconds(instant) // 3_600_000_000


def named(name: str) -> tuple[int, int] | None:
    """Return the sequence number and the hour that *name* speaks of, if it is one."""
    match = re.fullmatch(r"(\d{1,15})-(\d{1,14})", name, re.ASCII)
    return (int(match[1]), int(match[2]) // 3_600_000) if match else None


def safe_name(name: str) -> str:
    """Return *name* if it may name a folder; a ``NameUnsafe`` says why it may not."""
    if not _NAME.fullmatch(name):
        raise NameUnsafe(name)
    return name


def _microseconds(instant: float) -> int:
    return round(instant * 1_000_000)
