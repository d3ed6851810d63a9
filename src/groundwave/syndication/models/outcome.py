"""What came of each story that came, or did not, in words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from groundwave.syndication.models.connection import Connection
from groundwave.syndication.models.original import Original
from groundwave.syndication.models.poll import Poll


class What(models.TextChoices):
    """What became of a story. That nothing changed is no outcome."""

    DRAFTED = "drafted", _("kept as a draft")
    HELD = "held", _("held")
    PUBLISHED = "published", _("published")
    UPDATED = "updated", _("updated")
    SKIPPED = "skipped", _("skipped")
    CONFLICT = "conflict", _("to be decided")
    REFUSED = "refused", _("could not be published")
    GONE = "gone", _("taken down")
    BACK = "back", _("back as a draft")
    FAILED = "failed", _("could not be read")


class Outcome(models.Model):
    """One thing that happened to one story, for whoever asks where it is."""

    connection = models.ForeignKey(
        Connection, on_delete=models.CASCADE, related_name="outcomes"
    )
    poll = models.ForeignKey(
        Poll, on_delete=models.CASCADE, null=True, related_name="outcomes"
    )
    original = models.ForeignKey(
        Original, on_delete=models.CASCADE, null=True, related_name="outcomes"
    )
    upstream_id = models.CharField(_("upstream id"), max_length=500)
    title = models.CharField(_("headline"), max_length=255, blank=True)
    what = models.CharField(_("what became of it"), max_length=20, choices=What.choices)
    # Sentences, each of which says what to do next.
    said = models.JSONField(default=list, blank=True)
    at = models.DateTimeField(_("at"), db_index=True)

    # A log, not something that an editor would ask about where it is used.
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("outcome")
        verbose_name_plural = _("outcomes")
        ordering = ["-at", "-pk"]
        default_permissions = ("view",)
        # What became of it the last time is looked up with everything that comes.
        indexes = [models.Index(fields=["connection", "upstream_id", "-at"])]

    def __str__(self) -> str:
        return f"{self.title or self.upstream_id}: {self.get_what_display()}"
