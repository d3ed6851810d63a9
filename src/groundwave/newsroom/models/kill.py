"""Stories that were taken back: when, by whom, why, and what readers are told instead."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class StoryKillQuerySet(models.QuerySet["StoryKill"]):
    def in_force(self) -> StoryKillQuerySet:
        """Those that nobody has ended."""
        return self.filter(revived_at=None)

    def told(self) -> StoryKillQuerySet:
        """Those in force of stories that readers have had, the latest first."""
        return self.in_force().filter(story__first_published_at__isnull=False)


class StoryKill(models.Model):
    """
    A story that nobody outside is shown, from ``at`` until somebody revives it.

    While a kill is in force its story cannot be published in any way, and its address
    answers with what the public is told and nothing else.
    """

    story = models.ForeignKey(
        "newsroom.Story",
        verbose_name=_("story"),
        # What was taken back is kept, for whoever has to answer for it.
        on_delete=models.PROTECT,
        related_name="kills",
    )
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    reason = models.CharField(_("why"), max_length=500)
    public_note = models.CharField(
        _("what readers are told"),
        max_length=500,
        blank=True,
        help_text=_("Empty for a sentence that says no more than that it is gone."),
    )
    revived_at = models.DateTimeField(_("revived at"), null=True)
    revived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("revived by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    revived_reason = models.CharField(
        _("why it was revived"), max_length=500, blank=True
    )

    objects = StoryKillQuerySet.as_manager()

    class Meta:
        verbose_name = _("killed story")
        verbose_name_plural = _("killed stories")
        ordering = ["-at", "-pk"]
        default_permissions = ()
        permissions = [
            ("kill_story", _("Can kill stories")),
            ("revive_story", _("Can revive killed stories")),
            ("view_killed_story", _("Can read killed stories")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["story"],
                condition=Q(revived_at=None),
                name="a_story_is_killed_once_at_a_time",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""), name="a_story_is_killed_for_a_reason"
            ),
            models.CheckConstraint(
                condition=Q(revived_at=None, revived_by=None, revived_reason="")
                | Q(revived_at__gte=models.F("at")) & ~Q(revived_reason=""),
                name="a_story_is_revived_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return str(self.story)
