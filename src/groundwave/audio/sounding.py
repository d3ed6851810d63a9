"""
From FFmpeg's frames to blocks, and what a person is told about them.

The one place where bytes meet a decoder. PyAV's bridge from FFmpeg's log to
Python's can deadlock, and nobody reads that log: it is cut before anything opens.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import av
import av.logging
from av.audio.codeccontext import AudioCodecContext
from av.error import FFmpegError

from groundwave.audio.block import Block, layout_name
from groundwave.audio.job import Recognized


av.logging.set_level(None)

# At one sample a second, which a header may claim, a kilobyte would sound for minutes.
SAMPLE_RATES = range(4000, 384_001)

_NAMES = {"mp3": "MP3", "mp2": "MP2", "aac": "AAC", "opus": "Opus", "vorbis": "Vorbis"}


class Sounding:
    """
    Turns one decoder's frames into what the rest of the child understands.

    Args:
        codec: its name as ``Recognized`` gives it.
        head: finds the stream's head, once something sounds.
    """

    def __init__(
        self,
        context: AudioCodecContext,
        codec: str,
        *,
        bitrate_kbps: int | None = None,
        head: Callable[[], bytes] = bytes,
    ) -> None:
        self._context = context
        self._codec = codec
        self._bitrate_kbps = bitrate_kbps
        self._head = head
        self._told: tuple[int, int, str] | None = None
        self._resampler: av.AudioResampler | None = None

    def decode(self, packet: av.Packet[Any]) -> Iterator[Recognized | Block]:
        """Decode a packet; one that does not decode gives nothing."""
        try:
            frames = self._context.decode(packet)
        except FFmpegError:
            return
        for frame in frames:
            if frame.samples and frame.sample_rate in SAMPLE_RATES:
                yield from self._recognized(frame)
                yield from self._blocks(frame)

    def _recognized(self, frame: av.AudioFrame) -> Iterator[Recognized]:
        kind = (frame.sample_rate, frame.layout.nb_channels, frame.format.name)
        if kind == self._told:
            return
        self._told = kind
        self._resampler = av.AudioResampler(
            format="fltp", layout=layout_name(frame.layout.nb_channels)
        )
        yield Recognized(
            codec=self._codec,
            sample_rate=frame.sample_rate,
            channels=frame.layout.nb_channels,
            bitrate_kbps=self._bitrate_kbps,
            description=self._description(frame),
            head=self._head(),
        )

    def _blocks(self, frame: av.AudioFrame) -> Iterator[Block]:
        if self._resampler is None:
            return
        try:
            normal = self._resampler.resample(frame)
        except FFmpegError:  # a layout that cannot be mixed down
            return
        yield from (Block.of(plane) for plane in normal if plane.samples)

    def _description(self, frame: av.AudioFrame) -> str:
        profile = self._context.profile or ""
        name = profile if profile.startswith("HE-AAC") else _NAMES.get(self._codec)
        bitrate = f" {self._bitrate_kbps} kbit/s" if self._bitrate_kbps else ""
        return (
            f"{name or self._codec.upper()}{bitrate}"
            f" {frame.sample_rate / 1000:g} kHz {_channels(frame.layout.nb_channels)}"
        )


def _channels(count: int) -> str:
    return {1: "mono", 2: "stereo"}.get(count, f"{count} channels")


def decoder(name: str) -> AudioCodecContext:
    """Return a decoder by FFmpeg's name."""
    context = av.CodecContext.create(name, "r")
    if not isinstance(context, av.AudioCodecContext):
        raise TypeError(f"{name} decodes no sound.")
    return context
