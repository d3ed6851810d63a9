from __future__ import annotations

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _


class AddressPrivacy(models.TextChoices):
    FULL = "full", _("Whole, as royalty and streaming reports ask for it")
    TRUNCATED = "truncated", _("Shortened, so that it names a neighborhood at most")
    NONE = "none", _("Not at all")


class TransmissionManager(models.Manager["Transmission"]):
    def current(self) -> Transmission:
        return self.get_or_create(pk=1)[0]

    def advance(self) -> None:
        """Make the line-up's next edition; part of the caller's transaction."""
        if not self.filter(pk=1).update(edition=F("edition") + 1):
            self.create(pk=1, edition=1)

    def edition(self) -> int:
        """Return the line-up's edition; 0 before there is one."""
        edition = self.filter(pk=1).values_list("edition", flat=True).first()
        return edition or 0


class Transmission(models.Model):
    """What all stations on this installation share: one row."""

    edition = models.PositiveBigIntegerField(default=0, editable=False)
    address_privacy = models.CharField(
        _("listeners' addresses"),
        max_length=10,
        choices=AddressPrivacy.choices,
        default=AddressPrivacy.TRUNCATED,
        help_text=_("What is kept of where a listener connected from."),
    )
    session_days = models.PositiveSmallIntegerField(
        _("listening sessions"),
        default=730,
        validators=[MinValueValidator(1), MaxValueValidator(3660)],
        help_text=_(
            "Days for which the record of who listened when is kept. Whole addresses "
            "are taken out of it after 100 days."
        ),
    )
    monitor_digest = models.CharField(max_length=64, blank=True, editable=False)

    objects = TransmissionManager()

    class Meta:
        verbose_name = _("transmission settings")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(pk=1), name="there_is_one_transmission"
            ),
            models.CheckConstraint(
                condition=models.Q(session_days__gte=1),
                name="sessions_are_kept_for_at_least_a_day",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Transmission settings"))
