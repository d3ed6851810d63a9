"""
Photos that we may pass on: those of our own, and no others.

Law: what is not ours is not in a document, whatever a page shows. That is what a
photo's rights say, and none that we only show for as long as its origin does.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from wagtail.images.models import AbstractImage, Filter

from groundwave.newsroom.models import Story
from groundwave.photos.errors import Withheld
from groundwave.photos.models import Photo
from groundwave.photos.rights import RightsBasis, Use
from groundwave.syndication.out.publisher import Publisher
from groundwave.syndication.out.texts import line
from groundwave.wire.cds.assets import Image
from groundwave.wire.cds.link import ImageFile


# A network's home page shows the wide one, its app the square one.
CROPS = {
    "primary": "max-1600x1600|format-jpeg",
    "image-wide": "fill-1600x900|format-jpeg",
    "image-square": "fill-1200x1200|format-jpeg",
}
PROMOTES = {"image-wide": "promo-image-wide", "image-square": "promo-image-square"}


def is_ours_to_pass_on(photo: AbstractImage | None, *, now: datetime) -> bool:
    """Return whether others may have *photo* from us at *now*."""
    return (
        isinstance(photo, Photo)
        and photo.rights_basis == RightsBasis.OWN
        and photo.may_be_shown(now, Use.FEED)
        and not hasattr(photo, "lease")
    )


def photos_of(story: Story) -> Iterator[Photo]:
    """Yield the photos of *story*, whoever they belong to, the lead first."""
    if story.lead_photo:
        yield story.lead_photo
    for block in story.body:
        match block.block_type:
            case "picture":
                values = [block.value]
            case "gallery":
                values = list(block.value["photos"])
            case _:
                continue
        yield from (value["image"] for value in values if value["image"])


def make_crops(story: Story, *, now: datetime) -> None:
    """
    Make what documents show of the photos of *story*; slow, and so for the worker.

    What is there is left alone; a photo that cannot be made stays out of documents.
    """
    for photo in photos_of(story):
        if is_ours_to_pass_on(photo, now=now):
            _make_crops(photo)


def image_of(
    photo: Photo, publisher: Publisher, *, name: str, caption: str, alt: str
) -> Image | None:
    """Return *photo*, which is ours to pass on; None if nobody has made its crops."""
    files = tuple(_files(photo, publisher))
    if not files:
        return None
    return Image(
        id=name,
        enclosures=files,
        title=line(photo.title),
        caption=line(caption or photo.caption),
        alt_text=line(alt),
        producer=line(photo.photographer),
        provider=line(photo.agency),
    )


def next_end(story: Story, *, now: datetime) -> datetime | None:
    """Return when the first right to a photo of *story* ends, if one does."""
    ends = (photo.expires_at for photo in photos_of(story) if photo.expires_at)
    return min((end for end in ends if end > now), default=None)


def _make_crops(photo: Photo) -> None:
    for spec in CROPS.values():
        try:
            photo.get_rendition(spec)
        except (Withheld, OSError):
            return  # revoked since just now; or its file is lost


def _files(photo: Photo, publisher: Publisher) -> Iterator[ImageFile]:
    filters = {rel: Filter(spec=spec) for rel, spec in CROPS.items()}
    made = photo.find_existing_renditions(*filters.values())
    for rel, wanted in filters.items():
        if file := made.get(wanted):
            url = publisher.at(file.url)
            yield ImageFile(
                href=url,
                rels=(rel,),
                type="image/jpeg",
                width=file.width,
                height=file.height,
            )
