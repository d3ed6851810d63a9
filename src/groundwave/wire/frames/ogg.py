"""
Ogg, cut into pages.

RFC 3533 section 6 (https://www.rfc-editor.org/rfc/rfc3533#section-6). The laws:

* How the bytes were cut on the way does not change the pages that come out.
* A page is given out when its last byte is in and its checksum holds. Bytes that
  belong to no such page are counted in ``skipped_bytes`` and dropped.
* A chained stream (a new title, in practice) is a page that ``begins`` after one
  that ``ends``, with another serial; pages carry all of that and nothing here
  keeps state about it.
* Never more than one page is kept between calls. A checksum that fails costs a
  second look at the same bytes, so a stream of failures is refused, not searched.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from groundwave.wire.errors import PeerError


CAPTURE = b"OggS"
HEADER_SIZE = 27
MOST_BROKEN_PAGES = 16  # in a row
OggCodec = Literal["vorbis", "opus", "flac"]

_CONTINUED, _BEGINS, _ENDS = 1, 2, 4
_CHECKSUM = slice(22, 26)
_FIRST_PACKETS: dict[bytes, OggCodec] = {
    b"\x01vorbis": "vorbis",  # Vorbis I 4.2.1
    b"OpusHead": "opus",  # RFC 7845 5.1
    b"\x7fFLAC": "flac",  # RFC 9639 10.1
}
# zlib's CRC-32 is Ogg's with every bit order reversed.
_REVERSED = bytes(int(f"{byte:08b}"[::-1], 2) for byte in range(256))


@dataclass(frozen=True, slots=True)
class OggPage:
    """
    One page, exactly as it was received.

    Attributes:
        serial: which logical stream it belongs to.
        granule: the codec's position at its end; -1 when no packet ends in it.
        flags: the header type as written; see the properties.
        sequence: its number within the logical stream.
        data: the whole page, header included.
    """

    serial: int
    granule: int
    flags: int
    sequence: int
    data: bytes

    @property
    def continued(self) -> bool:
        """Whether it opens with the rest of a packet from the page before."""
        return bool(self.flags & _CONTINUED)

    @property
    def begins(self) -> bool:
        """Whether it is the first of its logical stream."""
        return bool(self.flags & _BEGINS)

    @property
    def ends(self) -> bool:
        """Whether it is the last of its logical stream."""
        return bool(self.flags & _ENDS)

    @property
    def body(self) -> bytes:
        """What follows the header and its segment table."""
        return self.data[HEADER_SIZE + self.data[26] :]


class OggPages:
    """
    Bytes in, whole pages out.

    Attributes:
        skipped_bytes: how many bytes so far belonged to no page.
    """

    def __init__(self) -> None:
        self.skipped_bytes = 0
        self._rest = b""
        self._broken = 0

    def receive_data(self, data: bytes) -> list[OggPage]:
        """
        Take the next bytes of the stream; return the pages they complete.

        Raises:
            PeerError: if page after page is broken.
        """
        return list(self._pages(self._rest + data))

    def _pages(self, data: bytes) -> Iterator[OggPage]:
        at = 0
        while (size := page_size(data, at)) is not None:
            page = data[at : at + size]
            if size and checksum(page) == page[_CHECKSUM]:
                self._broken = 0
                at += size
                yield _page(page)
            else:
                if size:
                    self._count_broken()
                following = _next_capture(data, at + 1)
                self.skipped_bytes += following - at
                at = following
        self._rest = data[at:]

    def _count_broken(self) -> None:
        self._broken += 1
        if self._broken > MOST_BROKEN_PAGES:
            raise PeerError(
                "The Ogg stream is damaged: page after page has a wrong checksum. "
                "Restart the encoder."
            )


def ogg_codec(first_page: OggPage) -> OggCodec | None:
    """Return what the logical stream that opens with *first_page* carries."""
    body = first_page.body
    if first_page.begins:
        for opening, codec in _FIRST_PACKETS.items():
            if body.startswith(opening):
                return codec
    return None


def page_size(data: bytes, at: int = 0) -> int | None:
    """Return the size of the page at *at*; 0 if none begins there, None if unsure."""
    if not CAPTURE.startswith(data[at : at + 4]):
        return 0
    if len(data) - at < HEADER_SIZE:
        return None
    if data[at + 4] != 0:  # the only version there is
        return 0
    table_ends = at + HEADER_SIZE + data[at + 26]
    if len(data) < table_ends:
        return None
    ends = table_ends + sum(data[at + HEADER_SIZE : table_ends])
    return ends - at if ends <= len(data) else None


def checksum(page: bytes) -> bytes:
    """Return the four checksum bytes that *page* should carry."""
    zeroed = page[:22] + bytes(4) + page[26:]
    crc = zlib.crc32(zeroed.translate(_REVERSED), 0xFFFFFFFF) ^ 0xFFFFFFFF
    # Reversing all 32 bits and writing low byte first: reverse each byte, high first.
    return crc.to_bytes(4, "big").translate(_REVERSED)


def _next_capture(data: bytes, start: int) -> int:
    """Return where the capture pattern next begins, whole or cut off by the end."""
    found = data.find(CAPTURE, start)
    if found >= 0:
        return found
    for kept in (3, 2, 1):
        if len(data) - kept >= start and data.endswith(CAPTURE[:kept]):
            return len(data) - kept
    return len(data)


def _page(data: bytes) -> OggPage:
    return OggPage(
        serial=int.from_bytes(data[14:18], "little"),
        granule=int.from_bytes(data[6:14], "little", signed=True),
        flags=data[5],
        sequence=int.from_bytes(data[18:22], "little"),
        data=data,
    )
