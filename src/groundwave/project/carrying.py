"""
The stories of others on their way in, and ours on their way out.

Laws:

* Each step is one bounded piece of work, such as one round of one connection, and then
  it is the next one's turn: nobody is held up for long by whoever is slow.
* What comes in and what goes out do not wait for each other.
* Nothing ends it but ``stop``: a step that fails says so, and is taken again.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

import structlog
from django.db import DatabaseError, close_old_connections, connections
from django.utils import timezone

from groundwave.syndication.actions import dispatching
from groundwave.syndication.actions.holding import publish_held
from groundwave.syndication.exchange import notices
from groundwave.syndication.exchange.introducing import introduce_due
from groundwave.syndication.polling.leases import look_after_leases
from groundwave.syndication.polling.rounds import check_due, poll_due


LOOK_SECONDS = 2.0
LEASES_EVERY = timedelta(minutes=5)

Step = Callable[[datetime], int]

log = structlog.get_logger(__name__)


def run_carrying(stop: threading.Event) -> None:
    """Ask for stories, and ask again for those that are here, until *stop* is set."""
    leases = _every(LEASES_EVERY, look_after_leases)
    _run(stop, (publish_held, check_due, poll_due, leases))


def run_passing_on(stop: threading.Event) -> None:
    """Tell networks and partners of our own stories until *stop* is set."""
    _run(stop, (notices.send_due, dispatching.send_due, introduce_due))


def _run(stop: threading.Event, steps: Iterable[Step]) -> None:
    while not stop.is_set():
        close_old_connections()
        done = [_is_done(step) for step in steps if not stop.is_set()]
        connections.close_all()
        if not any(done):
            stop.wait(LOOK_SECONDS)


def _every(pause: timedelta, step: Step) -> Step:
    """Return *step*, which is taken so often at most, and at once for the first time."""
    due: datetime | None = None

    def seldom(now: datetime) -> int:
        nonlocal due
        if due and now < due:
            return 0
        due = now + pause
        return step(now)

    return seldom


def _is_done(step: Step) -> bool:
    """Take *step*; return whether there was anything to do."""
    try:
        return bool(step(timezone.now()))
    except DatabaseError as trouble:
        log.warning("carrying_waits", step=step.__module__, because=str(trouble))
    except Exception:  # the supervisor: the other steps go on
        log.exception("carrying_waits", step=step.__module__)
    return False
