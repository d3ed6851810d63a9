"""
Messages on a pipe: four bytes of length, big-endian, then the body.

Law: whoever reads a child decides how much it will hold. A body longer than the
reader's limit is an error before a byte of it is kept, because a child that has
been taken over by the bytes it decoded may write anything.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

import msgspec

from groundwave.audio.errors import ChildGarbled
from groundwave.audio.job import Report


LONGEST_BODY = 4 * 1024 * 1024

_LENGTH = struct.Struct(">I")
_write = msgspec.msgpack.Encoder().encode
_decoder: msgspec.msgpack.Decoder[Report] = msgspec.msgpack.Decoder(Report)


def framed(body: bytes) -> bytes:
    """Return *body* as it travels on a pipe."""
    return _LENGTH.pack(len(body)) + body


def framed_report(report: Report) -> bytes:
    """Return what a child says, as it travels on a pipe."""
    return framed(_write(report))


class Deframer:
    """
    Cuts a byte stream back into the bodies that were framed.

    Args:
        longest: security limit: the longest body that is held, in bytes.
    """

    def __init__(self, longest: int = LONGEST_BODY) -> None:
        self._longest = longest
        self._buffer = bytearray()

    def receive_data(self, data: bytes) -> None:
        """Take bytes as the pipe happened to deliver them."""
        self._buffer += data

    def bodies(self) -> Iterator[bytes]:
        """
        Yield every whole body received so far, once.

        Raises:
            ChildGarbled: a length above the limit; nothing after it can be read.
        """
        start = 0
        try:
            while (end := self._end_of_body(start)) is not None:
                body = bytes(self._buffer[start + _LENGTH.size : end])
                start = end
                yield body
        finally:
            del self._buffer[:start]

    def _end_of_body(self, start: int) -> int | None:
        begins_at = start + _LENGTH.size
        if len(self._buffer) < begins_at:
            return None
        (length,) = _LENGTH.unpack_from(self._buffer, start)
        if length > self._longest:
            raise ChildGarbled(f"A message of {length} bytes is longer than agreed.")
        end: int = begins_at + length
        return end if end <= len(self._buffer) else None


def report_in(body: bytes) -> Report:
    """
    Return what a child said.

    Raises:
        ChildGarbled: the body is not a report.
    """
    try:
        return _decoder.decode(body)
    except msgspec.DecodeError as wrong:
        raise ChildGarbled(f"A message that is not a report: {wrong}.") from wrong
