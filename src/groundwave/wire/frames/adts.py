"""
AAC in ADTS, cut into frames.

ISO/IEC 14496-3 1.A.2.2 (the ADTS header) and 1.6.2 (AudioSpecificConfig). The
framer's laws are in ``framer``.

HE-AAC hides in ADTS: the header says AAC-LC at half the sample rate, and whether
spectral band replication doubles it is only seen in the payload. Here a frame is
1024 samples at the rate of its header, the core's. Its duration is right either
way, since HE-AAC gives 2048 samples at twice the rate.

A channel configuration of 0 (the layout is described inside the payload) is not
taken: no radio encoder sends it, and a player could not be told what it will hear.
"""

from __future__ import annotations

from groundwave.wire.errors import PeerError, UsageError
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.framer import FrameHeader, Framer


SAMPLES_PER_BLOCK = 1024

# ISO/IEC 14496-3 table 1.18; indices 13 to 15 are not for ADTS.
_RATES = (
    96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000,
    7350,
)  # fmt: skip
_KIND = 0xFFFEFDC0  # the fixed header but for protection, private, original and home


class AdtsFramer(Framer):
    """
    Cut an ADTS stream into frames.

    Every frame is ``independent``: AAC keeps no bit reservoir across frames.
    ``bitrate_kbps`` is what the size of this one frame implies.
    """

    def _header(self, data: bytes, at: int) -> FrameHeader | None:
        return adts_header(data[at : at + 7])

    def _frame(self, data: bytes, header: FrameHeader) -> Frame:
        return Frame(
            data,
            header.samples,
            header.sample_rate,
            header.channels,
            header.bitrate_kbps,
            independent=True,
        )


def adts_header(data: bytes) -> FrameHeader | None:
    """Return what the seven bytes of *data* say, or None if no frame begins so."""
    if len(data) < 7 or data[0] != 0xFF or data[1] & 0xF6 != 0xF0:
        return None
    rate_index = data[2] >> 2 & 15
    configuration = (data[2] & 1) << 2 | data[3] >> 6
    size = (data[3] & 3) << 11 | data[4] << 3 | data[5] >> 5
    if rate_index >= len(_RATES) or configuration == 0 or size <= _header_size(data):
        return None
    sample_rate = _RATES[rate_index]
    samples = SAMPLES_PER_BLOCK * _blocks(data)
    return FrameHeader(
        size=size,
        kind=int.from_bytes(data[:4], "big") & _KIND,
        samples=samples,
        sample_rate=sample_rate,
        channels=8 if configuration == 7 else configuration,
        bitrate_kbps=round(size * 8 * sample_rate / samples / 1000),
    )


def specific_config(frame: bytes) -> bytes:
    """
    Return the AudioSpecificConfig (ISO/IEC 14496-3 1.6.2.1) of an ADTS *frame*.

    Two bytes: object type, sample rate and channels, as MP4 and MSE want them told.
    """
    if adts_header(frame[:7]) is None:
        raise UsageError("An ADTS frame is needed to tell its configuration.")
    object_type = (frame[2] >> 6) + 1
    rate_index = frame[2] >> 2 & 15
    configuration = (frame[2] & 1) << 2 | frame[3] >> 6
    word = object_type << 11 | rate_index << 7 | configuration << 3
    return word.to_bytes(2, "big")


def payload(frame: bytes) -> bytes:
    """
    Return the raw AAC block of an ADTS *frame*, without its header and CRC.

    Raises:
        PeerError: if the frame packs several blocks; where each begins is not
            written down, so that they cannot be told apart without decoding.
    """
    if adts_header(frame[:7]) is None:
        raise UsageError("An ADTS frame is needed to take its payload.")
    if _blocks(frame) > 1:
        raise PeerError(
            "This AAC stream packs several blocks into each ADTS frame. "
            "Set the encoder to one block per frame."
        )
    return frame[_header_size(frame) :]


def _header_size(header: bytes) -> int:
    return 7 if header[1] & 1 else 9  # protection_absent 0: a CRC follows


def _blocks(header: bytes) -> int:
    return (header[6] & 3) + 1
