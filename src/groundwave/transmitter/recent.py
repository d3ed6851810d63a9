"""
What happened lately, for the site's desk that was not there.

The worker connects later than the transmitter starts, and is away now and then. What
it was told already it is told again: the instants tell it so.
"""

from __future__ import annotations

import heapq
from collections import deque
from collections.abc import Iterator
from datetime import datetime

from groundwave.patchbay.messages import (
    FromTransmitter,
    OnAirChanged,
    SourceAttempted,
    SourceConnected,
    SourceDisconnected,
)


KEPT = 100

Incident = SourceConnected | SourceDisconnected | OnAirChanged | SourceAttempted


class Recent:
    """The last incidents, oldest first."""

    def __init__(self) -> None:
        self._of_the_air: deque[Incident] = deque(maxlen=KEPT)
        # Anybody can make any number of these; they push out nothing else.
        self._attempts: deque[Incident] = deque(maxlen=KEPT)

    def __iter__(self) -> Iterator[Incident]:
        return heapq.merge(self._of_the_air, self._attempts, key=_at)

    def note(self, message: FromTransmitter) -> None:
        """Keep *message* if it is an incident."""
        if isinstance(message, SourceAttempted):
            self._attempts.append(message)
        elif isinstance(message, Incident):
            self._of_the_air.append(message)


def _at(incident: Incident) -> datetime:
    if isinstance(incident, SourceAttempted):
        return incident.attempt.at
    return incident.at
