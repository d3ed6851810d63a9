"""
Ogg, FLAC, Matroska, WAV and MP4, through FFmpeg's demuxers.

The demuxer is always named. FFmpeg's own guess could be a playlist or a script,
whose demuxers open the files and addresses that hostile bytes name.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Protocol, runtime_checkable

import av
from av.audio.stream import AudioStream
from av.container import InputContainer
from av.error import FFmpegError

from groundwave.audio.block import Block
from groundwave.audio.errors import NotSound
from groundwave.audio.heads import head_of
from groundwave.audio.job import Recognized
from groundwave.audio.sounding import Sounding
from groundwave.audio.stream import ByteSource


# The headers may hold a record's whole cover art.
MUTE_BYTES = 1024 * 1024

_OPTIONS = {"probesize": "8192", "analyzeduration": "0"}  # sound at once


@runtime_checkable
class FileSource(ByteSource, Protocol):
    """A byte source that is a file."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move as ``io.IOBase.seek`` does."""

    def tell(self) -> int:
        """Return the position."""


def demuxed(demuxer: str, source: ByteSource) -> Iterator[Recognized | Block]:
    """
    Decode the first sound track of *source* to its end.

    A *source* that can ``seek`` and ``tell`` is read as a file; MP4 needs that.

    Raises:
        NotSound: it is damaged, has no sound track, or went on without sound.
    """
    ration = _FileRation(source) if isinstance(source, FileSource) else _Ration(source)
    try:
        with av.open(
            ration,
            "r",
            format=demuxer,
            options=_OPTIONS,
            buffer_size=4096,
            metadata_errors="replace",
        ) as container:
            yield from _tracks_sounds(container, ration, demuxer)
    except FFmpegError as broken:
        raise NotSound("its container is damaged") from broken


def _tracks_sounds(
    container: InputContainer, ration: _Ration, demuxer: str
) -> Iterator[Recognized | Block]:
    track = _sound_track(container)
    sounding = Sounding(
        track.codec_context,
        _codec_name(track),
        bitrate_kbps=_kbps(track),
        head=lambda: head_of(demuxer, ration.start),
    )
    for packet in container.demux(track):
        for sound in sounding.decode(packet):
            ration.renew()
            yield sound


def _sound_track(container: InputContainer) -> AudioStream:
    for track in container.streams.audio:
        # PyAV's own types do not say that an unknown codec has no context.
        if getattr(track, "codec_context", None) is not None:
            return track
    raise NotSound("it has no sound track that is known here")


def _codec_name(track: AudioStream) -> str:
    name = track.codec_context.codec.canonical_name
    return "pcm" if name.startswith("pcm_") else name


def _kbps(track: AudioStream) -> int | None:
    bits = track.codec_context.bit_rate
    return round(bits / 1000) if bits else None


class _Ration:
    """
    Bytes that may be read before something must have sounded.

    A demuxer that searches hostile bytes for its next packet would search for
    ever; reading past the ration ends it. Keeps the stream's start until then.
    """

    def __init__(self, source: ByteSource, size: int = MUTE_BYTES) -> None:
        self._source = source
        self._size = self._left = size
        self._has_sounded = False
        self.start = b""

    def read(self, size: int) -> bytes:
        if self._left <= 0:
            raise NotSound("it goes on without sound")
        data = self._source.read(size)
        self._left -= len(data)
        if not self._has_sounded:
            self.start += data
        return data

    def renew(self) -> None:
        self._left = self._size
        self._has_sounded = True


class _FileRation(_Ration):
    """All of a file, which ends by itself."""

    def __init__(self, source: FileSource) -> None:
        super().__init__(source, sys.maxsize)
        self.seek = source.seek
        self.tell = source.tell
