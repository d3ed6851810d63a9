"""Pictures on a page: in several sizes, of which a browser fetches one."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from wagtail.images.models import AbstractImage, AbstractRendition

from groundwave.delivery import feed_entries, pictures


register = template.Library()


@register.filter
def srcset(renditions: Iterable[AbstractRendition]) -> str:
    """
    Return *renditions* as ``srcset`` has them, each width once.

    A small picture is not blown up, and has one width for several sizes.
    """
    by_width = {each.width: each.url for each in renditions}
    return ", ".join(f"{url} {width}w" for width, url in by_width.items())


@register.filter
def responsive(picture: AbstractImage | None, shape: str) -> pictures.Responsive | None:
    """Return *picture* in the sizes of *shape*, or nothing until it was made."""
    return pictures.responsive(picture, shape)


@register.filter
def in_feeds(picture: AbstractImage | None) -> pictures.Shown | None:
    """Return *picture* as the body of an entry has it, if other programs may show it."""
    return feed_entries.shown_in_feeds(picture, feed_entries.BODY)


@register.filter
def as_logo(picture: AbstractImage | None) -> pictures.Shown | None:
    """Return *picture* as it stands beside the name, or nothing until it was made."""
    return pictures.shown(picture, pictures.LOGO)
