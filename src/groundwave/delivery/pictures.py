"""Pictures in what is told as data: one square size, which every player can show."""

from __future__ import annotations

from wagtail.images.models import AbstractImage, SourceImageIOError


SQUARE = "fill-480x480"


def picture_url(picture: AbstractImage | None) -> str | None:
    """Return where *picture* is shown, or ``None`` if there is none or its file is gone."""
    if picture is None:
        return None
    try:
        url: str = picture.get_rendition(SQUARE).url
    except SourceImageIOError:
        return None
    return url
