"""Which versions of a story readers have had, as its history says."""

from __future__ import annotations

from wagtail.models import PageLogEntry, Revision

from groundwave.newsroom.models import StoryKill, StoryUpdate


_PUBLISHED = ("wagtail.publish", "wagtail.publish.scheduled")


def version_before(update: StoryUpdate) -> Revision | None:
    """
    Return what readers had when *update* came; None if nobody knows any more.

    What they had before the story was killed is not for them, though it was revived.
    """
    revision = update.revision
    if revision is None:
        return None
    shown = PageLogEntry.objects.filter(
        page=update.story_id, action__in=_PUBLISHED, revision__isnull=False
    )
    if killed := StoryKill.objects.filter(story=update.story_id).first():
        shown = shown.filter(timestamp__gt=killed.at)
    came = shown.filter(revision=revision).order_by("pk").first()
    if came is None:
        return None
    earlier = shown.filter(pk__lt=came.pk).exclude(revision=revision)
    last = earlier.select_related("revision").order_by("-pk").first()
    return last.revision if last else None
