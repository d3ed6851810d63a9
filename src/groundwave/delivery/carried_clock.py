"""
When pages change by the clock alone because a story of somebody else does.

A story that its origin ceases to recommend leaves the front page, and nothing is written
then that would end the edition. So the edition itself is.
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, Q

from groundwave.delivery.models import Edition
from groundwave.syndication.models import Original


_INSTANTS = ("recommended_until", "expires_at")


def next_turn(now: datetime) -> datetime | None:
    """Return when the first of them ends after *now*."""
    carried = Original.objects.carried()
    firsts = (
        carried.filter(**{f"{name}__gt": now})
        .order_by(name)
        .values_list(name, flat=True)
        .first()
        for name in _INSTANTS
    )
    return min(filter(None, firsts), default=None)


def turn_due(since: datetime, now: datetime) -> bool:
    """End the edition if something ended after *since*, and by *now*; tell whether."""
    ended = Q()
    for name in _INSTANTS:
        ended |= Q(**{f"{name}__gt": since, f"{name}__lte": now})
    if not Original.objects.carried().filter(ended).exists():
        return False
    # Each process of the site hears of it within half a second.
    Edition.objects.filter(pk=1).update(number=F("number") + 1)
    return True
