"""
From the studio's wall clock to instants, and what happens when the clocks change.

``instant`` never goes back: a later wall time is never an earlier instant. That is
what keeps a schedule whole on the two strange nights of the year:

* A wall time that is skipped (02:30 when the clocks go forward at 02:00) becomes
  the instant of the change. A show from 02:30 to 04:00 then begins at 03:00 and is
  shorter; one that lay wholly within the skipped hour does not air.
* A wall time that comes twice means the first time. A show from 01:00 to 02:00
  then lasts two hours, and whatever follows at 02:00 is not early.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo


# Nobody kept a schedule before radio, and no zone's rules are known so far ahead.
FIRST, LAST = date(1920, 1, 1), date(2199, 12, 31)
_SECOND = timedelta(seconds=1)
# No zone was ever changed and changed back within so short a time.
_STEP = timedelta(hours=12)


def instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant, in UTC, at which the naive *wall* time is reached in *zone*."""
    first = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None, fold=0) == wall:
        return first
    # In a gap, fold=1 reads the wall time with the offset that comes after it.
    before = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    return _change_between(before, first, zone)


def wall_time(at: datetime, zone: ZoneInfo) -> datetime:
    """Return what the wall clock in *zone* shows at the aware instant, naive."""
    return at.astimezone(zone).replace(tzinfo=None, fold=0)


@dataclass(frozen=True)
class ClockChange:
    """
    The clocks are put forward or back.

    Attributes:
        at: the instant, in UTC.
        by: how far they are moved; positive is forward.
    """

    at: datetime
    by: timedelta


def clock_changes(
    zone: ZoneInfo, start: datetime, end: datetime
) -> Iterator[ClockChange]:
    """Yield the changes of *zone* in ``[start, end)``, in order."""
    before, before_offset = start - _SECOND, _offset(start - _SECOND, zone)
    while before < end:
        after = min(before + _STEP, end)
        offset = _offset(after, zone)
        if offset != before_offset:
            at = _change_between(before, after, zone)
            if at < end:
                yield ClockChange(at, offset - before_offset)
        if after == end:
            return
        before, before_offset = after, offset


def _change_between(before: datetime, after: datetime, zone: ZoneInfo) -> datetime:
    """Return the first second after *before* that has the offset of *after*."""
    offset = _offset(after, zone)
    while after - before > _SECOND:
        middle = before + (after - before) // 2
        middle = middle.replace(microsecond=0)
        if middle <= before:
            middle = before + _SECOND
        if _offset(middle, zone) == offset:
            after = middle
        else:
            before = middle
    return after


def _offset(at: datetime, zone: ZoneInfo) -> timedelta:
    return at.astimezone(zone).utcoffset() or timedelta()
