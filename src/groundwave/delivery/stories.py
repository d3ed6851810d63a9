"""Stories as readers meet them: what is listed where, and when it was updated."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from wagtail.models import Page

from groundwave.newsroom.models import Story
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.stations.models import Licensee


# What a front page shows before its reader has to choose.
TOP = 7


def top_stories() -> StoryQuerySet:
    """Return the newest stories, as the front page has them."""
    found: StoryQuerySet = readable_stories()[:TOP]
    return found


def stories_in(section: Page) -> StoryQuerySet:
    """Return the stories of *section* and of the sections in it."""
    found: StoryQuerySet = readable_stories().descendant_of(section)
    return found


def readable_stories() -> StoryQuerySet:
    """Return every story that anybody may read, the newest first."""
    found: StoryQuerySet = Story.objects.readable().with_facts()
    return found


def changed_at(story: Story) -> datetime:
    """Return when readers last learned something from *story*: never a mere save."""
    told = story.updated_at
    published: datetime = story.first_published_at
    return max(filter(None, (told, published)))


def newsroom_zone(licensee: Licensee | None) -> ZoneInfo:
    """Return the zone of the newsroom's clock."""
    return ZoneInfo(licensee.timezone if licensee else "UTC")
