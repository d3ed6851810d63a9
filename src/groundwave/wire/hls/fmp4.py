"""
One AAC track as fragmented MP4: what an HLS segment and its EXT-X-MAP hold.

ISO/IEC 14496-12 (boxes; the numbers in the docstrings are its sections) and
14496-14 (``mp4a`` and ``esds``). The track's timescale is its sample rate, so that
every time is a whole number of samples and nothing is ever rounded. One movie
fragment makes one segment; every sample is 1024 long and a sync sample.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

from groundwave.wire.errors import UsageError


SAMPLES_PER_FRAME = 1024
_TRACK = 1
_MATRIX = struct.pack(">9I", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def init_segment(specific_config: bytes, sample_rate: int, channels: int) -> bytes:
    """
    Return the initialization segment: ``ftyp`` and a ``moov`` without samples.

    *specific_config* is the AudioSpecificConfig, which says again what
    *sample_rate* and *channels* say, and is what decoders believe.
    """
    if not specific_config or len(specific_config) > 64:
        raise UsageError("An AudioSpecificConfig has between 1 and 64 bytes.")
    entry = _mp4a(specific_config, sample_rate, channels)
    return _ftyp() + _box(
        b"moov", _mvhd(sample_rate), _trak(entry, sample_rate), _mvex()
    )


def media_segment(sequence: int, decode_time: int, frames: Sequence[bytes]) -> bytes:
    """
    Return one media segment: ``moof`` and ``mdat`` (8.8.4, 8.1.1).

    Args:
        sequence: the fragment's number (8.8.5), counted up from 1 as players like.
        decode_time: samples on the track's timeline before this segment.
        frames: raw AAC blocks, ADTS headers taken off, 1024 samples each.
    """
    if not frames:
        raise UsageError("A media segment holds at least one frame.")
    # The offset is into moof + mdat and moof's size does not depend on its value.
    size = len(_moof(sequence, decode_time, frames, data_offset=0))
    moof = _moof(sequence, decode_time, frames, data_offset=size + 8)
    return moof + _box(b"mdat", *frames)


def _box(name: bytes, *parts: bytes) -> bytes:
    """Return a box (4.2)."""
    body = b"".join(parts)
    return struct.pack(">I4s", 8 + len(body), name) + body


def _full_box(name: bytes, version: int, flags: int, *parts: bytes) -> bytes:
    """Return a box with a version and flags (4.2)."""
    return _box(name, struct.pack(">I", version << 24 | flags), *parts)


def _ftyp() -> bytes:
    """
    Return the file type (4.3).

    ``iso6`` is the brand that knows ``default-base-is-moof`` and 64-bit ``tfdt``.
    """
    return _box(b"ftyp", b"iso6", struct.pack(">I", 0), b"iso6", b"mp41")


def _mvhd(timescale: int) -> bytes:
    """Return the movie header (8.2.2); a duration of 0 leaves it to the fragments."""
    times = struct.pack(">4I", 0, 0, timescale, 0)
    rate_and_volume = struct.pack(">IH10x", 0x10000, 0x100)
    next_track = struct.pack(">24xI", _TRACK + 1)
    return _full_box(b"mvhd", 0, 0, times, rate_and_volume, _MATRIX, next_track)


def _trak(entry: bytes, timescale: int) -> bytes:
    """Return the track (8.3.1) and its media (8.4.1)."""
    enabled_in_movie = 0b11
    track = struct.pack(">3I4xI8xhhH2x", 0, 0, _TRACK, 0, 0, 0, 0x100)
    tkhd = _full_box(
        b"tkhd", 0, enabled_in_movie, track, _MATRIX, struct.pack(">II", 0, 0)
    )
    undetermined = 0x55C4  # "und" in three times five bits (8.4.2)
    mdhd = _full_box(
        b"mdhd", 0, 0, struct.pack(">4IHH", 0, 0, timescale, 0, undetermined, 0)
    )
    hdlr = _full_box(b"hdlr", 0, 0, struct.pack(">4x4s12x", b"soun"), b"Sound\0")
    return _box(b"trak", tkhd, _box(b"mdia", mdhd, hdlr, _minf(entry)))


def _minf(entry: bytes) -> bytes:
    """Return the media information (8.4.4) with an empty sample table (8.5.1)."""
    smhd = _full_box(b"smhd", 0, 0, bytes(4))
    here = _full_box(b"url ", 0, 1)
    dinf = _box(b"dinf", _full_box(b"dref", 0, 0, struct.pack(">I", 1), here))
    stbl = _box(
        b"stbl",
        _full_box(b"stsd", 0, 0, struct.pack(">I", 1), entry),
        _full_box(b"stts", 0, 0, bytes(4)),
        _full_box(b"stsc", 0, 0, bytes(4)),
        _full_box(b"stsz", 0, 0, bytes(8)),
        _full_box(b"stco", 0, 0, bytes(4)),
    )
    return _box(b"minf", smhd, dinf, stbl)


def _mp4a(specific_config: bytes, sample_rate: int, channels: int) -> bytes:
    """Return the audio sample entry (12.2.3; 14496-14 5.6)."""
    # The rate is 16.16 fixed point: above 65535 Hz it says 0 and esds is believed.
    rate = sample_rate if sample_rate < 1 << 16 else 0
    sound = struct.pack(">6xH8xHH4xI", 1, channels, 16, rate << 16)
    return _box(b"mp4a", sound, _esds(specific_config))


def _esds(specific_config: bytes) -> bytes:
    """Return the elementary stream descriptor (14496-14 5.6; 14496-1 7.2.6)."""
    specific = _descriptor(0x05, specific_config)
    aac, audio_stream = 0x40, 0x05 << 2 | 1
    unknown_buffer_and_bitrates = bytes(3 + 4 + 4)
    decoder = _descriptor(
        0x04, bytes([aac, audio_stream]), unknown_buffer_and_bitrates, specific
    )
    mp4_rules = _descriptor(0x06, b"\x02")
    stream = _descriptor(0x03, struct.pack(">HB", 0, 0), decoder, mp4_rules)
    return _full_box(b"esds", 0, 0, stream)


def _descriptor(tag: int, *parts: bytes) -> bytes:
    body = b"".join(parts)
    return bytes([tag, len(body)]) + body


def _mvex() -> bytes:
    """Return the defaults for all fragments (8.8.1, 8.8.3)."""
    sync_sample = 0x02000000  # depends on no other sample (8.8.3.1)
    trex = struct.pack(">5I", _TRACK, 1, SAMPLES_PER_FRAME, 0, sync_sample)
    return _box(b"mvex", _full_box(b"trex", 0, 0, trex))


def _moof(
    sequence: int, decode_time: int, frames: Sequence[bytes], *, data_offset: int
) -> bytes:
    """Return the movie fragment: 8.8.4 to 8.8.8, and ``tfdt`` 8.8.12."""
    mfhd = _full_box(b"mfhd", 0, 0, struct.pack(">I", sequence & 0xFFFFFFFF))
    default_base_is_moof = 0x020000
    tfhd = _full_box(b"tfhd", 0, default_base_is_moof, struct.pack(">I", _TRACK))
    tfdt = _full_box(b"tfdt", 1, 0, struct.pack(">Q", decode_time))
    offset_and_sizes_present = 0x000001 | 0x000200
    run = struct.pack(">Ii", len(frames), data_offset)
    sizes = struct.pack(f">{len(frames)}I", *map(len, frames))
    trun = _full_box(b"trun", 0, offset_and_sizes_present, run, sizes)
    return _box(b"moof", mfhd, _box(b"traf", tfhd, tfdt, trun))
