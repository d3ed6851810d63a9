from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groundwave.patchbay import messages


BATCH = 500
# Under a second of sound at the leanest bitrate (48 kbit/s is 6,000 bytes a second).
# Nobody heard anything, and anybody can make a million such connections.
LEAST_BYTES = 4096


class ListeningSessionQuerySet(models.QuerySet["ListeningSession"]):
    def keep(self, sessions: Iterable[messages.ListeningSession]) -> None:
        """
        Store what the transmitter counted; what is stored already stays as it is.

        Who was gone before there was a second of sound did not listen.
        """
        rows = [_row(each) for each in sessions if each.bytes_sent >= LEAST_BYTES]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)

    def ended_before(self, moment: datetime) -> ListeningSessionQuerySet:
        return self.filter(ended_at__lt=moment)

    def with_whole_address(self) -> ListeningSessionQuerySet:
        """Leave out those without an address, and those with a network's first."""
        is_short = Q(address__endswith=".0") | Q(address__endswith="::")
        return self.exclude(is_short).exclude(address="")

    def in_batches(self) -> Iterator[ListeningSessionQuerySet]:
        """
        Yield all of these, oldest first, a few at a time.

        Each batch must be changed so that it is none of these any more.
        """
        rest = self.order_by("ended_at")
        while batch := list(rest.values_list("pk", "ended_at")[:BATCH]):
            yield ListeningSession.objects.filter(pk__in=[pk for pk, _ in batch])
            # What lies before is done with and need not be looked through again.
            rest = rest.filter(ended_at__gte=batch[-1][1])


class ListeningSession(models.Model):
    """
    One listener's time on one mount, as the transmitter counted it.

    A record, not a relation: it outlives the station and the mount it names.
    """

    id = models.CharField(max_length=80, primary_key=True)
    station = models.CharField(_("station"), max_length=60)
    mount = models.CharField(_("mount"), max_length=120)
    started_at = models.DateTimeField(_("from"))
    ended_at = models.DateTimeField(_("until"), db_index=True)
    bytes_sent = models.BigIntegerField(_("bytes"))
    agent = models.TextField(_("program"), blank=True)
    address = models.CharField(_("address"), max_length=64, blank=True)
    referrer = models.TextField(_("page"), blank=True)

    objects = ListeningSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("listening session")
        verbose_name_plural = _("listening sessions")
        # No constraint on the times: a clock that stepped must not hold up the ledger.
        indexes = [models.Index(fields=["station", "started_at"])]

    def __str__(self) -> str:
        return f"{self.mount} {self.started_at:%Y-%m-%d %H:%M}"


def _row(session: messages.ListeningSession) -> ListeningSession:
    return ListeningSession(
        id=session.id,
        station=session.station[:60],
        mount=session.mount[:120],
        started_at=session.started_at,
        ended_at=session.ended_at,
        bytes_sent=session.bytes_sent,
        agent=_text(session.agent),
        address=session.address[:64],
        referrer=_text(session.referrer),
    )


def _text(said: str) -> str:
    """Keep what a listener's program says in bounds, and free of what SQL refuses."""
    return said.replace("\0", "")[:500]
