"""
Storing what slots say for the weeks ahead, so that it stays known once it is past.

Laws:

* Only what a slot says and nobody changed is written over, and only until it is over.
* What is on the air and is said no more ends now: that much of it was heard. What is
  on the air and is said to have begun at another time began when it did.
* What is over stays over, though a station's new time zone said it began later.
* Doing it twice changes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.models import Airing, Kind, Slot
from groundwave.programming.series import airings_of
from groundwave.stations.models import Station


AHEAD = timedelta(days=42)
# Two days for the zones that are furthest apart, and a day for the longest airing.
_NEAR = timedelta(days=3)
_BATCH = 500
_SAID = ("show_id", "slot_id", "date", "starts_at", "ends_at", "boundary")

Key = tuple[int, str]


@dataclass
class Difference:
    """What must be stored, so that airings are as slots say."""

    added: list[Airing] = field(default_factory=list)
    changed: list[Airing] = field(default_factory=list)
    lost: list[Airing] = field(default_factory=list)


@transaction.atomic
def materialize(now: datetime) -> int:
    """
    Store what all slots say for six weeks from *now*.

    Returns how many airings had to be added, changed or taken away. Pages are told of
    changes to what they may show already; a day that is added far ahead is not one.
    """
    difference = follow_slots(None, now)
    moved = difference.changed + difference.lost
    tell_pages(Station.objects.filter(pk__in={each.station_id for each in moved}))
    return len(difference.added) + len(moved)


def follow_slots(slots: Iterable[Slot] | None, now: datetime) -> Difference:
    """Store what *slots* say, or all of them, and return what that changed."""
    now = now.replace(microsecond=0)
    chosen = _chosen(slots)
    said = {_key(each): each for slot in chosen for each in _said_by(slot, now)}
    for key in _over(chosen, now):
        said.pop(key, None)
    difference = _difference(_stored(chosen, now), said, now)
    _store(difference, now)
    return difference


def _chosen(slots: Iterable[Slot] | None) -> list[Slot]:
    # All parts of a slot that was changed on the way: their airings share their names.
    chosen: QuerySet[Slot] = Slot.objects.order_by("starts_on", "pk")
    if slots is not None:
        chosen = chosen.filter(uid__in={slot.uid for slot in slots})
    return list(chosen.select_related("station", "show").prefetch_related("also_on"))


def _said_by(slot: Slot, now: datetime) -> Iterable[Airing]:
    stations = {station.pk: station for station in (slot.station, *slot.also_on.all())}
    for station in stations.values():
        yield from airings_of(slot, station, now, now + AHEAD)


def _stored(slots: Iterable[Slot], now: datetime) -> QuerySet[Airing]:
    """Return what is stored of *slots* and is not over."""
    uids = {slot.uid for slot in slots}
    return Airing.objects.filter(slot__uid__in=uids, ends_at__gt=now)


def _over(slots: Iterable[Slot], now: datetime) -> Iterable[Key]:
    """Yield the names of what is over, and has a date that may be said once more."""
    uids = {slot.uid for slot in slots}
    # By its date: it may have been moved, and heard days before.
    over = Airing.objects.filter(
        slot__uid__in=uids, ends_at__lte=now, date__gte=(now - _NEAR).date()
    )
    yield from over.values_list("station_id", "name")


def _difference(
    stored: Iterable[Airing], said: dict[Key, Airing], now: datetime
) -> Difference:
    found = Difference()
    said = dict(said)
    for row in stored:
        wanted = said.pop(_key(row), None)
        if row.kind != Kind.SERIES:
            _follow(row, wanted, found)
        elif wanted is None:
            if row.starts_at < now + AHEAD:
                found.lost.append(row)
        elif _is_otherwise(row, _from_now_on(row, wanted, now)):
            _take_over(row, wanted)
            found.changed.append(row)
    found.added = list(said.values())
    return found


def _from_now_on(row: Airing, wanted: Airing, now: datetime) -> Airing:
    """Let *wanted* not change what was heard of *row*, or of others, until now."""
    if row.starts_at < now:
        wanted.show_id, wanted.starts_at = row.show_id, row.starts_at
    else:
        wanted.starts_at = max(wanted.starts_at, now)
    return wanted


def _is_otherwise(row: Airing, wanted: Airing) -> bool:
    return any(getattr(row, fact) != getattr(wanted, fact) for fact in _SAID)


def _follow(row: Airing, wanted: Airing | None, found: Difference) -> None:
    """Let what somebody changed belong to the part of the slot that has its date now."""
    if wanted is not None and row.slot_id != wanted.slot_id:
        row.slot_id = wanted.slot_id
        found.changed.append(row)


def _take_over(row: Airing, wanted: Airing) -> None:
    if row.show_id != wanted.show_id:
        row.episode_id = None  # it is the other show's
    for fact in _SAID:
        setattr(row, fact, getattr(wanted, fact))


def _store(difference: Difference, now: datetime) -> None:
    # Another may have stored the same in between.
    Airing.objects.bulk_create(
        difference.added, batch_size=_BATCH, ignore_conflicts=True
    )
    Airing.objects.bulk_update(
        difference.changed, [*_SAID, "episode_id"], batch_size=_BATCH
    )
    take_back(difference.lost, now)


def take_back(airings: Iterable[Airing], now: datetime) -> None:
    """Let *airings* not be: what is to come is forgotten, what is on the air ends."""
    now = now.replace(microsecond=0)
    lost = list(airings)
    begun = [row.pk for row in lost if row.starts_at < now]
    ahead = [row.pk for row in lost if row.starts_at >= now]
    for some in _batches(begun):
        Airing.objects.filter(pk__in=some, ends_at__gt=now).update(ends_at=now)
    for some in _batches(ahead):
        Airing.objects.filter(pk__in=some).delete()


def _batches(pks: list[int]) -> Iterable[list[int]]:
    return (pks[first : first + _BATCH] for first in range(0, len(pks), _BATCH))


def _key(airing: Airing) -> Key:
    return airing.station_id, airing.name
