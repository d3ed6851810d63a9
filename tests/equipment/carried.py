"""Stories of somebody else on our pages, with what is known of the originals."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime
from typing import Any

from django.utils import timezone
from django.utils.text import slugify
from wagtail.models import Page
from wagtail.search import index

from groundwave.newsroom.models import Byline, ChangeKind, Story, StoryUpdate
from groundwave.photos.models import Photo
from groundwave.syndication.models import Connection, Original


CARRIED = "/newsroom/a-dam-far-away/"
HOME = "https://longwave.example/"
PUBLISHED = datetime(2026, 11, 1, 12, tzinfo=UTC)
LINE = {
    "year": 2026,
    "brands": [{"name": "Longwave Network", "url": HOME}],
    "home": HOME,
}


def connect(section: Page, name: str = "Longwave", **facts: Any) -> Connection:
    """Return a connection whose stories stand in *section*."""
    return Connection.objects.create(
        name=name,
        upstream=facts.pop("upstream", "cds"),
        address=facts.pop("address", "https://content.longwave.example"),
        section=section,
        origin=facts.pop("origin", name),
        origin_url=facts.pop("origin_url", HOME),
        **facts,
    )


def carry(
    connection: Connection,
    title: str = "A dam far away",
    *,
    authors: tuple[str, ...] = ("Nell Okafor",),
    body: list[Any] | None = None,
    photo: Photo | None = None,
    published_at: datetime = PUBLISHED,
    **facts: Any,
) -> Story:
    """Publish a story of *connection*; *facts* are those of its original."""
    slug = slugify(title)
    story = connection.section.add_child(
        instance=Story(
            title=title,
            slug=slug,
            dek=f"{title}, in a sentence.",
            lead_photo=photo,
            lead_alt="Water behind a wall" if photo else "",
            body=body or [("text", "<p>Water is rising.</p>")],
            live=False,
        )
    )
    story.bylines.set([Byline(guest=name) for name in authors])
    story.first_published_at = published_at
    story.save_revision().publish()
    told = {
        "canonical": f"{HOME}{slug}",
        "copyright_line": LINE,
        "published_at": published_at,
        "arrived_at": published_at,
    }
    Original.objects.create(
        connection=connection,
        upstream_id=slug,
        story=story,
        title=title,
        **told | facts,
    )
    index.insert_or_update_object(story)
    return Story.objects.get(pk=story.pk)


def own_up(
    story: Story,
    text: str = "The river was another one.",
    kind: ChangeKind = ChangeKind.CORRECTION,
) -> StoryUpdate:
    """Tell of it as the importer does of what an origin said of its story."""
    return StoryUpdate.objects.create(
        uid=uuid.uuid5(uuid.NAMESPACE_URL, text),
        story=story,
        kind=kind,
        text=text,
        is_significant=True,
        at=timezone.now(),
    )


def carry_everything(section: Page, photo: Photo) -> Story:
    """Carry a story at ``CARRIED`` that has all that can be said of an origin."""
    quoted = "<p>It said:</p><blockquote>Leave at once.</blockquote><p>They left.</p>"
    brands = [*LINE["brands"], {"name": "Hill FM", "url": "https://hill.example/"}]
    story = carry(
        connect(section),
        photo=photo,
        body=[("text", quoted)],
        published_at=timezone.now(),
        copyright_line=LINE | {"brands": brands},
        attribution="With reporting by the Tamarack Ledger.",
    )
    own_up(story)
    return story
