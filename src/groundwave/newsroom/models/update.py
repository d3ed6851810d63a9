"""What changed in a story after it was published, told in the open."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ChangeKind(models.TextChoices):
    """What a change is. A typo is told to nobody."""

    TYPO = "typo", _("Typo or style: readers need not be told")
    UPDATE = "update", _("Update: something new happened or was learned")
    CORRECTION = "correction", _("Correction: we had something wrong")
    CLARIFICATION = "clarification", _("Clarification: it was right and misleading")
    EDITORS_NOTE = "editors_note", _("Editor's note: something about our own work")
    RETRACTION = "retraction", _("Retraction: the story does not stand")


# What readers call it; the choices above say to an editor what it is.
LABELS = {
    ChangeKind.UPDATE: _("Update"),
    ChangeKind.CORRECTION: _("Correction"),
    ChangeKind.CLARIFICATION: _("Clarification"),
    ChangeKind.EDITORS_NOTE: _("Editor's note"),
    ChangeKind.RETRACTION: _("Retraction"),
}
# What makes no sense without words for the reader.
WORDED = (
    ChangeKind.CORRECTION,
    ChangeKind.CLARIFICATION,
    ChangeKind.EDITORS_NOTE,
    ChangeKind.RETRACTION,
)
# Errors, and what is near them: kept for good, and on the corrections page.
OWNED_UP = (ChangeKind.CORRECTION, ChangeKind.CLARIFICATION, ChangeKind.RETRACTION)


class StoryUpdateQuerySet(models.QuerySet["StoryUpdate"]):
    def significant(self) -> StoryUpdateQuerySet:
        """Those that the "Updated" line is about."""
        return self.filter(is_significant=True)

    def owned_up(self) -> StoryUpdateQuerySet:
        """Corrections and what is near them, of stories that anybody may read."""
        return self.filter(kind__in=OWNED_UP, story__live=True)


class StoryUpdate(models.Model):
    """
    One change that readers are told of.

    It is never changed and never deleted: who was wrong about a correction adds
    another one.
    """

    # The same answer that arrives twice (a form sent again, a revision published
    # again) is one update.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    story = models.ForeignKey(
        "newsroom.Story",
        verbose_name=_("story"),
        on_delete=models.PROTECT,
        related_name="updates",
    )
    revision = models.ForeignKey(
        "wagtailcore.Revision",
        verbose_name=_("version"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )
    kind = models.CharField(
        _("kind"),
        max_length=20,
        choices=[each for each in ChangeKind.choices if each[0] != ChangeKind.TYPO],
    )
    text = models.TextField(_("what readers are told"), blank=True)
    is_significant = models.BooleanField(_("significant"))
    must_air = models.BooleanField(_("must be said on the air"), default=False)
    at = models.DateTimeField(_("at"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("by"),
        on_delete=models.SET_NULL,
        null=True,
        related_name="+",
    )

    objects = StoryUpdateQuerySet.as_manager()

    class Meta:
        verbose_name = _("story update")
        verbose_name_plural = _("story updates")
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="what_was_wrong_is_said",
                condition=~models.Q(kind__in=WORDED) | ~models.Q(text=""),
            ),
            models.CheckConstraint(
                name="a_typo_is_no_update",
                condition=~models.Q(kind=ChangeKind.TYPO),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.text or self.story.title}"

    @property
    def label(self) -> str:
        """What readers call it: ``Correction``."""
        return str(LABELS[ChangeKind(self.kind)])
