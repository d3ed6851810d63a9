"""
Stories for readers' own programs: Atom, RSS and JSON Feed, in full text.

An entry's identity never changes, and what it says of its update is the latest
significant one: a save is not news.
"""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.feedgenerator import Rss201rev2Feed, SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groundwave.delivery import tombstones
from groundwave.delivery.days import utc_text
from groundwave.delivery.open_data import open_json
from groundwave.delivery.our_address import public_url
from groundwave.delivery.pictures import WIDE, Shown, shown
from groundwave.delivery.stories import changed_at, readable_stories
from groundwave.delivery.story_pages import public_corrections
from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.newsroom.models.update import StoryUpdateQuerySet
from groundwave.photos.rights import Use
from groundwave.stations.models import Licensee


MOST = 30


class Entries(Feed):  # type: ignore[type-arg] # it is generic for checkers alone
    """Whatever is told in a feed of ours."""

    feed_type: type[SyndicationFeed] = tombstones.AtomWithTombstones
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def feed_url(self, request: HttpRequest) -> str:
        return public_url(request.path, request)


class AtomStories(Entries):
    """The newest stories, in full, and which of them were killed since."""

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"tombstones": tombstones.of_stories()}

    def title(self, request: HttpRequest) -> str:
        return _name()

    def link(self, request: HttpRequest) -> str:
        return public_url("/", request)

    def items(self) -> StoryQuerySet:
        found: StoryQuerySet = readable_stories()[:MOST]
        return found

    def item_title(self, story: Story) -> str:
        return str(story.title)

    def item_description(self, story: Story) -> str:
        return story_html(story)

    def item_link(self, story: Story) -> str:
        return str(story.url)

    def item_guid(self, story: Story) -> str:
        return identity(story)

    def item_pubdate(self, story: Story) -> datetime | None:
        published: datetime | None = story.first_published_at
        return published

    def item_updateddate(self, story: Story) -> datetime:
        return changed_at(story)

    def item_author_name(self, story: Story) -> str:
        return authors(story)


class RssStories(AtomStories):
    """The same for programs that know no Atom."""

    feed_type = Rss201rev2Feed

    def description(self, request: HttpRequest) -> str:
        return _("Stories from %(name)s") % {"name": _name()}


class AtomCorrections(Entries):
    """What was wrong and what is right."""

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"tombstones": tombstones.of_corrections()}

    def title(self, request: HttpRequest) -> str:
        return _("Corrections: %(name)s") % {"name": _name()}

    def link(self, request: HttpRequest) -> str:
        return public_url(reverse("corrections"), request)

    def items(self) -> StoryUpdateQuerySet:
        return public_corrections()[:MOST]

    def item_title(self, update: StoryUpdate) -> str:
        return f"{update.get_kind_display().partition(':')[0]}: {update.story.title}"

    def item_description(self, update: StoryUpdate) -> str:
        return str(update.text)

    def item_link(self, update: StoryUpdate) -> str:
        return f"{update.story.url}#update-{update.pk}"

    def item_guid(self, update: StoryUpdate) -> str:
        return f"urn:uuid:{update.uid}"

    def item_pubdate(self, update: StoryUpdate) -> datetime:
        return update.at

    def item_updateddate(self, update: StoryUpdate) -> datetime:
        return update.at

    def item_author_name(self, update: StoryUpdate) -> str:
        return _name()


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """Answer in the JSON Feed format, version 1.1 (jsonfeed.org)."""
    at = partial(public_url, request=request)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": _name(),
        "home_page_url": at("/"),
        "feed_url": at(request.path),
        "language": settings.LANGUAGE_CODE,
        "items": [_item(story, at) for story in readable_stories()[:MOST]],
    }
    answer = open_json(told)
    answer["Content-Type"] = "application/feed+json"
    return answer


def _item(story: Story, at: Any) -> dict[str, Any]:
    photo = _photo(story)
    return {
        "id": identity(story),
        "url": at(story.url),
        **({"image": at(photo.url)} if photo else {}),
        "title": story.title,
        "summary": story.dek,
        "content_html": story_html(story),
        "date_published": utc_text(story.first_published_at),
        "date_modified": utc_text(changed_at(story)),
        "authors": [{"name": byline.name} for byline in story.bylines.all()],
        "tags": [topic.name for topic in story.topics.all()],
        "_groundwave": {"updates": [_update(each) for each in story.updates.all()]},
    }


def _photo(story: Story) -> Shown | None:
    """Return the lead photo if other programs may show it."""
    photo = story.lead_photo
    if photo is None or not photo.may_be_shown(timezone.now(), Use.FEED):
        return None
    return shown(photo, WIDE)


def _update(update: StoryUpdate) -> dict[str, Any]:
    return {
        "kind": update.kind,
        "text": update.text,
        "at": utc_text(update.at),
        "is_significant": update.is_significant,
    }


def identity(story: Story) -> str:
    """Return what a story is called for good, wherever it moves."""
    return f"urn:uuid:{story.translation_key}"


def authors(story: Story) -> str:
    """Return the names under the headline, as a sentence has them."""
    return ", ".join(byline.name for byline in story.bylines.all())


def story_html(story: Story) -> str:
    """Return the body as other programs show it: words and pictures, nothing to press."""
    return render_to_string("newsroom/feed_body.html", {"page": story, "story": story})


def _name() -> str:
    licensee = Licensee.objects.first()
    return licensee.name if licensee else _("Live radio")
