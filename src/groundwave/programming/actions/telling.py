"""Telling open pages that a schedule is another now."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

import msgspec
import structlog
from django.db import transaction

from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Announced
from groundwave.stations import air
from groundwave.stations.models import Station


log = structlog.get_logger(__name__)


def tell_pages(stations: Iterable[Station]) -> None:
    """Let open pages ask for the guides of *stations* again, once this is committed."""
    for slug in sorted({station.slug for station in stations}):
        transaction.on_commit(partial(_tell, slug))


def _tell(slug: str) -> None:
    data = msgspec.json.encode({"station": slug}).decode()
    try:
        air.tell(Announced(event="schedule", data=data, station=slug))
    except PatchbayError as trouble:
        # Pages look again by themselves at the next boundary.
        log.warning("schedule_not_announced", station=slug, because=str(trouble))
