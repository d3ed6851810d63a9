"""
Which of a stream's first bytes a decoder that joins later cannot do without.

After a crash the next decoder is given the head again and then the stream from
where it was. Every function takes bytes from the stream's first on and returns
those before the first sound; what follows a head may be cut anywhere, because
these formats find their place again.
"""

from __future__ import annotations

from groundwave.wire.errors import PeerError
from groundwave.wire.frames.ogg import OggPages


LONGEST_HEAD = 1024 * 1024


def head_of(demuxer: str, start: bytes) -> bytes:
    """Return the head of a stream, empty where none is known or it is too long."""
    finders = {"ogg": ogg_head, "flac": flac_head, "matroska": matroska_head}
    finder = finders.get(demuxer)
    head = finder(start) if finder else b""
    return head if len(head) <= LONGEST_HEAD else b""


def ogg_head(start: bytes) -> bytes:
    """Return the header pages: no sample ends in them (RFC 3533 section 6)."""
    try:
        pages = OggPages().receive_data(start)
    except PeerError:
        return b""
    head = b""
    for page in pages:
        if page.granule not in (0, -1):
            break
        head += page.data
    return head


def flac_head(start: bytes) -> bytes:
    """Return the marker and the metadata blocks (RFC 9639 section 8)."""
    at, is_last = 4, False
    while not is_last and at + 4 <= len(start):
        is_last = bool(start[at] & 0x80)
        at += 4 + int.from_bytes(start[at + 1 : at + 4], "big")
    return start[:at] if is_last and at <= len(start) else b""


_SEGMENT = 0x18538067
_BEFORE_CLUSTERS = {
    0x1A45DFA3: "EBML",
    0x114D9B74: "SeekHead",
    0x1549A966: "Info",
    0x1654AE6B: "Tracks",
    0x1254C367: "Tags",
    0x1043A770: "Chapters",
    0x1941A469: "Attachments",
    0xEC: "Void",
    0xBF: "CRC-32",
}


def matroska_head(start: bytes) -> bytes:
    """Return everything before the first cluster (RFC 9559 section 5.1)."""
    at = 0
    while at + 12 <= len(start):
        identifier, size_at = _number(start, at, keep_marker=True)
        size, body_at = _number(start, size_at, keep_marker=False)
        if identifier == _SEGMENT:
            at = body_at
        elif identifier in _BEFORE_CLUSTERS:
            at = body_at + size
        else:
            break
    return start[:at] if at <= len(start) else b""


def _number(data: bytes, at: int, *, keep_marker: bool) -> tuple[int, int]:
    """Return the EBML number at *at* (RFC 8794 section 4) and where it ends."""
    length = 9 - data[at].bit_length()
    number = int.from_bytes(data[at : at + length], "big")
    if not keep_marker:
        number &= (1 << 7 * length) - 1
    return number, at + length
