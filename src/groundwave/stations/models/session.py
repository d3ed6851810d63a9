from __future__ import annotations

from collections.abc import Iterable

from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.patchbay import messages


class ListeningSessionQuerySet(models.QuerySet["ListeningSession"]):
    def keep(self, sessions: Iterable[messages.ListeningSession]) -> None:
        """Store what the transmitter counted; what is stored already stays as it is."""
        rows = [_row(session) for session in sessions]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=500)


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
