"""Saying that a schedule is another now, to whoever tells the public."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import structlog
from django.db import DatabaseError, transaction
from django.dispatch import Signal

from groundwave.stations.models import Station


# Sent with ``stations`` once the change is committed. What pages are told of it, and
# how, is for those who show the schedule to say; nothing down here knows of pages.
schedule_changed = Signal()

log = structlog.get_logger(__name__)


def tell_pages(stations: Iterable[Station]) -> None:
    """Let open pages know what the guides of *stations* say, once this is committed."""
    pks = {station.pk for station in stations}
    if pks:
        transaction.on_commit(partial(_send, pks))


def _send(pks: set[int]) -> None:
    # What was changed is saved: whoever changed it is not told of a fault in the telling,
    # which the next boundary makes good.
    try:
        stations = list(Station.objects.filter(pk__in=pks).order_by("slug"))
    except DatabaseError as trouble:
        log.warning("pages_not_told", because=str(trouble))
        return
    for _, fault in schedule_changed.send_robust(sender=Station, stations=stations):
        if fault is not None:
            log.error("pages_not_told", because=str(fault))
