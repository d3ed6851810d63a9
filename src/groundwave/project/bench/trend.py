"""Does it grow? A straight line through samples, and how much it rises."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import StatisticsError, linear_regression

import msgspec


class Trend(msgspec.Struct, frozen=True):
    """
    The line of least squares through samples over time.

    Attributes:
        level: its height in the middle of the time measured.
        growth: by how much it rises from the first sample to the last.
        per_hour: its slope.
    """

    level: float
    growth: float
    per_hour: float

    @classmethod
    def through(cls, at: Sequence[float], values: Sequence[float]) -> Trend:
        """
        Fit the line; *at* is in seconds, in order.

        Fewer than two samples have no slope: theirs is zero.
        """
        try:
            slope, start = linear_regression(at, values)
        except StatisticsError:
            return cls(values[0] if values else 0.0, 0.0, 0.0)
        middle = (at[0] + at[-1]) / 2
        return cls(start + slope * middle, slope * (at[-1] - at[0]), slope * 3600)
