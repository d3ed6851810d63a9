from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groundwave.patchbay import messages


BATCH = 500
# Under a second of sound at the leanest bitrate (48 kbit/s is 6,000 bytes a second).
# Nobody heard anything, and anybody can make a million such connections.
LEAST_BYTES = 4096


class _StepAfter(models.Func):
    """
    The number of the first step of the clock that is not before an instant.

    The database counts: a day may have a hundred thousand sessions.
    """

    output_field = models.BigIntegerField()

    def __init__(self, instant: str, *, step_seconds: int) -> None:
        super().__init__(instant, step=step_seconds, rest=step_seconds - 1)

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        # Django takes the text for a template twice over.
        seconds = "CAST(strftime('%%%%s', %(expressions)s) AS INTEGER)"
        template = f"(({seconds} + %(rest)s) / %(step)s)"
        return self.as_sql(compiler, connection, template=template, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        seconds = "FLOOR(EXTRACT(EPOCH FROM %(expressions)s))::bigint"
        template = f"(({seconds} + %(rest)s) / %(step)s)"
        return self.as_sql(compiler, connection, template=template, **more)


class ListeningSessionQuerySet(models.QuerySet["ListeningSession"]):
    def keep(self, sessions: Iterable[messages.ListeningSession]) -> None:
        """
        Store what the transmitter counted; what is stored already stays as it is.

        Who was gone before there was a second of sound did not listen.
        """
        rows = [_row(each) for each in sessions if each.bytes_sent >= LEAST_BYTES]
        self.bulk_create(rows, ignore_conflicts=True, batch_size=BATCH)

    def of_stations(self, slugs: Iterable[str]) -> ListeningSessionQuerySet:
        return self.filter(station__in=list(slugs))

    def counted(
        self, start: datetime, end: datetime, *, step_seconds: int
    ) -> Iterable[tuple[str, int, int, int]]:
        """
        Return how many listened from one step of the clock to before another.

        Steps are numbered from 1970 on. Each row is a station, the first step at which
        they were there, the first at which they were not, and how many they were; only
        those who were there at some time in ``[start, end)`` are counted.
        """
        there = self.filter(ended_at__gt=start, started_at__lt=end)
        steps = there.annotate(
            first=_StepAfter("started_at", step_seconds=step_seconds),
            last=_StepAfter("ended_at", step_seconds=step_seconds),
        )
        rows = steps.order_by().values_list("station", "first", "last")
        return rows.annotate(count=models.Count("*"))

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
        # A day of a station is read from this alone.
        indexes = [
            models.Index(
                fields=["station", "ended_at", "started_at"],
                name="session_of_a_day",
            )
        ]

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
