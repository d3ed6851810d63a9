"""The source's bytes as decoders want to read them: by pulling."""

from __future__ import annotations

from typing import Protocol


LOST_AFTER_BYTES = 64 * 1024  # without sound: four seconds at 128 kbit/s
READ_BYTES = 4096  # a quarter of a second at 128 kbit/s; what is there comes sooner


class ByteSource(Protocol):
    """Whatever gives the next bytes."""

    def read(self, size: int, /) -> bytes:
        """Wait for bytes; return 1 to *size* of them, none only at the end."""


class SourceStream:
    """
    A byte source into which bytes read too early can be put back.

    Attributes:
        has_ended: the source said so; nothing more will come.
    """

    def __init__(self, source: ByteSource) -> None:
        self._source = source
        self._put_back = b""
        self._source_ended = False

    @property
    def has_ended(self) -> bool:
        """Nothing is left to read."""
        return self._source_ended and not self._put_back

    def read(self, size: int) -> bytes:
        """Return 1 to *size* bytes, none only at the end."""
        if self._put_back:
            data, self._put_back = self._put_back[:size], self._put_back[size:]
            return data
        data = self._source.read(size)
        self._source_ended = not data
        return data

    def put_back(self, data: bytes) -> None:
        """Make *data* the next bytes to be read."""
        self._put_back = data + self._put_back
