"""How long to wait before somebody who was not there is tried again."""

from __future__ import annotations

from datetime import timedelta


FIRST_SECONDS = 5
LONGEST = timedelta(minutes=15)
_MOST_DOUBLINGS = 10


def pause_after(attempts: int) -> timedelta:
    """Return the pause after so many *attempts* in vain, of which each doubles it."""
    doubled = FIRST_SECONDS << min(attempts, _MOST_DOUBLINGS)
    return min(timedelta(seconds=doubled), LONGEST)
