"""
From samples to frames that can be sent as they are.

MP3 is made without its bit reservoir: then no frame borrows bits from an earlier
one, every frame decodes by itself, and a listener who tunes in or a splice
between two sources starts clean. AAC is AAC-LC; the encoder gives raw
data blocks, and the seven-byte ADTS header (ISO 14496-3 1.A.2) is put on here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import av
import numpy as np


if TYPE_CHECKING:
    from av.audio.codeccontext import AudioCodecContext
    from numpy.typing import NDArray

    from groundwave.audio.job import Encoding


_ADTS_HEADER_BYTES = 7
_ENCODERS = {"mp3": ("libmp3lame", {"reservoir": "0"}), "aac": ("aac", {})}


class PcmEncoder:
    """
    Makes one encoding's frames.

    ``samples_per_frame`` counts per channel. Frames come out late by the
    encoder's delay (a frame or two); ``flush`` gives the rest, after which
    the encoder is spent.
    """

    def __init__(self, encoding: Encoding) -> None:
        self.encoding = encoding
        self._layout = "mono" if encoding.channels == 1 else "stereo"
        self._context = self._open()
        self.samples_per_frame = self._context.frame_size
        self._samples_taken = 0

    def encode(self, samples: NDArray[np.float32]) -> list[bytes]:
        """
        Take samples of shape (n, channels) in [-1, 1]; return the frames now whole.

        They must have the encoding's own sample rate and channels.
        """
        planes = np.ascontiguousarray(samples.T)
        frame = av.AudioFrame.from_ndarray(planes, format="fltp", layout=self._layout)
        frame.sample_rate = self.encoding.sample_rate
        frame.pts = self._samples_taken
        self._samples_taken += frame.samples
        return self._frames(frame)

    def flush(self) -> list[bytes]:
        """Return the frames the encoder still held."""
        return self._frames(None)

    def _frames(self, frame: av.AudioFrame | None) -> list[bytes]:
        blocks = [bytes(packet) for packet in self._context.encode(frame)]
        return blocks if self.encoding.codec == "mp3" else self._with_adts(blocks)

    def _with_adts(self, blocks: list[bytes]) -> list[bytes]:
        configuration = self._context.extradata or b""
        return [adts_header(configuration, len(block)) + block for block in blocks]

    def _open(self) -> AudioCodecContext:
        name, options = _ENCODERS[self.encoding.codec]
        context = av.CodecContext.create(name, "w")
        if not isinstance(context, av.AudioCodecContext):  # pragma: no cover
            raise TypeError(name)
        context.format = "fltp"
        context.layout = self._layout
        context.sample_rate = self.encoding.sample_rate
        context.bit_rate = self.encoding.bitrate_kbps * 1000
        context.options = dict(options)
        context.open()
        return context


def adts_header(configuration: bytes, block_bytes: int) -> bytes:
    """
    Return the ADTS header for a raw data block of *block_bytes*.

    *configuration* is the encoder's AudioSpecificConfig, whose first 13 bits name
    the object type, the sampling frequency index and the channels.
    """
    bits = int.from_bytes(configuration[:2], "big")
    object_type, frequency, channels = bits >> 11, bits >> 7 & 15, bits >> 3 & 15
    header = 0xFFF1  # syncword, MPEG-4, layer 0, no CRC
    header = header << 2 | object_type - 1
    header = header << 4 | frequency
    header = header << 1  # private bit
    header = header << 3 | channels
    header = header << 4  # original, home, copyright bit and its start
    header = header << 13 | block_bytes + _ADTS_HEADER_BYTES
    header = header << 11 | 0x7FF  # buffer fullness: variable bitrate
    header = header << 2  # one raw data block
    return header.to_bytes(_ADTS_HEADER_BYTES, "big")
