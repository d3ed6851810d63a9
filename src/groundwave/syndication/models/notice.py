"""What partners are told of our stories, until they have heard it."""

from __future__ import annotations

from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.syndication.models.partner import Partner


class NoticeQuerySet(models.QuerySet["Notice"]):
    def due(self, now: datetime) -> NoticeQuerySet:
        """Those to be sent at *now*, the longest overdue first."""
        return self.filter(due_at__lte=now).order_by("due_at")


class Notice(models.Model):
    """
    That a document changed, for one partner: a row a document, the latest counts.

    It says what to ask for again and nothing else, so that nobody believes a notice.
    """

    class Event(models.TextChoices):
        CREATED = "document.created", _("new")
        UPDATED = "document.updated", _("changed")
        DELETED = "document.deleted", _("deleted")

    partner = models.ForeignKey(
        Partner, on_delete=models.CASCADE, related_name="notices"
    )
    document_id = models.CharField(max_length=200)
    event = models.CharField(max_length=30, choices=Event.choices)
    at = models.DateTimeField()
    attempts = models.PositiveIntegerField(default=0)
    due_at = models.DateTimeField(null=True, blank=True, db_index=True)
    trouble = models.TextField(blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        constraints = [
            models.UniqueConstraint(
                fields=["partner", "document_id"],
                name="a_partner_has_one_notice_of_a_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partner}: {self.event} {self.document_id}"
