"""
The tape's index: a line for each segment, in the order they were recorded.

A line is the CRC-32 of its JSON in eight hex digits, a space, the JSON and a line
feed. A line that was torn by a crash or rotted on the disk fails its CRC and is
not there; those around it are. Fields that a later version adds are ignored.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping

import msgspec

from groundwave.transmitter.tape.segment import Segment


class Piece(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """
    Where one rendition of a segment lies in its hour's data file.

    ``crc`` is its CRC-32: what the tape plays back is what it recorded, or nothing.
    """

    offset: int
    size: int
    crc: int

    @property
    def end(self) -> int:
        return self.offset + self.size

    def holds(self, data: bytes) -> bool:
        """Whether *data* is what was recorded here."""
        return len(data) == self.size and zlib.crc32(data) == self.crc


class Entry(msgspec.Struct, frozen=True):
    """A segment on the tape, and where each of its renditions lies."""

    segment: Segment
    pieces: Mapping[str, Piece]


_decode = msgspec.json.Decoder(Entry).decode


def line(entry: Entry) -> bytes:
    """Return *entry* as a line of the index."""
    body = msgspec.json.encode(entry)
    return b"%08x %s\n" % (zlib.crc32(body), body)


def read(data: bytes) -> Iterator[tuple[Entry, int]]:
    """
    Yield each good line of *data* and where it ends.

    Anything past the last of them is a torn line, to be written over.
    """
    start = 0
    while end := data.find(b"\n", start) + 1:
        if entry := _entry(data[start : end - 1]):
            yield entry, end
        start = end


def _entry(text: bytes) -> Entry | None:
    body = text[9:]
    if text[:9] != b"%08x " % zlib.crc32(body):
        return None
    try:
        return _decode(body)
    except msgspec.DecodeError:  # a line of some other version
        return None
