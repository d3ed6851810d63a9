"""What became of stories a month ago, forgotten; what became of them last is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from groundwave.syndication.models import Outcome, Poll


KEPT = timedelta(days=30)
_BATCH = 500


def forget_outcomes(*, now: datetime) -> Iterator[int]:
    """
    Delete polls and outcomes older than ``KEPT``, but for the last one of each original.

    Yields the number of rows after each small batch, so that whoever calls can let
    others at the database in between.
    """
    later = Outcome.objects.filter(original=OuterRef("original"), pk__gt=OuterRef("pk"))
    old = Outcome.objects.filter(at__lt=now - KEPT)
    yield from _deleted(old.filter(Exists(later)) | old.filter(original=None))
    Outcome.objects.filter(poll__started_at__lt=now - KEPT).update(poll=None)
    yield from _deleted(Poll.objects.filter(started_at__lt=now - KEPT))


def _deleted(rows: QuerySet[Outcome] | QuerySet[Poll]) -> Iterator[int]:
    while pks := list(rows.order_by("pk").values_list("pk", flat=True)[:_BATCH]):
        yield rows.model.objects.filter(pk__in=pks).delete()[0]
