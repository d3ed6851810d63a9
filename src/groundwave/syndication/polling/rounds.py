"""Rounds: asking a connection what is new, and asking again for what is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from django.db import transaction
from django.db.models import QuerySet

from groundwave.syndication.carrying.pictures import RENEWED, renew_leases
from groundwave.syndication.models import Connection, Original, Poll
from groundwave.syndication.polling.asking import Asks, Found
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.taking import Round
from groundwave.syndication.polling.timetable import SOON, next_check
from groundwave.syndication.polling.upstreams import upstream_of


A_BATCH = 100
"""How many stories one round of checks is about."""

LONGEST_PAUSE = timedelta(hours=1)
"""After however many failures, unless the connection is asked more seldom anyway."""

# Of a connection that has more: others who wait go first.
_NEXT_TURN = timedelta(seconds=5)
_MOST_DOUBLINGS = 10

log = structlog.get_logger(__name__)
_random = SystemRandom()


def poll_due(now: datetime) -> bool:
    """Poll the connection that is the longest overdue; return whether there was one."""
    connection = Connection.objects.due(now).first()
    if connection is None:
        return False
    poll(connection, now=now)
    return True


def check_due(now: datetime) -> bool:
    """Check what is the longest overdue; return whether there was anything."""
    due = Original.objects.check_due(now).select_related("connection")
    original = due.defer("raw", "base").first()
    if original is None:
        return False
    check(original.connection, now=now)
    return True


def poll(connection: Connection, *, now: datetime) -> Poll | None:
    """
    Ask *connection* what is new, and do what its policy says about it.

    Nothing is asked twice at once for want of time: what is left is gone through in the
    next round, which comes soon.

    Returns:
        What was done; None if nothing was new, and nothing wrong that was not told.
    """
    round_ = Round(connection, now)
    claimed = now + timedelta(seconds=connection.poll_seconds)
    Connection.objects.filter(pk=connection.pk).update(poll_due_at=claimed)
    trouble = None
    try:
        for batch in upstream_of(connection, now=now).changed(now=now):
            round_.take(batch)
            if round_.is_over:
                break
    except UpstreamTrouble as problem:
        trouble = problem
        log.warning("poll_failed", connection=connection.name, because=str(problem))
    _remember(connection, trouble, now)
    has_more = round_.is_over and not trouble
    pause = _NEXT_TURN if has_more else _pause(connection, trouble)
    # Somebody may have wished for it to be asked sooner meanwhile.
    unless_wished = Connection.objects.filter(pk=connection.pk, poll_due_at=claimed)
    unless_wished.update(poll_due_at=now + pause)
    connection.refresh_from_db(fields=["poll_due_at"])
    return round_.end(str(trouble or ""))


def check(connection: Connection, *, now: datetime) -> Poll | None:
    """
    Ask *connection* again for the stories of it that are due, the longest overdue first.

    What changed is taken over, what upstream has no more is taken down. Without an answer
    nothing is, and they are asked for again in a few minutes.
    """
    due = [*_due(connection, now)[:A_BATCH]]
    if not due:
        return None
    round_ = Round(connection, now)
    claimed = now + SOON
    pks = [each.pk for each in due]
    Original.objects.filter(pk__in=pks).update(check_due_at=claimed)
    asks = upstream_of(connection, now=now)
    trouble = ""
    try:
        found = asks.again([each.upstream_id for each in due])
        _confirm(_unchanged(due, found), now, claimed)
        round_.take(found.values())
        _look_for([e for e in due if e.upstream_id not in found], asks, round_, claimed)
    except UpstreamTrouble as problem:
        trouble = str(problem)
        _due(connection, now).update(check_due_at=claimed)
        log.warning("check_failed", connection=connection.name, because=trouble)
    # Of one that is polled, polling tells.
    Connection.objects.filter(pk=connection.pk, is_active=False).update(trouble=trouble)
    return round_.end(trouble)


def _remember(
    connection: Connection, trouble: UpstreamTrouble | None, now: datetime
) -> None:
    connection.failures = connection.failures + 1 if trouble else 0
    connection.trouble = str(trouble or "")
    connection.polled_at = now
    known = ["watermark", "polled_at", "failures", "trouble", "etag", "last_modified"]
    connection.save(update_fields=known)


def _pause(connection: Connection, trouble: UpstreamTrouble | None) -> timedelta:
    """Return the pause, which doubles with each failure and is never quite the same."""
    usual = timedelta(seconds=connection.poll_seconds)
    doubled = usual * (1 << min(connection.failures, _MOST_DOUBLINGS))
    pause = max(usual, min(doubled, LONGEST_PAUSE))
    pause *= _random.uniform(0.9, 1.1)
    return max(pause, trouble.wait) if trouble and trouble.wait else pause


# --- checking ---


def _due(connection: Connection, now: datetime) -> QuerySet[Original]:
    due = Original.objects.check_due(now).filter(connection=connection)
    return due.defer("raw", "base")


def _unchanged(due: Iterable[Original], found: Mapping[str, Found]) -> list[Original]:
    prints = {id_: each.fingerprint for id_, each in found.items()}
    return [each for each in due if prints.get(each.upstream_id) == each.fingerprint]


def _look_for(
    missing: Iterable[Original], asks: Asks, round_: Round, claimed: datetime
) -> None:
    """Find out what became of stories that were not in the answer."""
    for original in missing:
        if round_.is_over:
            return
        gone = asks.gone(original)
        round_.has_moved_on = True
        if gone is None:
            _confirm([original], round_.now, claimed)
        elif gone.is_certain or original.misses:
            round_.take([gone])
        else:
            Original.objects.filter(pk=original.pk).update(misses=1)


@transaction.atomic
def _confirm(originals: Iterable[Original], now: datetime, claimed: datetime) -> None:
    """Note that upstream was found to have *originals* as they are, or not to say more."""
    for original in originals:
        here = Original.objects.filter(pk=original.pk)
        here.update(checked_at=now, misses=0)
        # Somebody may have wished for it to be asked sooner meanwhile.
        unless_wished = here.filter(check_due_at=claimed)
        unless_wished.update(check_due_at=next_check(original, now))
    pks = [original.pk for original in originals]
    due = Original.objects.filter(leases__confirmed_at__lte=now - RENEWED)
    for original in due.filter(pk__in=pks).defer("raw", "base").distinct():
        renew_leases(original, now=now)
