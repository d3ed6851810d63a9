"""Bodies as they were before they were packed for the way (RFC 9110, section 8.4)."""

from __future__ import annotations

import zlib
from typing import Protocol

import brotli


ACCEPTED = "gzip, deflate, br"

_GZIP = zlib.MAX_WBITS | 16
_RAW = -zlib.MAX_WBITS


class Damaged(Exception):
    """What came was not packed as it says."""


class Unpacker(Protocol):
    """Takes what comes, piece by piece."""

    def unpack(self, data: bytes, room: int) -> bytes:
        """Return what was in *data*; what is longer than *room* is cut off anywhere."""

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing at the end."""


def unpacker_of(coding: str) -> Unpacker | None:
    """Return what undoes *coding*, a ``Content-Encoding``; None if nobody knows it."""
    match coding.strip().lower():
        case "" | "identity":
            return _Plain()
        case "gzip" | "x-gzip":
            return _Zipped(_GZIP)
        case "deflate":
            return _Zipped(None)
        case "br":
            return _Brotli()
        case _:
            return None


class _Plain:
    is_complete = True

    def unpack(self, data: bytes, room: int) -> bytes:
        return data


class _Zipped:
    """What follows the end of it is ignored, as browsers do."""

    def __init__(self, window: int | None) -> None:
        self._window = window
        self._inner = zlib.decompressobj(window or zlib.MAX_WBITS)

    def unpack(self, data: bytes, room: int) -> bytes:
        if self._window is None and data:
            # By the book deflate is zlib's; half of the world leaves out its head.
            self._window = zlib.MAX_WBITS if data[0] & 15 == zlib.DEFLATED else _RAW
            self._inner = zlib.decompressobj(self._window)
        try:
            return self._inner.decompress(data, room + 1)
        except zlib.error as problem:
            raise Damaged from problem

    @property
    def is_complete(self) -> bool:
        return self._inner.eof


class _Brotli:
    def __init__(self) -> None:
        self._inner = brotli.Decompressor()

    def unpack(self, data: bytes, room: int) -> bytes:
        found = bytearray()
        try:
            while len(found) <= room:
                most = room + 1 - len(found)
                found += self._inner.process(data, output_buffer_limit=most)
                if self._inner.can_accept_more_data():
                    break
                data = b""
        except brotli.error as problem:
            raise Damaged from problem
        return bytes(found)

    @property
    def is_complete(self) -> bool:
        return bool(self._inner.is_finished())
