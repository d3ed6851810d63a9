"""
Where things lie on a drawing that goes along time. Pure geometry, in a picture's units.

A picture is ``WIDTH`` wide and scales to its place; its words are in the page beside it
or in the picture's own description.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.dateformat import format as formatted

from groundwave.stations.listening import Listening


WIDTH = 960
HEIGHT = 150
# Room over the curve for the number of its peak.
HEADROOM = 22
MOST_TICKS = 12
_EVERY_HOURS = (1, 2, 3, 6, 12, 24, 48, 168)
_HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Tick:
    """A line across the picture, and the wall time that it stands for."""

    x: str
    words: str


@dataclass(frozen=True)
class TimeAxis:
    """From when to when a picture goes, by which wall clock."""

    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo

    def x(self, at: datetime) -> float:
        """Return how far along *at* lies; outside of it, the nearest edge."""
        along = (at - self.starts_at) / (self.ends_at - self.starts_at)
        return round(WIDTH * min(1.0, max(0.0, along)), 1)

    def ticks(self) -> Iterator[Tick]:
        """Yield round hours of the wall clock, or dates, as many as there is room for."""
        hours = (self.ends_at - self.starts_at) / _HOUR
        every = next((each for each in _EVERY_HOURS if hours / each <= MOST_TICKS), 672)
        at = self.starts_at.astimezone(UTC).replace(minute=0, second=0, microsecond=0)
        while at < self.ends_at:
            wall = at.astimezone(self.zone)
            if (
                at >= self.starts_at
                and self.x(at) < WIDTH - 30
                and _is_round(wall, every)
            ):
                words = f"{wall:%H:%M}" if every < 24 else formatted(wall, "j M")
                yield Tick(f"{self.x(at):g}", words)
            # A zone may be half an hour off the others; its own hours are whole.
            at += _HOUR - timedelta(minutes=wall.minute)


def _is_round(wall: datetime, every: int) -> bool:
    """Whether a line belongs there, if there is one *every* so many hours."""
    hours = wall.hour if every < 24 else wall.hour + 24 * wall.toordinal()
    return not wall.minute and hours % every == 0


@dataclass(frozen=True)
class ListeningPlot:
    """A day's listeners as a line over an area."""

    listening: Listening
    zone: ZoneInfo

    @property
    def axis(self) -> TimeAxis:
        return TimeAxis(self.listening.starts_at, self.listening.ends_at, self.zone)

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDTH} {HEIGHT + 20}"

    @property
    def ticks(self) -> list[Tick]:
        return list(self.axis.ticks())

    @property
    def line(self) -> str:
        """Return the curve as SVG writes points."""
        return " ".join(f"{x:g},{y:g}" for x, y in self._points())

    @property
    def area(self) -> str:
        points = list(self._points())
        first, last = points[0][0], points[-1][0]
        return f"{first:g},{HEIGHT} {self.line} {last:g},{HEIGHT}"

    @property
    def now_x(self) -> str:
        return f"{self.axis.x(self.listening.asked_at):g}"

    @property
    def peak_x(self) -> str:
        # The number beside it stays within the picture.
        x = self.axis.x(self.listening.peak_at)
        return f"{min(max(x, 14), WIDTH - 14):g}"

    @property
    def peak_y(self) -> str:
        return f"{self._y(self.listening.peak):g}"

    @property
    def peak_label_y(self) -> str:
        return f"{self._y(self.listening.peak) - 7:g}"

    def _points(self) -> Iterator[tuple[float, float]]:
        for at, count in self.listening.points():
            yield self.axis.x(at), self._y(count)

    def _y(self, count: int) -> float:
        # One listener does not fill the picture.
        highest = max(self.listening.peak, 4)
        return round(HEIGHT - (HEIGHT - HEADROOM) * count / highest, 1)
