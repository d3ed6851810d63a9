"""Days and times in words, by a station's wall clock."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundwave.programming.schedule.walltime import wall_time


_SECOND = timedelta(seconds=1)


def day_words(day: date) -> str:
    return date_format(day, "l, j F")


def date_words(day: date) -> str:
    """Return the day with its year, where it may be far off."""
    return date_format(day, "l, j F Y")


def clock_words(at: datetime, zone: ZoneInfo) -> str:
    return f"{wall_time(at, zone):%H:%M}"


def end_words(at: datetime, zone: ZoneInfo) -> str:
    """Return what the clock shows as something ends: two, and not three, in the gap."""
    return f"{wall_time(at - _SECOND, zone) + _SECOND:%H:%M}"


def span_words(starts_at: datetime, ends_at: datetime, zone: ZoneInfo) -> str:
    """Return from when to when, the day only once if it is the same."""
    facts = {
        "day": day_words(wall_time(starts_at, zone).date()),
        "start": clock_words(starts_at, zone),
        "end": end_words(ends_at, zone),
        # What ends at midnight ends on the day on which it began.
        "last_day": day_words(wall_time(ends_at - _SECOND, zone).date()),
    }
    if facts["day"] == facts["last_day"]:
        return _("%(day)s, %(start)s to %(end)s") % facts
    return _("%(day)s, %(start)s to %(last_day)s, %(end)s") % facts
