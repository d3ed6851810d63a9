"""
What every part of the demo studio agrees on about sound.

Sound is planar stereo while it is made: float32, shape ``(2, samples)``, 44.1 kHz.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray


RATE = 44100

Sound: TypeAlias = NDArray[np.float32]


def silence(samples: int) -> Sound:
    """Return nothing, for *samples*."""
    return np.zeros((2, samples), np.float32)


def frequency(pitch: float) -> float:
    """Return the frequency in hertz of a MIDI *pitch* (69 is the A of 440 Hz)."""
    return float(440.0 * 2.0 ** ((pitch - 69.0) / 12.0))


def db(level: float) -> float:
    """Return the factor for *level* in decibels."""
    return float(10.0 ** (level / 20.0))
