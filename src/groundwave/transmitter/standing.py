"""
What the site said that still stands: the newest guide of each station.

A page that opens is told it at once, like who is on air and what is playing. What
is too long for that is told to pages that are open, and kept for nobody: a page
that is told none asks the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from groundwave.patchbay.messages import Announced


# Each holds until the next of its name; every other event is told once.
STANDING = frozenset({"schedule"})
# A day of programmes is a few kB. All of them go to a page in one write, of which a
# new connection takes 47 kB (Linux, at an MSS of 1,460).
MOST_BYTES = 16_384
MOST_BYTES_A_PAGE = 32_768


class Standing:
    """The announcements that hold, by station and event."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, str], str] = {}

    def note(self, message: Announced) -> None:
        """Hold *message* in place of the one before it, if it is of that kind."""
        if message.event not in STANDING:
            return
        place = (message.station, message.event)
        # Even when the new one is too long: what it replaces is wrong by now.
        self._held.pop(place, None)
        if _size(message.data) <= MOST_BYTES:
            self._held[place] = message.data

    def keep_only(self, stations: Collection[str]) -> None:
        """Forget what was said of other *stations*; they are gone."""
        gone = [place for place in self._held if place[0] not in stations]
        for place in gone:
            del self._held[place]

    def of(self, stations: Iterable[str]) -> list[tuple[str, str]]:
        """Return what a page of *stations* is told, as far as it fits in one write."""
        told: list[tuple[str, str]] = []
        left = MOST_BYTES_A_PAGE
        for place in ((slug, event) for slug in stations for event in sorted(STANDING)):
            data = self._held.get(place)
            if data is not None and _size(data) <= left:
                told.append((place[1], data))
                left -= _size(data)
        return told


def _size(data: str) -> int:
    return len(data.encode(errors="replace"))
