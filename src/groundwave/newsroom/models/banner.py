"""What breaks just now, said on every page for a while."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class BannerQuerySet(models.QuerySet["Banner"]):
    def not_over(self, now: datetime) -> BannerQuerySet:
        """Those that are shown, or will be; the one that began last is first."""
        return self.filter(ends_at__gt=now)

    def in_force(self, now: datetime) -> Banner | None:
        """Return the one that is shown: the one that began last, if it is not over."""
        return self.not_over(now).filter(begins_at__lte=now).first()


class Banner(models.Model):
    """
    A sentence across the whole site, until it ends by itself.

    Of several at a time the one that began last is shown.
    """

    text = models.CharField(
        _("what is said"),
        max_length=140,
        help_text=_("One sentence that is true by itself, whoever reads no further."),
    )
    story = models.ForeignKey(
        "newsroom.Story",
        verbose_name=_("story"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    begins_at = models.DateTimeField(_("begins"))
    ends_at = models.DateTimeField(_("ends"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = BannerQuerySet.as_manager()

    class Meta:
        verbose_name = _("breaking banner")
        verbose_name_plural = _("breaking banners")
        ordering = ["-begins_at", "-pk"]
        # One is never changed: who has more to say puts up another, or takes it down.
        default_permissions = ("add",)
        constraints = [
            models.CheckConstraint(
                name="a_banner_ends_and_not_before_it_begins",
                condition=models.Q(ends_at__gte=models.F("begins_at")),
            ),
            models.CheckConstraint(
                name="a_banner_says_something", condition=~models.Q(text="")
            ),
        ]

    def __str__(self) -> str:
        return self.text
