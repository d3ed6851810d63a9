"""A connection, and stories that came over it, as the importer makes them."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime, timedelta
from typing import Any

from groundwave.newsroom.models import Story
from groundwave.pages.models import SectionPage
from groundwave.syndication.actions.arriving import take_over
from groundwave.syndication.carrying.arrived import Arrived
from groundwave.syndication.incoming import Text
from groundwave.syndication.models import Arrival, Connection, Original, Outcome
from syndication.stories import story


NOW = datetime(2026, 2, 2, 12, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)
KEY = "the-secret-of-longwave"
FERRY = Text(id="text-1", html="<p>The ferry runs again.</p>")
REPAIR = Text(id="text-2", html="<p>It had been repaired in the yard.</p>")


def longwave(section: SectionPage, **facts: Any) -> Connection:
    said = {
        "name": "Longwave, national",
        "upstream": "cds",
        "address": "https://content.far-shore.example",
        "key": KEY,
        "section": section,
        "arrival": Arrival.PUBLISH,
        "origin": "Longwave",
        "origin_url": "https://longwave.example/",
    }
    return Connection.objects.create(**(said | facts))


def come(
    connection: Connection, *blocks: Text, now: datetime = NOW, **facts: Any
) -> Outcome | None:
    """Have upstream's story, as it is then, arrive."""
    said = {"published_at": NOW, "canonical": "https://longwave.example/ferry"}
    incoming = story(*(blocks or (FERRY, REPAIR)), **(said | facts))
    raw = repr(incoming).encode()
    arrived = Arrived(incoming, raw, hashlib.sha256(raw).hexdigest())
    return take_over(connection, arrived, now=now)


def the_original() -> Original:
    return Original.objects.select_related("connection", "story").get()


def rewrite(page: Story, html: str, *, at: int = 0) -> None:
    """Let an editor write something else into a block of *page*."""
    raw = list(page.body.raw_data)
    raw[at] = {**raw[at], "value": html}
    page.body.raw_data[at] = raw[at]


def publish_ours(html: str = "<p>The bay's ferry runs again.</p>") -> Story:
    """Publish other words of ours in the first passage."""
    page = Story.objects.get(original__isnull=False)
    rewrite(page, html)
    page.begin_another_change()
    page.change_kind = "typo"
    page.save_revision().publish()
    page.refresh_from_db()
    return page
