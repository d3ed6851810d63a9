"""
What the site forgets by itself: what was kept for long enough, or longer than it may be.

Laws:

* It is looked for when the worker starts and once a day from then on.
* It goes in small batches with pauses in between: a page that is saved or a title
  that is noted meanwhile never waits for more than one of them.
* Nothing ends it but ``stop``: with the database away it tries again later.
"""

from __future__ import annotations

import threading

import structlog
from django.core.management import call_command
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from groundwave.photos.actions import clear_away_withheld
from groundwave.stations.actions import forget_sessions
from groundwave.syndication.polling.forgetting import forget_outcomes


DAY_SECONDS = 24 * 3600.0
AGAIN_SECONDS = 600.0
PAUSE_SECONDS = 0.05
# What the worker has done is asked about in the week after, or never.
TASK_DAYS = 7

log = structlog.get_logger(__name__)


def run_forgetting(stop: threading.Event) -> None:
    """Forget what is due, every day until *stop* is set."""
    while not stop.is_set():
        close_old_connections()
        try:
            _forget(stop)
            rest = DAY_SECONDS
        except DatabaseError as trouble:
            log.warning("forgetting_waits", because=str(trouble))
            rest = AGAIN_SECONDS
        connections.close_all()
        stop.wait(rest)


def _forget(stop: threading.Event) -> None:
    records = 0
    for forgotten in forget_sessions(now=timezone.now()):
        records += forgotten
        if stop.wait(PAUSE_SECONDS):
            return
    log.info("sessions_forgotten", records=records)
    outcomes = 0
    for forgotten in forget_outcomes(now=timezone.now()):
        outcomes += forgotten
        if stop.wait(PAUSE_SECONDS):
            return
    log.info("outcomes_forgotten", outcomes=outcomes)
    renditions = clear_away_withheld(timezone.now())
    log.info("withheld_photos_cleared_away", renditions=renditions)
    call_command(
        "prune_db_task_results", queue_name="*", min_age_days=TASK_DAYS, verbosity=0
    )
