"""
Where on the week's grid an instant lies.

Laws: the grid's rows are wall time, the same for all seven days, so that a show at
nine stands beside its neighbours at nine. Time that a day skips is a void in that
day's column. Time that comes twice has rows of its own, which are voids in the other
columns. So a minute of air is a minute of grid on every day, also on one of 23 or 25
hours, and where ``position`` puts an instant, the column's segments find it again.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

from django.utils import formats

from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    instant,
    wall_time,
)


_MINUTE = timedelta(minutes=1)
_DAY = timedelta(days=1)
DAY_MINUTES = 24 * 60.0


@dataclass(frozen=True)
class Segment:
    """
    Part of a day in which wall clock and instants go along together.

    Attributes:
        wall: minutes after midnight that the clock shows at its start.
        top: where it starts on the grid, in minutes.
        again: whether the clock shows these minutes for the second time.
    """

    starts_at: datetime
    ends_at: datetime
    wall: float
    top: float
    again: bool

    @property
    def bottom(self) -> float:
        return self.top + (self.ends_at - self.starts_at) / _MINUTE


@dataclass(frozen=True)
class Day:
    """A column: what of the grid's rows there is on that date."""

    date: date
    starts_at: datetime
    ends_at: datetime
    segments: tuple[Segment, ...]
    changes: tuple[ClockChange, ...]

    @property
    def lasts(self) -> timedelta:
        return self.ends_at - self.starts_at

    def position(self, at: datetime, *, ending: bool = False) -> float:
        """
        Return how far down *at* is; outside of the day, its nearest edge.

        *ending* asks for the end of what came before, which at a void is its upper edge.
        """
        place = 0.0
        for segment in self.segments:
            is_before = at < segment.starts_at
            if is_before or (ending and at == segment.starts_at):
                return place if ending else segment.top
            if at < segment.ends_at or (ending and at == segment.ends_at):
                return segment.top + (at - segment.starts_at) / _MINUTE
            place = segment.bottom
        return place


@dataclass(frozen=True)
class Repeat:
    """The clocks go back on a date: so many minutes come again from *at* on."""

    at: datetime
    on: date
    wall: float
    minutes: float

    @property
    def until(self) -> datetime:
        return self.at + self.minutes * _MINUTE


@dataclass(frozen=True)
class Row:
    """A line of the grid with its wall time."""

    top: float
    wall: float
    again: bool

    @property
    def place(self) -> str:
        """Return its top as style sheets write it, in any language."""
        return f"{self.top:g}"

    @property
    def time(self) -> time:
        hours, minutes = divmod(int(self.wall % DAY_MINUTES), 60)
        return time(hours, minutes)


@dataclass(frozen=True)
class WeekAxis:
    """Seven days, drawn side by side."""

    zone: ZoneInfo
    days: tuple[Day, ...]
    repeats: tuple[Repeat, ...]

    @property
    def starts_at(self) -> datetime:
        return self.days[0].starts_at

    @property
    def ends_at(self) -> datetime:
        return self.days[-1].ends_at

    @property
    def length(self) -> float:
        """How many minutes the grid is long."""
        return DAY_MINUTES + sum(repeat.minutes for repeat in self.repeats)

    @property
    def changes(self) -> tuple[tuple[Day, ClockChange], ...]:
        return tuple((day, change) for day in self.days for change in day.changes)

    def rows(self) -> tuple[Row, ...]:
        """Return the hours, and those that come again."""
        hours = [
            Row(_pushed(hour * 60.0, self.repeats), hour * 60.0, again=False)
            for hour in range(24)
        ]
        again = [
            Row(repeat.wall + past, repeat.wall - repeat.minutes + past, again=True)
            for repeat in self.repeats
            for past in _steps(repeat.minutes)
        ]
        return tuple(sorted(hours + again, key=lambda row: row.top))

    def voids(self, day: Day) -> Iterator[tuple[float, float]]:
        """Yield what of the grid does not exist on *day*, from and to."""
        place = 0.0
        for segment in day.segments:
            if segment.top > place:
                yield place, segment.top
            place = segment.bottom
        if place < self.length:
            yield place, self.length


def monday_of(day: date) -> date:
    """Return the Monday of its week."""
    return day - timedelta(days=day.weekday())


def week_start(day: date) -> date:
    """Return the day on which its week begins, as the schedule for the public has it."""
    first = int(formats.get_format("FIRST_DAY_OF_WEEK"))  # 0 is Sunday
    return day - timedelta(days=(day.isoweekday() - first) % 7)


def week_axis(first: date, zone: ZoneInfo) -> WeekAxis:
    """Return the grid of the week that starts on *first*."""
    dates = [first + number * _DAY for number in range(7)]
    changes = {on: tuple(_changes(on, zone)) for on in dates}
    repeats = tuple(
        _repeat(on, change, zone)
        for on in dates
        for change in changes[on]
        if change.by < timedelta()
    )
    days = tuple(_day(on, zone, changes[on], repeats) for on in dates)
    return WeekAxis(zone, days, repeats)


def _changes(on: date, zone: ZoneInfo) -> Iterator[ClockChange]:
    starts_at, ends_at = _edges(on, zone)
    return clock_changes(zone, starts_at, ends_at)


def _edges(on: date, zone: ZoneInfo) -> tuple[datetime, datetime]:
    midnight = datetime.combine(on, time())
    return instant(midnight, zone), instant(midnight + _DAY, zone)


def _repeat(on: date, change: ClockChange, zone: ZoneInfo) -> Repeat:
    minutes = -change.by / _MINUTE
    return Repeat(change.at, on, _wall(change.at, on, zone) + minutes, minutes)


def _wall(at: datetime, on: date, zone: ZoneInfo) -> float:
    return (wall_time(at, zone) - datetime.combine(on, time())) / _MINUTE


def _day(
    on: date,
    zone: ZoneInfo,
    changes: tuple[ClockChange, ...],
    repeats: tuple[Repeat, ...],
) -> Day:
    starts_at, ends_at = _edges(on, zone)
    cuts = {starts_at, ends_at, *(change.at for change in changes)}
    for repeat in repeats:
        own_end = repeat.until if repeat.on == on else None
        cuts.add(own_end or _reached(on, repeat.wall, zone))
    inside = sorted(cut for cut in cuts if starts_at <= cut <= ends_at)
    segments = tuple(
        _segment(on, zone, repeats, begins, ends) for begins, ends in pairwise(inside)
    )
    return Day(on, starts_at, ends_at, segments, changes)


def _reached(on: date, wall: float, zone: ZoneInfo) -> datetime:
    return instant(datetime.combine(on, time()) + wall * _MINUTE, zone)


def _segment(
    on: date,
    zone: ZoneInfo,
    repeats: tuple[Repeat, ...],
    begins: datetime,
    ends: datetime,
) -> Segment:
    wall = _wall(begins, on, zone)
    own = [repeat for repeat in repeats if repeat.on == on and begins >= repeat.at]
    others = tuple(repeat for repeat in repeats if repeat.on != on)
    top = _pushed(wall, others) + sum(repeat.minutes for repeat in own)
    again = any(begins < repeat.until for repeat in own)
    return Segment(begins, ends, wall, top, again)


def _pushed(wall: float, repeats: tuple[Repeat, ...]) -> float:
    """Return where *wall* lies, below the rows for what came again before it."""
    return wall + sum(each.minutes for each in repeats if each.wall <= wall)


def _steps(minutes: float) -> Iterator[float]:
    """Yield from 0 on, an hour apart, what is less than *minutes*."""
    past = 0.0
    while past < minutes:
        yield past
        past += 60.0
