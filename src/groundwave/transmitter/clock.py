"""
The one place in the transmitter that asks what time it is.

Everything on the air is timed by a clock that never steps (``air``): a wrong
wall clock, a leap second or an operator's ``date -s`` must not move sound.
Wall time is derived from it, so that it runs evenly between corrections.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime


# A wall clock this far away from ours was set, not disciplined.
STEP_SECONDS = 1.0
# Smaller differences are followed at 0.1 %: slower than anyone hears or sees.
SLEW = 0.001


class Clock:
    """
    Air time (monotonic seconds) and the wall time that belongs to it.

    ``heed`` must be called about once a second; it returns the seconds by which
    the wall clock was stepped, 0.0 nearly always.
    """

    def __init__(self) -> None:
        self._offset = time.time() - time.monotonic()  # noqa: TID251
        self._heeded = time.monotonic()

    def air(self) -> float:
        """Monotonic seconds; comparable only with other air times of this run."""
        return time.monotonic()

    def unix(self) -> float:
        """Return wall time in Unix seconds."""
        return self.unix_at(time.monotonic())

    def unix_at(self, air: float) -> float:
        """Return the wall time, in Unix seconds, of an instant on the air."""
        return air + self._offset

    def now(self) -> datetime:
        """Return wall time, aware, in UTC."""
        return datetime.fromtimestamp(self.unix(), UTC)

    def heed(self) -> float:
        """Follow the machine's wall clock; return by how much it was stepped."""
        air = time.monotonic()
        error = time.time() - self.unix_at(air)  # noqa: TID251
        allowed = SLEW * (air - self._heeded)
        self._heeded = air
        if abs(error) >= STEP_SECONDS:
            self._offset += error
            return error
        self._offset += max(-allowed, min(allowed, error))
        return 0.0
