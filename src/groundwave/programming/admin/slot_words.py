"""What a slot would do, in words: when it comes, what it clashes with, and the clocks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from django.db.models import Q
from django.utils.translation import gettext as _, ngettext

from groundwave.programming.admin.change_words import change_words, occurrence_words
from groundwave.programming.admin.clash_words import clash_sentence
from groundwave.programming.admin.time_words import clock_words, date_words, end_words
from groundwave.programming.guide import planned
from groundwave.programming.models import Airing, Kind, Slot
from groundwave.programming.schedule.clashes import Clash, clashes
from groundwave.programming.schedule.recurrence import RuleUnreadable
from groundwave.programming.schedule.walltime import (
    LAST,
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
        yield change_words(change, slot.zone)
        yield from _on_change(slot, change)


# --- dates and clashes ---


def _next_dates(slot: Slot, now: datetime) -> Iterator[str]:
    dates = slot.recurrence.dates(wall_time(now, slot.zone).date(), LAST)
    for on in islice(dates, SHOWN):
        found = slot.pattern.occurrence(on)
        sentence = _("%(day)s, %(start)s to %(end)s")
        if slot.duration == _DAY:
            sentence = _("%(day)s, %(start)s to %(end)s the day after")
        yield sentence % {
            "day": date_words(on),
            "start": clock_words(found.starts_at, slot.zone),
            "end": end_words(found.ends_at, slot.zone),
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
    times = clash.starts_at, clash.ends_at
    return *shows, *(clock_words(at, zone) for at in times)


def _clash(alike: list[Clash[Airing]], zone: ZoneInfo) -> str:
    sentence, more = clash_sentence(alike[0], zone), len(alike) - 1
    if not more:
        return sentence
    again = ngettext(
        "So it is on %(count)s more date within nine weeks.",
        "So it is on %(count)s more dates within nine weeks.",
        more,
    )
    return f"{sentence} {again % {'count': more}}"


# --- the clocks ---


def _on_change(slot: Slot, change: ClockChange) -> Iterator[str]:
    day = wall_time(change.at, slot.zone).date()
    # A show of the evening before may still be on when the clocks change.
    around = list(slot.recurrence.dates(day - slot.duration - _DAY, day))
    found = [slot.pattern.occurrence(on) for on in around]
    touched = [each for each in found if each.date == day or each.ends_at > change.at]
    if not touched:
        yield _("%(show)s is not on then.") % {"show": slot.show.title}
    for each in touched:
        yield occurrence_words(slot, each, slot.zone)
