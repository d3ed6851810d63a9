"""How long a relay waits: for the next byte, and before it tries again."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random


@dataclass(frozen=True, slots=True)
class Patience:
    """
    How long a relay waits, in seconds.

    Attributes:
        stall: for the next byte, before the connection counts as dead.
        first: before the second attempt.
        most: before any attempt.
        proven: of sound, after which the next wait is the first again.
    """

    stall: float = 10.0
    first: float = 1.0
    most: float = 60.0
    proven: float = 30.0


USUAL = Patience()


class BackOff:
    """Says how long to wait after each connection that ended."""

    def __init__(self, patience: Patience, random: Random) -> None:
        self._patience = patience
        self._random = random
        self._failures = 0

    def after(self, sounded: float) -> float:
        """Return the seconds to wait after a connection that *sounded* for some."""
        if sounded >= self._patience.proven:
            self._failures = 0
        longest = min(self._patience.most, self._patience.first * 2**self._failures)
        self._failures = min(self._failures + 1, 30)
        return float(longest * self._random.uniform(0.5, 1.0))
