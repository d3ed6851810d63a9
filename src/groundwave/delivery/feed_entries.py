"""What feeds tell of one thing, whatever their format: every address is a whole one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urljoin

from bs4 import BeautifulSoup
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape
from wagtail.images.models import AbstractImage

from groundwave.delivery.carried import carried, is_its_origins, label_of
from groundwave.delivery.pictures import SIZES, WEBP, WIDE, Shown, shown
from groundwave.delivery.stories import changed_at
from groundwave.newsroom.models import Story, StoryUpdate
from groundwave.photos.models import Photo
from groundwave.photos.rights import Use


# A path of ours, to its whole address.
At = Callable[[str], str]

# In a body: what a page has in its column, once. Nobody elsewhere chooses among widths.
BODY = SIZES["column"][1] + WEBP
_LEADS_SOMEWHERE = ("href", "src")


@dataclass(frozen=True)
class FeedPhoto:
    """A photo that other programs may show, and whom they have to thank."""

    url: str
    width: int
    height: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Entry:
    """
    One entry of a feed.

    Its identity never changes, and *updated* is when readers last learned something: a
    save is not news. *summary* and *body* are HTML; there may be no body.
    """

    identity: str
    url: str
    title: str
    summary: str
    body: str
    published: datetime
    updated: datetime
    authors: tuple[str, ...]
    photo: FeedPhoto | None = None


def of_story(story: Story, publisher: str, at: At) -> Entry:
    """Return *story* in full; without a byline it is the publisher's."""
    url, published = at(story.url), story.first_published_at
    return Entry(
        identity=f"urn:uuid:{story.translation_key}",
        url=url,
        title=story.title,
        summary=escape(story.dek),
        body=with_whole_addresses(story_html(story), url),
        published=published,
        updated=changed_at(story),
        authors=tuple(each.name for each in story.bylines.all()) or (publisher,),
        photo=_lead_photo(story, at),
    )


def of_correction(update: StoryUpdate, publisher: str, at: At) -> Entry:
    """Return what was wrong and what is right; it is told by who was wrong."""
    whose = carried(update.story)
    is_theirs = is_its_origins(update)
    return Entry(
        identity=f"urn:uuid:{update.uid}",
        url=at(f"{update.story.url}#update-{update.pk}"),
        title=f"{label_of(update, whose)}: {update.story.title}",
        summary=escape(update.text),
        body="",
        published=update.at,
        updated=update.at,
        authors=(whose.name if whose and is_theirs else publisher,),
    )


def story_html(story: Story) -> str:
    """Return the body as other programs show it: words and pictures, nothing to press."""
    return render_to_string("newsroom/feed_body.html", {"page": story, "story": story})


def with_whole_addresses(html: str, base: str) -> str:
    """Return *html* with every link and picture as *base* has them, for elsewhere."""
    soup = BeautifulSoup(html, "html.parser")
    for name in _LEADS_SOMEWHERE:
        for tag in soup.select(f"[{name}]"):
            tag[name] = urljoin(base, str(tag[name]))
    return str(soup)


def shown_in_feeds(photo: AbstractImage | None, spec: str) -> Shown | None:
    """Return *photo* as *spec* has it, if other programs may show it and it was made."""
    if isinstance(photo, Photo) and photo.may_be_shown(timezone.now(), Use.FEED):
        return shown(photo, spec)
    return None


def _lead_photo(story: Story, at: At) -> FeedPhoto | None:
    photo = story.lead_photo
    found = shown_in_feeds(photo, WIDE)
    if photo is None or found is None:
        return None
    return FeedPhoto(
        url=at(found.url),
        width=found.width,
        height=found.height,
        alt=story.lead_alt or found.alt,
        caption=story.lead_caption or photo.caption,
        credit=photo.credit,
    )
