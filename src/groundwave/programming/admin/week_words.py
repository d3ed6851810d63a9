"""What the week grid says in words: clashes, who the clocks touch, and what a plan does."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _

from groundwave.programming.admin.change_words import occurrence_words
from groundwave.programming.admin.clash_words import clash_sentence
from groundwave.programming.admin.time_words import (
    clock_words,
    end_words,
    span_words,
)
from groundwave.programming.models import Airing, Slot
from groundwave.programming.models.airing import Kind
from groundwave.programming.schedule.clashes import clashes
from groundwave.programming.schedule.occurrences import Occurrence
from groundwave.programming.schedule.recurrence import RuleUnreadable
from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    wall_time,
)


# The next change is looked for this far ahead; zones that have any have two a year.
_AHEAD = timedelta(days=370)
# A slot's dates are its own zone's, and it lasts a day at most.
_AROUND = timedelta(days=3)


def clash_words(planned: Iterable[Airing], zone: ZoneInfo) -> Iterator[str]:
    """Say of each clash who wants the time, who is heard and what to do."""
    for clash in clashes(planned):
        yield clash_sentence(clash, zone)


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


def affected_words(
    slots: Iterable[Slot], changes: Iterable[ClockChange], zone: ZoneInfo
) -> Iterator[str]:
    """Say of each slot whose time the change touches what becomes of it."""
    several = list(slots)
    for change in changes:
        width = abs(change.by)
        decided = _decided(change)
        for slot in several:
            for found in _occurrences(slot, change.at - width, change.at + width):
                is_as_said = slot.airing_name(found.date) not in decided
                if found.lasts != found.planned and is_as_said:
                    yield occurrence_words(slot, found, zone)


def _decided(change: ClockChange) -> set[str]:
    """Return the names of what somebody decided otherwise around *change*."""
    day = change.at.date()
    rows = Airing.objects.filter(date__range=(day - _AROUND, day + _AROUND))
    changed = rows.filter(Q(is_cancelled=True) | ~Q(kind=Kind.SERIES))
    return set(changed.values_list("name", flat=True))


def _occurrences(slot: Slot, start: datetime, end: datetime) -> list[Occurrence]:
    try:
        return list(slot.pattern.between(start, end))
    except RuleUnreadable:
        return []  # its own form says so; nothing of it airs


def next_change(zone: ZoneInfo, now: datetime) -> date | None:
    """Return the date on which the clocks change next."""
    change = next(clock_changes(zone, now, now + _AHEAD), None)
    return wall_time(change.at, zone).date() if change else None
