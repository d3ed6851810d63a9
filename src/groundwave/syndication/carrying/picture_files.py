"""The file of an upstream photo: which of its cuts, fetched and looked at."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.translation import gettext as _, gettext_noop

from groundwave.outbound.client import Limits
from groundwave.photos.picture_file import checked_picture
from groundwave.syndication.carrying.origins import NotHad, Origins
from groundwave.syndication.incoming import Cut, Photo


WIDTH = 1600
"""As wide as a page shows it on a sharp screen; anything beyond is never seen."""

MOST_BYTES = 12 << 20
_LIMITS = Limits(seconds=20, length=MOST_BYTES)
_QUALITY = 85
_LONGEST_NAME = 80
_ACCEPT = "image/jpeg, image/png, image/webp, image/gif, image/avif"
# What is kept as it comes, for it may be see-through; all else is asked for as JPEG.
_FORMATS = {"image/png": "png", "image/webp": "webp"}
_BLANK = re.compile(r"\{(width|quality|format)\}")

_TOO_LARGE_CODES = {"file_too_large", "file_too_many_pixels"}
_TOO_LARGE = gettext_noop(
    "“%(name)s” is too large a picture and was left out. Ask its origin for a smaller "
    "one, or take one of your own."
)
_UNREADABLE = gettext_noop(
    "“%(name)s” is no picture that can be read and was left out. Tell its origin, or "
    "take one of your own."
)


def fetched_picture(photo: Photo, url: str, origins: Origins) -> SimpleUploadedFile:
    """
    Return the picture at *url*, to which nothing is the matter.

    Raises:
        NotHad: something is.
    """
    name = name_of(photo)
    answer = origins.get(url, name=name, accept=_ACCEPT, limits=_LIMITS)
    try:
        return checked_picture(answer.body, _stem(photo, url))
    except ValidationError as fault:
        sentence = _TOO_LARGE if fault.code in _TOO_LARGE_CODES else _UNREADABLE
        raise NotHad(_(sentence) % {"name": name}) from fault


def address_of(photo: Photo) -> str:
    """Return where to fetch *photo*: its best cut, about ``WIDTH`` pixels wide."""
    best = photo.cuts[0]
    if best.template:
        return _filled_in(best)
    alike = [each for each in photo.cuts if each.crop == best.crop and each.width]
    wide = [each for each in alike if (each.width or 0) >= WIDTH]
    if wide:
        return min(wide, key=_width).url
    return max(alike, key=_width, default=best).url


def name_of(photo: Photo) -> str:
    """Return what an editor knows *photo* by."""
    said = photo.title or photo.caption or photo.alt_text or photo.id
    return " ".join(said.split())[:_LONGEST_NAME]


def _filled_in(cut: Cut) -> str:
    values = {
        "width": str(min(WIDTH, cut.width or WIDTH)),
        "quality": str(_QUALITY),
        "format": _FORMATS.get(cut.media_type, "jpeg"),
    }
    return _BLANK.sub(lambda blank: values[blank[1]], cut.template)


def _width(cut: Cut) -> int:
    return cut.width or 0


def _stem(photo: Photo, url: str) -> str:
    """Return what its file is called here; what others call it may be anything."""
    known = next((each.name for each in photo.cuts if each.url == url), "")
    return (known or photo.cuts[0].name).rpartition(".")[0] or "picture"
