"""An answer's head and body, off a line, bounded."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from typing import IO

from groundwave.outbound.errors import BrokenOff, NotHttp, TooLarge
from groundwave.outbound.line import Line
from groundwave.outbound.unpacking import Damaged, Unpacker, unpacker_of
from groundwave.wire.errors import PeerError
from groundwave.wire.http.chunked import ChunkedReader
from groundwave.wire.http.head import ResponseHead, ResponseReader


# Content delivery networks send four times what others do.
MAX_HEAD = 32 * 1024
# Heads that only say that the true one comes later, such as 103 with its hints.
MAX_INTERIM = 5

_BODYLESS = {HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED}


def read_head(line: Line) -> tuple[ResponseHead, bytes]:
    """
    Return the head of the answer, and what has come of the body already.

    Raises:
        OutboundError: there is none that can be read, in time.
    """
    waiting = b""
    for _ in range(MAX_INTERIM + 1):
        head, waiting = _one_head(line, waiting)
        if head.status >= HTTPStatus.OK:
            return head, waiting
    raise NotHttp(line.url, reason="it never comes to the point")


def read_body(line: Line, head: ResponseHead, waiting: bytes, limit: int) -> bytes:
    """
    Return the body, unpacked: *limit* bytes of it at most, packed and unpacked.

    Raises:
        OutboundError: it is longer, ends too early, or is not what it says.
    """
    body = BytesIO()
    save_body(line, head, waiting, limit, body)
    return body.getvalue()


def save_body(
    line: Line, head: ResponseHead, waiting: bytes, limit: int, into: IO[bytes]
) -> None:
    """
    Write the body *into* a file as it comes, otherwise as ``read_body``.

    Raises:
        OutboundError: the same; the file then has the beginning.
    """
    if head.status in _BODYLESS:
        return
    coding = head.headers.get("content-encoding")
    unpacker = unpacker_of(coding)
    if unpacker is None:
        raise NotHttp(line.url, reason=f"it is packed as {coding[:50]!r}")
    try:
        pieces = _unframed(line, head, waiting, limit)
        written = _unpack(line, pieces, unpacker, limit, into)
    except Damaged:
        raise NotHttp(line.url, reason=f"it is not packed as {coding}") from None
    # Answers without a body may say how one would be packed.
    if written and not unpacker.is_complete:
        raise BrokenOff(line.url)


def _one_head(line: Line, waiting: bytes) -> tuple[ResponseHead, bytes]:
    reader = ResponseReader(max_bytes=MAX_HEAD)
    try:
        reader.receive_data(waiting)
        while reader.head is None:
            data = line.read()
            if not data:
                raise BrokenOff(line.url)
            reader.receive_data(data)
    except PeerError:
        raise NotHttp(line.url, reason="its head cannot be read") from None
    return reader.head, reader.leftover


def _unpack(
    line: Line, pieces: Iterator[bytes], unpacker: Unpacker, limit: int, into: IO[bytes]
) -> int:
    """Write what is in *pieces*; return how many bytes that was."""
    written = 0
    for piece in pieces:
        written += into.write(unpacker.unpack(piece, limit - written))
        if written > limit:
            raise TooLarge(line.url, limit=limit)
    return written


def _unframed(
    line: Line, head: ResponseHead, waiting: bytes, limit: int
) -> Iterator[bytes]:
    """Yield the body as it comes, *limit* bytes at most; raise where it breaks off."""
    if "chunked" in head.headers.tokens("transfer-encoding"):
        return _chunks(line, waiting, limit)
    length = head.headers.get("content-length")
    if not length:
        return _bounded(line, waiting, limit)
    if not length.isdecimal():
        raise NotHttp(line.url, reason="its length is no number")
    if len(length) > 15 or int(length) > limit:
        raise TooLarge(line.url, limit=limit)
    return _measured(line, waiting, int(length))


def _chunks(line: Line, waiting: bytes, limit: int) -> Iterator[bytes]:
    chunks = ChunkedReader()
    for data in _bounded(line, waiting, 2 * limit + MAX_HEAD):
        try:
            yield chunks.receive_data(data)
        except PeerError:
            raise NotHttp(line.url, reason="its chunks are damaged") from None
        if chunks.ended:
            return
    raise BrokenOff(line.url)


def _measured(line: Line, waiting: bytes, length: int) -> Iterator[bytes]:
    while length:
        data = (waiting or line.read())[:length]
        if not data:
            raise BrokenOff(line.url)
        waiting, length = b"", length - len(data)
        yield data


def _bounded(line: Line, waiting: bytes, limit: int) -> Iterator[bytes]:
    received = 0
    while data := waiting or line.read():
        waiting, received = b"", received + len(data)
        if received > limit:
            raise TooLarge(line.url, limit=limit)
        yield data
