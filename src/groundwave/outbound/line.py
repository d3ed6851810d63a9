"""A connection that is waited for until one deadline, however little comes at a time."""

from __future__ import annotations

import socket
import time
from dataclasses import dataclass

from groundwave.outbound.errors import BrokenOff, TooSlow


_READ = 16 * 1024


class Deadline:
    """
    The end of all waiting for one question, its redirects included.

    Args:
        url: whom to blame.
        seconds: from now.
    """

    def __init__(self, url: str, seconds: float) -> None:
        self.url = url
        self._seconds = seconds
        self._ends = time.monotonic() + seconds

    def left(self) -> float:
        """Return the seconds that are left, never none; raise TooSlow after the end."""
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> TooSlow:
        """Return the error that says so."""
        return TooSlow(self.url, seconds=self._seconds)


@dataclass(frozen=True, slots=True)
class Line:
    """An open connection to whoever *url* names. Close it."""

    socket: socket.socket
    url: str
    deadline: Deadline

    def send(self, data: bytes) -> None:
        """Send *data*; raise TooSlow. Whether it was heard, an answer shows."""
        waiting = memoryview(data)
        while waiting:
            self.socket.settimeout(self.deadline.left())
            try:
                waiting = waiting[self.socket.send(waiting) :]
            except TimeoutError:
                raise self.deadline.passed() from None
            except OSError:
                # Some refuse without reading it all, and have said why.
                return

    def read(self) -> bytes:
        """Return what comes next, nothing at the end; raise BrokenOff or TooSlow."""
        self.socket.settimeout(self.deadline.left())
        try:
            return self.socket.recv(_READ)
        except TimeoutError:
            raise self.deadline.passed() from None
        except OSError:
            raise BrokenOff(self.url) from None

    def close(self) -> None:
        """Hang up."""
        self.socket.close()
