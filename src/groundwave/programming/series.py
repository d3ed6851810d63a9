"""What slots say: a station's airings as they are while nobody changes one of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import structlog
from django.db.models import Prefetch

from groundwave.programming.models.airing import LONGEST, Airing
from groundwave.programming.models.show import Show
from groundwave.programming.models.slot import Slot
from groundwave.programming.schedule.recurrence import RuleUnreadable
from groundwave.stations.models import Station


# A slot's dates are its own zone's, which may be a day off UTC's.
_EDGE = timedelta(days=2)

log = structlog.get_logger(__name__)


def series(station: Station, start: datetime, end: datetime) -> dict[str, Airing]:
    """
    Return what the station's slots say for ``[start, end)``, by name.

    None of it comes from the database's airings, nor is it stored.
    """
    slots = (
        Slot.objects.heard_on(station)
        .between((start - LONGEST - _EDGE).date(), (end + _EDGE).date())
        .select_related("station")
        .prefetch_related(Prefetch("show", Show.objects.with_facts()))
        .order_by("starts_on", "pk")
    )
    said = (each for slot in slots for each in airings_of(slot, station, start, end))
    return {airing.name: airing for airing in said}


def airings_of(
    slot: Slot, station: Station, start: datetime, end: datetime
) -> Iterator[Airing]:
    """Yield what *slot* says for ``[start, end)``; nothing while its rule is unreadable."""
    try:
        for occurrence in slot.pattern.between(start, end):
            if occurrence.lasts:  # else the clocks skip it all
                yield Airing.of(slot, occurrence, station)
    except RuleUnreadable as error:
        # One slot that cannot be carried out does not take the page down with it.
        log.warning("slot_unreadable", slot=slot.pk, because=str(error))
