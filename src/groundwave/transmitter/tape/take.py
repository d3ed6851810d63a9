"""A segment with its sound: what the recorder holds and the store is given."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from groundwave.transmitter.tape.cutter import Cut, Frames
from groundwave.transmitter.tape.segment import Segment
from groundwave.transmitter.tape.title import Title
from groundwave.wire.frames.adts import payload
from groundwave.wire.hls.fmp4 import init_segment, media_segment


@dataclass(slots=True, eq=False)
class Take:
    """
    One recorded segment.

    Attributes:
        init: the initialization segment it needs.
        media: each rendition's ``moof`` and ``mdat``.
        is_on_tape: whether the disk has it.
    """

    segment: Segment
    init: bytes
    media: Mapping[str, bytes]
    is_on_tape: bool = False


def take(
    cut: Cut, *, sequence: int, discontinuities: int, titles: tuple[Title, ...] = ()
) -> Take:
    """Make a segment of *cut*; *discontinuities* is how many there were before."""
    init = init_segment(cut.config, cut.sample_rate, cut.channels)
    segment = Segment(
        sequence=sequence,
        start=round(cut.start, 6),
        duration=cut.seconds,
        discontinuity=cut.discontinuity,
        discontinuities=discontinuities + cut.discontinuity,
        init=hashlib.sha256(init).hexdigest()[:12],
        titles=titles,
    )
    media = {
        name: media_segment(sequence, cut.decode_time, _blocks(frames))
        for name, frames in cut.frames.items()
    }
    return Take(segment, init, media)


def _blocks(frames: Frames) -> list[bytes]:
    return [payload(stamped.frame.data) for stamped in frames]
