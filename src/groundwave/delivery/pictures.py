"""Pictures in what is told as data: a square for players, a wide one for announcements."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.images.models import AbstractImage, SourceImageIOError


SQUARE = "fill-480x480"
# What messengers and social networks crop everything else to, in what all of them read.
WIDE = "fill-1200x630|format-jpeg"


@dataclass(frozen=True)
class Shown:
    """A picture as it is shown somewhere."""

    url: str
    width: int
    height: int


def picture_url(picture: AbstractImage | None) -> str | None:
    """Return where *picture* is shown, or ``None`` if there is none or its file is gone."""
    found = shown(picture, SQUARE)
    return found.url if found else None


def shown(picture: AbstractImage | None, spec: str) -> Shown | None:
    """Return *picture* as *spec* has it, or ``None`` if there is none or it is gone."""
    if picture is None:
        return None
    try:
        made = picture.get_rendition(spec)
    except SourceImageIOError:
        return None
    return Shown(made.url, made.width, made.height)
