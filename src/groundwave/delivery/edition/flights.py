"""Who asks for what is being made already waits for it, instead of making it again."""

from __future__ import annotations

import threading

from groundwave.delivery.edition.answer import Answer
from groundwave.delivery.edition.question import Key


# A page that takes longer than this is made by everybody who wants it, as without us.
PATIENCE_SECONDS = 3.0


class Flight:
    """One making of an answer; ``answer`` stays None if it cannot be everybody's."""

    def __init__(self, key: Key, edition: int) -> None:
        self.key, self.edition = key, edition
        self.answer: Answer | None = None
        self.landed = threading.Event()

    def awaited(self) -> Answer | None:
        """Wait for the answer, but not for ever."""
        self.landed.wait(PATIENCE_SECONDS)
        return self.answer


class Flights:
    """
    What is being made now; safe to use from any thread.

    Nobody joins the making of another edition: it was begun before they asked, and may
    have been before the write that they know of.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._up: dict[tuple[Key, int], Flight] = {}

    def board(self, key: Key, edition: int) -> tuple[Flight, bool]:
        """Return the flight of that answer, and whether the caller makes it."""
        with self._lock:
            flight = self._up.get((key, edition))
            if flight:
                return flight, False
            flight = self._up[key, edition] = Flight(key, edition)
            return flight, True

    def land(self, flight: Flight) -> None:
        """End it, with an answer or without; who leads it must, whatever happens."""
        with self._lock:
            del self._up[flight.key, flight.edition]
        flight.landed.set()
