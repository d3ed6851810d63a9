"""Rounds: asking a connection what is new, and asking again for what is here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from random import SystemRandom

import structlog
from django.db import transaction
from django.db.models import QuerySet

from groundwave.syndication.models import Connection, Original, Poll
from groundwave.syndication.polling.asking import (
    Asks,
    Came,
    Found,
    TakenBack,
    Unreadable,
)
from groundwave.syndication.polling.errors import UpstreamTrouble
from groundwave.syndication.polling.missing import (
    Miss,
    to_take_down,
    told_of_missing,
)
from groundwave.syndication.polling.supervising import supervised
from groundwave.syndication.polling.taking import MOST_SECONDS_A_ROUND, Round
from groundwave.syndication.polling.timetable import SOON, next_check
from groundwave.syndication.polling.upstreams import upstream_of


A_BATCH = 100
"""How many stories one round of checks is about."""

LONGEST_PAUSE = timedelta(hours=1)
"""After however many failures, unless the connection is asked more seldom anyway."""

# For as long as a round may last: nobody else asks meanwhile.
_HELD = timedelta(seconds=MOST_SECONDS_A_ROUND) + timedelta(minutes=1)
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
    seen = Connection.objects.due(now).filter(poll_due_at=connection.poll_due_at)
    if seen.filter(pk=connection.pk).update(poll_due_at=now + _HELD):
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
    claimed = now + _HELD
    Connection.objects.filter(pk=connection.pk).update(poll_due_at=claimed)
    trouble = None
    try:
        with supervised(connection):
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
    claimed = now + SOON
    if not _is_claimed(due, now, claimed):
        return None  # somebody else was first
    round_ = Round(connection, now)
    try:
        with supervised(connection):
            trouble = _ask_again(due, round_, claimed)
    except UpstreamTrouble as problem:
        trouble = str(problem)
        _due(connection, now).update(check_due_at=claimed)
        log.warning("check_failed", connection=connection.name, because=trouble)
    trouble = " ".join(filter(None, (told_of_missing(connection), trouble)))
    Connection.objects.filter(pk=connection.pk).update(check_trouble=trouble)
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


def _is_claimed(due: Sequence[Original], now: datetime, claimed: datetime) -> bool:
    """Have *due* to ourselves, all of them; return False if somebody else has some."""
    pks = [each.pk for each in due]
    with transaction.atomic():
        mine = Original.objects.check_due(now).filter(pk__in=pks).order_by()
        is_mine = mine.update(check_due_at=claimed) == len(pks)
        transaction.set_rollback(not is_mine)
    return is_mine


def _ask_again(due: Sequence[Original], round_: Round, claimed: datetime) -> str:
    """Do what is to be done about *due*; return what went wrong with one of them."""
    asks = upstream_of(round_.connection, now=round_.now)
    found = asks.again([each.upstream_id for each in due])
    _confirm(_unchanged(due, found), round_.now, claimed)
    back = Original.objects.filter(pk__in=[e.pk for e in due if e.upstream_id in found])
    back.exclude(missing_since=None).update(missing_since=None)
    round_.take(found.values())
    missing = [each for each in due if each.upstream_id not in found]
    misses, trouble = _look_for(missing, asks, round_, claimed)
    gone = to_take_down(misses, round_.connection, asked=len(due), now=round_.now)
    # Each look may have taken its time, but what is gone does not wait for that.
    round_.take(gone, whatever_the_time=True)
    return trouble


def _unchanged(due: Iterable[Original], found: Mapping[str, Found]) -> list[Original]:
    prints = {id_: each.fingerprint for id_, each in found.items()}
    return [each for each in due if prints.get(each.upstream_id) == each.fingerprint]


def _look_for(
    missing: Sequence[Original], asks: Asks, round_: Round, claimed: datetime
) -> tuple[list[Miss], str]:
    """Find out what became of stories that were not in the answer, and what went wrong."""
    misses: list[Miss] = []
    trouble = ""
    for number, original in enumerate(missing):
        if round_.is_over:
            _let_go(missing[number:], round_.now, claimed)
            break
        try:
            with supervised(round_.connection):
                came = asks.look_for(original)
        except UpstreamTrouble as problem:
            trouble = trouble or str(problem)
            _put_off([original], round_.now, claimed)
        else:
            misses += _missed(original, came, round_, claimed)
        round_.has_moved_on = True
    return misses, trouble


def _missed(
    original: Original, came: Came | None, round_: Round, claimed: datetime
) -> list[Miss]:
    """Do what is to be done about *came*, unless it says that the story is gone."""
    match came:
        case TakenBack():
            return [Miss(original, came)]
        case Found(fingerprint=fingerprint) if fingerprint != original.fingerprint:
            round_.take([came])
        case Unreadable():
            round_.take([came])
        case _:
            _confirm([original], round_.now, claimed)
    return []


def _let_go(originals: Iterable[Original], now: datetime, claimed: datetime) -> None:
    """Let *originals*, for which there was no time, be the first of the next round."""
    claims = Original.objects.filter(check_due_at=claimed)
    claims.filter(pk__in=[each.pk for each in originals]).update(check_due_at=now)


@transaction.atomic
def _confirm(originals: Iterable[Original], now: datetime, claimed: datetime) -> None:
    """Note that upstream was found to have *originals* as they are."""
    here = Original.objects.filter(pk__in=[original.pk for original in originals])
    here.update(checked_at=now, missing_since=None)
    _put_off(originals, now, claimed)


def _put_off(originals: Iterable[Original], now: datetime, claimed: datetime) -> None:
    """Ask for *originals* again by the timetable."""
    # Somebody may have wished for it to be asked sooner meanwhile.
    unless_wished = Original.objects.filter(check_due_at=claimed)
    for original in originals:
        due_at = next_check(original, now)
        unless_wished.filter(pk=original.pk).update(check_due_at=due_at)
