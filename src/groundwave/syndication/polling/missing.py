"""
What becomes of stories that upstream says it has no more.

One that is certainly gone is taken down at once. One that may be back, or that is missing
together with many others, is taken down when it has been missing for a day: an origin
that is being rebuilt, or an address that leads somewhere else now, has nothing to do with
what readers may see.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog
from django.db.models import Q
from django.utils.translation import gettext as _

from groundwave.syndication.models import Connection, Original
from groundwave.syndication.polling.asking import TakenBack
from groundwave.syndication.polling.timetable import MISSED


A_FEW = 10
"""How many of a connection may go within a day for being missing, and no questions asked."""

A_DAY = timedelta(days=1)
"""For how long others have to be missing before they are taken down."""

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Miss:
    """A story that is here, and what upstream says of it."""

    original: Original
    said: TakenBack


def to_take_down(
    misses: Sequence[Miss], connection: Connection, *, asked: int, now: datetime
) -> list[TakenBack]:
    """
    Return what is to be taken down now; the others are noted as missing.

    Args:
        misses: of one round.
        connection: whose they are.
        asked: how many stories the round asked about.
        now: the instant of it.
    """
    is_crowd = _is_crowd(misses, connection, asked, now)
    if is_crowd:
        log.warning("many_are_missing", connection=connection.name, count=len(misses))
    gone = [
        miss
        for miss in misses
        if _is_overdue(miss.original, now) or (miss.said.is_certain and not is_crowd)
    ]
    _note([miss.original for miss in misses if miss not in gone], now)
    return [miss.said for miss in gone]


def told_of_missing(connection: Connection) -> str:
    """Return a sentence about what is missing and not taken down yet; empty if nothing is."""
    if not connection.originals.carried().exclude(missing_since=None).exists():
        return ""
    return _(
        "Stories that are here are missing at %(name)s, many of them at once or without "
        "its own word for it, and were not taken down for that. Check the address of this "
        "connection. What is still missing a day later is taken down by itself; kill by "
        "hand what must not be shown until then."
    ) % {"name": connection.name}


def _is_crowd(
    misses: Sequence[Miss], connection: Connection, asked: int, now: datetime
) -> bool:
    """Whether so many are missing that it is hard to believe."""
    if len(misses) * 2 <= asked:
        return False
    others = connection.originals.exclude(pk__in=[each.original.pk for each in misses])
    lately = others.filter(
        Q(gone_at__gt=now - A_DAY)
        | Q(gone_at=None, story__isnull=False, missing_since__isnull=False)
    )
    return bool(len(misses) + lately.count() > A_FEW)


def _is_overdue(original: Original, now: datetime) -> bool:
    since = original.missing_since
    return since is not None and since <= now - A_DAY


def _note(originals: Iterable[Original], now: datetime) -> None:
    missing = Original.objects.filter(pk__in=[each.pk for each in originals])
    missing.filter(missing_since=None).update(missing_since=now)
    missing.update(check_due_at=now + MISSED)
