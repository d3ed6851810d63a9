"""A past for a station: what was on the air before a test began, on a real tape."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from equipment.encoders import program
from groundwave.audio.job import Encoding
from groundwave.transmitter.encodings import RENDITIONS
from groundwave.transmitter.stamped import StampedFrame
from groundwave.transmitter.tape.cutter import Cut, Cutter
from groundwave.transmitter.tape.recorder import SECONDS_PER_NUMBER, station_folder
from groundwave.transmitter.tape.store import Store
from groundwave.transmitter.tape.take import take
from groundwave.transmitter.tape.title import Titles
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame


FRAME_SECONDS = 1024 / 44100
LOOP_SECONDS = 10


@dataclass(frozen=True)
class Piece:
    """What was on the air for a while: a tone, and what it was called."""

    title: str
    hertz: int
    seconds: float

    @property
    def frames(self) -> int:
        return round(self.seconds / FRAME_SECONDS)


def write_tape(
    data: Path, station: str, pieces: Sequence[Piece], *, until: float
) -> None:
    """
    Put *pieces* on the tape of *station*, as its transmitter would have.

    Args:
        data: where that transmitter keeps its things; it does not run yet.
        until: when the last of them ended, in Unix seconds.
    """
    began = until - sum(piece.frames for piece in pieces) * FRAME_SECONDS
    names = [rendition.name for rendition in RENDITIONS]
    store = Store(station_folder(data / "tape", station), names)
    titles, discontinuities = Titles(), 0
    cuts = _cuts(pieces, Cutter(names), titles, began)
    for sequence, cut in enumerate(cuts, int(began / SECONDS_PER_NUMBER)):
        new = take(
            cut,
            sequence=sequence,
            discontinuities=discontinuities,
            titles=titles.heard(cut.start, cut.end),
        )
        discontinuities = new.segment.discontinuities
        store.append(new.segment, new.init, new.media)


def _cuts(
    pieces: Sequence[Piece], cutter: Cutter, titles: Titles, at: float
) -> Iterator[Cut]:
    """Yield the segments, each when the titles that are heard in it are noted."""
    for piece in pieces:
        titles.note(piece.title, at=at)
        for rendition in RENDITIONS:
            yield from cutter.append(
                rendition.name, list(_stamped(piece, rendition, at))
            )
        at += piece.frames * FRAME_SECONDS
    yield from cutter.flush()


def _stamped(piece: Piece, rendition: Encoding, at: float) -> Iterator[StampedFrame]:
    loop = aac_frames(piece.hertz, rendition.bitrate_kbps)
    for number in range(piece.frames):
        yield StampedFrame(loop[number % len(loop)], at + number * FRAME_SECONDS)


@cache
def aac_frames(hertz: int, kbps: int) -> list[Frame]:
    """A tone as frames that follow each other for ever, nearly without a click."""
    sine = f"sine=frequency={hertz}:sample_rate=44100,volume=2"
    data = subprocess.run(
        [
            *(program("ffmpeg"), "-nostdin", "-loglevel", "error"),
            *("-f", "lavfi", "-i", sine, "-ac", "2", "-t", str(LOOP_SECONDS)),
            *("-c:a", "aac", "-b:a", f"{kbps}k", "-f", "adts", "-"),
        ],
        capture_output=True,
        check=True,
    ).stdout
    return AdtsFramer().receive_data(data)[2:-2]
