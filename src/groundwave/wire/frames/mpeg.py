"""
MPEG-1, MPEG-2 and MPEG-2.5 audio, layers II and III, cut into frames.

ISO/IEC 11172-3 2.4.1 and 2.4.2 (the header and its tables), ISO/IEC 13818-3 2.4
(low sample rates); MPEG-2.5 extends the latter to 8, 11.025 and 12 kHz. The
framer's laws are in ``framer``. Two more:

* Free format (a bitrate of "whatever") has no size in its header and is not
  taken: such bytes are skipped.
* The first frame of a file often carries an index and an encoder's name (Xing,
  Info, VBRI) in place of sound. It is dropped: played, it would be a click of
  silence, and its side information lies about what precedes it.
"""

from __future__ import annotations

from functools import lru_cache

from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import FrameHeader, Framer


_LAYER_III, _LAYER_II = 0b01, 0b10
_MPEG_1, _MPEG_2, _MPEG_25 = 0b11, 0b10, 0b00
_MONO = 0b11

# ISO/IEC 11172-3 2.4.2.3 and 13818-3 2.4.2.3; index 0 is free format, 15 forbidden.
_KBPS_1_III = (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320)
_KBPS_1_II = (0, 32, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320, 384)
_KBPS_2 = (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160)
_RATES = {
    _MPEG_1: (44100, 48000, 32000),
    _MPEG_2: (22050, 24000, 16000),
    _MPEG_25: (11025, 12000, 8000),
}

# Sync, version, layer and sample rate: padding, bitrate and stereo mode may change.
_KIND = 0xFFFE0C00
_INDEX = (b"Xing", b"Info")
_VBRI_AT = 36


class MpegFramer(Framer):
    """
    Cut an MPEG audio stream into frames.

    A layer III frame is ``independent`` when its ``main_data_begin`` is 0, so that
    its sound is all its own (ISO/IEC 11172-3 2.4.1.7 and 2.4.3.4). A layer II frame
    always is.
    """

    def _header(self, data: bytes, at: int) -> FrameHeader | None:
        if data[at] != 0xFF:
            return None
        return mpeg_header(data[at : at + 4])

    def _frame(self, data: bytes, header: FrameHeader) -> Frame | None:
        independent = mpeg_layer(data) == 2 or main_data_begin(data) == 0
        if independent and _is_index(data):
            return None
        return Frame(
            data,
            header.samples,
            header.sample_rate,
            header.channels,
            header.bitrate_kbps,
            independent,
        )


@lru_cache(maxsize=128)
def mpeg_header(data: bytes) -> FrameHeader | None:
    """Return what the four bytes of *data* say, or None if no frame begins so."""
    word = int.from_bytes(data[:4], "big")
    version, layer = word >> 19 & 3, word >> 17 & 3
    rate_index, kbps_index = word >> 10 & 3, word >> 12 & 15
    if (
        word >> 21 != 0x7FF
        or version not in _RATES
        or layer not in (_LAYER_II, _LAYER_III)
        or rate_index == 3
        or kbps_index in (0, 15)
    ):
        return None
    sample_rate = _RATES[version][rate_index]
    kbps = _kbps_table(version, layer)[kbps_index]
    samples = 576 if layer == _LAYER_III and version != _MPEG_1 else 1152
    return FrameHeader(
        size=samples // 8 * kbps * 1000 // sample_rate + (word >> 9 & 1),
        kind=word & _KIND,
        samples=samples,
        sample_rate=sample_rate,
        channels=1 if word >> 6 & 3 == _MONO else 2,
        bitrate_kbps=kbps,
    )


def mpeg_layer(frame: bytes) -> int:
    """Return 2 or 3, the layer of a *frame* whose header is known to be good."""
    return 4 - (frame[1] >> 1 & 3)


def _kbps_table(version: int, layer: int) -> tuple[int, ...]:
    if version != _MPEG_1:
        return _KBPS_2
    return _KBPS_1_III if layer == _LAYER_III else _KBPS_1_II


def main_data_begin(frame: bytes) -> int:
    """Return how many bytes before a layer III *frame*'s own main data it begins."""
    at = _side_information_at(frame)
    if _version(frame) == _MPEG_1:  # nine bits, or eight in MPEG-2
        return frame[at] << 1 | frame[at + 1] >> 7
    return frame[at]


def main_data_at(frame: bytes) -> int:
    """Return where a layer III *frame*'s own main data begins."""
    mono = frame[3] >> 6 == _MONO
    if _version(frame) == _MPEG_1:
        return _side_information_at(frame) + (17 if mono else 32)
    return _side_information_at(frame) + (9 if mono else 17)


def _version(frame: bytes) -> int:
    return frame[1] >> 3 & 3


def _side_information_at(frame: bytes) -> int:
    return 4 if frame[1] & 1 else 6  # protection_bit 0: a CRC follows the header


def _is_index(frame: bytes) -> bool:
    """Tell whether the frame holds a Xing, Info or VBRI index in place of sound."""
    if mpeg_layer(frame) == 2:
        return False
    # Some writers announce a CRC and leave it out.
    return (
        frame.startswith(_INDEX, main_data_at(frame))
        or frame.startswith(_INDEX, main_data_at(frame) - 2)
        or frame.startswith(b"VBRI", _VBRI_AT)
    )
