"""
Splice MPEG layer III, whose frames lean on one another.

ISO/IEC 11172-3 2.4.3.4: a frame's sound may begin up to 511 bytes (255 in MPEG-2)
before the frame, in the main data of those before it, and an encoder at a constant
bitrate makes use of that in almost every frame. Joined there, a decoder takes the
other source's bytes for those missing and chirps. A bridge is a silent frame that
holds just the missing bytes: put between two sources, it lets the one before it
fade and makes all frames after it decode as if nothing had been cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from groundwave.wire.errors import UsageError
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import main_data_at, main_data_begin, mpeg_header


def bridge(before: Sequence[Frame], first: Frame) -> Frame | None:
    """
    Return the frame to play just before *first*, or None if none is needed.

    It lasts as long as *first* does. Played in place of the last of *before*, it
    costs no time.

    Args:
        before: the frames that came before *first* from its own source, oldest
            first. A dozen are enough above 24 kbit/s; what they lack is filled
            with zeros.
        first: the layer III frame at which its source is joined.
    """
    if first.independent:
        return None
    borrowed = main_data_begin(first.data)
    silent = _silent_frame(first, room=borrowed)
    lent = _last_main_data(before, borrowed)
    return replace(silent, data=silent.data[: len(silent.data) - len(lent)] + lent)


def _silent_frame(like: Frame, *, room: int) -> Frame:
    """Return a frame of zeros at the lowest bitrate, from *like*'s up, with *room*."""
    _, version, rate, mode = like.data[:4]
    for bitrate_index in range(rate >> 4, 15):
        opening = bytes([0xFF, version | 1, bitrate_index << 4 | rate & 0x0C, mode])
        header = mpeg_header(opening)  # without a CRC or padding
        if header and header.size >= main_data_at(opening) + room:
            return replace(
                like,
                data=opening.ljust(header.size, b"\0"),
                bitrate_kbps=header.bitrate_kbps,
                independent=True,
            )
    raise UsageError("Only a frame of MPEG layer III can borrow so much.")


def _last_main_data(frames: Sequence[Frame], size: int) -> bytes:
    """Return the last *size* bytes of the main data of *frames*, if they have so many."""
    data = b""
    for frame in reversed(frames):
        data = frame.data[main_data_at(frame.data) :] + data
        if len(data) >= size:
            return data[len(data) - size :]
    return data
