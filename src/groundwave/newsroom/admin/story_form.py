from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Revision

from groundwave.newsroom.errors import NotPublishable, Unanswered
from groundwave.newsroom.models import Story
from groundwave.newsroom.readiness import (
    changes_since_answered,
    refuse_undoing,
    refuse_unready,
    shown,
)
from groundwave.pages.forms import AddressedPageForm


if TYPE_CHECKING:
    from django.db.models import QuerySet


# What is meant for readers; a draft may be as it likes.
PUBLISH, SUBMIT = "action-publish", "action-submit"


class StoryForm(AddressedPageForm):
    """Asks what changed before readers see it, and says why a story is not ready."""

    instance: Story
    # What the text was when its editor saw that it had moved on since the answer.
    answer_covers = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        instance: Story | None = kwargs.get("instance")
        published = _published(instance)
        if instance and published and instance.change_uid == published.change_uid:
            instance.begin_another_change()
        super().__init__(*args, **kwargs)

    def saved_since(self) -> QuerySet[Revision]:
        """Return the versions that were kept since this form was opened, in their order."""
        later: QuerySet[Revision] = Revision.objects.none()
        loaded = self.data.get("loaded_revision_id", "")
        if self.instance.pk and loaded.isdecimal():
            later = self.instance.revisions.filter(pk__gt=loaded).order_by("pk")
        return later

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
        # While somebody writes, the desk itself keeps versions: those are their own.
        latest = self.saved_since().exclude(user=self.for_user).last()
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
        else:
            self._ask_whether_the_answer_still_holds()

    def _ask_whether_the_answer_still_holds(self) -> None:
        """Once, of what is new since an earlier version of the draft was answered for."""
        changes = changes_since_answered(self.instance, self._earlier_versions())
        seen = _digest(self.instance.plain_text)
        if not changes or self.cleaned_data["answer_covers"] == seen:
            return
        self.data = self.data.copy()
        self.data["answer_covers"] = seen
        question = _(
            "This has come since you said what changed: %(shown)s. If readers are told "
            "of it by what you said, press Publish again; if not, say it here."
        ) % {"shown": shown(changes)}
        self.add_error("change_kind", question)

    def _earlier_versions(self) -> Iterable[Revision]:
        """Return those that the form was opened with, and not what it has kept since."""
        if not self.instance.pk:
            return ()
        since: QuerySet[Revision] = self.instance.revisions.filter(
            pk__gt=self.instance.live_revision_id or 0
        )
        loaded, own = (
            self.data.get(f"{each}_revision_id", "") for each in ("loaded", "overwrite")
        )
        if loaded.isdecimal():
            since = since.filter(pk__lte=loaded)
        if own.isdecimal():
            since = since.exclude(pk=own)
        return since.order_by("pk")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _published(story: Story | None) -> Story | None:
    if story is None or story.pk is None:
        return None
    return Story.objects.filter(pk=story.pk, live=True).first()
