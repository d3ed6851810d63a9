from __future__ import annotations

from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Prefetch
from django.utils.translation import gettext_lazy as _

from groundwave.programming.models.show import Episode, Show
from groundwave.programming.models.slot import Boundary, Slot
from groundwave.programming.schedule.occurrences import Occurrence
from groundwave.programming.schedule.tiling import Precedence
from groundwave.stations.models import Station


class Kind(models.IntegerChoices):
    """Where an airing comes from; the greater is heard over the lesser."""

    SERIES = Precedence.SERIES, _("as the slot says")
    OVERRIDE = Precedence.OVERRIDE, _("changed for this date")
    ONE_OFF = Precedence.ONE_OFF, _("one-off")


# A festival's weekend, say; what a slot says is no longer than a day.
LONGEST = timedelta(days=7)
_DAY = timedelta(days=1)


class AiringQuerySet(models.QuerySet["Airing"]):
    def between(self, start: datetime, end: datetime) -> AiringQuerySet:
        """Return those planned for any of ``[start, end)``."""
        # Nothing lasts much longer than a week, and so an index finds them.
        return self.filter(
            starts_at__lt=end, starts_at__gt=start - LONGEST - _DAY, ends_at__gt=start
        )

    def on(self, station: Station) -> AiringQuerySet:
        """Return those of *station*."""
        return self.filter(station=station)

    def standing(self) -> AiringQuerySet:
        """Return those that were not cancelled."""
        return self.filter(is_cancelled=False)

    def with_facts(self) -> AiringQuerySet:
        """Bring along what is said of each in public, in a handful of queries."""
        # Fetched apart, a show that airs a hundred times is read and made once.
        shows = Prefetch("show", Show.objects.with_facts())
        return self.prefetch_related(shows, "episode__show")


class Airing(models.Model):
    """
    A show at an instant on a station: what was planned, in UTC.

    What is heard may be less: another of higher precedence may lie over it.
    """

    name = models.CharField(
        max_length=90,
        editable=False,
        help_text=_("Stable: a slot's uid and the date, or a uid of its own."),
    )
    # What was heard stays known, and so does where.
    station = models.ForeignKey(
        Station,
        verbose_name=_("station"),
        on_delete=models.PROTECT,
        related_name="airings",
    )
    show = models.ForeignKey(
        Show, verbose_name=_("show"), on_delete=models.PROTECT, related_name="airings"
    )
    episode = models.ForeignKey(
        Episode,
        verbose_name=_("episode"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="airings",
    )
    slot = models.ForeignKey(
        Slot,
        verbose_name=_("slot"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        editable=False,
        related_name="airings",
    )
    date = models.DateField(
        _("date"), help_text=_("It belongs to the date on which it was to start.")
    )
    starts_at = models.DateTimeField(_("starts"))
    ends_at = models.DateTimeField(_("ends"))
    kind = models.PositiveSmallIntegerField(
        _("kind"), choices=Kind.choices, default=Kind.SERIES
    )
    boundary = models.CharField(
        _("begins"), max_length=4, choices=Boundary.choices, default=Boundary.HARD
    )
    is_cancelled = models.BooleanField(_("cancelled"), default=False)

    objects = AiringQuerySet.as_manager()

    class Meta:
        verbose_name = _("airing")
        verbose_name_plural = _("airings")
        ordering = ["starts_at", "pk"]
        indexes = [models.Index(fields=["station", "starts_at", "ends_at"])]
        constraints = [
            models.UniqueConstraint(
                fields=["station", "name"], name="airing_has_a_name_of_its_own"
            ),
            models.CheckConstraint(
                condition=models.Q(ends_at__gt=models.F("starts_at")),
                name="airing_ends_after_it_starts",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.show} {self.starts_at:%Y-%m-%d %H:%M}"

    @classmethod
    def of(cls, slot: Slot, occurrence: Occurrence, station: Station) -> Airing:
        """Return the airing that *slot* says, which nobody may have stored yet."""
        return cls(
            name=slot.airing_name(occurrence.date),
            station=station,
            show=slot.show,
            slot=slot,
            date=occurrence.date,
            starts_at=occurrence.starts_at,
            ends_at=occurrence.ends_at,
            boundary=slot.boundary,
        )

    def clean(self) -> None:
        if not self.starts_at or not self.ends_at:
            return
        if self.ends_at <= self.starts_at:
            raise ValidationError(
                {"ends_at": _("It would end before it starts; choose a later time.")}
            )
        if self.ends_at - self.starts_at > LONGEST:
            raise ValidationError(
                {"ends_at": _("It would last for more than a week; end it earlier.")}
            )
        if self.episode and self.episode.show_id != self.show_id:
            raise ValidationError(
                {"episode": _("That episode is another show's; choose one of this.")}
            )

    @property
    def precedence(self) -> int:
        return self.kind
