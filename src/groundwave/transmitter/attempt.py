"""
The last attempts to go on air: which are remembered, and which the site is told of.

Anybody can try, as often as they like. Neither one address nor all strangers
together may push out what somebody with a key needs to know.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator

from groundwave.patchbay.messages import ADVICE, Attempt


KEPT_ATTEMPTS = 200
KEPT_OF_ONE_ADDRESS = 20
AGAIN_SECONDS = 60.0
# Addresses are cheap, too: more strangers than this in a minute are not told of.
MOST_STRANGERS = 200
# What is answered before a key was found to be good.
STRANGERS_OUTCOMES = frozenset(
    {"bad_request", "needs_password", "unknown_mount", "unsupported_type", "wrong_key"}
)


class Attempts:
    """Remembers attempts for the doctor, newest last, and counts the refused."""

    def __init__(self) -> None:
        self.refused = 0
        self._kept: deque[Attempt] = deque(maxlen=KEPT_ATTEMPTS)
        # When which stranger was told of, oldest first, in air time.
        self._told: dict[tuple[str, str], float] = {}

    def __iter__(self) -> Iterator[Attempt]:
        return iter(self._kept)

    def remember(self, attempt: Attempt) -> None:
        """Keep it; the oldest of the same address makes room if there are many."""
        if attempt.outcome != "accepted" and attempt.outcome not in ADVICE:
            self.refused += 1
        same = [kept for kept in self._kept if kept.address == attempt.address]
        if len(same) >= KEPT_OF_ONE_ADDRESS:
            self._kept.remove(same[0])
        self._kept.append(attempt)

    def is_news(self, attempt: Attempt, *, station: str, air: float) -> bool:
        """
        Return whether the site is to be told, and take it that it is.

        A stranger is told of once a minute for each outcome. Who has a key, and what
        their encoder was told, is always news.
        """
        if station and attempt.outcome not in STRANGERS_OUTCOMES:
            return True
        self._forget_told(before=air - AGAIN_SECONDS)
        stranger = (attempt.address, attempt.outcome)
        if stranger in self._told or len(self._told) >= MOST_STRANGERS:
            return False
        self._told[stranger] = air
        return True

    def _forget_told(self, *, before: float) -> None:
        while self._told:
            oldest = next(iter(self._told))
            if self._told[oldest] > before:
                return
            del self._told[oldest]
