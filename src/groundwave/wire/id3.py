"""
The title in an ID3v2 tag: what HLS packs before a segment of AAC or MP3.

https://id3.org/id3v2.4.0-structure and -frames. Versions 3 and 4 are read, the two
in use; of a tag with an extended header or unsynchronisation, nothing is.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator

from groundwave.wire.frames.framer import id3v2_size
from groundwave.wire.http.text import clean_text


_HEADER_BYTES = 10
_FRAME = struct.Struct(">4sIH")
_ENCODINGS = {0: "latin-1", 1: "utf-16", 2: "utf-16-be", 3: "utf-8"}
_LONGEST = 512


def title_in(data: bytes) -> str:
    """
    Return what the tag that *data* begins with says is playing; empty if nothing.

    Artist and title are put together as radios show them.
    """
    texts = dict(_texts(data[: id3v2_size(data[:_HEADER_BYTES])]))
    title, artist = texts.get(b"TIT2", ""), texts.get(b"TPE1", "")
    return clean_text(
        f"{artist} - {title}" if artist and title else title, limit=_LONGEST
    )


def _texts(tag: bytes) -> Iterator[tuple[bytes, str]]:
    """Yield the tag's texts by their frames' names; what is damaged ends it."""
    version, flags = tag[3:4], tag[5:6]
    if version not in (b"\x03", b"\x04") or flags != b"\0":
        return
    at = _HEADER_BYTES
    while at + _FRAME.size < len(tag):
        name, size, _ = _FRAME.unpack_from(tag, at)
        at += _FRAME.size
        body = tag[at : at + (_synchsafe(size) if version == b"\x04" else size)]
        at += len(body)
        if not body:
            return
        if name.startswith(b"T") and body[0] in _ENCODINGS:
            text = body[1:].decode(_ENCODINGS[body[0]], "replace")
            yield name, text.partition("\0")[0].strip()


def _synchsafe(size: int) -> int:
    """Return a size of which seven bits in each byte count."""
    return (
        size & 0x7F | size >> 1 & 0x3F80 | size >> 2 & 0x1FC000 | size >> 3 & 0xFE00000
    )
