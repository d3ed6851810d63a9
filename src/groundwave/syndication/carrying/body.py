"""
The body of an upstream story, as blocks of ours.

A block keeps its id in every version, so that a merge finds it again: it is made of the
id that upstream gives the element.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import Any

from django.utils.translation import gettext as _

from groundwave.newsroom.elsewhere import place_of
from groundwave.newsroom.models.blocks import MOST_PHOTOS
from groundwave.syndication.carrying.rich_text import as_edited
from groundwave.syndication.incoming import (
    Block,
    Embed,
    Gallery,
    Heading,
    Incoming,
    Photo,
    Quote,
    Related,
    Sound,
    Text,
)


Raw = dict[str, Any]

_NAMESPACE = uuid.UUID("7b0f5f0e-5a0e-4e6a-9d0c-0f3c1d2a9b11")
_LONGEST_ALT = 250
_LONGEST_CAPTION = 300
_LONGEST_NAME = 120
_LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Media:
    """
    What of a story is here already: the keys of our rows, by upstream ids.

    Attributes:
        stories: the pages of ours that carry what it relates to.
    """

    photos: Mapping[str, int] = field(default_factory=dict)
    recordings: Mapping[str, int] = field(default_factory=dict)
    stories: Mapping[str, int] = field(default_factory=dict)


def block_id(story: str, asset: str) -> str:
    """Return the id that the block of an element has here, in every version."""
    return str(uuid.uuid5(_NAMESPACE, f"{story}#{asset}"))


def body_of(story: Incoming, media: Media) -> list[Raw]:
    """
    Return the body of *story* as a stream field keeps it.

    A sound that stands for the whole story and is not kept here is its first block.
    Pictures that are not in *media* are left out.
    """
    blocks: list[Block] = list(story.blocks)
    if story.sound and story.sound.id not in media.recordings:
        blocks.insert(0, story.sound)
    return [
        {"type": kind, "value": value, "id": block_id(story.id, _part(block.id, at))}
        for block in blocks
        for at, (kind, value) in enumerate(_made_of(block, story, media))
    ]


def _part(asset: str, at: int) -> str:
    """Return what the block *at* a place among those of one element is called."""
    return f"{asset}/{at}" if at else asset


def alt_of(photo: Photo) -> str:
    """Return what is to be seen on *photo*, or the next best that upstream says."""
    said = photo.alt_text or photo.caption or photo.title
    return " ".join(said.split())[:_LONGEST_ALT]


def _made_of(
    block: Block, story: Incoming, media: Media
) -> Iterator[tuple[str, object]]:
    """Yield the block that it becomes, if anything is left of it; of many photos more."""
    match block:
        case Text():
            yield "text", as_edited(block.html)
        case Heading():
            tag = "h2" if block.level <= 2 else "h3"
            yield "text", as_edited(f"<{tag}>{escape(block.words)}</{tag}>")
        case Quote():
            yield _quote(block)
        case Photo():
            yield from (("picture", each) for each in _pictures([block], media))
        case Gallery():
            yield from _gallery(block, story, media)
        case Sound():
            yield from _sound(block, story, media)
        case Embed():
            yield _embed(block)
        case Related():
            yield _related(block, media)


def _quote(block: Quote) -> tuple[str, object]:
    if not block.speaker:
        return "text", as_edited(f"<blockquote>{escape(block.words)}</blockquote>")
    return "quote", {
        "quote": block.words,
        "speaker": block.speaker[:_LONGEST_NAME],
        "context": block.context[:_LONGEST_TITLE],
    }


def _pictures(photos: list[Photo], media: Media) -> list[Raw]:
    return [
        {
            "image": {
                "image": media.photos[photo.id],
                "alt_text": alt_of(photo),
                "decorative": not alt_of(photo),
            },
            "caption": photo.caption[:_LONGEST_CAPTION],
            "credit": photo.credit[:_LONGEST_NAME],
        }
        for photo in photos
        if photo.id in media.photos
    ]


def _gallery(
    block: Gallery, story: Incoming, media: Media
) -> Iterator[tuple[str, object]]:
    left = [each for each in block.photos if each.id in media.photos]
    for first in range(0, len(left), MOST_PHOTOS):
        yield from _row(left[first : first + MOST_PHOTOS], story, media)


def _row(
    photos: list[Photo], story: Incoming, media: Media
) -> Iterator[tuple[str, object]]:
    shown = _pictures(photos, media)
    if len(shown) > 1:
        # Without an id an item is taken for the value itself.
        ids = (block_id(story.id, each.id) for each in photos)
        items = [
            {"type": "item", "value": value, "id": id_}
            for value, id_ in zip(shown, ids, strict=True)
        ]
        yield "gallery", {"photos": items}
    elif shown:
        yield "picture", shown[0]


def _sound(block: Sound, story: Incoming, media: Media) -> Iterator[tuple[str, object]]:
    title = (block.title or story.title)[:_LONGEST_TITLE]
    if recording := media.recordings.get(block.id):
        yield "audio", {"recording": recording, "title": title}
        return
    ends = [at for at in (block.expires_at, story.expires_at) if at]
    playable = block.is_streamable or (block.is_downloadable and not block.is_premium)
    url = block.url if playable else ""
    if url or block.player_url:
        yield (
            "sound_elsewhere",
            {
                "title": title,
                "url": url,
                "page": block.player_url,
                "by": "",
                "media_type": block.media_type[:60],
                "seconds": round(block.duration.total_seconds())
                if block.duration
                else None,
                "may_download": block.is_downloadable and not block.is_premium,
                "expires_at": min(ends).isoformat() if ends else None,
            },
        )


def _embed(block: Embed) -> tuple[str, object]:
    title = (block.title or block.url)[:_LONGEST_TITLE]
    if place_of(block.url):
        return "elsewhere", {"url": block.url, "title": title, "by": ""}
    return "text", _link(block.url, title)


def _related(block: Related, media: Media) -> tuple[str, object]:
    if page := media.stories.get(block.upstream_id):
        return "related", {"story": page}
    words = _("Related: %(title)s") % {"title": block.title or block.url}
    return "text", _link(block.url, words)


def _link(url: str, words: str) -> str:
    return as_edited(f'<p><a href="{escape(url)}">{escape(words)}</a></p>')
