"""What upstream has of each story that came to us, and how our copy stands to it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from groundwave.newsroom.models import Story
from groundwave.syndication.incoming import Incoming
from groundwave.syndication.models.connection import Connection
from groundwave.syndication.search_engines import Found, Wish, how_found


class OriginalQuerySet(models.QuerySet["Original"]):
    def carried(self) -> OriginalQuerySet:
        """Those of which we have a story that upstream has not taken back."""
        return self.filter(story__isnull=False, gone_at=None)

    def check_due(self, now: datetime) -> OriginalQuerySet:
        """Those to be asked for again at *now*, the longest overdue first."""
        return self.carried().filter(check_due_at__lte=now).order_by("check_due_at")

    def to_publish(self, now: datetime) -> OriginalQuerySet:
        """Those whose hold is over."""
        return self.carried().filter(publish_at__lte=now).order_by("publish_at")


class Original(models.Model):
    """
    A story as upstream has it, by the name that it has there.

    It stays when our copy goes: what an editor deleted does not come back with the
    next poll, and what upstream took back is known to be gone.
    """

    connection = models.ForeignKey(
        Connection,
        verbose_name=_("connection"),
        on_delete=models.PROTECT,
        related_name="originals",
    )
    upstream_id = models.CharField(_("upstream id"), max_length=500)
    story = models.OneToOneField(
        Story,
        verbose_name=_("story"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="original",
    )
    title = models.CharField(_("headline"), max_length=255, blank=True)
    # As it came, byte by byte: whatever is found out later can be asked of it.
    raw = models.BinaryField(default=bytes)
    fingerprint = models.CharField(max_length=64, blank=True)
    # What we made of it when we last took it over (``carrying.versions``).
    base = models.JSONField(default=dict, blank=True)
    conflicts = models.JSONField(default=list, blank=True)
    overrides = models.JSONField(default=list, blank=True)

    # What our page says of it.
    canonical = models.URLField(_("original"), max_length=2000, blank=True)
    copyright_line = models.JSONField(default=dict, blank=True)
    attribution = models.TextField(blank=True)
    # Who wrote it: a list of {"name", "url", "about"}, as upstream introduces them.
    authors = models.JSONField(default=list, blank=True)
    no_index = models.BooleanField(default=False)
    # What its origin told of its own errors, each for one StoryUpdate.
    remarks = models.JSONField(default=list, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)
    updated_at = models.DateTimeField(null=True, blank=True)
    modified_at = models.DateTimeField(null=True, blank=True)
    archived_at = models.DateTimeField(null=True, blank=True)
    recommended_until = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)

    # What happens to it.
    arrived_at = models.DateTimeField(_("arrived"))
    publish_at = models.DateTimeField(_("to be published"), null=True, blank=True)
    checked_at = models.DateTimeField(_("last checked"), null=True, blank=True)
    check_due_at = models.DateTimeField(null=True, blank=True)
    # When upstream was first found not to have it, and did not have it ever since.
    missing_since = models.DateTimeField(null=True, blank=True)
    gone_at = models.DateTimeField(_("taken back"), null=True, blank=True)
    gone_because = models.CharField(max_length=500, blank=True)
    detached_at = models.DateTimeField(_("detached"), null=True, blank=True)
    detached_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    detached_reason = models.CharField(max_length=500, blank=True)

    objects = OriginalQuerySet.as_manager()

    class Meta:
        verbose_name = _("original")
        verbose_name_plural = _("originals")
        ordering = ["-arrived_at", "-pk"]
        indexes = [
            models.Index(fields=["check_due_at"]),
            models.Index(fields=["connection", "check_due_at"]),
            models.Index(fields=["publish_at"]),
            models.Index(fields=["connection", "published_at"]),
            models.Index(fields=["recommended_until"]),
            models.Index(fields=["expires_at"]),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["connection", "upstream_id"],
                name="an_original_comes_once_from_a_connection",
            ),
            models.CheckConstraint(
                name="a_story_is_detached_for_a_reason",
                condition=Q(detached_at=None, detached_by=None, detached_reason="")
                | Q(detached_at__isnull=False) & ~Q(detached_reason=""),
            ),
            models.CheckConstraint(
                name="an_original_is_gone_for_a_reason",
                condition=Q(gone_at=None, gone_because="")
                | Q(gone_at__isnull=False) & ~Q(gone_because=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.upstream_id

    @property
    def is_detached(self) -> bool:
        """Whether somebody took our copy out of the updates."""
        return self.detached_at is not None

    @property
    def found(self) -> Found:
        """What search engines are told of our copy, as the connection wishes it now."""
        as_it_came = Incoming(
            id=self.upstream_id,
            title=self.title,
            canonical=self.canonical,
            no_index=self.no_index,
        )
        return how_found(as_it_came, Wish(self.connection.wish))

    def decided(self, asset: str) -> list[Any]:
        """Return its conflicts without that of *asset*."""
        return [each for each in self.conflicts if each["asset"] != asset]
