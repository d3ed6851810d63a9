from __future__ import annotations

from typing import Any

from django.utils import timezone

from groundwave.newsroom.errors import NotPublishable, Unanswered
from groundwave.newsroom.models import Story
from groundwave.newsroom.readiness import refuse_unready
from groundwave.pages.forms import AddressedPageForm


# What is meant for readers; a draft may be as it likes.
FOR_READERS = ("action-publish", "action-submit")


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
        if not self.errors and any(each in self.data for each in FOR_READERS):
            self._refuse_unready()

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
