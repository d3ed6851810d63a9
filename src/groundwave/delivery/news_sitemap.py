"""
What news aggregators ask for: the stories of the last two days, and whose they are.

Google's news sitemap, version 0.9: at most 1,000 stories, none older than 48 hours.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from groundwave.delivery.our_address import public_url
from groundwave.delivery.stories import own_stories
from groundwave.stations.models import Licensee


NEWS_FOR = timedelta(hours=48)
MOST = 1000


@require_safe
def news_sitemap(request: HttpRequest) -> HttpResponse:
    """Answer with what was published within two days; an update makes nothing new."""
    since = timezone.now() - NEWS_FOR
    recent = own_stories().filter(first_published_at__gt=since)[:MOST]
    told = {
        "publication": _name(),
        "language": settings.LANGUAGE_CODE.partition("-")[0],
        "stories": [(public_url(each.url, request), each) for each in recent],
    }
    return render(
        request, "newsroom/news_sitemap.xml", told, content_type="application/xml"
    )


def _name() -> str:
    licensee = Licensee.objects.first()
    return licensee.name if licensee else "Groundwave"
