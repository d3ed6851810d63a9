"""
What was asked a moment ago, by its very bytes, and what was sent.

Most of a surge asks in the same words, over and over on connections that stay. What was
sent is sent again without being looked at, until the second or the edition is over: so
its date and its age are right, and it was true when it was asked for.
"""

from __future__ import annotations

from collections.abc import Callable


Sent = tuple[bytes, ...]

# What this may take of the memory besides the bodies, which stand on the shelf.
MOST_BYTES = 8_000_000
# The head of what was sent, and places in tables.
AROUND_BYTES = 1500


class Again:
    """
    What was asked and sent, by the bytes of both.

    Args:
        edition: says the number of the edition now.
        clock: seconds that never go back.
    """

    def __init__(self, edition: Callable[[], int], clock: Callable[[], float]) -> None:
        self._edition_now, self._clock = edition, clock
        self._sent: dict[bytes, Sent] = {}
        self._edition, self._until = -1, 0.0
        self._bytes = 0
        self.hits = 0

    def find(self, asked: bytes) -> Sent | None:
        """Return what was sent to who asked in the same words, if it is still right."""
        if self._edition_now() != self._edition or self._clock() >= self._until:
            self._turn()
            return None
        sent = self._sent.get(asked)
        if sent:
            self.hits += 1
        return sent

    def lasts(self, edition: int, until: float) -> bool:
        """Return whether what is of *edition* and right *until* then may be kept here."""
        return edition == self._edition and until >= self._until

    def keep(self, asked: bytes, sent: Sent) -> None:
        """Send it again to who asks in the same words."""
        self._bytes += len(asked) + AROUND_BYTES
        if self._bytes <= MOST_BYTES:
            self._sent[asked] = sent

    def _turn(self) -> None:
        self._sent.clear()
        self._bytes = 0
        self._edition = self._edition_now()
        self._until = self._clock() + 1
