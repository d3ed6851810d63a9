from __future__ import annotations

from zoneinfo import ZoneInfo

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.models import Orderable

from groundwave.newsroom.figures.known import Counted
from groundwave.stations.validators import is_timezone


class Stage(models.TextChoices):
    """How much is still to come."""

    DEVELOPING = "developing", _("developing")
    SETTLED = "settled", _("settled")
    CLOSED = "closed", _("closed")


class EventQuerySet(models.QuerySet["Event"]):
    def public(self) -> EventQuerySet:
        """Those of which readers are told who says what."""
        return self.filter(is_public=True)


class Event(ClusterableModel):
    """What happened, of which several speak: the file that stories share."""

    title = models.CharField(
        _("title"), max_length=120, help_text=_("Ferry sinks off Marrow Bay.")
    )
    slug = models.SlugField(
        _("address"),
        max_length=120,
        unique=True,
        help_text=_("The last part of its web address. It stays as it is."),
    )
    place = models.CharField(_("place"), max_length=120, blank=True)
    started_at = models.DateTimeField(_("began"), null=True, blank=True)
    timezone = models.CharField(
        _("wall clock"),
        max_length=60,
        validators=[is_timezone],
        help_text=_("Times are told by it: America/Denver."),
    )
    stage = models.CharField(
        _("stage"), max_length=20, choices=Stage.choices, default=Stage.DEVELOPING
    )
    is_public = models.BooleanField(
        _("public"),
        default=False,
        help_text=_("Readers, feeds and programs are told who says what."),
    )

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = _("event")
        verbose_name_plural = _("events")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.timezone)


class Metric(Orderable):
    """Something that is counted: of whom, where and since when."""

    event = ParentalKey(
        Event,
        verbose_name=_("event"),
        on_delete=models.CASCADE,
        related_name="metrics",
    )
    label = models.CharField(
        _("what is counted"), max_length=80, help_text=_("People missing.")
    )
    scope = models.CharField(
        _("of whom, where, since when"),
        max_length=200,
        blank=True,
        help_text=_("Passengers and crew, since Friday."),
    )

    class Meta(Orderable.Meta):
        verbose_name = _("metric")
        verbose_name_plural = _("metrics")
        constraints = [
            models.UniqueConstraint(
                fields=["event", "label", "scope"],
                name="metric_is_counted_once_in_an_event",
            ),
        ]

    def __str__(self) -> str:
        return str(self.counted)

    @property
    def counted(self) -> Counted:
        """What it is to those who make tables of figures."""
        return Counted(str(self.pk), self.label, self.scope)
