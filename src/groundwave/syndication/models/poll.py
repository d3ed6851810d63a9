"""Each time a connection was asked, and what it answered."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.syndication.models.connection import Connection


class Poll(models.Model):
    """
    One asking of a connection, or one round of checks.

    One that found nothing new and nothing wrong leaves no row.
    """

    connection = models.ForeignKey(
        Connection, on_delete=models.CASCADE, related_name="polls"
    )
    started_at = models.DateTimeField(_("started"), db_index=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    found = models.PositiveIntegerField(_("stories found"), default=0)
    done = models.PositiveIntegerField(_("stories gone through"), default=0)
    trouble = models.TextField(_("what went wrong"), blank=True)

    class Meta:
        verbose_name = _("poll")
        verbose_name_plural = _("polls")
        ordering = ["-started_at", "-pk"]
        default_permissions = ("view",)

    def __str__(self) -> str:
        return f"{self.connection}: {self.started_at:%Y-%m-%d %H:%M} UTC"
