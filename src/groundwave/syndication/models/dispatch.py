"""The outbox: what each network has of each of our stories."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groundwave.newsroom.models import Story
from groundwave.syndication.models.network import Network


class DispatchQuerySet(models.QuerySet["Dispatch"]):
    def due(self, now: datetime) -> DispatchQuerySet:
        """Those to be looked after at *now*, the longest overdue first."""
        is_due = Q(held_until=None, due_at__lte=now)
        is_orphaned = Q(held_until__lte=now)
        return self.filter(is_due | is_orphaned).order_by("due_at", "pk")


class Dispatch(models.Model):
    """
    What a network has of a story, as far as we know.

    What it is to have is not kept here: that is whatever readers have at the moment
    of sending (``actions.dispatching``). One row a document, so that never two requests
    about it are under way. A row whose document was deleted stays: it is the tombstone.
    """

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting to be sent")
        SENT = "sent", _("there")
        REFUSED = "refused", _("refused by the network")
        DELETED = "deleted", _("deleted there")

    network = models.ForeignKey(
        Network, on_delete=models.PROTECT, related_name="dispatches"
    )
    story = models.ForeignKey(
        Story, on_delete=models.SET_NULL, null=True, related_name="dispatches"
    )
    document_id = models.CharField(_("document"), max_length=200)
    # What was sent last, heard or not; empty if that was a deletion.
    body = models.TextField(blank=True)
    # Of what the network has; empty if it has nothing, or if nobody knows.
    sent_fingerprint = models.CharField(max_length=64, blank=True)
    state = models.CharField(
        _("state"), max_length=20, choices=State.choices, default=State.WAITING
    )
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    # Somebody is sending it; whoever has not said by then how it went is dead.
    held_until = models.DateTimeField(null=True, blank=True, db_index=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    # The network's own words.
    messages = models.JSONField(default=list, blank=True)

    objects = DispatchQuerySet.as_manager()

    class Meta:
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        ordering = ["-pk"]
        default_permissions = ("view",)
        constraints = [
            models.UniqueConstraint(
                fields=["network", "document_id"],
                name="a_document_is_dispatched_in_one_row",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.network}: {self.document_id}"
