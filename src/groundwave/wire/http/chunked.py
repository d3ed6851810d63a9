"""The chunked transfer coding (RFC 9112, section 7.1), decoded."""

from __future__ import annotations

import re
from enum import Enum

from groundwave.wire.errors import PeerError


MAX_SIZE_LINE = 256
MAX_TRAILER_BYTES = 8192

_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;.*)?", re.DOTALL)
_BROKEN = (
    "The encoder's chunked upload is damaged; reconnect, or choose an encoder "
    "setting without chunked transfer."
)


class _Expecting(Enum):
    SIZE = "size"
    DATA = "data"
    DATA_END = "data end"
    TRAILER = "trailer"
    NOTHING = "nothing"


class ChunkedReader:
    r"""
    Takes the chunks' framing off a body as it arrives.

    Data of an unfinished chunk is handed out at once, so that a peer cannot
    make the reader hold more than one line. A lone ``\n`` ends a line, too.
    """

    def __init__(self) -> None:
        self._expecting = _Expecting.SIZE
        self._remaining = 0
        self._trailer_bytes = 0
        self._received = bytearray()

    @property
    def ended(self) -> bool:
        """Whether the last chunk and its trailer have come."""
        return self._expecting is _Expecting.NOTHING

    @property
    def leftover(self) -> bytes:
        """What came after the end of the body; empty until then."""
        return bytes(self._received) if self.ended else b""

    def receive_data(self, data: bytes) -> bytes:
        """
        Take bytes from the network and return the body's bytes in them.

        Raises:
            PeerError: this is not the chunked coding, or a line is too long.
        """
        self._received += data
        body = bytearray()
        while self._step(body):
            pass
        return bytes(body)

    def _step(self, body: bytearray) -> bool:
        """Take one step; return whether there may be another."""
        if self._expecting is _Expecting.DATA:
            return self._take_data(body)
        if self.ended:
            return False
        line = self._take_line()
        if line is None:
            return False
        if self._expecting is _Expecting.SIZE:
            self._begin_chunk(line)
        elif self._expecting is _Expecting.DATA_END:
            self._end_chunk(line)
        elif not line:
            self._expecting = _Expecting.NOTHING
        return True

    def _take_data(self, body: bytearray) -> bool:
        taken = self._received[: self._remaining]
        del self._received[: self._remaining]
        body += taken
        self._remaining -= len(taken)
        if self._remaining:
            return False
        self._expecting = _Expecting.DATA_END
        return True

    def _take_line(self) -> bytes | None:
        limit = self._line_limit()
        end = self._received.find(b"\n", 0, limit)
        if end < 0:
            if len(self._received) >= limit:
                raise PeerError(_BROKEN)
            return None
        line = bytes(self._received[:end]).rstrip(b"\r")
        del self._received[: end + 1]
        if self._expecting is _Expecting.TRAILER:
            self._trailer_bytes += end + 1
        return line

    def _line_limit(self) -> int:
        if self._expecting is _Expecting.TRAILER:
            return MAX_TRAILER_BYTES - self._trailer_bytes
        return MAX_SIZE_LINE

    def _begin_chunk(self, line: bytes) -> None:
        size = _SIZE.fullmatch(line)
        if size is None:
            raise PeerError(_BROKEN)
        self._remaining = int(size[1], 16)
        last = self._remaining == 0
        self._expecting = _Expecting.TRAILER if last else _Expecting.DATA

    def _end_chunk(self, line: bytes) -> None:
        if line:
            raise PeerError(_BROKEN)
        self._expecting = _Expecting.SIZE
