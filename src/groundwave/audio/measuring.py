"""
What a sound file is and how long it lasts, found out by a child.

Demuxing a file is as dangerous as decoding a stream; whoever asks is never the one
who reads it.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import msgspec

from groundwave.audio.errors import Unmeasurable
from groundwave.audio.job import NO_SOUND
from groundwave.audio.process import child_environment


MOST_SECONDS = 60.0  # a day of MP3 takes ten


class Measured(msgspec.Struct, frozen=True):
    """
    A file that sounds.

    Attributes:
        media_type: what its Content-Type ought to be.
        seconds: how long it lasts.
    """

    media_type: str
    seconds: float


def measured(path: Path) -> Measured:
    """
    Return what the file at *path* is, by its bytes alone.

    Raises:
        Unmeasurable: no sound can be made out in it.
    """
    try:
        child = subprocess.run(  # noqa: S603 -- our own program, and a path of ours
            [sys.executable, "-m", "groundwave.audio.measure", str(path)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            env=child_environment(),
            timeout=MOST_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as slow:
        raise Unmeasurable("it takes too long to read") from slow
    if child.returncode == NO_SOUND:
        raise Unmeasurable(child.stdout.decode(errors="replace").strip())
    if child.returncode != 0:
        raise Unmeasurable("it cannot be read to its end")
    return msgspec.json.decode(child.stdout, type=Measured)
