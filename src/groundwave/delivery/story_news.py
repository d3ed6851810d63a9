"""
What open pages are told of a story: the last thing that its readers were told.

Laws:

* Only what anybody may read is told, once it is committed. Of a story that leaves the
  site only that is told, in place of whatever was told of it before.
* It is said again whenever a version is published, and so a version that tells
  readers nothing says what was said before: a page knows by the update's number that
  it has it.
* The transmitter keeps the last word on the stories that changed last, for pages that
  come back, or were made before.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import msgspec
import structlog
from django.db import DatabaseError, transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue
from wagtail.models import PageViewRestriction

from groundwave.delivery.card import plain
from groundwave.delivery.days import day_of, utc_text
from groundwave.delivery.stories import newsroom_zone, readable_stories
from groundwave.newsroom.changes.updated_line import updated_words
from groundwave.newsroom.models import Story, StoryKill, StoryUpdate
from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Announced
from groundwave.stations import air
from groundwave.stations.models import Licensee


# A page shows it in a line or two; the whole is in the story.
MOST_LETTERS = 240
# What is older than this is in every page that anybody still reads.
RECENTLY = timedelta(hours=12)
# As many as the transmitter keeps.
MOST_STORIES = 12
_DAY = timedelta(days=1)

Json = dict[str, Any]

# Takes the place of whatever was told of a story before.
_NOTHING: Json = {
    "gone": None,
    "url": "",
    "headline": "",
    "update": None,
    "post": None,
}

log = structlog.get_logger(__name__)


def tell_once_committed(instance: Story, **_: object) -> None:
    """Tell pages that have *instance* open what its readers were told last."""
    # Whoever published it is not told of a fault in the telling.
    transaction.on_commit(partial(tell_pages_of, instance.pk), robust=True)


def tell_of_stories_under(instance: PageViewRestriction, **_: object) -> None:
    """Tell pages of the stories that *instance* keeps for few, or kept until now."""
    stories = Story.objects.live().descendant_of(instance.page, inclusive=True)
    for story in stories.order_by("-last_published_at")[:MOST_STORIES]:
        tell_once_committed(story)


def tell_pages_of(pk: int) -> None:
    """Tell them now what anybody may know of it, if there is something."""
    try:
        was_live = _is_live(pk)
        air.tell(_news_of(pk))
        if was_live and not _is_live(pk):
            air.tell(gone_news(pk))  # it left while its news was on the way
    except (PatchbayError, DatabaseError) as trouble:
        # The transmitter is told when it is back.
        log.warning("story_not_announced", story=pk, because=str(trouble))


def _news_of(pk: int) -> Announced:
    if story := readable_stories().filter(pk=pk).first():
        return story_news(story) or _announced(pk, **_NOTHING)
    # Who may read a story that others may not has it, and is told nothing of it here.
    return _announced(pk, **_NOTHING) if _is_live(pk) else gone_news(pk)


def _is_live(pk: int) -> bool:
    found: bool = Story.objects.live().filter(pk=pk).exists()
    return found


def recent_story_news(*, now: datetime) -> Iterator[Announced]:
    """
    Yield what was told lately, the latest last.

    A new transmitter knows none of it, and one that was away has missed what was killed.
    """
    killed = StoryKill.objects.in_force().filter(at__gt=now - RECENTLY).order_by("at")
    for pk in killed.values_list("story", flat=True)[:MOST_STORIES]:
        yield gone_news(pk)
    lately = readable_stories().filter(last_published_at__gt=now - RECENTLY)
    newest = list(lately.order_by("-last_published_at")[:MOST_STORIES])
    for story in reversed(newest):
        if news := story_news(story):
            yield news


def story_news(story: Story) -> Announced | None:
    """Return what pages are told of *story*; None if its readers were told nothing yet."""
    update, post = next(iter(story.updates.all()), None), next(iter(story.posts), None)
    if not update and not post:
        return None
    return _announced(
        story.pk,
        url=story.get_url() or "",
        headline=Truncator(story.title).chars(MOST_LETTERS),
        update=_update(update) if update else None,
        post=_post(post) if post else None,
    )


def gone_news(pk: int) -> Announced:
    """Return what pages are told of a story that readers have no more."""
    said = {"label": _("Withdrawn"), "text": _("This story is not here any more.")}
    return _announced(pk, **_NOTHING | {"gone": said})


def _announced(pk: int, **told: Any) -> Announced:
    data = msgspec.json.encode({"story": pk, **_NOTHING, **told}).decode()
    return Announced(event="story", data=data, about=str(pk))


def _update(update: StoryUpdate) -> Json:
    return {
        "id": update.pk,
        "kind": update.kind,
        "label": update.label,
        "text": Truncator(update.text).chars(MOST_LETTERS),
        "at": utc_text(update.at),
        **_when(update.at),
    }


def _post(post: StreamValue.StreamChild) -> Json:
    said = post.value
    text = said["heading"] or plain(str(said["text"]))
    return {
        "id": post.id,
        "label": _("New post"),
        "text": Truncator(text).chars(MOST_LETTERS),
    }


def _when(at: datetime) -> Json:
    """Say when it was: on the day itself, and from when on with the date."""
    zone = newsroom_zone(Licensee.objects.first())
    return {
        "updated": updated_words(at, zone=zone, now=at),
        "updated_later": updated_words(at, zone=zone, now=at + _DAY),
        "day_ends": utc_text(day_of(at, zone).ends_at),
    }
