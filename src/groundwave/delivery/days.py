"""
Days and weeks as a station's wall clock has them. Pure; no Django.

A day lasts from midnight to midnight: 24 hours, or 23 or 25 where clocks change.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    instant,
    wall_time,
)


_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Day:
    """A date in a zone."""

    date: date
    zone: ZoneInfo

    @property
    def starts_at(self) -> datetime:
        return instant(datetime.combine(self.date, time()), self.zone)

    @property
    def ends_at(self) -> datetime:
        return instant(datetime.combine(self.date + _DAY, time()), self.zone)

    @property
    def lasts(self) -> timedelta:
        return self.ends_at - self.starts_at

    @property
    def changes(self) -> tuple[ClockChange, ...]:
        """When clocks are changed on this day; mostly never."""
        return tuple(clock_changes(self.zone, self.starts_at, self.ends_at))

    @property
    def before(self) -> Day:
        return Day(self.date - _DAY, self.zone)

    @property
    def after(self) -> Day:
        return Day(self.date + _DAY, self.zone)

    def week(self, first_weekday: int) -> tuple[Day, ...]:
        """Return the seven days around it, from *first_weekday*; 0 is Sunday."""
        since = (self.date.isoweekday() - first_weekday) % 7
        first = self.date - since * _DAY
        return tuple(Day(first + n * _DAY, self.zone) for n in range(7))


def day_of(at: datetime, zone: ZoneInfo) -> Day:
    """Return the day on which *at* falls in *zone*."""
    return Day(wall_time(at, zone).date(), zone)


def minute_of_day(at: datetime, zone: ZoneInfo) -> int:
    """Return the minutes that the wall clock shows since midnight."""
    shown = wall_time(at, zone)
    return shown.hour * 60 + shown.minute


def utc_text(at: datetime) -> str:
    """Return an instant as pages carry it: ``2026-11-01T18:30:00Z``."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
