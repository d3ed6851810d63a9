"""What a change of the clocks does to the plan, in words."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from groundwave.programming.admin.time_words import clock_words, date_words, end_words
from groundwave.programming.models import Slot
from groundwave.programming.schedule.occurrences import Occurrence
from groundwave.programming.schedule.walltime import ClockChange, wall_time


_MINUTE = timedelta(minutes=1)


def change_words(change: ClockChange, zone: ZoneInfo) -> str:
    """Say when the clocks change and how long the day is for it."""
    facts = {
        "day": date_words(wall_time(change.at, zone).date()),
        "before": end_words(change.at, zone),
        "after": clock_words(change.at, zone),
        "minutes": round(abs(change.by) / _MINUTE),
    }
    if change.by > timedelta():
        return (
            _(
                "On %(day)s the clocks go forward from %(before)s to %(after)s: the day is "
                "%(minutes)s minutes shorter."
            )
            % facts
        )
    return (
        _(
            "On %(day)s the clocks go back from %(before)s to %(after)s: the time before "
            "%(before)s comes twice and the day is %(minutes)s minutes longer."
        )
        % facts
    )


def occurrence_words(slot: Slot, found: Occurrence, zone: ZoneInfo) -> str:
    """Say what becomes of *slot* on a date, by the clock of *zone*."""
    begins = datetime.combine(found.date, slot.begins)
    facts = {
        "show": slot.show.title,
        "planned_start": f"{begins:%H:%M}",
        "planned_end": f"{begins + slot.duration:%H:%M}",
        "start": clock_words(found.starts_at, zone),
        "end": end_words(found.ends_at, zone),
        "lasts": round(found.lasts / _MINUTE),
        "planned": slot.minutes,
    }
    if not found.lasts:
        return _skipped() % facts
    if found.lasts == found.planned:
        return _("%(show)s is on as always, from %(start)s to %(end)s.") % facts
    if found.lasts > found.planned:
        return _longer() % facts
    return _shorter() % facts


def _skipped() -> str:
    return _(
        "%(show)s, planned from %(planned_start)s to %(planned_end)s, is not on that "
        "night: its whole time is skipped. Move that date if it should be heard."
    )


def _longer() -> str:
    return _(
        "%(show)s is on from %(start)s to %(end)s and lasts %(lasts)s minutes instead of "
        "%(planned)s, because some of its time comes twice."
    )


def _shorter() -> str:
    return _(
        "%(show)s is on from %(start)s to %(end)s and lasts %(lasts)s minutes instead of "
        "%(planned)s, because some of its time is skipped."
    )
