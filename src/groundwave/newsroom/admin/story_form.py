from __future__ import annotations

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from groundwave.newsroom.errors import NotPublishable, Unanswered
from groundwave.newsroom.models import Story
from groundwave.newsroom.readiness import refuse_undoing, refuse_unready
from groundwave.pages.forms import AddressedPageForm


# What is meant for readers; a draft may be as it likes.
PUBLISH, SUBMIT = "action-publish", "action-submit"


class StoryForm(AddressedPageForm):
    """Asks what changed before readers see it, and says why a story is not ready."""

    instance: Story

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Story | None = kwargs.get("instance")
        published = _published(instance)
        if instance and published and instance.change_uid == published.change_uid:
            instance.begin_another_change()
        super().__init__(*args, **kwargs)

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.errors:
            return
        if PUBLISH in self.data:
            self._refuse_undoing()
        approves = self.data.get("workflow-action-name") == "approve"
        if PUBLISH in self.data or SUBMIT in self.data or approves:
            self._refuse_unready()

    def _refuse_undoing(self) -> None:
        if said := self._what_others_saved():
            self.add_error(None, said)
        if self.instance.pk:
            try:
                refuse_undoing(self.instance)
            except NotPublishable as reasons:
                self.add_error(None, reasons)

    def _what_others_saved(self) -> str:
        """Say who else has saved a version since this form was opened, if anybody."""
        loaded = self.data.get("loaded_revision_id", "")
        if not self.instance.pk or not loaded.isdecimal():
            return ""
        # While somebody writes, the desk itself keeps versions: those are their own.
        theirs = self.instance.revisions.exclude(user=self.for_user)
        latest = theirs.filter(pk__gt=loaded).order_by("pk").last()
        if latest is None:
            return ""
        # The form that is shown now knows of that version: a second press means it.
        return _(
            "%(who)s has saved another version since you opened this one, and publishing "
            "yours would take their changes away. Compare the two under History. To "
            "publish yours all the same, press Publish again."
        ) % {"who": latest.user or _("Somebody")}

    def _refuse_unready(self) -> None:
        try:
            refuse_unready(self.instance, _published(self.instance), now=timezone.now())
        except Unanswered as question:
            self.add_error("change_kind", question)
        except NotPublishable as reasons:
            self.add_error(None, reasons)


def _published(story: Story | None) -> Story | None:
    if story is None or story.pk is None:
        return None
    return Story.objects.filter(pk=story.pk, live=True).first()
