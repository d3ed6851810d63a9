"""
What a byte stream is, by its bytes; what the encoder claims is not asked.

Containers are known by their first bytes. MP3 and AAC have no beginning: they are
known when two whole frames follow each other, wherever that happens.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import Framer
from groundwave.wire.frames.mpeg import MpegFramer


SIGNATURE_BYTES = 12

_OGG_FIRST_PAGE = b"OggS\x00\x02"


@dataclass(frozen=True, slots=True)
class Container:
    """
    A format that a demuxer must open.

    Attributes:
        demuxer: FFmpeg's name. Always given: a demuxer that FFmpeg picks for
            itself may be one that opens files and addresses named in the bytes.
        rest: the bytes from the container's first on.
    """

    demuxer: str
    rest: bytes


@dataclass(frozen=True, slots=True)
class FrameStream:
    """
    A stream of frames that stand alone, and those that came so far.

    Attributes:
        framer: in sync; the stream's next bytes belong to it.
    """

    framer: Framer
    frames: list[Frame]


class Recognition:
    """Takes a stream's bytes until it is sure; then it is spent."""

    def __init__(self) -> None:
        self._head = b""
        self._tail = b""
        self._candidates = [_Candidate(MpegFramer()), _Candidate(AdtsFramer())]

    def receive_data(self, data: bytes) -> Container | FrameStream | None:
        """Take the next bytes; return what they are once that is certain."""
        return self._container(data) or self._frame_stream(data)

    def _container(self, data: bytes) -> Container | None:
        if len(self._head) < SIGNATURE_BYTES:
            self._head += data
            demuxer = demuxer_for(self._head)
            return Container(demuxer, self._head) if demuxer else None
        # A decoder that joined late finds the next link of an Ogg chain.
        seen = self._tail + data
        self._tail = seen[1 - len(_OGG_FIRST_PAGE) :]
        at = seen.find(_OGG_FIRST_PAGE)
        return Container("ogg", seen[at:]) if at >= 0 else None

    def _frame_stream(self, data: bytes) -> FrameStream | None:
        for candidate in self._candidates:
            if candidate.is_certain_after(data):
                return FrameStream(candidate.framer, candidate.frames)
        return None


class _Candidate:
    def __init__(self, framer: Framer) -> None:
        self.framer = framer
        self.frames: list[Frame] = []
        self._skipped = 0

    def is_certain_after(self, data: bytes) -> bool:
        frames = self.framer.receive_data(data)
        if self.framer.skipped_bytes != self._skipped:
            self._skipped = self.framer.skipped_bytes
            self.frames = frames
        else:
            self.frames += frames
        return len(self.frames) >= 2


def demuxer_for(head: bytes) -> str | None:
    """Return the demuxer for a stream that begins with *head*, if one is needed."""
    for begins, demuxer in _SIGNATURES:
        if begins(head):
            return demuxer
    return None


_SIGNATURES: tuple[tuple[Callable[[bytes], bool], str], ...] = (
    (lambda head: head.startswith(b"OggS"), "ogg"),
    (lambda head: head.startswith(b"\x1a\x45\xdf\xa3"), "matroska"),
    (lambda head: head.startswith(b"fLaC"), "flac"),
    (lambda head: head.startswith((b"RIFF", b"RF64")) and head[8:12] == b"WAVE", "wav"),
)
