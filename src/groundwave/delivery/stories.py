"""
Stories as readers meet them: what is listed where, and when it was updated.

Those that we carry for others stand among ours wherever readers look for stories. What
speaks for us alone, such as our feeds, has ``own_stories``.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import F, Q
from wagtail.models import Page

from groundwave.newsroom.models import Story
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.stations.models import Licensee
from groundwave.syndication.models import Connection


# What a front page shows before its reader has to choose.
TOP = 7
# What upstream says of a story, but for what may be large and no reader sees.
_ORIGIN = "original__connection"
_UNSEEN = [
    f"original__{name}" for name in ("raw", "base", "conflicts", "overrides", "remarks")
]
# By the origin's own date, of which there is an index.
_BY_ORIGIN = F("original__published_at").desc(nulls_last=True)
# An alias of a carried story is a carried story.
_OURS = Q(original=None, alias_of__story__original=None)


def top_stories(*, now: datetime) -> list[Story]:
    """
    Return the newest stories, as the front page has them: ours come first.

    Of each connection there are so many at most as it says, and only those that their
    origin still recommends at *now*.
    """
    readable = Story.objects.readable()
    promoted = set(_promoted(readable, now))
    newest = _listed(readable.filter(_OURS | Q(pk__in=promoted)))[:TOP]
    return sorted(newest, key=lambda story: story.pk in promoted)


def stories_in(section: Page) -> StoryQuerySet:
    """Return the stories of *section* and of the sections in it."""
    found: StoryQuerySet = readable_stories().descendant_of(section)
    return found


def own_stories() -> StoryQuerySet:
    """Return every story of our own newsroom that anybody may read, the newest first."""
    found: StoryQuerySet = readable_stories().filter(_OURS)
    return found


def readable_stories() -> StoryQuerySet:
    """Return every story that anybody may read, the newest first, with whose it is."""
    return _listed(Story.objects.readable())


def changed_at(story: Story) -> datetime:
    """Return when readers last learned something from *story*: never a mere save."""
    told = story.updated_at
    published: datetime = story.first_published_at
    return max(filter(None, (told, published)))


def newsroom_zone(licensee: Licensee | None) -> ZoneInfo:
    """Return the zone of the newsroom's clock."""
    return ZoneInfo(licensee.timezone if licensee else "UTC")


def _listed(stories: StoryQuerySet) -> StoryQuerySet:
    found: StoryQuerySet = (
        stories.with_facts()
        .select_related(_ORIGIN)
        .prefetch_related(f"alias_of__story__{_ORIGIN}")
        .defer(*_UNSEEN)
    )
    return found


def _promoted(readable: StoryQuerySet, now: datetime) -> Iterator[int]:
    """Yield the *readable* stories of others that may be on the front page at *now*."""
    carried = readable.filter(
        _later("original__recommended_until", now),
        _later("original__expires_at", now),
    ).order_by(_BY_ORIGIN)
    for connection in Connection.objects.filter(most_on_front__gt=0):
        of_it = carried.filter(original__connection=connection)
        yield from of_it.values_list("pk", flat=True)[: connection.most_on_front]


def _later(field: str, now: datetime) -> Q:
    return Q(**{field: None}) | Q(**{f"{field}__gt": now})
