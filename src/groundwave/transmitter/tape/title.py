"""
What was playing when: titles, each dated by the sound that it belongs to.

Laws:

* A title is noted before its sound is cut into a segment, and is kept in the line
  of every segment it is heard in. It is on the tape if its sound is; a segment tells
  its titles without any other, also after the one in which they began is forgotten.
* A title holds until the next. An empty one says that nobody says what is playing.
* What an encoder says in a burst is not all kept: a segment has few titles, among
  them the one that it ends with.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

import msgspec


# Titles that may begin in the seconds that are not cut yet; the newest are kept.
MOST_TO_COME = 4
# As much as encoders may send; relayed stations send eight times that.
LONGEST = 512
# Less than a frame: a title that another follows so soon is not heard.
UNHEARD_SECONDS = 0.02


class Title(msgspec.Struct, frozen=True, array_like=True, gc=False):
    """
    One title.

    Attributes:
        at: when it is heard first, in Unix seconds, whole milliseconds.
        text: what the source says is playing; empty if it says nothing.
    """

    at: float
    text: str

    @property
    def id(self) -> str:
        """The same wherever the title is told."""
        return f"title-{round(self.at * 1000)}"


class Titles:
    """
    Takes titles as they are said and gives each segment its own.

    Args:
        held: the title in force where the tape goes on, if one is known.
    """

    def __init__(self, held: Title | None = None) -> None:
        self._held = held
        self._to_come: deque[Title] = deque(maxlen=MOST_TO_COME)

    @property
    def to_come(self) -> tuple[Title, ...]:
        """Those whose sound is not in a segment yet."""
        return tuple(self._to_come)

    def note(self, text: str, *, at: float) -> None:
        """
        Note that *text* is heard from *at* on, in Unix seconds.

        What was said for the same or a later instant is never heard.
        """
        at, text = round(at, 3), text[:LONGEST]
        while self._to_come and self._to_come[-1].at >= at:
            self._to_come.pop()
        before = self._to_come[-1] if self._to_come else self._held
        if text != (before.text if before else ""):
            self._to_come.append(Title(at, text))

    def heard(self, start: float, end: float) -> tuple[Title, ...]:
        """
        Return the titles of the segment from *start* to *end*, the next one's turn.

        The first is the one that holds as the segment begins.
        """
        heard = [self._held] if self._held else []
        while self._to_come and self._to_come[0].at < end:
            title = self._to_come.popleft()
            if title.at <= start + UNHEARD_SECONDS:
                heard.clear()
            heard.append(title)
        self._held = heard[-1] if heard else None
        return tuple(heard)


def between(titles: Iterable[Title], start: float, end: float) -> list[Title]:
    """Return the titles that are heard from *start* to *end*, oldest first."""
    known = sorted(dict.fromkeys(titles), key=_at)
    before = [title for title in known if title.at <= start]
    return before[-1:] + [title for title in known if start < title.at < end]


def _at(title: Title) -> float:
    return title.at
