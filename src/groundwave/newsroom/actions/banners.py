"""Putting up what breaks, across the whole site, and taking it down."""

from __future__ import annotations

from datetime import datetime

import structlog
from django.db import transaction
from django.dispatch import Signal
from django.utils.translation import gettext as _

from groundwave.newsroom.errors import BannerRefused
from groundwave.newsroom.models import Banner, Story
from groundwave.people.models import User


# Sent once the change is committed, to whoever tells the public.
banners_changed = Signal()

log = structlog.get_logger(__name__)


@transaction.atomic
def put_up_banner(
    text: str,
    *,
    begins_at: datetime,
    ends_at: datetime,
    by: User,
    story: Story | None = None,
) -> Banner:
    """
    Say *text* on every page from *begins_at* to *ends_at*, instead of what began before.

    Raises:
        BannerRefused: it says nothing, or would end before it begins.
    """
    text = " ".join(text.split())
    if not text:
        raise BannerRefused(_("Write what has happened, in one sentence."))
    if ends_at <= begins_at:
        raise BannerRefused(_("It would be over before it begins: choose a later end."))
    banner = Banner.objects.create(
        text=text, story=story, begins_at=begins_at, ends_at=ends_at, by=by
    )
    log.info("banner_put_up", banner=banner.pk, until=ends_at.isoformat(), by=str(by))
    transaction.on_commit(_tell, robust=True)
    return banner


@transaction.atomic
def take_down_banner(banner: Banner, *, by: User | None, now: datetime) -> None:
    """End *banner* now; one that is over stays as it was."""
    if banner.ends_at <= now:
        return
    # One that has not begun never will.
    banner.begins_at, banner.ends_at = min(banner.begins_at, now), now
    banner.save(update_fields=["begins_at", "ends_at"])
    log.info("banner_taken_down", banner=banner.pk, by=str(by))
    transaction.on_commit(_tell, robust=True)


def _tell() -> None:
    banners_changed.send(sender=Banner)
