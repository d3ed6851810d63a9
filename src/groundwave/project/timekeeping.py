"""
What comes and goes by the clock: pages, photos, and stories that others recommend.

Laws:

* It waits for the next such instant, and looks every few seconds for one that somebody
  has set since: nothing is later than that.
* What was due while nobody looked is done when the worker starts.
* Every deed is a write, so that each process of the site makes its pages anew.
* Nothing ends it but ``stop``: with the database away, or with a page that cannot be
  published, it says so and looks again.
"""

from __future__ import annotations

import threading
from datetime import datetime

import structlog
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from groundwave.delivery.carried_clock import next_turn, turn_due
from groundwave.pages.publishing import next_due, publish_due, retire_due
from groundwave.photos.actions import clear_away_withheld
from groundwave.photos.models import Photo


LOOK_SECONDS = 3.0

log = structlog.get_logger(__name__)


def run_timekeeping(stop: threading.Event) -> None:
    """Do what is due, when it is due, until *stop* is set."""
    photos_due: datetime | None = timezone.now()
    looked_at = timezone.now()
    while not stop.is_set():
        close_old_connections()
        rest, now = LOOK_SECONDS, timezone.now()
        try:
            turn_due(looked_at, now)
            photos_due, rest = _keep_time(now, photos_due)
            looked_at = now
        except DatabaseError as trouble:
            log.warning("timekeeping_waits", because=str(trouble))
        except Exception:  # the supervisor: what else is due comes in a few seconds
            log.exception("timekeeping_waits")
        connections.close_all()
        stop.wait(rest)


def _keep_time(
    now: datetime, photos_due: datetime | None
) -> tuple[datetime | None, float]:
    """Do what is due; return when rights end next, and for how long to rest."""
    published, retired = publish_due(now), retire_due(now)
    if published or retired:
        log.info("pages_by_the_clock", published=published, retired=retired)
    if photos_due and photos_due <= now:
        log.info("withheld_photos_cleared_away", renditions=clear_away_withheld(now))
    photos_due = Photo.objects.next_expiry(now)
    instants = (next_due(now), photos_due, next_turn(now))
    coming = min(filter(None, instants), default=None)
    if coming is None:
        return photos_due, LOOK_SECONDS
    left = (coming - timezone.now()).total_seconds()
    return photos_due, min(LOOK_SECONDS, max(0.0, left))
