"""What was fetched already, kept for a while so that nobody is asked twice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Hashable
from datetime import datetime, timedelta
from typing import Generic, TypeVar


V = TypeVar("V")


class Kept(Generic[V]):
    """
    The things fetched last, by name; threads may share it.

    Args:
        most: how many of them.
        time: for how long each.
    """

    def __init__(self, *, most: int, time: timedelta) -> None:
        self._most, self._time = most, time
        self._things: OrderedDict[Hashable, tuple[V, datetime]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, name: Hashable, now: datetime) -> tuple[V] | None:
        """Return the thing, which may be None itself, in a tuple; None if it is not here."""
        with self._lock:
            found = self._things.get(name)
            if found is None or now >= found[1]:
                return None
            self._things.move_to_end(name)
            return (found[0],)

    def put(self, name: Hashable, thing: V, now: datetime) -> None:
        """Keep *thing* from *now* on; the one that was used longest ago may go for it."""
        with self._lock:
            self._things[name] = (thing, now + self._time)
            self._things.move_to_end(name)
            while len(self._things) > self._most:
                self._things.popitem(last=False)
