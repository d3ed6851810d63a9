"""Stories and corrections for readers' own programs: Atom, RSS and JSON Feed."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import SyndicationFeed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from groundwave.delivery import tombstones
from groundwave.delivery.days import utc_text
from groundwave.delivery.feed_entries import Entry, of_correction, of_story
from groundwave.delivery.feed_formats import AtomEntries, RssEntries
from groundwave.delivery.open_data import open_json
from groundwave.delivery.our_address import public_url
from groundwave.delivery.stories import own_stories
from groundwave.delivery.story_pages import public_corrections
from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.stations.models import Licensee


MOST = 30


class Entries(Feed):  # type: ignore[type-arg] # it is generic for checkers alone
    """Whatever is told in a feed of ours."""

    feed_type: type[SyndicationFeed] = AtomEntries
    item_guid_is_permalink = False

    def get_object(self, request: HttpRequest) -> HttpRequest:
        return request

    def feed_url(self, request: HttpRequest) -> str:
        return public_url(request.path, request)

    def author_name(self, request: HttpRequest) -> str:
        return _name()

    def item_title(self, entry: Entry) -> str:
        return entry.title

    def item_description(self, entry: Entry) -> str:
        return entry.summary

    def item_link(self, entry: Entry) -> str:
        return entry.url

    def item_guid(self, entry: Entry) -> str:
        return entry.identity

    def item_pubdate(self, entry: Entry) -> datetime:
        return entry.published

    def item_updateddate(self, entry: Entry) -> datetime:
        return entry.updated

    def item_extra_kwargs(self, entry: Entry) -> dict[str, Any]:
        return {"authors": entry.authors, "body": entry.body, "photo": entry.photo}


class AtomStories(Entries):
    """The newest stories, in full, and which of them were killed since."""

    def feed_extra_kwargs(self, request: HttpRequest) -> dict[str, Any]:
        return {"tombstones": tombstones.of_stories()}

    def title(self, request: HttpRequest) -> str:
        return _name()

    def link(self, request: HttpRequest) -> str:
        return public_url("/", request)

    def items(self, request: HttpRequest) -> list[Entry]:
        name, at = _name(), partial(public_url, request=request)
        return [of_story(story, name, at) for story in own_stories()[:MOST]]


class RssStories(AtomStories):
    """The same for programs that know no Atom."""

    feed_type = RssEntries

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

    def items(self, request: HttpRequest) -> list[Entry]:
        name, at = _name(), partial(public_url, request=request)
        return [of_correction(each, name, at) for each in public_corrections()[:MOST]]


@require_safe
def json_feed(request: HttpRequest) -> HttpResponse:
    """Answer in the JSON Feed format, version 1.1 (jsonfeed.org)."""
    name, at = _name(), partial(public_url, request=request)
    told = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": name,
        "home_page_url": at("/"),
        "feed_url": at(request.path),
        "language": settings.LANGUAGE_CODE,
        "items": [
            _item(story, of_story(story, name, at)) for story in own_stories()[:MOST]
        ],
    }
    answer = open_json(told)
    answer["Content-Type"] = "application/feed+json"
    return answer


def _item(story: Story, entry: Entry) -> dict[str, Any]:
    photo = entry.photo
    return {
        "id": entry.identity,
        "url": entry.url,
        **({"image": photo.url} if photo else {}),
        "title": entry.title,
        "summary": story.dek,
        "content_html": entry.body,
        "date_published": utc_text(entry.published),
        "date_modified": utc_text(entry.updated),
        "authors": [{"name": name} for name in entry.authors],
        "tags": [topic.name for topic in story.topics.all()],
        # What the format has no word for.
        "_groundwave": {
            **({"image_credit": photo.credit} if photo else {}),
            "updates": [_update(each) for each in story.updates.all()],
        },
    }


def _update(update: StoryUpdate) -> dict[str, Any]:
    return {
        "kind": update.kind,
        "text": update.text,
        "at": utc_text(update.at),
        "is_significant": update.is_significant,
    }


def _name() -> str:
    licensee = Licensee.objects.first()
    return licensee.name if licensee else _("Live radio")
