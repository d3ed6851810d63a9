"""What a slot would do, in words: when it comes, what it clashes with, and the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _, ngettext

from groundwave.programming.guide import planned
from groundwave.programming.models import Airing, Kind, Slot
from groundwave.programming.schedule.clashes import Clash, clashes
from groundwave.programming.schedule.occurrences import Occurrence
from groundwave.programming.schedule.recurrence import RuleUnreadable
from groundwave.programming.schedule.walltime import (
    ClockChange,
    clock_changes,
    wall_time,
)
from groundwave.programming.series import airings_of
from groundwave.stations.models import Station


# Two monthly slots have met by then, and so have most others that ever do.
LOOK_AHEAD = timedelta(days=63)
YEAR = timedelta(days=366)
SHOWN = 3
_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True)
class Told:
    """What is shown while a slot is edited; all sentences."""

    next_dates: tuple[str, ...]
    clashes: tuple[str, ...]
    clocks: tuple[str, ...]


def told_of(slot: Slot, stations: Iterable[Station], *, now: datetime) -> Told:
    """Say what *slot*, stored or not, would do on *stations* from *now* on."""
    try:
        return Told(
            next_dates=tuple(_next_dates(slot, now)),
            clashes=tuple(clash_sentences(slot, stations, now=now)),
            clocks=tuple(clock_sentences(slot, now=now)),
        )
    except RuleUnreadable as error:
        return Told((), (str(error),), ())


def clash_sentences(
    slot: Slot, stations: Iterable[Station], *, now: datetime
) -> Iterator[str]:
    """Say with what *slot* shares its time, each kind of clash once."""
    several = list(stations)
    for station in several:
        kinds: dict[tuple[object, ...], list[Clash[Airing]]] = {}
        zone = ZoneInfo(station.timezone)
        for clash in _clashes(slot, station, now):
            kinds.setdefault(_kind(clash, zone), []).append(clash)
        for alike in kinds.values():
            sentence = _clash(alike, zone)
            yield f"{station}: {sentence}" if len(several) > 1 else sentence


def clock_sentences(slot: Slot, *, now: datetime) -> Iterator[str]:
    """Say what becomes of *slot* on the days on which clocks change within a year."""
    for change in clock_changes(slot.zone, now, now + YEAR):
        yield _change(change, slot.zone)
        yield from _on_change(slot, change)


def day_text(day: date) -> str:
    return date_format(day, "l j F")


def time_text(at: datetime, zone: ZoneInfo) -> str:
    return f"{wall_time(at, zone):%H:%M}"


# --- dates and clashes ---


def _next_dates(slot: Slot, now: datetime) -> Iterator[str]:
    dates = slot.recurrence.dates(wall_time(now, slot.zone).date(), date.max)
    for on in islice(dates, SHOWN):
        found = slot.pattern.occurrence(on)
        yield _("%(day)s, %(start)s to %(end)s") % {
            "day": date_format(on, "l j F Y"),
            "start": time_text(found.starts_at, slot.zone),
            "end": time_text(found.ends_at, slot.zone),
        }


def _clashes(slot: Slot, station: Station, now: datetime) -> Iterator[Clash[Airing]]:
    """Yield the clashes of what *slot* says with what is planned besides."""
    end = now + LOOK_AHEAD
    mine = {each.name: each for each in airings_of(slot, station, now, end)}
    for name in _decided(slot, station, mine):
        del mine[name]
    parts = f"{slot.uid}."
    others = [
        each
        for each in planned(station, now, end, now=now)
        if not each.name.startswith(parts)
    ]
    for clash in clashes([*mine.values(), *others]):
        if clash.first.name in mine or clash.second.name in mine:
            yield clash


def _decided(slot: Slot, station: Station, names: Iterable[str]) -> list[str]:
    """Return those of *names* for which somebody decided otherwise."""
    rows = Airing.objects.on(station).filter(name__startswith=f"{slot.uid}.")
    changed = rows.filter(Q(is_cancelled=True) | ~Q(kind=Kind.SERIES))
    return [name for name in changed.values_list("name", flat=True) if name in names]


def _kind(clash: Clash[Airing], zone: ZoneInfo) -> tuple[object, ...]:
    """Return what clashes have in common that are told of in one sentence."""
    shows = clash.first.show_id, clash.second.show_id
    return *shows, _hours(clash.first, zone), _hours(clash.second, zone)


def _clash(alike: list[Clash[Airing]], zone: ZoneInfo) -> str:
    clash, more = alike[0], len(alike) - 1
    sentence = _(
        "On %(day)s %(first)s (%(first_hours)s) and %(second)s (%(second_hours)s) "
        "overlap; %(second)s would be heard."
    ) % {
        "day": day_text(wall_time(clash.starts_at, zone).date()),
        "first": clash.first.show.title,
        "first_hours": _hours(clash.first, zone),
        "second": clash.second.show.title,
        "second_hours": _hours(clash.second, zone),
    }
    if not more:
        return sentence
    again = ngettext(
        "So they do on %(count)s more date within nine weeks.",
        "So they do on %(count)s more dates within nine weeks.",
        more,
    )
    return f"{sentence} {again % {'count': more}}"


def _hours(airing: Airing, zone: ZoneInfo) -> str:
    start, end = time_text(airing.starts_at, zone), time_text(airing.ends_at, zone)
    return f"{start}\u2013{end}"


# --- the clocks ---


def _change(change: ClockChange, zone: ZoneInfo) -> str:
    before = wall_time(change.at - _SECOND, zone) + _SECOND
    facts = {
        "day": date_format(wall_time(change.at, zone).date(), "l j F Y"),
        "before": f"{before:%H:%M}",
        "after": time_text(change.at, zone),
    }
    if change.by > timedelta():
        return (
            _("On %(day)s the clocks go forward from %(before)s to %(after)s.") % facts
        )
    return _("On %(day)s the clocks go back from %(before)s to %(after)s.") % facts


def _on_change(slot: Slot, change: ClockChange) -> Iterator[str]:
    day = wall_time(change.at, slot.zone).date()
    # A show of the evening before may still be on when the clocks change.
    around = list(slot.recurrence.dates(day - slot.duration - _DAY, day))
    found = [slot.pattern.occurrence(on) for on in around]
    touched = [each for each in found if each.date == day or each.ends_at > change.at]
    if not touched:
        yield _("%(show)s is not on then.") % {"show": slot.show.title}
    for each in touched:
        yield _occurrence(slot, each)


def _occurrence(slot: Slot, found: Occurrence) -> str:
    begins = datetime.combine(found.date, slot.begins)
    facts = {
        "show": slot.show.title,
        "planned_start": f"{begins:%H:%M}",
        "planned_end": f"{begins + slot.duration:%H:%M}",
        "start": time_text(found.starts_at, slot.zone),
        "end": time_text(found.ends_at, slot.zone),
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
