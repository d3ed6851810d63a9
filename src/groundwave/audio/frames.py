"""
MP3 and AAC: frames cut by our own framers and decoded one by one.

What is measured and conformed here is thus, frame for frame, what a mount that
passes the source through sends on.
"""

from __future__ import annotations

from collections.abc import Iterator

import av

from groundwave.audio.block import Block
from groundwave.audio.errors import NotSound
from groundwave.audio.job import Recognized
from groundwave.audio.sounding import Sounding, decoder
from groundwave.audio.stream import LOST_AFTER_BYTES, READ_BYTES, ByteSource
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import Framer
from groundwave.wire.frames.mpeg import mpeg_layer


def framed_sounds(
    framer: Framer, first: list[Frame], source: ByteSource
) -> Iterator[Recognized | Block]:
    """
    Decode the *first* frames and then what *framer* cuts from *source*.

    Raises:
        NotSound: ``LOST_AFTER_BYTES`` went by without sound.
    """
    sounding = _sounding_for(framer, first[0])
    mute_bytes = 0
    for frames, skipped in _batches(framer, first, source):
        mute_bytes += skipped
        for frame in frames:
            mute_bytes += len(frame.data)
            for sound in sounding.decode(av.Packet(frame.data)):
                mute_bytes = 0
                yield sound
        if mute_bytes >= LOST_AFTER_BYTES:
            raise NotSound("its frames stopped making sense")


def _batches(
    framer: Framer, first: list[Frame], source: ByteSource
) -> Iterator[tuple[list[Frame], int]]:
    """Yield the frames of each read, and how many bytes were none."""
    yield first, 0
    while data := source.read(READ_BYTES):
        before = framer.skipped_bytes
        yield framer.receive_data(data), framer.skipped_bytes - before


def _sounding_for(framer: Framer, frame: Frame) -> Sounding:
    if isinstance(framer, AdtsFramer):
        # The size of one frame says nothing about an average.
        return Sounding(decoder("aac"), "aac")
    codec = "mp3" if mpeg_layer(frame.data) == 3 else "mp2"
    return Sounding(decoder("mp3float"), codec, bitrate_kbps=frame.bitrate_kbps)
