"""What the week grid says in words: clashes, the clocks, and what a plan would do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from groundwave.programming.models import Airing, Slot
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.clashes import Clash, clashes
from groundwave.programming.schedule.occurrences import Occurrence
from groundwave.programming.schedule.recurrence import RuleUnreadable
from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    wall_time,
)


_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)
# The next change is looked for this far ahead; zones that have any have two a year.
_AHEAD = timedelta(days=370)


def day_words(day: date) -> str:
    return date_format(day, "l, j F")


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


def clash_words(planned: Iterable[Airing], zone: ZoneInfo) -> Iterator[str]:
    """Say of each clash who wants the time, who is heard and what to do."""
    for clash in clashes(planned):
        yield _clash(clash, zone)


def _clash(clash: Clash[Airing], zone: ZoneInfo) -> str:
    return _(
        "%(span)s: %(first)s and %(second)s are both planned. %(second)s would be heard; "
        "move, shorten or cancel one of them."
    ) % {
        "span": span_words(clash.starts_at, clash.ends_at, zone),
        "first": clash.first.show.title,
        "second": clash.second.show.title,
    }


def proposal_words(
    proposed: Airing, planned: Iterable[Airing], zone: ZoneInfo
) -> Iterator[str]:
    """Say what *proposed* would do to each airing that it meets."""
    for other in planned:
        meets = (
            other.starts_at < proposed.ends_at and other.ends_at > proposed.starts_at
        )
        if other.name != proposed.name and meets:
            yield _meeting(proposed, other, zone)


def _meeting(proposed: Airing, other: Airing, zone: ZoneInfo) -> str:
    facts = {
        "show": other.show.title,
        "span": span_words(other.starts_at, other.ends_at, zone),
        "start": clock_words(proposed.starts_at, zone),
        "end": end_words(proposed.ends_at, zone),
    }
    if other.precedence > proposed.precedence:
        return _("%(show)s, %(span)s, lies over it and is heard instead.") % facts
    if other.precedence == proposed.precedence:
        return (
            _("It clashes with %(show)s, %(span)s. Move one of the two, or cancel it.")
            % facts
        )
    return _beneath(proposed, other) % facts


def _beneath(proposed: Airing, other: Airing) -> str:
    """Return what becomes of *other*, over which *proposed* would lie."""
    is_begun = other.starts_at < proposed.starts_at
    goes_on = other.ends_at > proposed.ends_at
    if is_begun and goes_on:
        return _("It interrupts %(show)s, %(span)s, which goes on at %(end)s.")
    if is_begun:
        return _("%(show)s, %(span)s, is cut short at %(start)s.")
    if goes_on:
        return _("%(show)s, %(span)s, is joined late, at %(end)s.")
    return _("%(show)s, %(span)s, is not heard at all.")


def change_words(day: date, change: ClockChange, zone: ZoneInfo) -> str:
    """Say when the clocks change and how long the day is for it."""
    facts = {
        "day": day_words(day),
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


def affected_words(
    slots: Iterable[Slot], changes: Iterable[ClockChange], zone: ZoneInfo
) -> Iterator[str]:
    """Say of each slot whose time the change touches what becomes of it."""
    for change in changes:
        width = abs(change.by)
        for slot in slots:
            for found in _occurrences(slot, change.at - width, change.at + width):
                if found.lasts != found.planned and not _is_changed(slot, found.date):
                    yield _affected(slot, found, zone)


def _occurrences(slot: Slot, start: datetime, end: datetime) -> list[Occurrence]:
    try:
        return list(slot.pattern.between(start, end))
    except RuleUnreadable:
        return []  # its own form says so; nothing of it airs


def _is_changed(slot: Slot, on: date) -> bool:
    """Whether somebody decided otherwise for that date."""
    rows = Airing.objects.filter(slot=slot, date=on)
    return any(row.is_cancelled or row.kind != Kind.SERIES for row in rows)


def _affected(slot: Slot, found: Occurrence, zone: ZoneInfo) -> str:
    facts = {
        "show": slot.show.title,
        "begins": f"{slot.begins:%H:%M}",
        "start": clock_words(found.starts_at, zone),
        "end": end_words(found.ends_at, zone),
        "lasts": round(found.lasts / _MINUTE),
        "planned": round(found.planned / _MINUTE),
    }
    if not found.lasts:
        return (
            _(
                "%(show)s, planned for %(begins)s, does not air: its time is skipped. "
                "Move this date if it should."
            )
            % facts
        )
    return (
        _(
            "%(show)s airs from %(start)s to %(end)s and lasts %(lasts)s minutes "
            "instead of %(planned)s."
        )
        % facts
    )


def next_change(zone: ZoneInfo, now: datetime) -> date | None:
    """Return the date on which the clocks change next."""
    change = next(clock_changes(zone, now, now + _AHEAD), None)
    return wall_time(change.at, zone).date() if change else None
