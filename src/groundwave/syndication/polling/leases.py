"""Pictures and sounds of others, looked after between their checks."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db.models import Q

from groundwave.syndication.carrying.pictures import end_leases, renew_leases
from groundwave.syndication.carrying.sounds import end_recordings
from groundwave.syndication.models import Original, PhotoLease, SoundLease


_AT_ONCE = 20

log = structlog.get_logger(__name__)


def look_after_leases(now: datetime) -> int:
    """Renew what upstream shows still, and end what is left of stories that are gone."""
    return renew_leases(now) + end_what_is_left(now)


def end_what_is_left(now: datetime) -> int:
    """
    End what stories that were taken down have left: somebody pulled the plug meanwhile.

    What our desk has revoked before is no remainder. Returns of how many stories there
    was something.
    """
    pictures = PhotoLease.objects.filter(photo__revoked_by=None)
    sounds = SoundLease.objects.filter(recording__isnull=False)
    has_left = Q(pk__in=pictures.values("original")) | Q(
        pk__in=sounds.values("original")
    )
    gone = Original.objects.filter(has_left, gone_at__isnull=False)
    left = list(gone.defer("raw", "base")[:_AT_ONCE])
    for original in left:
        log.warning("left_of_what_is_gone", original=original.pk)
        end_leases(original, because=original.gone_because, now=now)
        end_recordings(original, because=original.gone_because, now=now)
    return len(left)
