"""
The source's bytes that no decoder is done with yet.

Positions count from the source's first byte. Bytes are kept for a while only:
sound that is too old to be worth sending is let go of, heard or not.
"""

from __future__ import annotations

from collections import deque


class Backlog:
    """
    The bytes from position ``start`` to position ``end``.

    Args:
        keep_seconds: how old bytes may grow.
        keep_bytes: how many are kept at most, however young.
    """

    def __init__(self, keep_seconds: float, keep_bytes: int) -> None:
        self.start = 0
        self.end = 0
        self._keep_seconds = keep_seconds
        self._keep_bytes = keep_bytes
        self._chunks: deque[tuple[float, bytes]] = deque()

    def add(self, data: bytes, now: float) -> None:
        """Keep *data*, which came *now* (seconds of any steady clock)."""
        self._chunks.append((now, data))
        self.end += len(data)
        while self._is_too_much(now):
            self._drop_first()

    def forget_until(self, position: int) -> None:
        """Let go of everything before *position*."""
        while self._chunks and self.start + len(self._chunks[0][1]) <= position:
            self._drop_first()
        if self._chunks and self.start < position:
            came_at, data = self._chunks[0]
            self._chunks[0] = (came_at, data[position - self.start :])
            self.start = position

    def chunks(self) -> list[bytes]:
        """Return what is kept, in order."""
        return [data for _, data in self._chunks]

    def _is_too_much(self, now: float) -> bool:
        if not self._chunks:
            return False
        too_old = self._chunks[0][0] < now - self._keep_seconds
        return too_old or self.end - self.start > self._keep_bytes

    def _drop_first(self) -> None:
        _, data = self._chunks.popleft()
        self.start += len(data)
