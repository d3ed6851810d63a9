"""
The word to open pages whenever something else begins.

Laws:

* At every boundary of a station, and every full hour, its pages are told the guide from
  there on, so that what they and the transmitter hold never runs out.
* Plans that change meanwhile are noticed within ``LOOK_SECONDS``.
* Nothing ends it but ``stop``: with the database away it tries again later, and a
  station whose plans cannot be read is passed over.
"""

from __future__ import annotations

import threading
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from groundwave.delivery.schedule_news import tell_open_pages
from groundwave.delivery.supervisor import apart
from groundwave.programming.guide import boundaries
from groundwave.stations.models import Station


LOOK_SECONDS = 60.0
_HOUR = timedelta(hours=1)

log = structlog.get_logger(__name__)


def run_announcing(stop: threading.Event) -> None:
    """Tell pages at every boundary until *stop* is set."""
    since = timezone.now()
    while not stop.is_set():
        close_old_connections()
        now = timezone.now()
        again = now + timedelta(seconds=LOOK_SECONDS)
        try:
            begun, again = look(since, now)
            tell_open_pages(begun)
            since = now
        except DatabaseError as trouble:
            log.warning("boundaries_wait", because=str(trouble))
        connections.close_all()
        stop.wait(max(0.0, (again - timezone.now()).total_seconds()))


def look(since: datetime, now: datetime) -> tuple[list[Station], datetime]:
    """Return where something began after *since*, and when to look again."""
    again = now + timedelta(seconds=LOOK_SECONDS)
    hour = now.replace(minute=0, second=0, microsecond=0)
    begun = []
    for station in Station.objects.all():
        edges = [hour, hour + _HOUR]
        with apart(station):
            edges += boundaries(station, since, again, now=now)
        if any(since < edge <= now for edge in edges):
            begun.append(station)
        again = min([again, *(edge for edge in edges if edge > now)])
    return begun, again
