"""How loud the source is, in stretches of a little under half a second."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from groundwave.audio.block import Block
from groundwave.audio.job import FLOOR_DBFS, Measured


STRETCH_SECONDS = 0.4  # two a second even when blocks are long


class Meter:
    """Sums samples up until a stretch is whole."""

    def __init__(self) -> None:
        self._start_over()

    def _start_over(self) -> None:
        self._square_sum = 0.0
        self._peak = 0.0
        self._values = 0
        self._seconds = 0.0

    def measure(self, block: Block) -> Iterator[Measured]:
        """Take a block; yield a measurement when a stretch is whole."""
        flat = block.samples.reshape(-1)
        self._square_sum += float(np.dot(flat, flat))
        self._peak = max(self._peak, float(np.abs(flat).max(initial=0.0)))
        self._values += flat.size
        self._seconds += block.seconds
        if self._seconds >= STRETCH_SECONDS:
            yield self._measured()
            self._start_over()

    def _measured(self) -> Measured:
        return Measured(
            rms_dbfs=decibels(math.sqrt(self._square_sum / self._values)),
            peak_dbfs=decibels(self._peak),
            seconds=self._seconds,
        )


def decibels(amplitude: float) -> float:
    """Return *amplitude* (1.0 is full scale) in dBFS, not under the floor."""
    if amplitude <= 0.0:
        return FLOOR_DBFS
    return max(FLOOR_DBFS, 20.0 * math.log10(amplitude))
