"""What another Groundwave gave us, so that it can tell us of changes."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.syndication.models.connection import Connection


class PairingQuerySet(models.QuerySet["Pairing"]):
    def to_introduce(self, now: datetime) -> PairingQuerySet:
        """Those whose other end does not know yet where its notices go."""
        return self.filter(due_at__lte=now).order_by("due_at")


class Pairing(models.Model):
    """
    Our end of a pairing: the other end has a ``Partner`` of the same ``uid``.

    Without it a connection is asked by the clock alone, and works all the same.
    """

    connection = models.OneToOneField(
        Connection, on_delete=models.CASCADE, related_name="pairing"
    )
    uid = models.UUIDField(unique=True)
    secret = models.CharField(max_length=100)
    notices_at = models.URLField(_("notices come to"), max_length=500)
    # Until the other end was told so.
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    attempts = models.PositiveIntegerField(default=0)
    trouble = models.TextField(_("what went wrong"), blank=True)

    objects = PairingQuerySet.as_manager()

    class Meta:
        verbose_name = _("pairing")
        verbose_name_plural = _("pairings")
        ordering = ["pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return str(self.connection)
