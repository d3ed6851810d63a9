"""Images of a document, as photos with their cuts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import parse_qs, unquote, urlsplit

from groundwave.syndication.incoming import Cut, Photo
from groundwave.syndication.safe_html import plain
from groundwave.wire.cds.assets import Image
from groundwave.wire.cds.link import ImageFile


_UNFIT = re.compile(r"[^\w.-]+")
_DEEPEST_WRAPPING = 3


def photo_of(image: Image, *, restricted: bool) -> Photo | None:
    """Return *image* as a photo; None if none of its files has an address."""
    cuts = tuple(_cut(file) for file in _best_first(image.enclosures))
    if not cuts:
        return None
    return Photo(
        id=image.id,
        restricted=restricted or image.restricted,
        cuts=cuts,
        title=plain(image.title, limit=255),
        caption=plain(image.caption),
        alt_text=plain(image.alt_text),
        photographer=plain(image.producer, limit=200),
        agency=plain(image.provider, limit=200),
        agency_url=image.provider_link.url if image.provider_link else "",
    )


def file_name(url: str) -> str:
    """
    Return the name of the file at *url*, whoever delivers it.

    A delivery network may wrap the address of the original in a ``url=`` of its own;
    its path then says nothing about the file.
    """
    for _ in range(_DEEPEST_WRAPPING):
        inner = parse_qs(_split(url)[1]).get("url", [""])[0]
        if not inner:
            break
        url = inner
    name = unquote(_split(url)[0]).rpartition("/")[2]
    return _UNFIT.sub("-", name).strip("-.")[-100:]


def _best_first(files: Iterable[ImageFile]) -> list[ImageFile]:
    there = [file for file in files if file.url]
    return sorted(there, key=lambda f: ("primary" not in f.rels, -(f.width or 0)))


def _cut(file: ImageFile) -> Cut:
    return Cut(
        url=file.url,
        crop=next((rel for rel in file.rels if rel.startswith("image-")), ""),
        width=file.width,
        height=file.height,
        media_type=file.type,
        template=file.href_template,
        name=file_name(file.url),
    )


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:  # brackets that hold no IPv6 address
        return "", ""
    return parts.path, parts.query
