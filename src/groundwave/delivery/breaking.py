"""
What breaks just now, as pages carry it and as open ones are told.

Each banner comes with its instants: a page shows it while it lasts, however long ago the
page was made, and takes it away by itself.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import msgspec
import structlog
from django.db import DatabaseError
from django.utils import timezone

from groundwave.delivery.carried import is_promoted
from groundwave.delivery.days import utc_text
from groundwave.delivery.stories import readable_stories
from groundwave.newsroom.models import Banner
from groundwave.patchbay.errors import PatchbayError
from groundwave.patchbay.messages import Announced
from groundwave.stations import air


# Those that began last; more at a time are nobody's meaning.
MOST_BANNERS = 4

Json = dict[str, Any]

log = structlog.get_logger(__name__)


def tell_of_banners(**_: object) -> None:
    """Tell every open page, and the transmitter those that will be."""
    try:
        air.tell(banner_news(now=timezone.now()))
    except (PatchbayError, DatabaseError) as trouble:
        # The transmitter is told when it is back; pages are made with it meanwhile.
        log.warning("banner_not_announced", because=str(trouble))


def banner_news(*, now: datetime) -> Announced:
    """Return what pages are told at *now*: every banner that is not over."""
    told = {"at": milliseconds(now), "banners": banners_shown(now=now)}
    return Announced(event="banner", data=msgspec.json.encode(told).decode())


def banners_shown(*, now: datetime) -> list[Json]:
    """Return the banners that are not over at *now*, the one that began last first."""
    kept = Banner.objects.not_over(now)[:MOST_BANNERS]
    stories = {each.story_id for each in kept if each.story_id}
    urls = {
        story.pk: story.get_url() or ""
        for story in (readable_stories().filter(pk__in=stories) if stories else ())
        # What we say ourselves stands when its origin promotes the story no more.
        if is_promoted(story, now)
    }
    return [
        {
            "id": each.pk,
            "text": each.text,
            "url": urls.get(each.story_id, ""),
            "begins": utc_text(each.begins_at),
            "ends": utc_text(each.ends_at),
        }
        for each in kept
    ]


def milliseconds(at: datetime) -> str:
    """Return an instant by which two words on the same can be put in order."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
