"""When a carried story is published: it is as old, and as corrected, as its original."""

from __future__ import annotations

from datetime import datetime

from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.syndication.models import Original


def follow_origin(instance: Story, **_: object) -> None:
    """
    Let readers of *instance*, just published, know what its origin told of it.

    Its date is its origin's, and each of its origin's corrections, notes and updates is
    one of its own, once.
    """
    original = Original.objects.filter(story=instance.pk).first()
    if original is None:
        return
    for remark in original.remarks:
        StoryUpdate.objects.get_or_create(
            uid=remark["uid"],
            defaults={
                "story_id": instance.pk,
                "revision": instance.live_revision,
                "kind": remark["kind"],
                "text": remark["text"],
                "is_significant": remark["is_significant"],
                "at": datetime.fromisoformat(remark["at"]),
            },
        )
    published = original.published_at
    if published and instance.first_published_at != published:
        _date(instance, published)


def _date(story: Story, published: datetime) -> None:
    """Date it as its origin does, but never in the future."""
    if story.first_published_at and story.first_published_at <= published:
        return
    story.first_published_at = published
    Story.objects.filter(pk=story.pk).update(first_published_at=published)
