from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.people.models import User
from groundwave.programming.actions.materializing import follow_slots, take_back
from groundwave.programming.actions.retired import refuse_retired
from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.errors import NothingLeft
from groundwave.programming.models import Show, Slot
from groundwave.programming.schedule.recurrence import Recurrence
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


_DAY = timedelta(days=1)

log = structlog.get_logger(__name__)


@transaction.atomic
def plan_slot(
    station: Station,
    *,
    show: Show,
    starts_on: date,
    begins: time,
    minutes: int,
    now: datetime,
    by: User | None = None,
    also_on: Iterable[Station] = (),
    **facts: Any,
) -> Slot:
    """
    Give *show* a place in the station's week.

    Raises:
        ShowRetired: it comes no more.
        ValidationError: something said about it cannot be; nothing was planned.
    """
    refuse_retired(show)
    slot = Slot(
        station=station,
        show=show,
        starts_on=starts_on,
        begins=begins,
        minutes=minutes,
        **facts,
    )
    _keep(slot, also_on, now)
    tell_pages(_stations(slot))
    log.info("slot_planned", station=station.slug, show=show.slug, by=str(by))
    return slot


@transaction.atomic
def change_slot(
    slot: Slot,
    *,
    from_date: date,
    now: datetime,
    by: User | None = None,
    **facts: Any,
) -> Slot:
    """
    Change *slot* from *from_date* on and return the slot that has those dates then.

    What has begun stays as it was, so that the change may take effect a date later.
    Airings keep their names, and those that were changed one by one stay so. A later
    part of the slot, to which it was changed before, takes over when it did.

    Raises:
        NothingLeft: it has no date from then on.
        ShowRetired: its show comes no more.
        ValidationError: something said about it cannot be; nothing was changed.
    """
    slot = _as_it_is_now(slot)
    refuse_retired(facts.get("show", slot.show))
    stations = _stations(slot)
    also_on = facts.pop("also_on", None)
    from_date = first_open(slot, from_date, now)
    changed = _rest(slot, from_date, facts) if _occurs_before(slot, from_date) else slot
    if changed is not slot:
        _end_before(slot, from_date)
        if "starts_on" in facts:
            facts["starts_on"] = max(facts["starts_on"], from_date)
    for name, value in facts.items():
        setattr(changed, name, value)
    _keep(changed, slot.also_on.all() if also_on is None else also_on, now)
    tell_pages([*stations, *_stations(changed)])
    log.info("slot_changed", slot=changed.pk, from_date=str(from_date), by=str(by))
    return changed


@transaction.atomic
def end_slot(
    slot: Slot, *, last_date: date, now: datetime, by: User | None = None
) -> None:
    """
    Let the show air in *slot* up to *last_date* and no more, nor in the slot's later parts.

    What was changed one by one after that date goes, too. A part that would have no
    date at all is removed. Those of another show, which took over, stay.
    """
    parts = Slot.objects.filter(uid=slot.uid, show=slot.show_id)
    for part in parts.filter(starts_on__gte=slot.starts_on):
        end_part(part, last_date=last_date, now=now, by=by)


@transaction.atomic
def end_part(
    slot: Slot, *, last_date: date, now: datetime, by: User | None = None
) -> None:
    """End *slot* as ``end_slot`` does, and leave its later parts alone."""
    if not _occurs_before(slot, last_date + _DAY):
        remove_slot(slot, now=now, by=by)
        return
    slot.until = min(last_date, slot.until or last_date)
    slot.full_clean()
    slot.save()
    take_back(slot.airings.filter(date__gt=slot.until, ends_at__gt=now), now)
    follow_slots([slot], now)
    tell_pages(_stations(slot))
    log.info("slot_ended", slot=slot.pk, last_date=str(last_date), by=str(by))


@transaction.atomic
def remove_slot(slot: Slot, *, now: datetime, by: User | None = None) -> None:
    """Take *slot* out of the week; what was aired stays known."""
    tell_pages(_stations(slot))
    take_back(slot.airings.filter(ends_at__gt=now), now)
    log.info("slot_removed", slot=slot.pk, show=slot.show.slug, by=str(by))
    slot.delete()


def first_open(slot: Slot, from_date: date, now: datetime) -> date:
    """Return the first date from *from_date* on of which nothing has been heard yet."""
    from_date = max(from_date, wall_time(now, slot.zone).date())
    is_planned = next(slot.recurrence.dates(from_date, from_date), None) is not None
    if is_planned and slot.pattern.occurrence(from_date).starts_at <= now:
        return from_date + _DAY
    return from_date


def _as_it_is_now(slot: Slot) -> Slot:
    """Return it read anew: somebody may have changed it in between."""
    found = Slot.objects.select_for_update().filter(pk=slot.pk).first()
    if found is None:
        raise NothingLeft(_("This slot is not planned any more; plan a new one."))
    return found


def _keep(slot: Slot, also_on: Iterable[Station], now: datetime) -> None:
    slot.full_clean()
    slot.save()
    slot.also_on.set(station for station in also_on if station != slot.station)
    follow_slots([slot], now)


def _stations(slot: Slot) -> list[Station]:
    return [slot.station, *slot.also_on.all()]


def _occurs_before(slot: Slot, day: date) -> bool:
    found = slot.recurrence.dates(slot.starts_on, day - _DAY)
    return next(found, None) is not None


def _end_before(slot: Slot, day: date) -> None:
    slot.until = day - _DAY
    slot.save(update_fields=["until"])


def _rest(slot: Slot, from_date: date, facts: dict[str, Any]) -> Slot:
    """Return a slot, not stored yet, that has the dates of *slot* from then on."""
    rest = slot.recurrence.rest(from_date)
    if rest is None:
        raise NothingLeft(_("This slot has no date left to change; plan a new one."))
    # Its uid goes along: airings keep their names.
    kept = (field.attname for field in Slot._meta.concrete_fields if field.name != "id")
    changed = Slot(**{name: getattr(slot, name) for name in kept})
    changed.starts_on = _starts_on(rest, from_date, facts.get("rule", slot.rule))
    changed.rule = rest.rule
    return changed


def _starts_on(rest: Recurrence, from_date: date, rule: str) -> date:
    """Return where *rule* is counted from, so that it goes on in the same weeks."""
    if rule == rest.rule or not rule.startswith("FREQ=WEEKLY"):
        return rest.starts_on if rule == rest.rule else from_date
    monday = rest.starts_on - timedelta(days=rest.starts_on.weekday())
    return max(from_date, monday)
