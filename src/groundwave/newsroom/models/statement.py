from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from groundwave.newsroom.models.source import NewsSource


class Channel(models.TextChoices):
    """How something was said."""

    WRITING = "writing", _("in writing, or on a website")
    BRIEFING = "briefing", _("at a briefing")
    INTERVIEW = "interview", _("to us, in an interview")
    SOCIAL = "social", _("on social media")
    BROADCAST = "broadcast", _("on the air")
    DOCUMENT = "document", _("in a document or data set")


_NAMED = Q(described_as="", anonymity_reason="", approved_by=None)
_UNNAMED = ~Q(described_as="") & ~Q(anonymity_reason="") & Q(approved_by__isnull=False)


class Statement(models.Model):
    """
    What a source said, once, in one place.

    It is on the record and by name unless an editor agreed to leave the source unnamed.
    What was said is not changed afterwards; only where it can be read may be.
    """

    source = models.ForeignKey(
        NewsSource,
        verbose_name=_("source"),
        on_delete=models.PROTECT,
        related_name="statements",
    )
    relayed_by = models.ForeignKey(
        NewsSource,
        verbose_name=_("relayed by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="relayed",
    )
    channel = models.CharField(
        _("how it was said"),
        max_length=20,
        choices=Channel.choices,
        default=Channel.WRITING,
    )
    said_at = models.DateTimeField(_("said at"))
    obtained_at = models.DateTimeField(_("known to us since"))
    words = models.TextField(_("in its own words"), blank=True)
    url = models.URLField(_("link"), max_length=500, blank=True)
    archived_url = models.URLField(_("archived link"), max_length=500, blank=True)
    described_as = models.CharField(_("called"), max_length=160, blank=True)
    anonymity_reason = models.TextField(_("why it is not named"), blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("approved by"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
    )
    logged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("logged by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ["-said_at", "-pk"]
        permissions = [
            ("approve_anonymity", _("Can agree to leave a source unnamed")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(said_at__lte=F("obtained_at")),
                name="statement_is_said_before_it_is_known",
            ),
            models.CheckConstraint(
                condition=_NAMED | _UNNAMED,
                name="unnamed_source_has_a_reason_and_an_approver",
            ),
            models.CheckConstraint(
                condition=Q(relayed_by=None) | ~Q(relayed_by=F("source")),
                name="statement_is_relayed_by_somebody_else",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.who}, {self.said_at:%Y-%m-%d %H:%M}"

    @property
    def is_anonymous(self) -> bool:
        return bool(self.described_as)

    @property
    def who(self) -> str:
        """Whoever says it, as the public may know."""
        return self.described_as or self.source.name
