from __future__ import annotations

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel

from groundwave.people.models import Person
from groundwave.stations.models.station import Station


class SourceRole(models.TextChoices):
    """The places in the chain that a key can open, heard in this order."""

    STUDIO = "studio", _("Studio: heard first, for whoever is live")
    MAIN = "main", _("Main: the regular programme")
    BACKUP = "backup", _("Backup: heard when the others are lost")


class SourceKeyQuerySet(models.QuerySet["SourceKey"]):
    def live(self) -> SourceKeyQuerySet:
        """Leave out what was revoked."""
        return self.filter(revoked_at=None)


class SourceKey(ClusterableModel):
    """
    What lets one person's encoder on one station's air.

    The key itself is not here, only its digest: it is shown once, when it is issued.
    """

    station = models.ForeignKey(
        Station,
        verbose_name=_("station"),
        on_delete=models.CASCADE,
        related_name="source_keys",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.PROTECT,
        related_name="source_keys",
        help_text=_("Whose encoder it is; the incident log names them."),
    )
    role = models.CharField(
        _("place in the chain"),
        max_length=10,
        choices=SourceRole.choices,
        default=SourceRole.STUDIO,
    )
    digest = models.CharField(max_length=64, unique=True, editable=False)
    hint = models.CharField(_("ends in"), max_length=8, editable=False)
    issued_at = models.DateTimeField(_("issued"), editable=False)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("issued by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    revoked_at = models.DateTimeField(_("revoked"), null=True, editable=False)
    revoked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revoked by"),
        on_delete=models.SET_NULL,
        null=True,
        editable=False,
        related_name="+",
    )
    last_used_at = models.DateTimeField(_("last used"), null=True, editable=False)

    objects = SourceKeyQuerySet.as_manager()

    class Meta:
        verbose_name = _("source key")
        verbose_name_plural = _("source keys")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at=None) | Q(revoked_at__gte=F("issued_at")),
                name="source_key_is_revoked_after_it_is_issued",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} · {self.station} · …{self.hint}"

    @property
    def is_live(self) -> bool:
        return self.revoked_at is None


class Weekday(models.IntegerChoices):
    MONDAY = 0, _("Monday")
    TUESDAY = 1, _("Tuesday")
    WEDNESDAY = 2, _("Wednesday")
    THURSDAY = 3, _("Thursday")
    FRIDAY = 4, _("Friday")
    SATURDAY = 5, _("Saturday")
    SUNDAY = 6, _("Sunday")


class KeyWindow(models.Model):
    """A span of the week, by the studio's wall clock, in which a key works."""

    key = ParentalKey(SourceKey, on_delete=models.CASCADE, related_name="windows")
    weekday = models.PositiveSmallIntegerField(_("weekday"), choices=Weekday.choices)
    starts_at = models.TimeField(_("from"))
    minutes = models.PositiveSmallIntegerField(
        _("minutes"),
        default=120,
        validators=[MinValueValidator(1), MaxValueValidator(7 * 24 * 60)],
        help_text=_("Add some to connect early. It may run past midnight."),
    )

    class Meta:
        verbose_name = _("window")
        verbose_name_plural = _("windows")
        ordering = ["weekday", "starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(weekday__range=(0, 6)),
                name="window_is_on_a_day_of_the_week",
            ),
            models.CheckConstraint(
                condition=Q(minutes__range=(1, 7 * 24 * 60)),
                name="window_lasts_at_most_a_week",
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.get_weekday_display()} {self.starts_at:%H:%M}, {self.minutes} min"
        )
