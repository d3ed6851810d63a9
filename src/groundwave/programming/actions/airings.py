from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import structlog
from django.db import transaction
from django.utils.translation import gettext as _

from groundwave.people.models import User
from groundwave.programming.actions.heard import change_from_now_on
from groundwave.programming.actions.materializing import take_back
from groundwave.programming.actions.retired import refuse_retired
from groundwave.programming.actions.telling import tell_pages
from groundwave.programming.errors import AlreadyAired
from groundwave.programming.models import Airing, Episode, Kind, Show, Slot
from groundwave.programming.schedule.walltime import wall_time
from groundwave.stations.models import Station


log = structlog.get_logger(__name__)


@transaction.atomic
def override_airing(
    airing: Airing, *, now: datetime, by: User | None = None, **facts: Any
) -> Airing:
    """
    Let this one airing be otherwise than its slot says: its show, episode or times.

    It keeps its name, and from now on the slot does not move it any more.

    Raises:
        AlreadyAired: it is over.
        ShowRetired: the show comes no more.
        ValidationError: something said about it cannot be; nothing was changed.
    """
    row = _row_of(airing)
    _refuse_if_over(row, now)
    log.info("airing_overridden", airing=row.name, by=str(by), facts=sorted(facts))
    refuse_retired(facts.get("show", row.show))
    kind = Kind.OVERRIDE if row.kind == Kind.SERIES else row.kind
    change_from_now_on(row, {**facts, "kind": kind}, now)
    _keep(row)
    return row


@transaction.atomic
def give_episode(
    airing: Airing, episode: Episode | None, *, by: User | None = None
) -> Airing:
    """
    Say which episode is, or was, aired; otherwise its slot still says what it is.

    Raises:
        ValidationError: the episode is another show's.
    """
    row = _row_of(airing)
    row.episode = episode
    _keep(row)
    log.info("episode_given", airing=row.name, by=str(by))
    return row


@transaction.atomic
def cancel_airing(airing: Airing, *, now: datetime, by: User | None = None) -> Airing:
    """
    Take this one airing off the schedule; what lies under it, or the default show, airs.

    What is on the air ends now; it is the rest that is cancelled.

    Raises:
        AlreadyAired: it is over.
    """
    row = _row_of(airing)
    _refuse_if_over(row, now)
    change_from_now_on(row, {"is_cancelled": True}, now)
    _keep(row)
    log.info("airing_cancelled", airing=row.name, by=str(by))
    return row


@transaction.atomic
def restore_airing(
    airing: Airing, *, now: datetime, by: User | None = None
) -> Airing | None:
    """
    Let the airing be what its slot says again, or, without a slot, be on again.

    Returns ``None`` if the slot has nothing to come on that date any more.

    Raises:
        AlreadyAired: it is over.
    """
    row = _row_of(airing)
    _refuse_if_over(row, now)
    log.info("airing_restored", airing=row.name, by=str(by))
    said = _said(row.slot, row) if row.slot else row
    if said is None or said.ends_at <= now:
        take_back([row], now)
        tell_pages([row.station])
        return None
    change_from_now_on(row, _facts(said), now)
    _keep(row)
    return row


@transaction.atomic
def pre_empt(
    station: Station,
    *,
    show: Show,
    starts_at: datetime,
    ends_at: datetime,
    now: datetime,
    episode: Episode | None = None,
    by: User | None = None,
    **facts: Any,
) -> Airing:
    """
    Put *show* over whatever else is planned; what it interrupts goes on after it.

    Raises:
        AlreadyAired: its time is over.
        ShowRetired: it comes no more.
        ValidationError: something said about it cannot be; nothing was planned.
    """
    refuse_retired(show)
    row = Airing(
        name=str(uuid4()),
        station=station,
        show=show,
        episode=episode,
        date=wall_time(starts_at, ZoneInfo(station.timezone)).date(),
        starts_at=max(starts_at, now.replace(microsecond=0)),
        ends_at=ends_at,
        kind=Kind.ONE_OFF,
        **facts,
    )
    _refuse_if_over(row, now)
    _keep(row)
    log.info("pre_empted", station=station.slug, show=show.slug, by=str(by))
    return row


def _row_of(airing: Airing) -> Airing:
    """Return what is stored under the airing's name, stored now if nothing was."""
    if airing.pk is None:
        Airing.objects.bulk_create([airing], ignore_conflicts=True)
    return Airing.objects.select_for_update().get(
        station=airing.station_id, name=airing.name
    )


def _refuse_if_over(airing: Airing, now: datetime) -> None:
    if airing.ends_at <= now:
        raise AlreadyAired(
            _("It is over, and what was heard stays. Choose one that is to come.")
        )


def _keep(row: Airing) -> None:
    row.full_clean()
    row.save()
    tell_pages([row.station])


def _said(slot: Slot, row: Airing) -> Airing | None:
    """Return what *slot* says for the date that *row* belongs to."""
    if next(slot.recurrence.dates(row.date, row.date), None) is None:
        return None
    occurrence = slot.pattern.occurrence(row.date)
    return Airing.of(slot, occurrence, row.station) if occurrence.lasts else None


def _facts(said: Airing) -> dict[str, Any]:
    """Return what an airing is again that is to be as *said*."""
    names = ("show", "kind", "starts_at", "ends_at", "boundary")
    return {name: getattr(said, name) for name in names} | {"is_cancelled": False}
