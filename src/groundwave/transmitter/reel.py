"""
A mount's last seconds, as shared immutable blocks with running byte offsets.

Every listener is only a position in here. Listeners at the live edge are at the
same position, so the bytes they are sent are joined once and shared. Blocks
begin on a frame, so whoever tunes in at a block's start hears clean sound.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.icy import NO_CHANGE, metadata_block


# A quarter of a second: the grain of the burst, and few enough to keep in lists.
FRAMES_PER_BLOCK = 10
# Slow listeners catch up in helpings, so that one of them never stalls the rest.
HELPING_BYTES = 131_072


@dataclass(frozen=True, slots=True)
class _Title:
    offset: int
    block: bytes


class Reel:
    """
    The bytes of one mount from ``start`` to ``end``.

    Args:
        seconds: how much is kept; a listener further behind has lost its place.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._offsets: list[int] = []
        self._blocks: list[bytes] = []
        self._stamps: list[float] = []
        self._independent: list[bool] = []
        self._titles = [_Title(0, metadata_block(""))]
        self._shared: dict[tuple[int, int], bytes] = {}
        self.end = 0
        self.ends_at = 0.0

    @property
    def start(self) -> int:
        """The oldest offset that is still here."""
        return self._offsets[0] if self._offsets else self.end

    def append(self, frames: Sequence[StampedFrame]) -> None:
        """Add whole frames at the live edge."""
        for first in range(0, len(frames), FRAMES_PER_BLOCK):
            self._append_block(frames[first : first + FRAMES_PER_BLOCK])
        self._shared.clear()
        self._forget(self.ends_at - self._seconds)

    def entitle(self, title: str) -> None:
        """Let *title* begin at the live edge: nobody sees it before they hear it."""
        self._titles.append(_Title(self.end, metadata_block(title)))

    def tune_in(self, burst_seconds: float, *, now: float) -> int:
        """
        Return the offset at which a new listener starts.

        About *burst_seconds* before the live edge, at a frame, and where one is
        near at a frame that decodes without those before it. A live edge that is
        ahead of *now*, in air seconds, is there early and not for long: whoever
        began at it would have that much less when it is on time again.
        """
        if not self._offsets:
            return self.end
        wanted = min(self.ends_at, now) - burst_seconds
        index = max(0, bisect_right(self._stamps, wanted) - 1)
        for near in (index, index - 1, index + 1, index - 2, index + 2):
            if 0 <= near < len(self._offsets) and self._independent[near]:
                return self._offsets[near]
        return self._offsets[index]

    def span(self, start: int, end: int) -> bytes:
        """
        Return the bytes from *start* to *end*, or a helping of them.

        The same span is joined once, however many listeners ask for it.
        """
        end = min(end, start + HELPING_BYTES)
        shared = self._shared.get((start, end))
        if shared is None:
            shared = self._shared[start, end] = self._join(start, end)
        return shared

    def title_at(self, offset: int) -> bytes:
        """Return the ICY block of the title heard at *offset*."""
        for title in reversed(self._titles):
            if title.offset <= offset:
                return title.block
        return NO_CHANGE

    def _append_block(self, frames: Sequence[StampedFrame]) -> None:
        data = b"".join(stamped.frame.data for stamped in frames)
        self._offsets.append(self.end)
        self._blocks.append(data)
        self._stamps.append(frames[0].at)
        self._independent.append(frames[0].frame.independent)
        self.end += len(data)
        self.ends_at = frames[-1].ends_at

    def _join(self, start: int, end: int) -> bytes:
        index = bisect_right(self._offsets, start) - 1
        last = bisect_right(self._offsets, end - 1)
        joined = b"".join(self._blocks[index:last])
        skipped = start - self._offsets[index]
        return joined[skipped : skipped + end - start]

    def _forget(self, instant: float) -> None:
        old = bisect_right(self._stamps, instant)
        if old < 8:  # in small batches: a list forgets its head by moving its tail
            return
        for kept in (self._offsets, self._blocks, self._stamps, self._independent):
            del kept[:old]
        while len(self._titles) > 1 and self._titles[1].offset <= self.start:
            del self._titles[0]
