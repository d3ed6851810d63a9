"""What search engines are told: which pages there are, and which are not for them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import GenericSitemap, Sitemap
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe
from wagtail.models import Page

from groundwave.delivery.our_address import public_url
from groundwave.delivery.person_pages import public_people
from groundwave.delivery.stories import changed_at, own_stories
from groundwave.newsroom.models import Event, Story, Topic
from groundwave.newsroom.models.story import StoryQuerySet
from groundwave.programming.models import Episode, Show


# Every date of two centuries has a page, and every query a page of results.
_ROBOTS = """\
User-agent: *
Disallow: /admin/
Disallow: /search/
Disallow: /*date=

Sitemap: {}
Sitemap: {}
"""


class _UnderOurName(Sitemap):  # type: ignore[type-arg]  # it takes none
    """Names pages as robots.txt and the pages themselves do, whoever asks."""

    def get_protocol(self, protocol: str | None = None) -> str:
        ours = urlsplit(settings.GROUNDWAVE_SITE_URL).scheme
        return ours or super().get_protocol(protocol)

    def get_domain(self, site: Any = None) -> str:
        ours = urlsplit(settings.GROUNDWAVE_SITE_URL).netloc
        return ours or super().get_domain(site)


class _Found(_UnderOurName, GenericSitemap):  # type: ignore[type-arg]
    """What has a page of its own."""


class Lists(_UnderOurName):
    """The pages that list everything else."""

    def items(self) -> list[str]:
        return ["schedule", "schedule_week", "shows", "people", "corrections"]

    def location(self, item: str) -> str:
        return reverse(item)


class OwnPages(_UnderOurName):
    """The front page, and what the licensee wrote."""

    def items(self) -> Iterable[Page]:
        pages = Page.objects.live().public().not_type(Story).filter(depth__gt=1)
        return [page for page in pages if _path(page)]

    def location(self, item: Page) -> str:
        return _path(item)

    def lastmod(self, item: Page) -> datetime | None:
        published: datetime | None = item.last_published_at
        return published


class Stories(_UnderOurName):
    """
    What the newsroom wrote; it changed when readers last learned something.

    A carried story has its address to be found at elsewhere, or is to be found nowhere.
    """

    limit = 5000

    def items(self) -> StoryQuerySet:
        return own_stories()

    def location(self, item: Story) -> str:
        return _path(item)

    def lastmod(self, item: Story) -> datetime:
        return changed_at(item)


def _path(page: Page) -> str:
    """Return the path at which *page* answers; outside of every site it has none."""
    parts = page.get_url_parts()
    return parts[2] or "" if parts else ""


SITEMAPS = {
    "pages": OwnPages(),
    "stories": Stories(),
    "topics": _Found({"queryset": Topic.objects.filter(stories__live=True).distinct()}),
    "events": _Found({"queryset": Event.objects.public().order_by("pk")}),
    "lists": Lists(),
    "shows": _Found({"queryset": Show.objects.listed()}),
    "episodes": _Found(
        {
            "queryset": Episode.objects.filter(
                show__in=Show.objects.listed()
            ).select_related("show")
        }
    ),
    "people": _Found({"queryset": public_people()}),
}


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Answer ``/robots.txt``."""
    maps = [public_url(reverse(each), request) for each in ("sitemap", "news_sitemap")]
    said = _ROBOTS.format(*maps)
    return HttpResponse(said, content_type="text/plain; charset=utf-8")
