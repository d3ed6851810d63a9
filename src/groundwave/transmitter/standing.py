"""
What the site said that still stands: what is to be known by a page that opens.

It is told at once, like who is on air and what is playing: the newest guide of each
station, what breaks just now, and the last word on the stories that changed last, as
a page may have been kept somewhere since before.

What is too long for that is told to pages that are open, and kept for nobody: a page
that is told no guide asks the site.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from groundwave.patchbay.messages import Announced


# Each holds until the next of its name about the same; every other event is told once.
# A page is told them in this order.
STANDING = ("banner", "schedule", "story")
# Of one name, about so many matters; the one that was told longest ago goes first.
MOST_MATTERS = 12
# A day of programmes is a few kB. All of them go to a page in one write, of which a
# new connection takes 47 kB (Linux, at an MSS of 1,460).
MOST_BYTES = 16_384
MOST_BYTES_A_PAGE = 32_768

_Place = tuple[str, str, str]


class Standing:
    """The announcements that hold, by event, station and matter."""

    def __init__(self) -> None:
        self._held: dict[_Place, str] = {}

    def note(self, message: Announced) -> None:
        """Hold *message* in place of the one before it, if it is of that kind."""
        if message.event not in STANDING:
            return
        place = (message.event, message.station, message.about)
        # Even when the new one is too long: what it replaces is wrong by now.
        self._held.pop(place, None)
        if _size(message.data) <= MOST_BYTES:
            self._held[place] = message.data
        of_its_name = [each for each in self._held if each[:2] == place[:2]]
        for each in of_its_name[:-MOST_MATTERS]:
            del self._held[each]

    def keep_only(self, stations: Collection[str]) -> None:
        """Forget what was said of other *stations*; they are gone."""
        for place in tuple(self._held):
            if place[1] and place[1] not in stations:
                del self._held[place]

    def of(self, stations: Iterable[str]) -> list[tuple[str, str]]:
        """Return what a page of *stations* is told, as far as it fits in one write."""
        told: list[tuple[str, str]] = []
        left = MOST_BYTES_A_PAGE
        for event, data in self._held_for(("", *stations)):
            if _size(data) <= left:
                told.append((event, data))
                left -= _size(data)
        return told

    def _held_for(self, stations: Collection[str]) -> Iterator[tuple[str, str]]:
        """Yield them by name, by station, and the newest first."""
        names = [(event, slug) for event in STANDING for slug in stations]
        for name in names:
            for place, data in reversed(self._held.items()):
                if place[:2] == name:
                    yield name[0], data


def _size(data: str) -> int:
    return len(data.encode(errors="replace"))
