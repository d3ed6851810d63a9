"""
The standby loop: what is heard when nobody sends.

It is conformed once to every encoding of the station and kept on disk, so that
it needs no codec, no site and no database when everything else has failed.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from groundwave.transmitter.stamped import StampedFrame
from groundwave.wire.frames.adts import AdtsFramer
from groundwave.wire.frames.frame import Frame
from groundwave.wire.frames.mpeg import MpegFramer


BUILT_IN = Path(__file__).with_name("sounds") / "standby.mp3"


class StandbyLoop:
    """Frames of a sound file, over and over, for each encoding."""

    def __init__(self, frames: dict[str, Sequence[Frame]]) -> None:
        self._frames = frames
        self._next = dict.fromkeys(frames, 0)

    @classmethod
    def read(cls, files: dict[str, Path]) -> StandbyLoop:
        """
        Read frame files as ``conform_file`` writes them: ``.mp3`` or ``.adts``.

        It takes seconds for minutes of sound: not on the event loop.

        Raises:
            OSError: a file cannot be read.
        """
        return cls({name: _frames_of(path) for name, path in files.items()})

    def frames_between(self, name: str, start: float, end: float) -> list[StampedFrame]:
        """Return the loop's next frames, placed from *start* up to about *end*."""
        frames = self._frames.get(name)
        if not frames:
            return []
        placed: list[StampedFrame] = []
        at = start
        while at < end:
            frame = frames[self._next[name] % len(frames)]
            self._next[name] += 1
            placed.append(StampedFrame(frame, at))
            at += frame.seconds
        return placed


def _frames_of(path: Path) -> list[Frame]:
    framer = AdtsFramer() if path.suffix == ".adts" else MpegFramer()
    return framer.receive_data(path.read_bytes())
