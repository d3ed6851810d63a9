"""
The schedule as it moves on: airings are made for the weeks ahead, hour by hour.

Laws:

* It is done when the worker starts, and so follows whatever a new release knows about
  the world's time zones; then every hour.
* Nothing ends it but ``stop``: with the database away, or with a slot that cannot be
  read, it says so and tries again later.
"""

from __future__ import annotations

import threading

import structlog
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from groundwave.programming.actions import materialize


HOUR_SECONDS = 3600.0
AGAIN_SECONDS = 60.0

log = structlog.get_logger(__name__)


def run_scheduling(stop: threading.Event) -> None:
    """Keep airings for the weeks ahead until *stop* is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            airings = materialize(timezone.now())
            log.info("schedule_materialized", airings=airings)
            rest = HOUR_SECONDS
        except DatabaseError as trouble:
            log.warning("schedule_waits", because=str(trouble))
            rest = AGAIN_SECONDS
        except Exception:  # the supervisor: other work goes on meanwhile
            log.exception("schedule_waits")
            rest = AGAIN_SECONDS
        connections.close_all()
        stop.wait(rest)
