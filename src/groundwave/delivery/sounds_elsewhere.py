"""
Sounds that are not ours to keep, as a page offers them.

Laws:

* Nothing is asked of their origin before somebody presses Listen.
* None is offered after its time, to the second.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpResponse
from django.utils.cache import patch_cache_control
from django.utils.translation import gettext as _

from groundwave.delivery.edition.freshness import MOST_SECONDS
from groundwave.delivery.policy import may_be_played
from groundwave.delivery.recordings import Offer
from groundwave.newsroom.models import Story


@dataclass(frozen=True, slots=True)
class SoundElsewhere:
    """
    A sound of somebody else.

    Attributes:
        by: whose it is; empty if nobody says.
        host: whose server it is on.
        offer: for our player; none if it cannot be heard there.
        link: where else it can be heard; empty if nowhere.
        is_over: whether the right to hear it here has ended.
    """

    title: str
    by: str
    host: str
    offer: Offer | None
    link: str
    is_over: bool


def sound_elsewhere(
    said: Mapping[str, Any], *, by: str, page: str, now: datetime
) -> SoundElsewhere:
    """Return what a page offers at *now* of the sound of which a block says *said*."""
    expires_at, url = said["expires_at"], said["url"]
    is_over = expires_at is not None and expires_at <= now
    is_ours_to_play = bool(url) and may_be_played(url) and not is_over
    by = said["by"] or by
    return SoundElsewhere(
        title=said["title"],
        by=by,
        host=_host(url or said["page"]),
        offer=_offer(said, by=by, page=page) if is_ours_to_play else None,
        link="" if is_over else said["page"] or url,
        is_over=is_over,
    )


def keep_while_heard(
    response: HttpResponse, story: Story, *, now: datetime
) -> HttpResponse:
    """Have a page of *story* kept by nobody after one of its sounds has ended."""
    sounds = (each.value for each in story.body if each.block_type == "sound_elsewhere")
    left = [
        (sound["expires_at"] - now).total_seconds()
        for sound in sounds
        if sound["expires_at"] is not None and sound["expires_at"] > now
    ]
    # Nothing is kept for longer by itself, and an age says that others may keep it, too.
    if left and min(left) < MOST_SECONDS:
        patch_cache_control(response, max_age=int(min(left)))
    return response


def _offer(said: Mapping[str, Any], *, by: str, page: str) -> Offer:
    url = said["url"]
    facts = {
        # In every story that has it, listeners go on where they were.
        "id": f"elsewhere-{hashlib.sha256(url.encode()).hexdigest()[:16]}",
        "url": url,
        "seconds": said["seconds"] or 0,
        "show": by,
        "title": said["title"],
        "page": page,
    }
    told = _("%(by)s. Played from %(host)s once you press Listen.")
    host = _host(url)
    credit = told % {"by": by or host, "host": host}
    return Offer(facts, credit=credit, may_download=bool(said["may_download"]))


def _host(url: str) -> str:
    """Return whose server *url* is on, as people say it; empty if that cannot be read."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""
