"""
The live window: the last hour or so of segments, as live playlists list them.

Sequence numbers in a playlist are counted, not written (RFC 8216 section 3), so
that a window holds consecutive ones only. Where one is missing the window begins
after it. Segments leave at the front alone (section 6.2.2).
"""

from __future__ import annotations

from collections import deque

from groundwave.transmitter.tape.segment import TARGET_SECONDS, Segment


# Players begin three target durations from the end (RFC 8216 section 6.3.3). Of less
# hls.js and the players of Chromium and of Apple make a stall or an error.
HELD_BACK_SECONDS = 3 * TARGET_SECONDS
# Segments are cut at a frame: three of them may be a little shorter than that.
SLACK_SECONDS = 0.5
# A playlist never gets shorter than that again, whatever clocks do.
FEWEST_SEGMENTS = 6


class LiveWindow:
    """At least *seconds* of consecutive segments, once there are as many."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._segments: deque[Segment] = deque()
        self._held_seconds = 0.0

    @property
    def segments(self) -> tuple[Segment, ...]:
        """What a live playlist lists, oldest first."""
        return tuple(self._segments)

    @property
    def newest(self) -> Segment | None:
        return self._segments[-1] if self._segments else None

    @property
    def lacking_seconds(self) -> float:
        """How much more sound it takes until players can begin; 0 if they can."""
        lacking = HELD_BACK_SECONDS - self._held_seconds
        return lacking if lacking > SLACK_SECONDS else 0.0

    def add(self, segment: Segment) -> None:
        """Add the newest segment; let those go that are too old."""
        if self._segments and segment.sequence != self._segments[-1].sequence + 1:
            self._segments.clear()
            self._held_seconds = 0.0
        self._segments.append(segment)
        self._held_seconds += segment.duration
        while len(self._segments) > FEWEST_SEGMENTS and self._is_spare():
            self._drop_oldest()

    def forget_through(self, sequence: int) -> None:
        """Let go of *sequence* and all before it: they can no longer be fetched."""
        while self._segments and self._segments[0].sequence <= sequence:
            self._drop_oldest()

    def _is_spare(self) -> bool:
        """Whether enough remains without the oldest, by sound or by wall clock."""
        oldest, newest = self._segments[0], self._segments[-1]
        return (
            self._held_seconds - oldest.duration >= self._seconds
            or newest.end - oldest.end >= self._seconds
        )

    def _drop_oldest(self) -> None:
        self._held_seconds -= self._segments.popleft().duration
