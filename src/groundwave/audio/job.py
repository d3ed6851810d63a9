"""
What a codec child is asked to do, and everything it can say.

The first message to a child is its ``CodecJob``; all that follow are source
bytes. The child answers with ``Report`` values. This module is imported on both
sides and stays free of PyAV and numpy: the parent is small.
"""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import msgspec

from groundwave.audio.errors import EncodingUnusable


_MP3_BITRATES = {  # ISO 11172-3 table B.1 and ISO 13818-3; layer III
    1: (32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    2: (8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
}
_MP3_VERSIONS = {48000: 1, 44100: 1, 32000: 1, 24000: 2, 22050: 2, 16000: 2}
_AAC_RATES = (16000, 22050, 24000, 32000, 44100, 48000)


class Encoding(msgspec.Struct, frozen=True, kw_only=True):
    """
    One output of a codec.

    Attributes:
        name: what the parent calls it; returned with every frame.
        bitrate_kbps: constant for MP3, the average for AAC.
        channels: 1 or 2.

    Raises:
        EncodingUnusable: the codec has no such bitrate, rate or channel count.
    """

    name: str
    codec: Literal["mp3", "aac"]
    bitrate_kbps: int = 128
    sample_rate: int = 44100
    channels: int = 2

    def __post_init__(self) -> None:
        if self.channels not in (1, 2):
            raise EncodingUnusable(
                f"{self.name} asks for {self.channels} channels; set it to 1 or 2."
            )
        if self.sample_rate not in self._sample_rates():
            raise EncodingUnusable(
                f"{self.codec.upper()} is not made at {self.sample_rate} Hz; set"
                f" {self.name} to one of {_listed(self._sample_rates())}."
            )
        if self.bitrate_kbps not in self._bitrates():
            raise EncodingUnusable(
                f"{self.codec.upper()} at {self.sample_rate} Hz is not made with"
                f" {self.bitrate_kbps} kbit/s; set {self.name} to"
                f" {_listed(self._bitrates())}."
            )

    @property
    def sound(self) -> tuple[str, int, int, int]:
        """What is made, whatever it is called: where this is alike, so are the bytes."""
        return self.codec, self.bitrate_kbps, self.sample_rate, self.channels

    def _sample_rates(self) -> tuple[int, ...]:
        return tuple(_MP3_VERSIONS) if self.codec == "mp3" else _AAC_RATES

    def _bitrates(self) -> tuple[int, ...] | range:
        if self.codec == "mp3":
            return _MP3_BITRATES[_MP3_VERSIONS[self.sample_rate]]
        # A raw data block holds 6144 bits a channel at most (ISO 14496-3 4.5.3).
        most = 6144 * self.channels * self.sample_rate // 1024 // 1000
        return range(16, min(most, 320) + 1)


def _listed(values: tuple[int, ...] | range) -> str:
    if isinstance(values, range):
        return f"{values.start} to {values.stop - 1}"
    return ", ".join(str(value) for value in values)


class CodecJob(msgspec.Struct, frozen=True, kw_only=True):
    """
    What one child does: decode the source once, measure it, encode it to each.

    ``content_type`` is what the encoder claimed. It words the sentence of a
    ``NotAudio``; what the bytes are is found in the bytes.
    """

    content_type: str
    encodings: tuple[Encoding, ...]


# --- from the child --------------------------------------------------------


class Recognized(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """
    What the source's bytes turned out to be; again whenever that changes.

    Attributes:
        codec: ``mp3``, ``aac``, ``opus``, ``vorbis``, ``flac`` or ``pcm``.
        bitrate_kbps: ``None`` where the bytes do not promise one.
        description: for a person: "MP3 128 kbit/s 44.1 kHz stereo".
        head: the stream's first bytes, without which a decoder that joins later
            makes no sense of the rest; empty where frames stand alone.
    """

    codec: str
    sample_rate: int
    channels: int
    bitrate_kbps: int | None
    description: str
    head: bytes = b""


class Encoded(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """
    New frames of one encoding, in order: whole MP3 or ADTS frames.

    ``samples_per_frame`` counts per channel, at the encoding's sample rate.
    """

    name: str
    samples_per_frame: int
    frames: list[bytes]


class Measured(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """
    How loud the last stretch of the source was, at least twice a second.

    Over all channels, in dB below full scale, never under ``FLOOR_DBFS``; a
    full-scale sine measures -3 RMS and 0 peak.
    """

    rms_dbfs: float
    peak_dbfs: float
    seconds: float


class NotAudio(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """
    A long run of bytes held nothing that decodes.

    Said once per run; the child keeps listening, for the source may yet send
    sound. ``sentence`` says what the encoder's owner should do.
    """

    sentence: str


class Consumed(msgspec.Struct, frozen=True, kw_only=True, tag=True):
    """
    The child is done with the first ``total`` source bytes.

    ``total=0`` is its first word: everything is loaded and it listens.
    """

    total: int


Report = Recognized | Encoded | Measured | NotAudio | Consumed

FLOOR_DBFS = -120.0
NO_SOUND = 3  # a conforming child's exit status: the file does not decode


def unfinished(folder: Path, name: str, pid: int) -> Path:
    """Return where the conforming child *pid* keeps a file until it is whole."""
    return folder / f"{name}.{pid}"
