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


def framed_sounds(framer: Framer, source: ByteSource) -> Iterator[Recognized | Block]:
    """
    Decode the frames that *framer* cuts from *source*, to its end.

    Raises:
        NotSound: ``LOST_AFTER_BYTES`` went by without sound.
    """
    sounding: Sounding | None = None
    mute_bytes = 0
    while data := source.read(READ_BYTES):
        skipped = framer.skipped_bytes
        for frame in framer.receive_data(data):
            sounding = sounding or _sounding_for(framer, frame)
            mute_bytes += len(frame.data)
            for sound in sounding.decode(av.Packet(frame.data)):
                mute_bytes = 0
                yield sound
        mute_bytes += framer.skipped_bytes - skipped
        if mute_bytes >= LOST_AFTER_BYTES:
            raise NotSound("its frames stopped making sense")


def _sounding_for(framer: Framer, frame: Frame) -> Sounding:
    if isinstance(framer, AdtsFramer):
        # The size of one frame says nothing about an average.
        return Sounding(decoder("aac"), "aac")
    codec = "mp3" if mpeg_layer(frame.data) == 3 else "mp2"
    return Sounding(decoder("mp3float"), codec, bitrate_kbps=frame.bitrate_kbps)
