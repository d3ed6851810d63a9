"""
Find whole frames in a byte stream whose frames announce their own size.

The laws of every framer:

* How the bytes were cut on the way does not change the frames that come out.
* Sync is believed only when a second header stands exactly where the first one
  says the next frame begins; noise rarely does that twice. Once in sync, a frame
  is given out as soon as its last byte is in.
* Bytes that belong to no frame are counted in ``skipped_bytes`` and dropped, and
  sync must be won again. Tags (ID3v2 anywhere a frame may begin, ID3v1 after a
  frame) are dropped without being counted and without losing sync.
* Never more than one frame and one header is kept between calls, and the work
  done is linear in the bytes received.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import dataclass

from groundwave.wire.frames.frame import Frame


# No frame is this short, so nothing is delayed by waiting for the longest header
# that has to be told apart here: ID3v2's ten bytes.
LOOKAHEAD = 10
# An ID3v2 tag may claim 256 MiB. Album art is not that large, and a false one
# must not silence a source for hours.
LARGEST_TAG = 16 << 20
ID3V1_SIZE = 128
# Sync and a layer other than I, or a tag; the last byte in may be half of either.
_MAY_BEGIN = re.compile(rb"\xff(?:[\xe0-\xfd]|\Z)|I(?:D|\Z)")


@dataclass(frozen=True, slots=True)
class FrameHeader:
    """
    What a frame says about itself before its sound begins.

    Attributes:
        size: bytes from this header to the next one.
        kind: what stays the same from frame to frame in one stream.
    """

    size: int
    kind: int
    samples: int
    sample_rate: int
    channels: int
    bitrate_kbps: int


class Framer(ABC):
    """
    Bytes in, whole frames out.

    Attributes:
        skipped_bytes: how many bytes so far were neither a frame nor a tag.
    """

    def __init__(self) -> None:
        self.skipped_bytes = 0
        self._rest = b""
        self._tag_bytes_left = 0
        self._kind: int | None = None  # None while out of sync

    def receive_data(self, data: bytes) -> list[Frame]:
        """Take the next bytes of the stream; return the frames they complete."""
        if self._tag_bytes_left:
            left = self._tag_bytes_left
            self._tag_bytes_left = max(0, left - len(data))
            data = data[left:]
        return list(self._frames(self._rest + data))

    @abstractmethod
    def _header(self, data: bytes, at: int) -> FrameHeader | None:
        """Read the header at *at*; ``LOOKAHEAD`` bytes are there."""

    @abstractmethod
    def _frame(self, data: bytes, header: FrameHeader) -> Frame | None:
        """Make a frame of *data*, or None if it carries no sound."""

    def _frames(self, data: bytes) -> Iterator[Frame]:
        at = 0
        while len(data) - at >= LOOKAHEAD:
            header = self._header(data, at)
            if header is None:
                at = self._pass_over(data, at)
            elif header.kind == self._kind:
                end = at + header.size
                if end > len(data):
                    break
                frame = self._frame(data[at:end], header)
                at = end
                if frame is not None:
                    yield frame
            else:
                following = at + header.size
                if following + LOOKAHEAD > len(data):
                    break
                self._confirm(header, self._header(data, following))
                if self._kind is None:
                    at = self._skip(data, at)
        self._rest = data[at:]

    def _confirm(self, header: FrameHeader, following: FrameHeader | None) -> None:
        agree = following is not None and following.kind == header.kind
        self._kind = header.kind if agree else None

    def _pass_over(self, data: bytes, at: int) -> int:
        """Return where to look next, past the tag or the garbage at *at*."""
        tag = self._tag_size(data, at)
        if not tag:
            return self._skip(data, at)
        self._tag_bytes_left = max(0, at + tag - len(data))
        return min(at + tag, len(data))

    def _tag_size(self, data: bytes, at: int) -> int:
        if data.startswith(b"ID3", at):
            size = id3v2_size(data[at : at + LOOKAHEAD])
            return size if size <= LARGEST_TAG else 0
        if self._kind is not None and data.startswith(b"TAG", at):
            return ID3V1_SIZE
        return 0

    def _skip(self, data: bytes, at: int) -> int:
        self._kind = None
        candidate = _MAY_BEGIN.search(data, at + 1)
        following = candidate.start() if candidate else len(data)
        self.skipped_bytes += following - at
        return following


def id3v2_size(header: bytes) -> int:
    """
    Return the size of the whole ID3v2 tag that *header* (ten bytes) opens.

    0 when it is none. See https://id3.org/id3v2.4.0-structure, section 3.1.
    """
    if len(header) < 10 or not header.startswith(b"ID3"):
        return 0
    version, revision, flags, *size = header[3:10]
    if version == 0xFF or revision == 0xFF or max(size) >= 0x80:
        return 0
    footer = 10 if flags & 0x10 else 0
    return 10 + footer + (size[0] << 21 | size[1] << 14 | size[2] << 7 | size[3])
