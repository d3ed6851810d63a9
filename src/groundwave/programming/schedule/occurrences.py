"""When a slot is on the air: its dates, its wall times, and the instants they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from groundwave.programming.schedule.recurrence import Recurrence
from groundwave.programming.schedule.walltime import instant, wall_time


_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Occurrence:
    """
    One time that a slot comes round; it belongs to the date on which it starts.

    Attributes:
        date: in the slot's zone, as planned.
        starts_at: the instant, in UTC.
        ends_at: no earlier than that; the same if the clock skips it all.
        planned: how long it lasts by the wall clock.
    """

    date: date
    starts_at: datetime
    ends_at: datetime
    planned: timedelta

    @property
    def lasts(self) -> timedelta:
        """How long it really lasts."""
        return self.ends_at - self.starts_at


@dataclass(frozen=True)
class Pattern:
    """
    A slot's times on the wall clock.

    Attributes:
        begins: wall time of day.
        duration: by the wall clock, at most a week.
        zone: whose wall clock; a network's slot may go by another than the station's.
    """

    recurrence: Recurrence
    begins: time
    duration: timedelta
    zone: ZoneInfo

    def occurrence(self, on: date) -> Occurrence:
        """Return the occurrence that starts on that date, whether or not it is one."""
        wall = datetime.combine(on, self.begins)
        starts_at = instant(wall, self.zone)
        ends_at = instant(wall + self.duration, self.zone)
        return Occurrence(on, starts_at, ends_at, self.duration)

    def between(self, start: datetime, end: datetime) -> Iterator[Occurrence]:
        """
        Yield every occurrence that is on the air in ``[start, end)``, in order.

        Raises:
            RuleUnreadable: the recurrence cannot be carried out.
        """
        # A day more on either side: a change of the clocks may move a date's edge.
        first = wall_time(start, self.zone).date() - self._days() - _DAY
        last = wall_time(end, self.zone).date() + _DAY
        for on in self.recurrence.dates(first, last):
            found = self.occurrence(on)
            if found.starts_at < end and found.ends_at > start:
                yield found

    def _days(self) -> timedelta:
        return timedelta(days=self.duration.days + 1)
