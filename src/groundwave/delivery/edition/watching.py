"""Hearing of what other machines wrote, and of what a process did not live to tell."""

from __future__ import annotations

import threading

import structlog
from django.conf import settings
from django.db import Error, connection

from groundwave.delivery.edition.advancing import committed_number
from groundwave.delivery.edition.counter import counter


log = structlog.get_logger(__name__)

# How far behind another machine a page may be.
LOOK_SECONDS = 0.5


def run_watching(stop: threading.Event) -> None:
    """Look at the database's number every half second, until *stop*."""
    was_away = False
    while not stop.is_set():
        try:
            counter(settings.GROUNDWAVE.data).hear(committed_number(connection))
            was_away = False
        except (Error, OSError) as reason:
            # What is kept is served meanwhile, for a minute at most.
            if not was_away:
                log.warning("edition_not_heard", reason=str(reason))
            was_away = True
            connection.close()
        stop.wait(LOOK_SECONDS)
    connection.close()


def start_watching() -> None:
    """Watch in the background for as long as this process lives."""
    threading.Thread(
        target=run_watching, args=[threading.Event()], name="edition", daemon=True
    ).start()
